/// A kind of document that a person can be identified by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// A passport book: its data page is photographed, ICAO Doc 9303-4 format TD3.
    Passport,
    /// A driving licence: a card of format ID-1, ISO/IEC 18013-1.
    DrivingLicence,
    /// A residence permit: a card of format ID-1 with an MRZ of format TD1 in most countries.
    ResidencePermit,
}

impl DocumentKind {
    /// Every kind, in the order in which a person is offered them.
    pub const ALL: &[Self] = &[Self::Passport, Self::DrivingLicence, Self::ResidencePermit];

    /// The stable code: `passport`, `licence` or `permit`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Passport => "passport",
            Self::DrivingLicence => "licence",
            Self::ResidencePermit => "permit",
        }
    }

    /// The kind with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// The sides that are photographed, in the order in which they are asked: a passport's data page, both sides of a
    /// card.
    #[must_use]
    pub fn sides(self) -> &'static [Side] {
        match self {
            Self::Passport => &[Side::Front],
            Self::DrivingLicence | Self::ResidencePermit => &[Side::Front, Side::Back],
        }
    }
}

/// A side of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The side with the portrait. Of a passport: the data page.
    Front,
    /// The other side of a card.
    Back,
}

impl Side {
    /// Both sides, in the order in which they are asked.
    pub const ALL: &[Self] = &[Self::Front, Self::Back];

    /// The stable code: `front` or `back`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Back => "back",
        }
    }

    /// The side with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|side| side.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passport_has_one_side_to_photograph_and_a_card_two() {
        assert_eq!(DocumentKind::Passport.sides(), [Side::Front]);
        assert_eq!(DocumentKind::DrivingLicence.sides(), [Side::Front, Side::Back]);
        assert_eq!(DocumentKind::ResidencePermit.sides(), [Side::Front, Side::Back]);
    }

    #[test]
    fn every_code_reads_back() {
        for &kind in DocumentKind::ALL {
            assert_eq!(DocumentKind::from_code(kind.code()), Some(kind));
        }
        for &side in Side::ALL {
            assert_eq!(Side::from_code(side.code()), Some(side));
        }
        assert_eq!(DocumentKind::from_code("Passport"), None);
        assert_eq!(Side::from_code(""), None);
    }
}
