use alloc::vec::Vec;

use thiserror::Error;

use super::{Advice, OtherKind, Otpauth, Parameter};
use crate::secret::SecretError;

/// What [`parse()`](super::parse()) says of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// An account, written as the references ask.
    Accept(Otpauth),
    /// An account whose URI deviates. The warnings say how, in the order of their declaration, each once.
    AcceptWithWarnings(Otpauth, Vec<Warning>),
    /// Not an account that codes could be shown for.
    Reject(Reason),
}

impl Verdict {
    /// The account, when there is one.
    #[must_use]
    pub fn account(&self) -> Option<&Otpauth> {
        match self {
            Self::Accept(account) | Self::AcceptWithWarnings(account, _) => Some(account),
            Self::Reject(_) => None,
        }
    }

    /// The warnings; empty for the other two verdicts.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        match self {
            Self::AcceptWithWarnings(_, warnings) => warnings,
            Self::Accept(_) | Self::Reject(_) => &[],
        }
    }

    /// The account with its warnings, which may be none, or the reason.
    ///
    /// # Errors
    /// The reason of [`Reject`](Self::Reject).
    pub fn into_result(self) -> Result<(Otpauth, Vec<Warning>), Reason> {
        match self {
            Self::Accept(account) => Ok((account, Vec::new())),
            Self::AcceptWithWarnings(account, warnings) => Ok((account, warnings)),
            Self::Reject(reason) => Err(reason),
        }
    }
}

/// What is odd about a URI that was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Warning {
    /// The issuer before the label's colon and the `issuer` parameter differ. The first is shown, the second is for
    /// matching.
    IssuerMismatch,
    /// Issuer or account holds a colon of its own.
    ColonInLabel,
    /// No account name: ask for one.
    MissingLabel,
    /// `#` stands unencoded; it was read as part of the text, as it was meant.
    UnencodedHash,
    /// `+` in the issuer parameter was read as a space.
    PlusAsSpace,
    /// A parameter followed the issuer without `&`; it was read as a parameter.
    MissingAmpersand,
    /// `&amp;` stood for `&`: the URI was copied out of HTML.
    HtmlEscaped,
    /// The secret has fewer than 128 bits, RFC 4226 R6.
    WeakSecret,
    /// The secret's last character or its left-over bits carried nothing and were dropped.
    SecretTailDropped,
    /// The algorithm was named by an alias, such as `SHA-256` or `HmacSHA256`.
    AlgorithmAlias,
    /// 5, 9 or 10 digits: few authenticators can do that.
    UnusualDigits,
    /// A period below 5 seconds: hardly time to type.
    ShortPeriod,
    /// A period above 24 hours: the code is as good as fixed.
    LongPeriod,
    /// An HOTP account without `counter`; it starts at 0.
    MissingCounter,
    /// A TOTP account whose issuer is Steam: its codes are Steam's five letters.
    SteamByIssuer,
    /// Issuer or account holds invisible characters that turn the direction of writing or end a line: it may look like
    /// another name.
    InvisibleCharacter,
    /// An entry of Google's export does not say its algorithm, digits or type: SHA1, 6 and TOTP were taken.
    Unspecified,
}

impl Warning {
    /// Every variant, in the order of its declaration.
    pub const ALL: &[Self] = &[
        Self::IssuerMismatch,
        Self::ColonInLabel,
        Self::MissingLabel,
        Self::UnencodedHash,
        Self::PlusAsSpace,
        Self::MissingAmpersand,
        Self::HtmlEscaped,
        Self::WeakSecret,
        Self::SecretTailDropped,
        Self::AlgorithmAlias,
        Self::UnusualDigits,
        Self::ShortPeriod,
        Self::LongPeriod,
        Self::MissingCounter,
        Self::SteamByIssuer,
        Self::InvisibleCharacter,
        Self::Unspecified,
    ];

