//! The one error that crosses to Kotlin and Swift.

use gatepass_core::migration::MigrationError;
use gatepass_core::otp::OtpError;
use gatepass_core::otpauth::Reason;
use gatepass_core::qr::{LumaError, QrEncodeError};
use gatepass_core::secret::SecretError;
use gatepass_core::vault::VaultError;

/// Why a call was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum GatepassError {
    /// An input that the core does not take.
    #[error("{sentence}")]
    Refused {
        /// The stable code, as listed in `tests/vectors/error-codes.json`; the key of the app's text.
        code: String,
        /// What happened, in English, for logs: never the input itself.
        sentence: String,
    },
}

macro_rules! refused {
    ($($error:ty),+ $(,)?) => {$(
        impl From<$error> for GatepassError {
            fn from(error: $error) -> Self {
                Self::Refused { code: error.code().into(), sentence: error.to_string() }
            }
        }
    )+};
}

refused!(OtpError, SecretError, Reason, MigrationError, LumaError, QrEncodeError, VaultError);
