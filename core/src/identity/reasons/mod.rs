//! Why an identification was not accepted: one list for the page, the e-mail, the reviewer and the log.
//!
//! Every [`Reason`] names who can mend it, what is done again, and which measures and which part of the picture belong to
//! it. There is no reason for everything else: a cause without an entry has no text, and a person without a text has no way
//! on. The texts are data in two languages, [`ENGLISH`] and [`SWEDISH`], in the grammar of Fluent 1.0: for each reason a
//! sentence that says what happened, and the attribute `remedy` that says what to do. [`Reason::text_key`] is their key.
//! Beside them stands what is said of a name, letter by letter: [`Advice`](super::name::Advice).

mod list;

pub use list::Reason;

/// The English texts, Fluent 1.0.
pub const ENGLISH: &str = include_str!("en.ftl");

/// The Swedish texts, Fluent 1.0, with the same keys.
pub const SWEDISH: &str = include_str!("sv.ftl");

/// Who can do something about a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fixer {
    /// The person who is identified.
    Technician,
    /// The helpdesk: whatever the person does again would end alike.
    Helpdesk,
    /// The reviewer: nothing is wrong that the person could change.
    Reviewer,
}

impl Fixer {
    /// Everyone.
    pub const ALL: &[Self] = &[Self::Technician, Self::Helpdesk, Self::Reviewer];

    /// The stable code: `technician`, `helpdesk` or `reviewer`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Technician => "technician",
            Self::Helpdesk => "helpdesk",
            Self::Reviewer => "reviewer",
        }
    }
}

/// What is done again, and nothing else is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Redo {
    /// Nothing.
    Nothing,
    /// The name and the other data of the account.
    Data,
    /// The choice of country and document, and with it every photo.
    Document,
    /// The photo of the side that the reason was given for.
    Photo,
    /// The video.
    Turn,
}

impl Redo {
    /// Every step.
    pub const ALL: &[Self] = &[Self::Nothing, Self::Data, Self::Document, Self::Photo, Self::Turn];

    /// The stable code: `nothing`, `data`, `document`, `photo` or `turn`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Data => "data",
            Self::Document => "document",
            Self::Photo => "photo",
            Self::Turn => "turn",
        }
    }
}

/// Which part of a picture or of the data is ringed when a reason is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Region {
    /// None.
    Nothing,
    /// The whole picture.
    Picture,
    /// The document in it.
    Document,
    /// The worst tile of text.
    Text,
    /// The reflection, where it covers something.
    Reflection,
    /// The edge or corner of the document that is missing or covered.
    Edge,
    /// The machine-readable zone.
    Zone,
    /// The name, typed and printed.
    Name,
    /// The face in the video.
    Face,
}

impl Region {
    /// Every region.
    pub const ALL: &[Self] = &[
        Self::Nothing,
        Self::Picture,
        Self::Document,
        Self::Text,
        Self::Reflection,
        Self::Edge,
        Self::Zone,
        Self::Name,
        Self::Face,
    ];

    /// The stable code, such as `reflection`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Picture => "picture",
            Self::Document => "document",
            Self::Text => "text",
            Self::Reflection => "reflection",
            Self::Edge => "edge",
            Self::Zone => "zone",
            Self::Name => "name",
            Self::Face => "face",
        }
    }
}
