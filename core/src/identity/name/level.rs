/// How close a typed name is to a document's, from best to worst. The order of the variants is the order of the ladder:
/// a smaller level is a closer one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The same letters in the same case, the same separators.
    Identical,
    /// The same letters: only case, spaces, hyphens, apostrophes, composition or a title differ, or the accent that Greek
    /// capitals do not have. Words may be joined in one of them, such as `VANDERMEULEN` for `van der Meulen`.
    SameLetters,
    /// A transliteration of ICAO Doc 9303-3 §6 makes them equal; spaces count as little as in the level above.
    IcaoEqual,
    /// The same words in another order.
    OrderSwapped,
    /// One of them has words that the other has not; all others agree, a given name and a surname among them.
    MissingMiddle,
    /// Words are given as their first letter; others may be missing.
    Initials,
    /// The document's MRZ may be truncated, and what it holds fits the typed name (ICAO Doc 9303-4 §4.2.3).
    TruncatedInMrz,
    /// None of these.
    Different,
}

impl Level {
    /// Every level, from best to worst.
    pub const ALL: &[Self] = &[
        Self::Identical,
        Self::SameLetters,
        Self::IcaoEqual,
        Self::OrderSwapped,
        Self::MissingMiddle,
        Self::Initials,
        Self::TruncatedInMrz,
        Self::Different,
    ];

    /// The stable code, such as `icao-equal`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Identical => "identical",
            Self::SameLetters => "same-letters",
            Self::IcaoEqual => "icao-equal",
            Self::OrderSwapped => "order-swapped",
            Self::MissingMiddle => "missing-middle",
            Self::Initials => "initials",
            Self::TruncatedInMrz => "truncated-in-mrz",
            Self::Different => "different",
        }
    }

    /// The level with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|level| level.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ladder_is_in_order_and_every_code_reads_back() {
        assert!(Level::ALL.is_sorted());
        for &level in Level::ALL {
            assert_eq!(Level::from_code(level.code()), Some(level));
        }
        assert_eq!(Level::from_code("IcaoEqual"), None);
    }
}