    /// The stable code of this warning, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::IssuerMismatch => "issuer_mismatch",
            Self::ColonInLabel => "colon_in_label",
            Self::MissingLabel => "missing_label",
            Self::UnencodedHash => "unencoded_hash",
            Self::PlusAsSpace => "plus_as_space",
            Self::MissingAmpersand => "missing_ampersand",
            Self::HtmlEscaped => "html_escaped",
            Self::WeakSecret => "weak_secret",
            Self::SecretTailDropped => "secret_tail_dropped",
            Self::AlgorithmAlias => "algorithm_alias",
            Self::UnusualDigits => "unusual_digits",
            Self::ShortPeriod => "short_period",
            Self::LongPeriod => "long_period",
            Self::MissingCounter => "missing_counter",
            Self::SteamByIssuer => "steam_by_issuer",
            Self::InvisibleCharacter => "invisible_character",
            Self::Unspecified => "unspecified",
        }
    }

    /// Whether strict reading refuses what otherwise only warns: where the drafts say the URI must be rejected or
    /// the value must be honoured as written. A differing issuer or a weak secret stays a warning
    /// (draft-andesco: a reader must not reject on a mismatch).
    #[must_use]
    pub fn refused_when_strict(&self) -> bool {
        match self {
            Self::IssuerMismatch
            | Self::WeakSecret
            | Self::UnusualDigits
            | Self::ShortPeriod
            | Self::SteamByIssuer
            | Self::InvisibleCharacter
            | Self::Unspecified => false,
            Self::ColonInLabel
            | Self::MissingLabel
            | Self::UnencodedHash
            | Self::PlusAsSpace
            | Self::MissingAmpersand
            | Self::HtmlEscaped
            | Self::SecretTailDropped
            | Self::AlgorithmAlias
            | Self::LongPeriod
            | Self::MissingCounter => true,
        }
    }
}

/// Why a text is not an account. Nothing of the text is repeated: all of it counts as a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Reason {
    /// Nothing but white space.
    #[error("there is no text")]
    Empty,
    /// Longer than the limit of [`Limit`](super::Limit), or longer than 8 KiB when written out in full.
    #[error("the text is too long")]
    TooLong,
    /// The label is longer than 512 characters and the text was scanned.
    #[error("the label is too long")]
    LabelTooLong,
    /// Some other text.
    #[error("this is not an otpauth URI")]
    NotOtpauth,
    /// A code of a kind that we know and that is not for an authenticator like this one.
    #[error("this code is for something else: {}", .0.code())]
    Other(OtherKind),
    /// `otpauth:` without `//` or without a type.
    #[error("the otpauth URI is not complete")]
    Malformed,
    /// A type other than `totp`, `hotp` and `steam`.
    #[error("the type of account is not known")]
    UnknownType,
    /// `%` without two hexadecimal digits after it.
    #[error("a percent sign has no two hexadecimal digits after it")]
    BadPercentEncoding,
    /// The decoded bytes are not UTF-8.
    #[error("the decoded text is not UTF-8")]
    NotUtf8,
    /// A control character, `%00` and line ends among them.
    #[error("the text holds a control character")]
    ControlCharacter,
    /// No `secret` parameter.
    #[error("there is no secret")]
    MissingSecret,
    /// The secret is empty, too long or not Base32.
    #[error("{0}")]
    Secret(SecretError),
    /// A known parameter occurs twice.
    #[error("a parameter occurs twice")]
    Duplicate(Parameter),
    /// An algorithm other than SHA1, SHA256 and SHA512, or one that this type of account cannot have.
    #[error("the algorithm is not supported")]
    UnsupportedAlgorithm,
    /// Not a number from 5 to 10.
    #[error("the number of digits is not supported")]
    InvalidDigits,
    /// Not a number from 1 to 2³¹ − 1.
    #[error("the period is not a number that can be used")]
    InvalidPeriod,
    /// Not a number from 0 to 2⁶³ − 1.
    #[error("the counter is not a number that can be used")]
    InvalidCounter,
    /// Strict reading: a deviation that otherwise only warns, or (without one) a secret with padding or separators.
    #[error("the URI deviates from the standard form")]
    NotStrict(Option<Warning>),
    /// A TOTP account with decimal digits cannot be called Steam: every reader would show Steam's letters for it.
    #[error("an account with issuer Steam is of type Steam")]
    SteamIssuer,
}

