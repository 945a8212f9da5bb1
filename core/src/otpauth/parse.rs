use alloc::borrow::Cow;
use alloc::string::String;

use super::account::is_steam;
use super::label::Label;
use super::params::Params;
use super::percent::{any, bare, cut, decode_exact, decode_secret, decode_text, holds};
use super::verdict::Warnings;
use super::{Kind, OtherKind, Otpauth, Reason, Verdict, Warning, label};
use crate::otp::{Algorithm, Counter, Digits, Period};
use crate::secret::Secret;

/// Where a text comes from, and so how long it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Limit {
    /// A camera: at most 2048 characters, the label at most 512.
    #[default]
    Scanner,
    /// A file or the clipboard: at most 8192 bytes.
    Import,
}

impl Limit {
    /// The most characters of a scanned label.
    pub const LABEL_CHARACTERS: usize = 512;

    /// The most bytes that are looked at.
    pub(super) fn bytes(self) -> usize {
        match self {
            // A character has up to four bytes.
            Self::Scanner => 4 * 2048,
            Self::Import => 8192,
        }
    }

    fn allows(self, text: &str) -> bool {
        match self {
            Self::Scanner => text.len() <= 2048 || text.len() <= self.bytes() && text.chars().count() <= 2048,
            Self::Import => text.len() <= self.bytes(),
        }
    }

    fn allows_label(self, label: &Label<'_>) -> bool {
        let count = |length: fn(&str) -> usize| length(&label.issuer) + length(&label.account);
        match self {
            Self::Scanner => {
                count(str::len) <= Self::LABEL_CHARACTERS
                    || count(|text| text.chars().count()) <= Self::LABEL_CHARACTERS
            }
            Self::Import => true,
        }
    }
}

/// How [`parse`] reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ParseOptions {
    /// How long the text may be.
    pub limit: Limit,
    /// Refuse deviations that the drafts tell a reader to refuse, instead of warning:
    /// [`Warning::refused_when_strict`].
    pub strict: bool,
}

impl ParseOptions {
    /// Lenient, for text from a camera. The same as `default()`.
    pub const SCANNER: Self = Self { limit: Limit::Scanner, strict: false };
    /// Lenient, for text from a file or the clipboard.
    pub const IMPORT: Self = Self { limit: Limit::Import, strict: false };
}

/// Reads a text that may be an `otpauth:` URI (also `apple-otpauth:` and Bitwarden's `steam://SECRET`).
///
/// Never panics, looks at each byte a small fixed number of times, and repeats nothing of the text in a [`Reason`].
#[must_use]
pub fn parse(text: &str, options: &ParseOptions) -> Verdict {
    let mut warnings = Warnings::default();
    let account = match read(text, options, &mut warnings) {
        Ok(account) => account,
        Err(reason) => return Verdict::Reject(reason),
    };
    match warnings.iter().find(Warning::refused_when_strict) {
        Some(refused) if options.strict => Verdict::Reject(Reason::NotStrict(Some(refused))),
        _ => warnings.verdict(account),
    }
}

fn read(text: &str, options: &ParseOptions, warnings: &mut Warnings) -> Result<Otpauth, Reason> {
    let text = bare(text);
    if text.is_empty() {
        return Err(Reason::Empty);
    }
    if !options.limit.allows(text) {
        return Err(Reason::TooLong);
    }
    match strip_scheme(text) {
        Some(Scheme::Otpauth(rest)) => read_otpauth(rest, options, warnings),
        Some(Scheme::Steam(secret)) => read_steam(secret, options, warnings),
        None => Err(OtherKind::of(text).map_or(Reason::NotOtpauth, Reason::Other)),
    }
}

enum Scheme<'a> {
    Otpauth(&'a str),
    Steam(&'a str),
}

fn strip_scheme(text: &str) -> Option<Scheme<'_>> {
    let strip = |scheme: &str| {
        let head = text.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| &text[scheme.len()..])
    };
    strip("otpauth:")
        .or_else(|| strip("apple-otpauth:"))
        .map(Scheme::Otpauth)
        .or_else(|| strip("steam://").map(Scheme::Steam))
}

/// `rest` is what follows `otpauth:`.
fn read_otpauth(rest: &str, options: &ParseOptions, warnings: &mut Warnings) -> Result<Otpauth, Reason> {
    let rest = rest.strip_prefix("//").ok_or(Reason::Malformed)?;
    let (path, query) = cut(rest, b'?').unwrap_or((rest, ""));
    let (kind, raw_label) = cut(path, b'/').unwrap_or((path, ""));
    if kind.is_empty() {
        return Err(Reason::Malformed);
    }
    let kind_is = |name: &str| kind.eq_ignore_ascii_case(name);
    let (totp, hotp, steam) = (kind_is("totp"), kind_is("hotp"), kind_is("steam"));
    if !totp && !hotp && !steam {
        return Err(Reason::UnknownType);
    }

    let mut params = Params::default();
    params.read(query, warnings)?;
    let secret = read_secret(params.secret.ok_or(Reason::MissingSecret)?, options, warnings)?;
    let issuer_param = read_issuer(&params, raw_label, warnings)?;
    let label = label::read(raw_label, &issuer_param, warnings)?;
    if !options.limit.allows_label(&label) {
        return Err(Reason::LabelTooLong);
    }
    let (issuer, issuer_param, account) = label.settle(issuer_param, warnings);

    let kind = if hotp {
        params.keep_steam()?;
        read_hotp(&params, warnings)?
    } else {
        let by_issuer = is_steam(issuer_param.as_deref().unwrap_or(&issuer));
        warnings.add_if(by_issuer && !steam && !params.steam, Warning::SteamByIssuer);
        read_totp(&params, steam || params.steam || by_issuer, warnings)?
    };
    Otpauth::from_parts(kind, issuer, issuer_param, account, secret, params.extras)
}

