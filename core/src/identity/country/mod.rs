//! Countries of ISO 3166-1 with their names, and the codes that issue travel documents beyond them.

mod issuer;
mod search;
mod table;

pub use issuer::{Issuer, IssuerKind, SpecialIssuer};
pub use search::{MAX_QUERY, search};

use table::{Row, TABLE};

/// A country of ISO 3166-1, as CLDR 48.2 has them: 249.
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
        assert_eq!(Country::all().count(), 249);
        assert!(TABLE.is_sorted_by(|a, b| a.alpha2 < b.alpha2));
        for country in Country::all() {
            assert_eq!(Country::from_alpha2(country.alpha2()), Some(country));
            assert_eq!(Country::from_alpha3(country.alpha3()), Some(country));
            assert!(!country.english().is_empty() && !country.swedish().is_empty());
        }
        assert_eq!(Country::from_alpha2("se"), None);
        assert_eq!(Country::from_alpha2("XX"), None);
        assert_eq!(Country::from_alpha3("UTO"), None);
    }

    /// The list of UN M49 in the mrz crate is another source for the same codes.
    #[test]
    fn the_codes_are_those_of_another_list() {
        let special = |code: &str| SpecialIssuer::ALL.iter().any(|issuer| issuer.code() == code);
        let theirs: alloc::collections::BTreeSet<_> =
            mrz_crate::codes().iter().map(|&(code, _)| code).filter(|&code| !special(code) && code != "XKX").collect();
        let ours: alloc::collections::BTreeSet<_> = Country::all().map(Country::alpha3).collect();
        assert_eq!(ours, theirs);
    }
}
