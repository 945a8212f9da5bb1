//! What is thrown: the stable code, a string, which the facade turns into a `GatepassError` with a sentence.
//! Sentences and error objects made here would be a sixth of `gatepass/otp`.

use gatepass_core::otp::OtpError;
use gatepass_core::secret::SecretError;
use wasm_bindgen::JsValue;

/// A code on its way out.
#[derive(Debug)]
pub struct Thrown(&'static str);

impl From<Thrown> for JsValue {
    fn from(Thrown(code): Thrown) -> Self {
        Self::from_str(code)
    }
}

/// What can be wrong with a call before the core sees it.
#[derive(Clone, Copy)]
pub(crate) enum CallError {
    /// Not a moment: negative, not a number, or beyond what JavaScript counts exactly.
    InvalidTime,
    /// Not a time step: see `InvalidTime`.
    InvalidStep,
    /// None of the algorithms.
    UnknownAlgorithm,
}

impl CallError {
    fn code(self) -> &'static str {
        match self {
            Self::InvalidTime => "invalid_time",
            Self::InvalidStep => "invalid_step",
            Self::UnknownAlgorithm => "unknown_algorithm",
        }
    }
}

macro_rules! thrown_from {
    ($($error:ty),+ $(,)?) => {
        $(impl From<$error> for Thrown {
            fn from(error: $error) -> Self {
                Self(error.code())
            }
        })+
    };
}

thrown_from!(CallError, OtpError, SecretError);
