//! One-time passwords. Times are seconds since 1970-01-01T00:00:00Z.

use std::fmt;
use std::sync::Arc;

use gatepass_core::otp::{self, Counter, Digits, Period, Window};
use gatepass_core::secret::Secret;
use zeroize::Zeroizing;

use crate::error::GatepassError;

/// The hash under the HMAC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Algorithm {
    /// HMAC-SHA-1, the one that every authenticator knows.
    Sha1,
    /// HMAC-SHA-256.
    Sha256,
    /// HMAC-SHA-512.
    Sha512,
}

impl From<otp::Algorithm> for Algorithm {
    fn from(algorithm: otp::Algorithm) -> Self {
        match algorithm {
            otp::Algorithm::Sha1 => Self::Sha1,
            otp::Algorithm::Sha256 => Self::Sha256,
            otp::Algorithm::Sha512 => Self::Sha512,
        }
    }
}

impl From<Algorithm> for otp::Algorithm {
    fn from(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Sha1 => Self::Sha1,
            Algorithm::Sha256 => Self::Sha256,
            Algorithm::Sha512 => Self::Sha512,
        }
    }
}

/// How a value becomes the text of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Format {
    /// Decimal digits, 5 to 10 of them.
    Decimal {
        /// How many.
        digits: u8,
    },
    /// Five of Steam's letters.
    Steam,
}

impl From<otp::Format> for Format {
    fn from(format: otp::Format) -> Self {
        match format {
            otp::Format::Decimal(digits) => Self::Decimal { digits: digits.get() },
            otp::Format::Steam => Self::Steam,
        }
    }
}

impl TryFrom<Format> for otp::Format {
    type Error = GatepassError;

    fn try_from(format: Format) -> Result<Self, GatepassError> {
        match format {
            Format::Decimal { digits } => Ok(Self::Decimal(Digits::new(digits)?)),
            Format::Steam => Ok(Self::Steam),
        }
    }
}

/// What both sides of a TOTP account agree on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct TotpParams {
    /// The hash under the HMAC.
    pub algorithm: Algorithm,
    /// How a value becomes text.
    pub format: Format,
    /// The length of a time step in seconds, 1 to 86,400.
    pub period: u32,
}

impl From<otp::TotpParams> for TotpParams {
    fn from(params: otp::TotpParams) -> Self {
        Self { algorithm: params.algorithm().into(), format: params.format().into(), period: params.period().seconds() }
    }
}

impl TryFrom<TotpParams> for otp::TotpParams {
    type Error = GatepassError;

    fn try_from(params: TotpParams) -> Result<Self, GatepassError> {
        Ok(Self::new(params.algorithm.into(), params.format.try_into()?, Period::new(params.period)?))
    }
}

/// The codes around a moment. `toString` shows none of them.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Display)]
pub struct Codes {
    /// The code of the step before; absent in the very first step.
    pub previous: Option<String>,
    /// The code of now.
    pub current: String,
    /// The code of the step after.
    pub next: String,
    /// Seconds until `next`, 1 to the period.
    pub seconds_left: u32,
}

impl fmt::Display for Codes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Codes(…, {} s left)", self.seconds_left)
    }
}

impl From<otp::Codes> for Codes {
    fn from(codes: otp::Codes) -> Self {
        Self {
            previous: codes.previous.map(|code| code.as_str().to_owned()),
            current: codes.current.as_str().to_owned(),
            next: codes.next.as_str().to_owned(),
            seconds_left: codes.seconds_left,
        }
    }
}

/// What became of a typed code.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Verification {
    /// It is right and was not used before.
    Matched {
        /// Its time step: the bound for the next call.
        step: u64,
        /// Steps between this clock and the one that made the code.
        drift: i64,
    },
    /// It is not to be accepted.
    Rejected {
        /// `malformed`, `wrong` or `reused`.
        code: String,
    },
}

impl From<Result<otp::Match, otp::Rejection>> for Verification {
    fn from(result: Result<otp::Match, otp::Rejection>) -> Self {
        match result {
            Ok(otp::Match { step, drift }) => Self::Matched { step, drift },
            Err(rejection) => Self::Rejected { code: rejection.code().into() },
        }
    }
}

/// A TOTP account made ready for many codes.
#[derive(Debug, uniffi::Object)]
pub struct Totp(otp::Totp);

#[uniffi::export]
impl Totp {
    /// From a Base32 secret.
    ///
    /// # Errors
    /// The codes of the secret, the digits and the period.
    #[uniffi::constructor]
    pub fn new(secret: String, params: TotpParams) -> Result<Arc<Self>, GatepassError> {
        let (secret, _) = Secret::from_base32(&Zeroizing::new(secret))?;
        Ok(Arc::new(Self(otp::Totp::new(&secret, &params.try_into()?))))
    }

    /// The code at `now`.
    #[must_use]
    pub fn generate(&self, now: u64) -> String {
        self.0.generate(now).as_str().to_owned()
    }

    /// The codes around `now`.
    #[must_use]
    pub fn codes(&self, now: u64) -> Codes {
        self.0.codes(now).into()
    }

    /// Whether a code is right at `now`, up to `window` steps before and after; `last_step` is the last one accepted.
    ///
    /// # Errors
    /// `window_out_of_range` above 10 steps.
    pub fn verify(
        &self,
        code: &str,
        now: u64,
        window: u8,
        last_step: Option<u64>,
    ) -> Result<Verification, GatepassError> {
        Ok(self.0.verify(code, now, Window::new(window)?, last_step).into())
    }
}

/// The HOTP code of a counter (RFC 4226).
///
/// # Errors
/// The codes of the secret, the digits and the counter.
#[uniffi::export]
pub fn hotp(secret: String, algorithm: Algorithm, format: Format, counter: u64) -> Result<String, GatepassError> {
    let (secret, _) = Secret::from_base32(&Zeroizing::new(secret))?;
    let counter = Counter::new(counter)?;
    Ok(otp::hotp(&secret, algorithm.into(), format.try_into()?, counter.get()).as_str().to_owned())
}
