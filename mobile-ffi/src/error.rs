//! The one error that crosses to Kotlin and Swift.

use gatepass_core::identity::case::CaseError;
use gatepass_core::identity::mrz::{EmitError, MrzError};
use gatepass_core::identity::name::NameError;
use gatepass_core::image::decode::DecodeError;
use gatepass_core::image::turn::{ScriptError, WatchError};
use gatepass_core::migration::MigrationError;
use gatepass_core::otp::OtpError;
use gatepass_core::otpauth::Reason;
use gatepass_core::qr::{LumaError, QrEncodeError};
use gatepass_core::secret::SecretError;
use gatepass_core::vault::VaultError;

use crate::identity::count;

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
        /// The line of a zone that is meant, from 1, empty lines not counted; only of texts that are no zones.
        line: Option<u32>,
        /// The character of that line, from 1.
        column: Option<u32>,
    },
}

impl From<MrzError> for GatepassError {
    fn from(error: MrzError) -> Self {
        let (line, column) = (error.line().map(count), error.column().map(count));
        Self::Refused { code: error.code().into(), sentence: error.to_string(), line, column }
    }
}

macro_rules! refused {
    ($($error:ty),+ $(,)?) => {$(
        impl From<$error> for GatepassError {
            fn from(error: $error) -> Self {
                let (code, sentence) = (error.code().into(), error.to_string());
                Self::Refused { code, sentence, line: None, column: None }
            }
        }
    )+};
}

/// What can be wrong with a call before the core sees it.
#[derive(Debug, Clone, Copy, thiserror::Error)]
pub(crate) enum CallError {
    /// None of the countries of ISO 3166-1.
    #[error("a country is two capital letters of ISO 3166-1")]
    UnknownCountry,
    /// None of the layouts of a zone.
    #[error("there is no such format of a zone")]
    UnknownZoneFormat,
    /// None of the languages.
    #[error("this language is not known here")]
    UnknownLanguage,
    /// None of the reasons.
    #[error("there is no such reason")]
    UnknownReason,
    /// A refusal without a reason to refuse.
    #[error("a refusal needs a reason that somebody can do something about")]
    UnknownEvent,
    /// Not a state that events lead to.
    #[error("no sequence of events leads to this state")]
    InvalidCaseState,
    /// Not a day of the calendar.
    #[error("there is no such day")]
    InvalidDate,
    /// Not four corners, clockwise and convex.
    #[error("a guide is four corners, clockwise, of a convex shape")]
    InvalidGuide,
    /// Not a fingerprint.
    #[error("a fingerprint is the twelve numbers of a report")]
    InvalidFingerprint,
    /// Not four corners.
    #[error("a document has four corners")]
    InvalidCorners,
}

impl CallError {
    fn code(self) -> &'static str {
        match self {
            Self::UnknownCountry => "unknown_country",
            Self::UnknownZoneFormat => "unknown_zone_format",
            Self::UnknownLanguage => "unknown_language",
            Self::UnknownReason => "unknown_reason",
            Self::UnknownEvent => "unknown_event",
            Self::InvalidCaseState => "invalid_case_state",
            Self::InvalidDate => "invalid_date",
            Self::InvalidGuide => "invalid_guide",
            Self::InvalidFingerprint => "invalid_fingerprint",
            Self::InvalidCorners => "invalid_corners",
        }
    }
}

refused!(OtpError, SecretError, Reason, MigrationError, LumaError, QrEncodeError, VaultError);
refused!(NameError, EmitError, CaseError, DecodeError, ScriptError, WatchError, CallError);
