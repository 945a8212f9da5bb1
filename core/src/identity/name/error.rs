use thiserror::Error;

/// Why a text is not a name. Nothing of the text is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
pub enum NameError {
    /// No letter in it.
    #[error("there is no name")]
    Empty,
    /// More than [`MAX_LETTERS`](super::MAX_LETTERS) characters.
    #[error("the name is too long")]
    TooLong,
    /// More than [`MAX_WORDS`](super::MAX_WORDS) words.
    #[error("the name has too many words")]
    TooManyWords,
    /// A control character, line ends among them.
    #[error("the name holds a control character")]
    ControlCharacter,
    /// A mark that turns the direction of the text: what is read is not what is stored.
    #[error("the name holds a mark that changes the direction of writing")]
    DirectionMark,
    /// A character without a width of its own, such as U+200B.
    #[error("the name holds an invisible character")]
    InvisibleCharacter,
    /// Letters of several scripts, such as a Cyrillic А in a Latin name.
    #[error("the name mixes letters of several scripts")]
    MixedScripts,
    /// A combining mark that stands on no letter.
    #[error("an accent stands without a letter")]
    StrayMark,
    /// More than four marks on one letter.
    #[error("a letter has too many accents")]
    TooManyMarks,
    /// A character that is no part of names, such as `@`.
    #[error("the name holds a character that is not a letter")]
    NotALetter,
    /// In the name of a machine-readable zone: something other than A to Z and `<`.
    #[error("the zone's name holds something other than A to Z and <")]
    ZoneCharacter,
    /// In the name of a machine-readable zone: a `<` before the name, or more of them between its words than part them.
    #[error("the zone's name has a < where no name has one")]
    ZoneFillers,
}

impl NameError {
    /// Every variant, in the order of its declaration.
    pub const ALL: &[Self] = &[
        Self::Empty,
        Self::TooLong,
        Self::TooManyWords,
        Self::ControlCharacter,
        Self::DirectionMark,
        Self::InvisibleCharacter,
        Self::MixedScripts,
        Self::StrayMark,
        Self::TooManyMarks,
        Self::NotALetter,
        Self::ZoneCharacter,
        Self::ZoneFillers,
    ];

    /// The stable code of this error, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "name_empty",
            Self::TooLong => "name_too_long",
            Self::TooManyWords => "name_too_many_words",
            Self::ControlCharacter => "name_control_character",
            Self::DirectionMark => "name_direction_mark",
            Self::InvisibleCharacter => "name_invisible_character",
            Self::MixedScripts => "name_mixed_scripts",
            Self::StrayMark => "name_stray_mark",
            Self::TooManyMarks => "name_too_many_marks",
            Self::NotALetter => "name_not_a_letter",
            Self::ZoneCharacter => "name_zone_character",
            Self::ZoneFillers => "name_zone_fillers",
        }
    }
}
