//! `Totp` and `Hotp`, both builds.

use gatepass_core::otp::{self, Code, Counter, Digits, Format, Match, Period, Rejection, TotpParams, Window};
use gatepass_core::secret::Secret;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroize;

use crate::convert::{bounded, moment, to_f64, whole};
use crate::error::{CallError, Thrown};
use crate::names::Algorithm;

/// A secret with its keyed state: the facade's `Totp`, and its `Hotp`, where the counter is the step.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Otp(otp::Totp);

#[wasm_bindgen]
impl Otp {
    /// From the UTF-8 of a Base32 secret, which is wiped here and in the caller's array; `period` in seconds.
    ///
    /// # Errors
    /// The codes of the secret, digits and period; `unknown_algorithm`.
    #[wasm_bindgen(constructor)]
    pub fn new(base32: &mut [u8], algorithm: Algorithm, digits: f64, period: f64) -> Result<Self, Thrown> {
        let decoded = Secret::decode(base32);
        base32.zeroize();
        let (secret, _) = decoded?;
        let format = Format::Decimal(Digits::new(bounded(digits, u8::MAX))?);
        let params = TotpParams::new(algorithm.try_into()?, format, Period::new(bounded(period, u32::MAX))?);
        Ok(Self(otp::Totp::new(&secret, &params)))
    }

    /// The code so many steps from a moment; none before the first step of time.
    ///
    /// # Errors
    /// `invalid_time`.
    pub fn generate(&self, now_ms: f64, steps: i32) -> Result<Option<f64>, Thrown> {
        let now = otp::time_step(self.0.params(), moment(now_ms)?.seconds);
        Ok(now.checked_add_signed(steps.into()).map(|step| number(&self.0.at_step(step))))
    }

    /// The code of a counter.
    ///
    /// # Errors
    /// `counter_out_of_range`.
    pub fn hotp(&self, counter: f64) -> Result<f64, Thrown> {
        let counter = Counter::new(bounded(counter, u64::MAX))?;
        Ok(number(&self.0.at_step(counter.get())))
    }

    /// Milliseconds until the next code.
    ///
    /// # Errors
    /// `invalid_time`.
    #[wasm_bindgen(js_name = remainingMs)]
    pub fn remaining_ms(&self, now_ms: f64) -> Result<f64, Thrown> {
        let now = moment(now_ms)?;
        Ok(f64::from(otp::seconds_left(self.0.params(), now.seconds)) * 1000.0 - now.millis)
    }

    /// Whether a code is right; `window` in steps.
    ///
    /// # Errors
    /// `invalid_time`, `invalid_step`, `window_out_of_range`.
    pub fn verify(&self, code: &str, now_ms: f64, window: f64, last_step: Option<f64>) -> Result<Verification, Thrown> {
        let window = Window::new(bounded(window, u8::MAX))?;
        let last_step = last_step.map(|step| whole(step).ok_or(CallError::InvalidStep)).transpose()?;
        Ok(self.0.verify(code, moment(now_ms)?.seconds, window, last_step).into())
    }
}

#[wasm_bindgen]
extern "C" {
    /// The facade's `Verification`.
    #[wasm_bindgen(js_name = Object, typescript_type = "object")]
    #[derive(Debug)]
    pub type Verification;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> Verification;
    #[wasm_bindgen(method, setter, structural)]
    fn set_step(this: &Verification, step: f64);
    #[wasm_bindgen(method, setter, structural)]
    fn set_drift(this: &Verification, drift: f64);
    #[wasm_bindgen(method, setter, structural)]
    fn set_reason(this: &Verification, code: &str);
}

/// A decimal code on its way to the facade, which writes the leading zeros again: of all ways to hand over a short
/// text a number is the quickest by far (30 ns against 100 for a string).
fn number(code: &Code) -> f64 {
    code.as_bytes().iter().fold(0.0, |number, digit| number * 10.0 + f64::from(digit - b'0'))
}

impl From<Result<Match, Rejection>> for Verification {
    fn from(result: Result<Match, Rejection>) -> Self {
        let verification = Self::new();
        match result {
            Ok(Match { step, drift }) => {
                verification.set_step(to_f64(step));
                verification.set_drift(signed_to_f64(drift));
            }
            Err(rejection) => verification.set_reason(rejection.code()),
        }
        verification
    }
}

/// Drifts are at most ten steps.
#[expect(clippy::cast_precision_loss, reason = "JavaScript has no other number")]
fn signed_to_f64(value: i64) -> f64 {
    value as f64
}
