//! Postal codes and provinces, as countries have them.

use super::Fault;
use super::text::{compact, has_shape};
use crate::identity::country::Country;

/// Countries whose addresses name a province, state, county or region (the field `%S` in the formats of Google's
/// libaddressinput, which follow the Universal Postal Union's).
const WITH_PROVINCE: &[&str] = &[
    "AE", "AM", "AR", "AU", "BB", "BR", "BS", "BY", "CA", "CL", "CN", "CO", "CR", "CU", "CV", "DO", "EG", "ES", "FM",
    "HK", "HN", "ID", "IE", "IN", "IQ", "IR", "IT", "JM", "JP", "KR", "KZ", "LA", "LB", "LR", "MH", "MM", "MN", "MV",
    "MX", "MY", "NG", "NI", "PE", "PH", "PW", "RU", "SC", "SO", "TH", "TR", "TV", "TW", "UA", "US", "UY", "UZ", "VE",
    "VN",
];

/// What is offered for the province of a country whose addresses have none: its code, such as `SE`. `None` where there
/// are provinces.
#[must_use]
pub fn province_offer(country: Country) -> Option<&'static str> {
    let code = country.alpha2();
    (!WITH_PROVINCE.contains(&code)).then_some(code)
}

/// Shapes of postal codes without spaces and hyphens (libaddressinput, as above): EU, EEA and Switzerland. Of Latvia, Luxembourg
/// and the like a country's letters in front are no part of it.
const POSTAL: &[(&str, &[&str])] = &[
    ("AT", &["9999"]),
    ("BE", &["9999"]),
    ("BG", &["9999"]),
    ("CH", &["9999"]),
    ("CY", &["9999"]),
    ("CZ", &["99999"]),
    ("DE", &["99999"]),
    ("DK", &["9999"]),
    ("EE", &["99999"]),
    ("ES", &["99999"]),
    ("FI", &["99999"]),
    ("FR", &["99999"]),
    ("GR", &["99999"]),
    ("HR", &["99999"]),
    ("HU", &["9999"]),
    ("IE", &["XXXXXXX"]),
    ("IS", &["999"]),
    ("IT", &["99999"]),
    ("LI", &["9999"]),
    ("LT", &["99999"]),
    ("LU", &["9999"]),
    ("LV", &["9999"]),
    ("MT", &["AAA99", "AAA999", "AAA9999"]),
    ("NL", &["9999AA"]),
    ("NO", &["9999"]),
    ("PL", &["99999"]),
    ("PT", &["9999999"]),
    ("RO", &["999999"]),
    ("SE", &["99999"]),
    ("SI", &["9999"]),
    ("SK", &["99999"]),
];

/// The letters that some countries' codes are written with in front, where they are not the country's own code.
const BEFORE: &[(&str, &str)] = &[("LU", "L"), ("LI", "FL")];

/// Whether a postal code can be one of the country. Of countries without a shape here any code with a letter or digit is.
pub(super) fn check_postal_code(code: &str, country: Country) -> Result<(), Fault> {
    let code = compact(code);
    let country = country.alpha2();
    let Some((_, shapes)) = POSTAL.iter().find(|(of, _)| *of == country) else {
        let good = code.chars().any(char::is_alphanumeric);
        return if good { Ok(()) } else { Err(Fault::NotAPostalCode) };
    };
    let before = BEFORE.iter().find(|(of, _)| *of == country).map(|&(_, letters)| letters);
    let bare = [Some(country), before].into_iter().flatten().find_map(|letters| code.strip_prefix(letters));
    let fits = |code: &str| shapes.iter().any(|shape| has_shape(code, shape));
    if fits(&code) || bare.is_some_and(fits) { Ok(()) } else { Err(Fault::NotAPostalCode) }
}
