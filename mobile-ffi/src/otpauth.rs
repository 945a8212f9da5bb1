//! `otpauth://` URIs and the accounts they hold.

use std::sync::Arc;

use gatepass_core::otp::{Counter, Digits, Period};
use gatepass_core::otpauth::{self, Limit, ParseOptions};
use gatepass_core::secret::Secret;
use zeroize::Zeroizing;

use crate::error::GatepassError;
use crate::otp::{Algorithm, Codes};

/// Where a text comes from, which sets how long it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum TextSource {
    /// A camera: at most 2,048 bytes.
    Scanner,
    /// A file or a paste: at most 8 KiB.
    Import,
}

impl From<TextSource> for Limit {
    fn from(source: TextSource) -> Self {
        match source {
            TextSource::Scanner => Self::Scanner,
            TextSource::Import => Self::Import,
        }
    }
}

/// How the codes of an account are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Kind {
    /// By time, RFC 6238.
    Totp {
        /// The hash under the HMAC.
        algorithm: Algorithm,
        /// The length of a code, 5 to 10.
        digits: u8,
        /// The length of a time step in seconds.
        period: u32,
    },
    /// By counter, RFC 4226.
    Hotp {
        /// The hash under the HMAC.
        algorithm: Algorithm,
        /// The length of a code, 5 to 10.
        digits: u8,
        /// The counter of the next code.
        counter: u64,
    },
    /// By time, five of Steam's letters.
    Steam {
        /// The length of a time step in seconds.
        period: u32,
    },
}

impl From<otpauth::Kind> for Kind {
    fn from(kind: otpauth::Kind) -> Self {
        match kind {
            otpauth::Kind::Totp { algorithm, digits, period } => {
                Self::Totp { algorithm: algorithm.into(), digits: digits.get(), period: period.seconds() }
            }
            otpauth::Kind::Hotp { algorithm, digits, counter } => {
                Self::Hotp { algorithm: algorithm.into(), digits: digits.get(), counter: counter.get() }
            }
            otpauth::Kind::Steam { period } => Self::Steam { period: period.seconds() },
        }
    }
}

impl TryFrom<Kind> for otpauth::Kind {
    type Error = GatepassError;

    fn try_from(kind: Kind) -> Result<Self, GatepassError> {
        Ok(match kind {
            Kind::Totp { algorithm, digits, period } => {
                Self::Totp { algorithm: algorithm.into(), digits: Digits::new(digits)?, period: Period::new(period)? }
            }
            Kind::Hotp { algorithm, digits, counter } => Self::Hotp {
                algorithm: algorithm.into(),
                digits: Digits::new(digits)?,
                counter: Counter::new(counter)?,
            },
            Kind::Steam { period } => Self::Steam { period: Period::new(period)? },
        })
    }
}

/// What is said of a text.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum Verdict {
    /// An account, written as the references ask.
    Accept {
        /// It.
        account: Arc<Account>,
    },
    /// An account whose URI deviates.
    AcceptWithWarnings {
        /// It.
        account: Arc<Account>,
        /// The codes of the warnings, each once.
        warnings: Vec<String>,
    },
    /// Not an account that codes could be shown for.
    Reject {
        /// The code of the reason.
        reason: String,
        /// The kind of code that this is instead, when it is a known one.
        other_kind: Option<String>,
        /// The code of what the person can do instead.
        advice: Option<String>,
    },
}

impl From<otpauth::Verdict> for Verdict {
    fn from(verdict: otpauth::Verdict) -> Self {
        match verdict {
            otpauth::Verdict::Accept(account) => Self::Accept { account: Account::of(account) },
            otpauth::Verdict::AcceptWithWarnings(account, warnings) => {
                Self::AcceptWithWarnings { account: Account::of(account), warnings: codes_of(&warnings) }
            }
            otpauth::Verdict::Reject(reason) => Self::Reject {
                reason: reason.code().into(),
                other_kind: reason.other_kind().map(|kind| kind.code().into()),
                advice: reason.advice().map(|advice| advice.code().into()),
            },
        }
    }
}

/// Reads one `otpauth://` URI; `strict` refuses what otherwise only warns.
#[uniffi::export]
#[must_use]
pub fn parse_otpauth(text: String, source: TextSource, strict: bool) -> Verdict {
    otpauth::parse(&Zeroizing::new(text), &ParseOptions { limit: source.into(), strict }).into()
}

/// An account of an authenticator. Personal data: issuer and account name.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Object)]
pub struct Account(pub(crate) otpauth::Otpauth);

impl Account {
    pub(crate) fn of(account: otpauth::Otpauth) -> Arc<Self> {
        Arc::new(Self(account))
    }
}

#[uniffi::export]
impl Account {
    /// An account typed by hand; `secret` is Base32.
    ///
    /// # Errors
    /// The codes of the secret, the kind's numbers and the names.
    #[uniffi::constructor]
    pub fn new(kind: Kind, issuer: &str, account: &str, secret: String) -> Result<Arc<Self>, GatepassError> {
        let (secret, _) = Secret::from_base32(&Zeroizing::new(secret))?;
        Ok(Self::of(otpauth::Otpauth::new(kind.try_into()?, issuer, account, secret)?))
    }

    /// How the codes are made.
    #[must_use]
    pub fn kind(&self) -> Kind {
        (*self.0.kind()).into()
    }

    /// The issuer to show.
    #[must_use]
    pub fn issuer(&self) -> Option<String> {
        self.0.issuer().map(str::to_owned)
    }

    /// The account name to show; empty when there is none.
    #[must_use]
    pub fn account(&self) -> String {
        self.0.account().to_owned()
    }

    /// The code at `now` (seconds since 1970), or the code of the counter of an HOTP account.
    #[must_use]
    pub fn code_at(&self, now: u64) -> String {
        self.0.code_at(now).as_str().to_owned()
    }

    /// The codes around `now` (seconds since 1970); absent for HOTP.
    #[must_use]
    pub fn codes_at(&self, now: u64) -> Option<Codes> {
        self.0.codes_at(now).map(Into::into)
    }

    /// The same account with its next counter; absent when it has none.
    #[must_use]
    pub fn advanced(&self) -> Option<Arc<Self>> {
        self.0.advanced().map(Self::of)
    }

    /// The same account under another name.
    ///
    /// # Errors
    /// `control_character`, `too_long`, `steam_issuer`.
    pub fn renamed(&self, issuer: &str, account: &str) -> Result<Arc<Self>, GatepassError> {
        Ok(Self::of(self.0.renamed(issuer, account)?))
    }

    /// The whole URI. All of it counts as a secret.
    #[must_use]
    pub fn uri(&self) -> String {
        (*self.0.emit()).clone()
    }
}

pub(crate) fn codes_of(warnings: &[otpauth::Warning]) -> Vec<String> {
    warnings.iter().map(|warning| warning.code().to_owned()).collect()
}
