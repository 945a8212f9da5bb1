//! Accounts and otpauth URIs.

use alloc::string::String;
use alloc::vec::Vec;

use gatepass_core::otp::{self, Counter, Digits, Period};
use gatepass_core::otpauth::{self, Kind, Otpauth, Verdict, Warning};
use gatepass_core::secret::Secret;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::{Zeroize, Zeroizing};

use crate::convert::{bounded, moment, to_f64};
use crate::error::{CallError, Thrown};
use crate::names::{AccountType, Algorithm, Limit};

/// An account with its secret.
#[wasm_bindgen]
#[derive(Debug)]
pub struct OtpAccount(pub(crate) Otpauth);

#[wasm_bindgen]
impl OtpAccount {
    /// A time-based account from its parts. `base32` is wiped here and in the caller's array.
    ///
    /// # Errors
    /// The codes of the secret, the numbers and the texts; `unknown_algorithm`.
    pub fn totp(
        base32: &mut [u8],
        issuer: &str,
        account: &str,
        algorithm: Algorithm,
        digits: f64,
        period: f64,
    ) -> Result<Self, Thrown> {
        let kind = Kind::Totp {
            algorithm: algorithm.try_into()?,
            digits: Digits::new(bounded(digits, u8::MAX))?,
            period: Period::new(bounded(period, u32::MAX))?,
        };
        Self::of(kind, base32, issuer, account)
    }

    /// A counter-based account from its parts.
    ///
    /// # Errors
    /// As [`totp`](Self::totp).
    pub fn hotp(
        base32: &mut [u8],
        issuer: &str,
        account: &str,
        algorithm: Algorithm,
        digits: f64,
        counter: f64,
    ) -> Result<Self, Thrown> {
        let kind = Kind::Hotp {
            algorithm: algorithm.try_into()?,
            digits: Digits::new(bounded(digits, u8::MAX))?,
            counter: Counter::new(bounded(counter, u64::MAX))?,
        };
        Self::of(kind, base32, issuer, account)
    }

    /// A Steam account from its parts.
    ///
    /// # Errors
    /// As [`totp`](Self::totp).
    pub fn steam(base32: &mut [u8], issuer: &str, account: &str) -> Result<Self, Thrown> {
        Self::of(Kind::Steam { period: Period::default() }, base32, issuer, account)
    }

    /// The type.
    #[wasm_bindgen(getter, js_name = type)]
    pub fn account_type(&self) -> AccountType {
        self.0.kind().into()
    }

    /// Personal data: the issuer to show.
    #[wasm_bindgen(getter)]
    pub fn issuer(&self) -> Option<String> {
        self.0.issuer().map(Into::into)
    }

    /// Personal data: the account name to show.
    #[wasm_bindgen(getter)]
    pub fn account(&self) -> String {
        self.0.account().into()
    }

    /// The algorithm.
    #[wasm_bindgen(getter)]
    pub fn algorithm(&self) -> Algorithm {
        self.0.kind().algorithm().into()
    }

    /// Characters in a code.
    #[wasm_bindgen(getter)]
    pub fn digits(&self) -> usize {
        self.0.kind().format().length()
    }

    /// Seconds; none for `hotp`.
    #[wasm_bindgen(getter)]
    pub fn period(&self) -> Option<u32> {
        period(self.0.kind())
    }

    /// Counter of the next code; only for `hotp`.
    #[wasm_bindgen(getter)]
    pub fn counter(&self) -> Option<f64> {
        counter(self.0.kind())
    }

    /// The codes around a moment.
    ///
    /// # Errors
    /// `invalid_time`, `not_time_based`.
    pub fn codes(&self, now_ms: f64) -> Result<TextCodes, Thrown> {
        text_codes(&self.0, now_ms)
    }

    /// The URI, which holds the secret.
    #[wasm_bindgen(js_name = toUri, unchecked_return_type = "string")]
    pub fn to_uri(&self) -> JsValue {
        JsValue::from_str(&self.0.emit())
    }

    fn of(kind: Kind, base32: &mut [u8], issuer: &str, account: &str) -> Result<Self, Thrown> {
        let decoded = Secret::decode(base32);
        base32.zeroize();
        let (secret, _) = decoded?;
        Ok(Self(Otpauth::new(kind, issuer, account, secret)?))
    }
}

