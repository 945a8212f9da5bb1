use thiserror::Error;

/// Why a text is not a machine-readable zone. Nothing of the text is repeated: all of it is personal data.
///
/// Lines and columns count from 1, as the standard counts positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MrzError {
    /// Nothing but white space.
    #[error("there is no text")]
    Empty,
    /// More than [`MAX_TEXT_LEN`](super::MAX_TEXT_LEN) bytes.
    #[error("the text is too long for a machine-readable zone")]
    TooLong,
    /// More than three lines.
    #[error("a machine-readable zone has one to three lines")]
    TooManyLines,
    /// No format has lines of these lengths: a line was cut, or a character was lost or doubled.
    #[error("line {line} has {length} characters, which no format has in this place")]
    WrongLength {
        /// The first line that does not fit, from 1.
        line: usize,
        /// Its length in characters.
        length: usize,
    },
    /// A small letter. A zone has capital letters only (ICAO Doc 9303-3 §4.3).
    #[error("line {line} has a small letter at {column}")]
    LowerCase {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// A character other than `A` to `Z`, `0` to `9` and `<` (ICAO Doc 9303-3 §4.3).
    #[error("line {line} has a character at {column} that no machine-readable zone has")]
    IllegalCharacter {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// The lengths are right, and the zone begins with a document code that this format does not have.
    #[error("the document code is none of this format")]
    UnknownDocumentCode,
    /// A one-line zone of a driving licence other than the French and the Dutch one.
    #[error("the zone of this country's driving licence is not known")]
    UnknownLicence,
    /// The French identity card of 1988 to 2021: two lines of 36, and yet not a TD2.
    #[error("this is the zone of the older French identity card")]
    FrenchIdentityCard,
}

impl MrzError {
    /// One of each variant, in the order of declaration.
    pub const ALL: &[Self] = &[
        Self::Empty,
        Self::TooLong,
        Self::TooManyLines,
        Self::WrongLength { line: 1, length: 0 },
        Self::LowerCase { line: 1, column: 1 },
        Self::IllegalCharacter { line: 1, column: 1 },
        Self::UnknownDocumentCode,
        Self::UnknownLicence,
        Self::FrenchIdentityCard,
    ];

    /// The stable code of this error, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "mrz_empty",
            Self::TooLong => "mrz_too_long",
            Self::TooManyLines => "mrz_too_many_lines",
            Self::WrongLength { .. } => "mrz_wrong_length",
            Self::LowerCase { .. } => "mrz_lower_case",
            Self::IllegalCharacter { .. } => "mrz_illegal_character",
            Self::UnknownDocumentCode => "mrz_unknown_document_code",
            Self::UnknownLicence => "mrz_unknown_licence",
            Self::FrenchIdentityCard => "mrz_french_identity_card",
        }
    }

    /// The line that is meant, from 1, where one is.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        match *self {
            Self::WrongLength { line, .. } | Self::LowerCase { line, .. } | Self::IllegalCharacter { line, .. } => {
                Some(line)
            }
            Self::Empty
            | Self::TooLong
            | Self::TooManyLines
            | Self::UnknownDocumentCode
            | Self::UnknownLicence
            | Self::FrenchIdentityCard => None,
        }
    }

    /// The character of that line that is meant, from 1, where one is.
    #[must_use]
    pub fn column(&self) -> Option<usize> {
        match *self {
            Self::LowerCase { column, .. } | Self::IllegalCharacter { column, .. } => Some(column),
            Self::WrongLength { .. }
            | Self::Empty
            | Self::TooLong
            | Self::TooManyLines
            | Self::UnknownDocumentCode
            | Self::UnknownLicence
            | Self::FrenchIdentityCard => None,
        }
    }
}

