//! What is thrown: the stable code, a string, which the facade turns into a `GatepassError` with a sentence; for a zone an
//! object with the code and the place.
//! Sentences and error objects made here would be a sixth of `gatepass/otp`.

#[cfg(feature = "identity")]
use gatepass_core::identity::{
    case::CaseError,
    mrz::{EmitError, MrzError},
    name::NameError,
};
#[cfg(any(feature = "full", feature = "capture"))]
use gatepass_core::image::luma::LumaError;
#[cfg(feature = "capture")]
use gatepass_core::image::{
    decode::DecodeError,
    turn::{ScriptError, WatchError},
};
#[cfg(feature = "full")]
use gatepass_core::{migration::MigrationError, otpauth::Reason, qr::QrEncodeError, vault::VaultError};
#[cfg(feature = "codes")]
use gatepass_core::{otp::OtpError, secret::SecretError};
use wasm_bindgen::JsValue;
#[cfg(feature = "identity")]
use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(feature = "identity")]
use crate::object::object;

/// What is on its way out.
#[derive(Debug)]
pub enum Thrown {
    /// A code.
    Code(&'static str),
    /// A code, and the place in the zone that is meant.
    #[cfg(feature = "identity")]
    Zone(MrzError),
}

impl From<Thrown> for JsValue {
    fn from(thrown: Thrown) -> Self {
        match thrown {
            Thrown::Code(code) => Self::from_str(code),
            #[cfg(feature = "identity")]
            Thrown::Zone(error) => ZoneErrorDto::from(error).into(),
        }
    }
}

#[cfg(feature = "identity")]
object! {
    /// What the facade makes a `GatepassError` with a place of.
    ZoneErrorDto {
        code = code: &str,
        line = line: usize,
        column = column: usize,
    }
}

#[cfg(feature = "identity")]
impl From<MrzError> for ZoneErrorDto {
    fn from(error: MrzError) -> Self {
        let dto = Self::new();
        dto.code(error.code());
        error.line().into_iter().for_each(|line| dto.line(line));
        error.column().into_iter().for_each(|column| dto.column(column));
        dto
    }
}

#[cfg(feature = "identity")]
impl From<MrzError> for Thrown {
    fn from(error: MrzError) -> Self {
        Self::Zone(error)
    }
}

/// What can be wrong with a call before the core sees it.
#[derive(Clone, Copy)]
pub(crate) enum CallError {
    /// Not a moment: negative, not a number, or beyond what JavaScript counts exactly.
    InvalidTime,
    /// Not a time step: see `InvalidTime`.
    #[cfg(feature = "codes")]
    InvalidStep,
    /// None of the algorithms.
    #[cfg(feature = "codes")]
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
    /// None of the countries of ISO 3166-1.
    #[cfg(feature = "identity")]
    UnknownCountry,
    /// None of the kinds of documents.
    #[cfg(any(feature = "identity", feature = "capture"))]
    UnknownDocumentKind,
    /// None of the layouts of a zone.
    #[cfg(feature = "identity")]
    UnknownZoneFormat,
    /// None of the name fields of a zone.
    #[cfg(feature = "identity")]
    UnknownNameField,
    /// None of the levels of the ladder.
    #[cfg(feature = "identity")]
    UnknownNameLevel,
    /// None of the languages.
    #[cfg(feature = "identity")]
    UnknownLanguage,
    /// None of the sexes of a zone.
    #[cfg(feature = "identity")]
    UnknownSex,
    /// None of the styles of truncation.
    #[cfg(feature = "identity")]
    UnknownTruncation,
    /// Not a day of the calendar.
    #[cfg(feature = "identity")]
    InvalidDate,
    /// None of the reasons.
    #[cfg(feature = "identity")]
    UnknownReason,
    /// None of the events of a case, or without what belongs to it.
    #[cfg(feature = "identity")]
    UnknownEvent,
    /// Not a state that events lead to.
    #[cfg(feature = "identity")]
    InvalidCaseState,
    /// Neither left nor right.
    #[cfg(feature = "capture")]
    UnknownDirection,
    /// Not four corners, clockwise and convex.
    #[cfg(feature = "capture")]
    InvalidGuide,
    /// Not a fingerprint.
    #[cfg(feature = "capture")]
    InvalidFingerprint,
    /// Not four corners.
    #[cfg(feature = "capture")]
    InvalidCorners,
}

impl CallError {
    fn code(self) -> &'static str {
        match self {
            Self::InvalidTime => "invalid_time",
            #[cfg(feature = "codes")]
            Self::InvalidStep => "invalid_step",
            #[cfg(feature = "codes")]
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
            #[cfg(feature = "identity")]
            Self::UnknownCountry => "unknown_country",
            #[cfg(any(feature = "identity", feature = "capture"))]
            Self::UnknownDocumentKind => "unknown_document_kind",
            #[cfg(feature = "identity")]
            Self::UnknownZoneFormat => "unknown_zone_format",
            #[cfg(feature = "identity")]
            Self::UnknownNameField => "unknown_name_field",
            #[cfg(feature = "identity")]
            Self::UnknownNameLevel => "unknown_name_level",
            #[cfg(feature = "identity")]
            Self::UnknownLanguage => "unknown_language",
            #[cfg(feature = "identity")]
            Self::UnknownSex => "unknown_sex",
            #[cfg(feature = "identity")]
            Self::UnknownTruncation => "unknown_truncation",
            #[cfg(feature = "identity")]
            Self::InvalidDate => "invalid_date",
            #[cfg(feature = "identity")]
            Self::UnknownReason => "unknown_reason",
            #[cfg(feature = "identity")]
            Self::UnknownEvent => "unknown_event",
            #[cfg(feature = "identity")]
            Self::InvalidCaseState => "invalid_case_state",
            #[cfg(feature = "capture")]
            Self::UnknownDirection => "unknown_direction",
            #[cfg(feature = "capture")]
            Self::InvalidGuide => "invalid_guide",
            #[cfg(feature = "capture")]
            Self::InvalidFingerprint => "invalid_fingerprint",
            #[cfg(feature = "capture")]
            Self::InvalidCorners => "invalid_corners",
        }
    }
}

macro_rules! thrown_from {
    ($($error:ty),+ $(,)?) => {
        $(impl From<$error> for Thrown {
            fn from(error: $error) -> Self {
                Self::Code(error.code())
            }
        })+
    };
}

thrown_from!(CallError);

#[cfg(feature = "codes")]
thrown_from!(OtpError, SecretError);

#[cfg(feature = "full")]
thrown_from!(MigrationError, QrEncodeError, Reason, VaultError);

#[cfg(any(feature = "full", feature = "capture"))]
thrown_from!(LumaError);

#[cfg(feature = "identity")]
thrown_from!(CaseError, EmitError, NameError);

#[cfg(feature = "capture")]
thrown_from!(DecodeError, ScriptError, WatchError);