/// Reads an otpauth URI.
///
/// # Errors
/// `unknown_limit`; a bad URI is a verdict.
#[wasm_bindgen(js_name = parseOtpauth)]
pub fn parse_otpauth(text: String, limit: Limit, strict: bool) -> Result<VerdictDto, Thrown> {
    let options = otpauth::ParseOptions { limit: limit.try_into()?, strict };
    Ok(otpauth::parse(&Zeroizing::new(text), &options).into())
}

#[wasm_bindgen]
extern "C" {
    /// The facade's `Codes`.
    #[wasm_bindgen(js_name = Object, typescript_type = "object")]
    #[derive(Debug)]
    pub type TextCodes;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> TextCodes;
    #[wasm_bindgen(method, setter, structural)]
    fn set_previous(this: &TextCodes, code: &str);
    #[wasm_bindgen(method, setter, structural)]
    fn set_current(this: &TextCodes, code: &str);
    #[wasm_bindgen(method, setter, structural)]
    fn set_next(this: &TextCodes, code: &str);
    #[wasm_bindgen(method, setter, structural, js_name = remainingMs)]
    fn set_remaining_ms(this: &TextCodes, remaining: f64);
    #[wasm_bindgen(method, setter, structural, js_name = periodMs)]
    fn set_period_ms(this: &TextCodes, period: f64);

    /// The facade's `OtpauthVerdict`.
    #[wasm_bindgen(js_name = Object, typescript_type = "object")]
    #[derive(Debug)]
    pub type VerdictDto;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> VerdictDto;
    #[wasm_bindgen(method, setter, structural)]
    fn set_verdict(this: &VerdictDto, verdict: &str);
    #[wasm_bindgen(method, setter, structural)]
    fn set_account(this: &VerdictDto, account: OtpAccount);
    #[wasm_bindgen(method, setter, structural)]
    fn set_warnings(this: &VerdictDto, codes: Vec<JsValue>);
    #[wasm_bindgen(method, setter, structural)]
    fn set_reason(this: &VerdictDto, code: &str);
    #[wasm_bindgen(method, setter, structural, js_name = otherKind)]
    fn set_other_kind(this: &VerdictDto, code: &str);
    #[wasm_bindgen(method, setter, structural)]
    fn set_advice(this: &VerdictDto, code: &str);
}

impl From<Verdict> for VerdictDto {
    fn from(verdict: Verdict) -> Self {
        let dto = Self::new();
        match verdict {
            Verdict::Accept(account) => {
                dto.set_verdict("accept");
                dto.set_account(OtpAccount(account));
            }
            Verdict::AcceptWithWarnings(account, warnings) => {
                dto.set_verdict("acceptWithWarnings");
                dto.set_account(OtpAccount(account));
                dto.set_warnings(warning_codes(&warnings));
            }
            Verdict::Reject(reason) => {
                dto.set_verdict("reject");
                dto.set_reason(reason.code());
                reason.other_kind().iter().for_each(|kind| dto.set_other_kind(kind.code()));
                reason.advice().iter().for_each(|advice| dto.set_advice(advice.code()));
            }
        }
        dto
    }
}

pub(crate) fn warning_codes(warnings: &[Warning]) -> Vec<JsValue> {
    warnings.iter().map(|warning| JsValue::from_str(warning.code())).collect()
}

pub(crate) fn text_codes(account: &Otpauth, now_ms: f64) -> Result<TextCodes, Thrown> {
    let now = moment(now_ms)?;
    let params = account.kind().totp_params().ok_or(CallError::NotTimeBased)?;
    let found = otp::codes(account.secret(), &params, now.seconds);
    let codes = TextCodes::new();
    found.previous.iter().for_each(|code| codes.set_previous(code.as_str()));
    codes.set_current(found.current.as_str());
    codes.set_next(found.next.as_str());
    codes.set_remaining_ms(f64::from(found.seconds_left) * 1000.0 - now.millis);
    codes.set_period_ms(f64::from(params.period().seconds()) * 1000.0);
    Ok(codes)
}

pub(crate) fn period(kind: &Kind) -> Option<u32> {
    kind.totp_params().map(|params| params.period().seconds())
}

pub(crate) fn counter(kind: &Kind) -> Option<f64> {
    match kind {
        Kind::Hotp { counter, .. } => Some(to_f64(counter.get())),
        Kind::Totp { .. } | Kind::Steam { .. } => None,
    }
}