/// Why a field of a zone has no value. The zone itself was read; its cells are in
/// [`Mrz::text`](super::Mrz::text).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
pub enum FieldProblem {
    /// A code of a state is one to three letters, then fillers (ICAO Doc 9303-3 §5).
    #[error("not the code of a state or organisation")]
    NotACode,
    /// A document number begins in the first cell of its field (ICAO Doc 9303-3 §4.10), or the form of a number is fixed and
    /// is not this one.
    #[error("not a document number")]
    NotANumber,
    /// Not six digits that name a day, with fillers for the parts that are not known (ICAO Doc 9303-3 §4.8).
    #[error("not a date")]
    NotADate,
    /// Not `F`, `M` or `<`, nor `X`.
    #[error("not a letter for the sex")]
    NotASex,
    /// A digit, no letter at all, or fillers where the standard has none (ICAO Doc 9303-3 §4.6).
    #[error("not a name")]
    NotAName,
    /// The layout has fillers behind the field, and something else stands there: lines were shifted or misread.
    #[error("not followed by the fillers that the layout has")]
    NotFillers,
}

impl FieldProblem {
    /// Every variant, in the order of declaration.
    pub const ALL: &[Self] =
        &[Self::NotACode, Self::NotANumber, Self::NotADate, Self::NotASex, Self::NotAName, Self::NotFillers];

    /// The stable code of this problem, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotACode => "mrz_not_a_code",
            Self::NotANumber => "mrz_not_a_number",
            Self::NotADate => "mrz_not_a_date",
            Self::NotASex => "mrz_not_a_sex",
            Self::NotAName => "mrz_not_a_name",
            Self::NotFillers => "mrz_not_fillers",
        }
    }
}

/// What is odd about a field that has a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
pub enum FieldWarning {
    /// Letters that are the code of no state or organisation that is known (ISO 3166-1, ICAO Doc 9303-3 §5): most likely
    /// misread, as no check digit covers them.
    #[error("no state or organisation that is known has this code")]
    UnknownCode,
    /// `X` for the sex. The standard has `<` in the zone and `X` in print (ICAO Doc 9303-4 §4.2.2.2); some issuers write what
    /// they print.
    #[error("an X for the sex, where the standard has a filler")]
    SexX,
}

impl FieldWarning {
    /// Every variant, in the order of declaration.
    pub const ALL: &[Self] = &[Self::UnknownCode, Self::SexX];

    /// The stable code of this warning, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownCode => "mrz_unknown_code",
            Self::SexX => "mrz_sex_x",
        }
    }
}

/// Why a record cannot be written as a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EmitError {
    /// The document code is not one or two characters that this format has.
    #[error("the document code is none of this format")]
    DocumentCode,
    /// The issuer is not a code of one to three letters.
    #[error("the issuer is not a code of one to three letters")]
    Issuer,
    /// The nationality is not a code of one to three letters.
    #[error("the nationality is not a code of one to three letters")]
    Nationality,
    /// The document number has other characters than `A` to `Z`, `0` to `9` and inner `<`, or has no room.
    #[error("the document number does not fit this format")]
    DocumentNumber,
    /// A part of the name is empty or has other characters than `A` to `Z`, there is none, or there are so many that
    /// not even their initials have room, or together they are longer than [`MAX_TEXT_LEN`](super::MAX_TEXT_LEN).
    #[error("the name does not fit this format")]
    Name,
    /// A further field has other characters than `A` to `Z`, `0` to `9` and `<`, or has no room.
    #[error("the optional data do not fit this format")]
    Optional,
}

impl EmitError {
    /// Every variant, in the order of declaration.
    pub const ALL: &[Self] =
        &[Self::DocumentCode, Self::Issuer, Self::Nationality, Self::DocumentNumber, Self::Name, Self::Optional];

    /// The stable code of this error, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::DocumentCode => "mrz_emit_document_code",
            Self::Issuer => "mrz_emit_issuer",
            Self::Nationality => "mrz_emit_nationality",
            Self::DocumentNumber => "mrz_emit_document_number",
            Self::Name => "mrz_emit_name",
            Self::Optional => "mrz_emit_optional",
        }
    }
}
