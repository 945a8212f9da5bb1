use alloc::string::String;
use core::fmt;

use zeroize::Zeroizing;

use super::percent::check_text;
use super::{Limit, Reason, emit};
use crate::otp::{Algorithm, Code, Codes, Counter, Digits, Format, Key, Period, Totp, TotpParams};
use crate::secret::Secret;

/// An account of an authenticator: who issued it, whose it is, and how its codes are made.
///
/// Exists only valid: texts have no control character and no white space at their ends, and
/// [`emit`](Self::emit) always gives a URI that [`parse()`](super::parse()) reads back as the same account.
///
/// Personal data: issuer, account and extras say who uses what. `Debug` shows the [`Kind`] only.
#[derive(Clone, PartialEq, Eq)]
pub struct Otpauth {
    kind: Kind,
    issuer: String,
    /// Only when it differs from `issuer`.
    issuer_param: Option<String>,
    account: String,
    secret: Secret,
    extras: String,
}

/// How the codes of an account are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// By time, RFC 6238.
    Totp {
        /// The hash under the HMAC.
        algorithm: Algorithm,
        /// The length of a code.
        digits: Digits,
        /// The length of a time step.
        period: Period,
    },
    /// By counter, RFC 4226.
    Hotp {
        /// The hash under the HMAC.
        algorithm: Algorithm,
        /// The length of a code.
        digits: Digits,
        /// The counter of the next code.
        counter: Counter,
    },
    /// By time, five of Steam's letters, SHA1.
    Steam {
        /// The length of a time step, 30 seconds at Steam.
        period: Period,
    },
}

impl Kind {
    /// The type in the URI: `totp`, `hotp` or `steam`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Totp { .. } => "totp",
            Self::Hotp { .. } => "hotp",
            Self::Steam { .. } => "steam",
        }
    }

    /// The hash under the HMAC.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        match self {
            Self::Totp { algorithm, .. } | Self::Hotp { algorithm, .. } => *algorithm,
            Self::Steam { .. } => Algorithm::Sha1,
        }
    }

    /// How the value becomes text.
    #[must_use]
    pub fn format(&self) -> Format {
        match self {
            Self::Totp { digits, .. } | Self::Hotp { digits, .. } => Format::Decimal(*digits),
            Self::Steam { .. } => Format::Steam,
        }
    }

    /// What the time-based kinds need for a code; `None` for [`Hotp`](Self::Hotp).
    #[must_use]
    pub fn totp_params(&self) -> Option<TotpParams> {
        match self {
            Self::Totp { period, .. } | Self::Steam { period } => {
                Some(TotpParams::new(self.algorithm(), self.format(), *period))
            }
            Self::Hotp { .. } => None,
        }
    }
}

impl Default for Kind {
    /// TOTP with SHA1, 6 digits and 30 seconds: what every authenticator can do.
    fn default() -> Self {
        Self::Totp { algorithm: Algorithm::Sha1, digits: Digits::SIX, period: Period::default() }
    }
}

impl Otpauth {
    /// An account of these parts. White space at the ends of `issuer` and `account` is dropped; both may be empty.
    ///
    /// # Errors
    /// [`Reason::ControlCharacter`]; [`Reason::TooLong`] when the URI would exceed 8 KiB; [`Reason::SteamIssuer`]
    /// for a [`Kind::Totp`] whose issuer is Steam.
    pub fn new(kind: Kind, issuer: &str, account: &str, secret: Secret) -> Result<Self, Reason> {
        Self::named(kind, issuer, account, secret)?.checked()
    }

