//! Countries of ISO 3166-1 with their names, and the codes that issue travel documents beyond them.

mod issuer;
mod search;
mod table;

pub use issuer::{Issuer, IssuerKind, SpecialIssuer};
pub use search::{MAX_QUERY, search};

use table::{Row, TABLE};

/// A country of ISO 3166-1, as CLDR 48.2 has them: 249, and Kosovo. That one has no code of ISO 3166-1, and its people have
/// passports (`RKS` in their zone) and licences all the same: it goes by the codes that the European Union uses for it, `XK` and
/// `XKX`, of which the standard leaves the first to users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(u8);

impl Country {
    /// Every country, in the order of the two-letter codes.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..=u8::MAX).take(TABLE.len()).map(Self)
    }

    /// The country with this two-letter code, in capitals: `SE`.
    #[must_use]
    pub fn from_alpha2(code: &str) -> Option<Self> {
        let place = TABLE.binary_search_by_key(&code, |row| row.alpha2).ok()?;
        u8::try_from(place).ok().map(Self)
    }

    /// The country with this three-letter code, in capitals: `SWE`. For a code from a machine-readable zone see
    /// [`Issuer::from_code`].
    #[must_use]
    pub fn from_alpha3(code: &str) -> Option<Self> {
        Self::all().find(|country| country.alpha3() == code)
    }

    /// The two-letter code: `SE`.
    #[must_use]
    pub fn alpha2(self) -> &'static str {
        self.row().alpha2
    }

    /// The three-letter code: `SWE`.
    #[must_use]
    pub fn alpha3(self) -> &'static str {
        self.row().alpha3
    }

    /// The English name: `Sweden`.
    #[must_use]
    pub fn english(self) -> &'static str {
        self.row().english
    }

    /// The Swedish name: `Sverige`.
    #[must_use]
    pub fn swedish(self) -> &'static str {
        self.row().swedish
    }

    /// The state whose documents the country's people have: for a territory the state that it belongs to, otherwise the
    /// country itself. Passports of Hong Kong and Macao have `CHN` in their zones, those of the Isle of Man `GBR`.
    ///
    /// Sources: Council of the EU, PRADO, `CHN-AO-04003` (Macao's passport, issuing country CHN); Hong Kong Basic Law,
    /// article 154 (its passports are the People's Republic's); ISO 3166-2, where these codes are subdivisions of China,
    /// Finland, France, the Netherlands, Norway and the United States as well; for the territories of Australia, Denmark, New
    /// Zealand and the United Kingdom the U.S. Department of State's list "Dependencies and Areas of Special Sovereignty".
    #[must_use]
    pub fn state(self) -> Self {
        let state = match self.alpha2() {
            "HK" | "MO" => "CN",
            "AX" => "FI",
            "BL" | "GF" | "GP" | "MF" | "MQ" | "NC" | "PF" | "PM" | "RE" | "TF" | "WF" | "YT" => "FR",
            "AW" | "BQ" | "CW" | "SX" => "NL",
            "BV" | "SJ" => "NO",
            "AS" | "GU" | "MP" | "PR" | "UM" | "VI" => "US",
            "CC" | "CX" | "HM" | "NF" => "AU",
            "FO" | "GL" => "DK",
            "CK" | "NU" | "TK" => "NZ",
            "AI" | "BM" | "FK" | "GG" | "GI" | "GS" | "IM" | "IO" | "JE" | "KY" | "MS" | "PN" | "SH" | "TC" | "VG" => {
                "GB"
            }
            _ => return self,
        };
        Self::from_alpha2(state).unwrap_or(self)
    }

    /// The names in the country's official languages, most spoken first, as far as CLDR has them: `België`, `Belgique`,
    /// `Belgien`. Empty for a few places without an official language.
    #[must_use]
    pub fn own_names(self) -> &'static [&'static str] {
        self.row().own
    }

    fn row(self) -> &'static Row {
        TABLE.get(usize::from(self.0)).expect("a Country is made of a place in the table only")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back() {
        assert_eq!(Country::all().count(), 250);
        assert!(TABLE.is_sorted_by(|a, b| a.alpha2 < b.alpha2));
        for country in Country::all() {
            assert_eq!(Country::from_alpha2(country.alpha2()), Some(country));
            assert_eq!(Country::from_alpha3(country.alpha3()), Some(country));
            assert!(!country.english().is_empty() && !country.swedish().is_empty());
        }
        assert_eq!(Country::from_alpha2("se"), None);
        // A state is its own.
        for country in Country::all() {
            assert_eq!(country.state().state(), country.state(), "{}", country.alpha2());
        }
        assert_eq!(Country::from_alpha2("XX"), None);
        assert_eq!(Country::from_alpha3("UTO"), None);
    }

    /// The list of UN M49 in the mrz crate is another source for the same codes.
    #[test]
    fn the_codes_are_those_of_another_list() {
        let special = |code: &str| SpecialIssuer::ALL.iter().any(|issuer| issuer.code() == code);
        let theirs: alloc::collections::BTreeSet<_> =
            mrz_crate::codes().iter().map(|&(code, _)| code).filter(|&code| !special(code)).collect();
        let ours: alloc::collections::BTreeSet<_> = Country::all().map(Country::alpha3).collect();
        assert_eq!(ours, theirs);
    }
}
