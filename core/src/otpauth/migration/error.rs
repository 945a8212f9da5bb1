use alloc::string::String;
use core::fmt;

use thiserror::Error;

use crate::otpauth::Reason;
use crate::secret::SecretError;

/// Why a text is not a readable part of an export. Nothing of the text is repeated: all of it counts as a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MigrationError {
    /// Not `otpauth-migration://offline`.
    #[error("this is not an export of Google Authenticator")]
    NotMigration,
    /// More than 8 KiB.
    #[error("the text is too long")]
    TooLong,
    /// No `data` parameter, or an empty one.
    #[error("the export holds no data")]
    MissingData,
    /// `%` without two hexadecimal digits after it.
    #[error("a percent sign has no two hexadecimal digits after it")]
    BadPercentEncoding,
    /// The data are not Base64.
    #[error("the data are not Base64")]
    NotBase64,
    /// The decoded data are not a protobuf message: the code was cut off or altered.
    #[error("the data are damaged")]
    Damaged,
    /// The place in the batch is not below its size, or the size is absurd.
    #[error("the place in the batch is out of range")]
    BatchOutOfRange,
}

impl MigrationError {
    /// Every variant, in the order of its declaration.
    pub const ALL: &[Self] = &[
        Self::NotMigration,
        Self::TooLong,
        Self::MissingData,
        Self::BadPercentEncoding,
        Self::NotBase64,
        Self::Damaged,
        Self::BatchOutOfRange,
    ];

    /// The stable code of this error, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotMigration => "not_migration",
            Self::TooLong => "migration_too_long",
            Self::MissingData => "migration_missing_data",
            Self::BadPercentEncoding => "migration_bad_percent_encoding",
            Self::NotBase64 => "migration_not_base64",
            Self::Damaged => "migration_damaged",
            Self::BatchOutOfRange => "migration_batch_out_of_range",
        }
    }
}

/// One account of an export that cannot be imported; the others can.
///
/// Personal data: the label, so that the person can be told which account it was. `Debug` leaves it out.
#[derive(Clone, PartialEq, Eq, Error)]
#[error("{problem}")]
pub struct EntryError {
    problem: EntryProblem,
    label: String,
}

impl EntryError {
    pub(super) fn new(problem: EntryProblem, label: String) -> Self {
        Self { problem, label }
    }

    /// What is wrong with the account.
    #[must_use]
    pub fn problem(&self) -> EntryProblem {
        self.problem
    }

    /// The account's name as far as it could be read, for the person's eyes; may be empty. Personal data.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The stable code of the problem.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.problem.code()
    }
}

impl fmt::Debug for EntryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EntryError(")?;
        f.write_str(self.code())?;
        f.write_str(")")
    }
}

/// What is wrong with one account of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EntryProblem {
    /// The account's bytes are not a protobuf message.
    #[error("the account is damaged")]
    Damaged,
    /// The secret is empty or too long.
    #[error("{0}")]
    Secret(SecretError),
    /// Name or issuer are not UTF-8.
    #[error("the name is not UTF-8")]
    NotUtf8,
    /// Name or issuer hold a control character.
    #[error("the name holds a control character")]
    ControlCharacter,
    /// Name and issuer do not fit into a URI of 8 KiB.
    #[error("the name is too long")]
    TooLong,
    /// MD5, or an algorithm of a later version.
    #[error("the algorithm is not supported")]
    UnsupportedAlgorithm,
    /// A number of digits of a later version.
    #[error("the number of digits is not supported")]
    InvalidDigits,
    /// A type of account of a later version.
    #[error("the type of account is not known")]
    UnknownType,
    /// A counter below 0.
    #[error("the counter is not a number that can be used")]
    InvalidCounter,
}

impl EntryProblem {
    /// One of each variant, in the order of declaration.
    pub const ALL: &[Self] = &[
        Self::Damaged,
        Self::Secret(SecretError::Empty),
        Self::Secret(SecretError::TooLong),
        Self::NotUtf8,
        Self::ControlCharacter,
        Self::TooLong,
        Self::UnsupportedAlgorithm,
        Self::InvalidDigits,
        Self::UnknownType,
        Self::InvalidCounter,
    ];

    /// The stable code of this problem, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::Secret(error) => error.code(),
            Self::NotUtf8 => "not_utf8",
            Self::ControlCharacter => "control_character",
            Self::TooLong => "too_long",
            Self::UnsupportedAlgorithm => "unsupported_algorithm",
            Self::InvalidDigits => "invalid_digits",
            Self::UnknownType => "unknown_type",
            Self::InvalidCounter => "invalid_counter",
        }
    }
}

impl From<Reason> for EntryProblem {
    /// Of what [`Otpauth`](crate::otpauth::Otpauth) refuses.
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::ControlCharacter => Self::ControlCharacter,
            _ => Self::TooLong,
        }
    }
}
