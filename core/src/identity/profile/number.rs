//! Organisation and VAT numbers, by their shape.

use super::Fault;
use super::text::{compact, has_shape};
use crate::identity::country::Country;

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberKind {
    /// A VAT identification number with its prefix.
    Vat,
    /// A number in a national register.
    Organisation,
}

impl NumberKind {
    /// The stable code: `vat` or `organisation`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Vat => "vat",
            Self::Organisation => "organisation",
        }
    }
}

/// Country, prefix and shapes of VAT numbers. EU and Northern Ireland: European Commission, VIES, questions and answers,
/// "VAT identification number structure"; Spain's note there forbids two digits at the ends. Norway: nine digits and `MVA`
/// (Skatteetaten). Switzerland: `CHE`, nine digits and `MWST`, `TVA` or `IVA` (Federal Tax Administration). United Kingdom: as
/// VIES had it. Sweden: the last two digits are `01` (Skatteverket, momsregistreringsnummer).
const VAT: &[(&str, &str, &[&str])] = &[
    ("AT", "AT", &["U99999999"]),
    ("BE", "BE", &["0999999999", "1999999999"]),
    ("BG", "BG", &["999999999", "9999999999"]),
    ("CH", "CHE", &["999999999", "999999999MWST", "999999999TVA", "999999999IVA"]),
    ("CY", "CY", &["99999999A"]),
    ("CZ", "CZ", &["99999999", "999999999", "9999999999"]),
    ("DE", "DE", &["999999999"]),
    ("DK", "DK", &["99999999"]),
    ("EE", "EE", &["999999999"]),
    ("ES", "ES", &["A9999999X", "99999999A"]),
    ("FI", "FI", &["99999999"]),
    ("FR", "FR", &["XX999999999"]),
    ("GB", "GB", &["999999999", "999999999999", "GD999", "HA999"]),
    ("GB", "XI", &["999999999", "999999999999", "GD999", "HA999"]),
    ("GR", "EL", &["999999999"]),
    ("HR", "HR", &["99999999999"]),
    ("HU", "HU", &["99999999"]),
    ("IE", "IE", &["9*99999A", "9999999AA"]),
    ("IT", "IT", &["99999999999"]),
    ("LT", "LT", &["999999999", "999999999999"]),
    ("LU", "LU", &["99999999"]),
    ("LV", "LV", &["99999999999"]),
    ("MT", "MT", &["99999999"]),
    ("NL", "NL", &["999999999B99"]),
    ("NO", "NO", &["999999999", "999999999MVA"]),
    ("PL", "PL", &["9999999999"]),
    ("PT", "PT", &["999999999"]),
    ("RO", "RO", &["99", "999", "9999", "99999", "999999", "9999999", "99999999", "999999999", "9999999999"]),
    ("SE", "SE", &["999999999901"]),
    ("SI", "SI", &["99999999"]),
    ("SK", "SK", &["9999999999"]),
];

/// What a number is, by the shapes of the country; none has zeros only. Without a prefix it is an organisation number: of Sweden ten digits, or
/// a sole trader's personal number of twelve, with their check digit; of other countries 4 to 20 letters and digits, at
/// least one of them a digit.
pub(super) fn kind_of(number: &str, country: Country) -> Result<NumberKind, Fault> {
    let number = compact(number);
    let code = country.alpha2();
    let zeros = |number: &str| {
        let mut digits = number.bytes().filter(u8::is_ascii_digit).peekable();
        digits.peek().is_some() && digits.all(|digit| digit == b'0')
    };
    let of_country = VAT.iter().filter(|(of, ..)| *of == code);
    for (_, prefix, shapes) in of_country {
        let Some(rest) = number.strip_prefix(prefix) else { continue };
        if zeros(rest) || !shapes.iter().any(|shape| has_shape(rest, shape)) {
            return Err(Fault::NotAVatNumber);
        }
        // A Swedish VAT number is the organisation number and two more digits (Skatteverket).
        return match rest.get(..10) {
            Some(organisation) if code == "SE" && zeros(organisation) => Err(Fault::NotAVatNumber),
            Some(organisation) if code == "SE" && !luhn(organisation) => Err(Fault::CheckDigit),
            _ => Ok(NumberKind::Vat),
        };
    }
    // People write the country's code where the prefix is another one: `GR` for `EL`.
    let seems = |(of, prefix, shapes): &(&str, &str, &[&str])| {
        let rests = [*prefix, *of].into_iter().filter_map(|letters| number.strip_prefix(letters));
        rests.into_iter().any(|rest| shapes.iter().any(|shape| has_shape(rest, shape)))
    };
    match VAT.iter().find(|row| seems(row)) {
        Some((of, ..)) if *of == code => return Err(Fault::VatPrefix),
        Some(_) => return Err(Fault::VatOfAnotherCountry),
        None => {}
    }
    if zeros(&number) {
        return Err(Fault::NotAnOrganisationNumber);
    }
    if code == "SE" {
        let ten = match number.len() {
            10 => &*number,
            12 if ["16", "18", "19", "20"].iter().any(|century| number.starts_with(century)) => &number[2..],
            _ => return Err(Fault::NotAnOrganisationNumber),
        };
        return match ten {
            ten if zeros(ten) || !has_shape(ten, "9999999999") => Err(Fault::NotAnOrganisationNumber),
            ten if luhn(ten) => Ok(NumberKind::Organisation),
            _ => Err(Fault::CheckDigit),
        };
    }
    let good = (4..=20).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && number.bytes().any(|byte| byte.is_ascii_digit());
    if good { Ok(NumberKind::Organisation) } else { Err(Fault::NotAnOrganisationNumber) }
}

/// The check digit of Swedish organisation and personal numbers (Luhn, ISO/IEC 7812-1 annex B), from ten digits.
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .zip([2, 1].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight)
        .map(|product| product / 10 + product % 10)
        .sum();
    sum.is_multiple_of(10)
}