/// Bitwarden's form: the secret and nothing else.
fn read_steam(secret: &str, options: &ParseOptions, warnings: &mut Warnings) -> Result<Otpauth, Reason> {
    let secret = read_secret(secret.strip_suffix('/').unwrap_or(secret), options, warnings)?;
    warnings.add(Warning::MissingLabel);
    let kind = Kind::Steam { period: Period::default() };
    Otpauth::from_parts(kind, String::from("Steam"), None, String::new(), secret, String::new())
}

fn read_secret(raw: &str, options: &ParseOptions, warnings: &mut Warnings) -> Result<Secret, Reason> {
    if options.strict && !raw.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(Reason::NotStrict(None));
    }
    let (secret, tail_dropped) = if any(raw.as_bytes(), |b| (b == b'%') | (b == b'+')) {
        Secret::decode(&decode_secret(raw)?)?
    } else {
        Secret::decode(raw.as_bytes())?
    };
    warnings.add_if(tail_dropped, Warning::SecretTailDropped);
    warnings.add_if(secret.is_weak(), Warning::WeakSecret);
    Ok(secret)
}

/// The issuer parameter, empty when there is none. A `+` is what a form makes of a space, unless the label says the
/// same name with a `+`.
fn read_issuer<'a>(params: &Params<'a>, raw_label: &str, warnings: &mut Warnings) -> Result<Cow<'a, str>, Reason> {
    let Some(raw) = params.issuer else { return Ok(Cow::default()) };
    if !holds(raw, b'+') {
        return decode_text(raw, false);
    }
    let literal = decode_text(raw, false)?;
    if label::read(raw_label, &literal, &mut Warnings::default())?.issuer == literal {
        return Ok(literal);
    }
    warnings.add(Warning::PlusAsSpace);
    decode_text(raw, true)
}

fn read_totp(params: &Params<'_>, steam: bool, warnings: &mut Warnings) -> Result<Kind, Reason> {
    let algorithm = read_algorithm(params, warnings)?;
    let period = match params.period {
        None => Period::default(),
        Some(raw) => number(raw)?
            .and_then(|seconds| u32::try_from(seconds).ok())
            .and_then(|seconds| Period::long(seconds).ok())
            .ok_or(Reason::InvalidPeriod)?,
    };
    warnings.add_if(period.seconds() < 5, Warning::ShortPeriod);
    warnings.add_if(period.seconds() > Period::MAX_SECONDS, Warning::LongPeriod);
    if steam {
        // Exporters write any digits here; the alphabet fixes the length.
        return if algorithm == Algorithm::Sha1 {
            Ok(Kind::Steam { period })
        } else {
            Err(Reason::UnsupportedAlgorithm)
        };
    }
    Ok(Kind::Totp { algorithm, digits: read_digits(params, warnings)?, period })
}

fn read_hotp(params: &Params<'_>, warnings: &mut Warnings) -> Result<Kind, Reason> {
    let algorithm = read_algorithm(params, warnings)?;
    let digits = read_digits(params, warnings)?;
    let counter = match params.counter {
        None => {
            warnings.add(Warning::MissingCounter);
            Counter::default()
        }
        Some(raw) => number(raw)?.and_then(|value| Counter::new(value).ok()).ok_or(Reason::InvalidCounter)?,
    };
    Ok(Kind::Hotp { algorithm, digits, counter })
}

/// The names in any letter case, and a fixed list of aliases: `SHA-1`, `HmacSHA1`, `HMAC-SHA1`, `HMAC-SHA-1`, and so
/// on for the other two.
fn read_algorithm(params: &Params<'_>, warnings: &mut Warnings) -> Result<Algorithm, Reason> {
    let Some(raw) = params.algorithm else { return Ok(Algorithm::Sha1) };
    let name = &*decode_exact(raw)?;
    if let Some(algorithm) = Algorithm::from_name(name) {
        return Ok(algorithm);
    }
    let strip = |text: &'_ str, start: &str| -> Option<usize> {
        text.get(..start.len()).filter(|head| head.eq_ignore_ascii_case(start)).map(str::len)
    };
    let rest = strip(name, "hmac").map_or(name, |n| name[n..].strip_prefix('-').unwrap_or(&name[n..]));
    let size = strip(rest, "sha").map(|n| rest[n..].strip_prefix('-').unwrap_or(&rest[n..]));
    let algorithm = match size {
        Some("1") => Algorithm::Sha1,
        Some("256") => Algorithm::Sha256,
        Some("512") => Algorithm::Sha512,
        _ => return Err(Reason::UnsupportedAlgorithm),
    };
    warnings.add(Warning::AlgorithmAlias);
    Ok(algorithm)
}

fn read_digits(params: &Params<'_>, warnings: &mut Warnings) -> Result<Digits, Reason> {
    let Some(raw) = params.digits else { return Ok(Digits::SIX) };
    let digits = number(raw)?
        .and_then(|digits| u8::try_from(digits).ok())
        .and_then(|digits| Digits::new(digits).ok())
        .ok_or(Reason::InvalidDigits)?;
    warnings.add_if(matches!(digits.get(), 5 | 9 | 10), Warning::UnusualDigits);
    Ok(digits)
}

/// ASCII digits and nothing else; `None` for any other text.
fn number(raw: &str) -> Result<Option<u64>, Reason> {
    let text = decode_exact(raw)?;
    if text.is_empty() {
        return Ok(None);
    }
    Ok(text.bytes().try_fold(0_u64, |value, byte| {
        let digit = byte.is_ascii_digit().then(|| u64::from(byte - b'0'))?;
        value.checked_mul(10)?.checked_add(digit)
    }))
}
