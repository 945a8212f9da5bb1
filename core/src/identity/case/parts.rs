use core::fmt;

use crate::identity::document::{DocumentKind, Side};
use crate::identity::reasons::{Reason, Redo};

/// One thing that a person does, and does again only when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// An account exists.
    Account,
    /// Its address is confirmed.
    Address,
    /// The name and the other data were looked at.
    Data,
    /// Country and document are chosen.
    Document,
    /// The front of a card, the data page of a passport.
    Front,
    /// The back of a card.
    Back,
    /// The video of the turning head.
    Turn,
}

impl Part {
    /// Every part, in the order in which they are done.
    pub const ALL: &[Self] =
        &[Self::Account, Self::Address, Self::Data, Self::Document, Self::Front, Self::Back, Self::Turn];

    /// The stable code, such as `front`, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Address => "address",
            Self::Data => "data",
            Self::Document => "document",
            Self::Front => "front",
            Self::Back => "back",
            Self::Turn => "turn",
        }
    }

    /// The part with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|part| part.code() == code)
    }

    /// The photo of a side.
    #[must_use]
    pub fn of_side(side: Side) -> Self {
        match side {
            Side::Front => Self::Front,
            Side::Back => Self::Back,
        }
    }
}

/// A set of parts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Parts(u8);

impl Parts {
    /// None.
    pub const NONE: Self = Self(0);
    /// What is stored as pictures: photos and video.
    pub const MEDIA: Self = Self(1 << Part::Front as u8 | 1 << Part::Back as u8 | 1 << Part::Turn as u8);
    /// Both photos.
    pub const PHOTOS: Self = Self(1 << Part::Front as u8 | 1 << Part::Back as u8);

    /// One part alone.
    #[must_use]
    pub const fn only(part: Part) -> Self {
        Self(1 << part as u8)
    }

    /// The photos of a document.
    #[must_use]
    pub fn photos_of(kind: DocumentKind) -> Self {
        kind.sides().iter().fold(Self::NONE, |parts, &side| parts.with(Self::only(Part::of_side(side))))
    }

    /// What a reason asks to do again; the side is that of the photo it was given for, without one it is every side.
    #[must_use]
    pub fn to_redo(reason: Reason, side: Option<Side>) -> Self {
        match reason.redo() {
            Redo::Nothing => Self::NONE,
            Redo::Data => Self::only(Part::Data),
            Redo::Document => Self::only(Part::Document).with(Self::PHOTOS),
            Redo::Photo => side.map_or(Self::PHOTOS, |side| Self::only(Part::of_side(side))),
            Redo::Turn => Self::only(Part::Turn),
        }
    }

    /// Whether a part is in it.
    #[must_use]
    pub fn has(self, part: Part) -> bool {
        self.0 & 1 << part as u8 != 0
    }

    /// Whether it has no part.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Both together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// This one without the other.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What is in both.
    #[must_use]
    pub fn shared(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Its parts, in the order in which they are done.
    pub fn iter(self) -> impl Iterator<Item = Part> {
        Part::ALL.iter().copied().filter(move |&part| self.has(part))
    }
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