impl Reason {
    /// One of each variant, in the order of declaration; those that carry a value stand for all of their values.
    pub const ALL: &[Self] = &[
        Self::Empty,
        Self::TooLong,
        Self::LabelTooLong,
        Self::NotOtpauth,
        Self::Other(OtherKind::GoogleMigration),
        Self::Malformed,
        Self::UnknownType,
        Self::BadPercentEncoding,
        Self::NotUtf8,
        Self::ControlCharacter,
        Self::MissingSecret,
        Self::Secret(SecretError::Empty),
        Self::Secret(SecretError::TooLong),
        Self::Secret(SecretError::InvalidCharacter),
        Self::Duplicate(Parameter::Secret),
        Self::UnsupportedAlgorithm,
        Self::InvalidDigits,
        Self::InvalidPeriod,
        Self::InvalidCounter,
        Self::NotStrict(None),
        Self::SteamIssuer,
    ];

    /// The stable code of this reason, as listed in `tests/vectors/error-codes.json`. For `other_kind` ask
    /// [`OtherKind::code`] too.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::LabelTooLong => "label_too_long",
            Self::NotOtpauth => "not_otpauth",
            Self::Other(_) => "other_kind",
            Self::Malformed => "malformed_uri",
            Self::UnknownType => "unknown_type",
            Self::BadPercentEncoding => "bad_percent_encoding",
            Self::NotUtf8 => "not_utf8",
            Self::ControlCharacter => "control_character",
            Self::MissingSecret => "missing_secret",
            Self::Secret(error) => error.code(),
            Self::Duplicate(_) => "duplicate_parameter",
            Self::UnsupportedAlgorithm => "unsupported_algorithm",
            Self::InvalidDigits => "invalid_digits",
            Self::InvalidPeriod => "invalid_period",
            Self::InvalidCounter => "invalid_counter",
            Self::NotStrict(_) => "not_strict",
            Self::SteamIssuer => "steam_issuer",
        }
    }

    /// The kind of code that this is instead, when it is a known one.
    #[must_use]
    pub fn other_kind(&self) -> Option<OtherKind> {
        match self {
            Self::Other(kind) => Some(*kind),
            _ => None,
        }
    }

    /// What the person can do instead.
    #[must_use]
    pub fn advice(&self) -> Option<Advice> {
        self.other_kind().map(OtherKind::advice)
    }
}

impl From<SecretError> for Reason {
    fn from(error: SecretError) -> Self {
        Self::Secret(error)
    }
}

/// Each warning at most once, without memory of its own until it is asked for.
#[derive(Clone, Copy, Default)]
pub(super) struct Warnings(u32);

impl Warnings {
    pub(super) fn add(&mut self, warning: Warning) {
        self.0 |= Self::bit(warning);
    }

    pub(super) fn add_if(&mut self, condition: bool, warning: Warning) {
        if condition {
            self.add(warning);
        }
    }

    pub(super) fn iter(self) -> impl Iterator<Item = Warning> {
        Warning::ALL.iter().copied().filter(move |&warning| self.0 & Self::bit(warning) != 0)
    }

    #[inline]
    pub(super) fn verdict(self, account: Otpauth) -> Verdict {
        if self.0 == 0 { Verdict::Accept(account) } else { Verdict::AcceptWithWarnings(account, self.iter().collect()) }
    }

    fn bit(warning: Warning) -> u32 {
        1 << warning as u32
    }
}