    /// How the codes are made.
    #[must_use]
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The issuer to show. Personal data: says what service a person uses.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        (!self.issuer.is_empty()).then_some(&*self.issuer)
    }

    /// The issuer to match by: the `issuer` parameter, which may differ from the one shown.
    #[must_use]
    pub fn issuer_param(&self) -> Option<&str> {
        self.issuer_param.as_deref().or(self.issuer())
    }

    /// The account name to show; empty when there is none. Personal data: most often an e-mail address.
    #[must_use]
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The shared secret.
    #[must_use]
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// Parameters that mean nothing to us, as they were written in the URI: name, and value when there was one.
    pub fn extras(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.extras_raw()
            .split('&')
            .filter(|segment| !segment.is_empty())
            .map(|segment| segment.split_once('=').map_or((segment, None), |(name, value)| (name, Some(value))))
    }

    /// The same account under another name. The issuer to match by stays as long as the one to show does.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn renamed(&self, issuer: &str, account: &str) -> Result<Self, Reason> {
        let named = Self::named(self.kind, issuer, account, self.secret.clone())?;
        let issuer_param = self.issuer_param.clone().filter(|_| named.issuer == self.issuer);
        Self { issuer_param, extras: self.extras.clone(), ..named }.checked()
    }

    /// The same account with its next counter; `None` when it has none (time-based, or the last one is used).
    #[must_use]
    pub fn advanced(&self) -> Option<Self> {
        match self.kind {
            Kind::Hotp { algorithm, digits, counter } => {
                Some(Self { kind: Kind::Hotp { algorithm, digits, counter: counter.next()? }, ..self.clone() })
            }
            Kind::Totp { .. } | Kind::Steam { .. } => None,
        }
    }

    /// The code at `now` (seconds since 1970), or for the counter of an HOTP account, whatever `now` is.
    #[must_use]
    pub fn code_at(&self, now: u64) -> Code {
        match self.kind {
            Kind::Hotp { algorithm, counter, .. } => {
                Key::new(&self.secret, algorithm).hotp(counter.get(), self.kind.format())
            }
            Kind::Totp { algorithm, digits, period } => {
                self.timed(algorithm, Format::Decimal(digits), period).generate(now)
            }
            Kind::Steam { period } => self.timed(Algorithm::Sha1, Format::Steam, period).generate(now),
        }
    }

    /// The codes around `now` (seconds since 1970); `None` for HOTP.
    #[must_use]
    pub fn codes_at(&self, now: u64) -> Option<Codes> {
        Some(self.totp()?.codes(now))
    }

    /// The account made ready for many codes; `None` for HOTP.
    #[must_use]
    pub fn totp(&self) -> Option<Totp> {
        Some(Totp::new(&self.secret, &self.kind.totp_params()?))
    }

    /// The URI in the one form that portals should show:
    /// `otpauth://totp/Issuer:account?secret=…&issuer=Issuer&algorithm=SHA1&digits=6&period=30`, every parameter
    /// written out, upper-case Base32 without padding, `%20` for a space. All of it counts as a secret.
    #[must_use]
    pub fn emit(&self) -> Zeroizing<String> {
        emit::emit(self)
    }

    /// Puts together what [`parse()`](super::parse()) has read: texts are decoded, trimmed and free of control
    /// characters.
    #[inline]
    pub(super) fn from_parts(
        kind: Kind,
        issuer: String,
        issuer_param: Option<String>,
        account: String,
        secret: Secret,
        extras: String,
    ) -> Result<Self, Reason> {
        Self::checked(Self { kind, issuer, issuer_param, account, secret, extras })
    }

    pub(super) fn extras_raw(&self) -> &str {
        &self.extras
    }

    /// What [`new`](Self::new) makes, before it is known to keep its promises.
    fn named(kind: Kind, issuer: &str, account: &str, secret: Secret) -> Result<Self, Reason> {
        check_text(issuer)?;
        check_text(account)?;
        let (issuer, account) = (issuer.trim().into(), account.trim().into());
        Ok(Self { kind, issuer, issuer_param: None, account, secret, extras: String::new() })
    }

    fn timed(&self, algorithm: Algorithm, format: Format, period: Period) -> Totp {
        Totp::new(&self.secret, &TotpParams::new(algorithm, format, period))
    }

    /// The account, if it keeps its promises.
    #[inline]
    fn checked(self) -> Result<Self, Reason> {
        let steam_issuer = matches!(self.kind, Kind::Totp { .. }) && self.issuer_param().is_some_and(is_steam);
        let too_long = emit::longest(&self) > Limit::Import.bytes() && emit::length(&self) > Limit::Import.bytes();
        match (steam_issuer, too_long) {
            (false, false) => Ok(self),
            (true, _) => Err(Reason::SteamIssuer),
            (_, true) => Err(Reason::TooLong),
        }
    }
}

impl fmt::Debug for Otpauth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Otpauth(")?;
        fmt::Debug::fmt(&self.kind, f)?;
        f.write_str(", …)")
    }
}

/// Whether an issuer means that codes are Steam's letters: the name that Ente and FreeOTP+ go by.
pub(super) fn is_steam(issuer: &str) -> bool {
    issuer.eq_ignore_ascii_case("Steam")
}
