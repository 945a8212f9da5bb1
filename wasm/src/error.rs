//! What is thrown: the stable code, a string, which the facade turns into a `GatepassError` with a sentence.
//! Sentences and error objects made here would be a sixth of `gatepass/otp`.

use gatepass_core::otp::OtpError;
use gatepass_core::secret::SecretError;
#[cfg(feature = "full")]
use gatepass_core::{
    migration::MigrationError,
    otpauth::Reason,
    qr::{LumaError, QrEncodeError},
    vault::VaultError,
};
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
    /// None of the limits of a URI.
    #[cfg(feature = "full")]
    UnknownLimit,
    /// None of the levels of error correction.
    #[cfg(feature = "full")]
    UnknownLevel,
    /// Codes at a time were asked of an account that counts.
    #[cfg(feature = "full")]
    NotTimeBased,
    /// The next code was asked of an account that does not count.
    #[cfg(feature = "full")]
    NotCounterBased,
    /// The last counter is used.
    #[cfg(feature = "full")]
    CounterExhausted,
    /// Not a picture or a film.
    #[cfg(feature = "full")]
    InvalidFrame,
    /// The browser keeps the pixels back: the frame is from another origin, or closed.
    #[cfg(feature = "full")]
    FrameUnreadable,
    /// The browser has no canvas to read pixels from.
    #[cfg(feature = "full")]
    CanvasUnavailable,
}

impl CallError {
    fn code(self) -> &'static str {
        match self {
            Self::InvalidTime => "invalid_time",
            Self::InvalidStep => "invalid_step",
            Self::UnknownAlgorithm => "unknown_algorithm",
            #[cfg(feature = "full")]
            Self::UnknownLimit => "unknown_limit",
            #[cfg(feature = "full")]
            Self::UnknownLevel => "unknown_level",
            #[cfg(feature = "full")]
            Self::NotTimeBased => "not_time_based",
            #[cfg(feature = "full")]
            Self::NotCounterBased => "not_counter_based",
            #[cfg(feature = "full")]
            Self::CounterExhausted => "counter_exhausted",
            #[cfg(feature = "full")]
            Self::InvalidFrame => "invalid_frame",
            #[cfg(feature = "full")]
            Self::FrameUnreadable => "frame_unreadable",
            #[cfg(feature = "full")]
            Self::CanvasUnavailable => "canvas_unavailable",
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

#[cfg(feature = "full")]
thrown_from!(LumaError, MigrationError, QrEncodeError, Reason, VaultError);
