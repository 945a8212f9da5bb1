//! Why an identification was not accepted.

use alloc::vec::Vec;

use gatepass_core::identity::reasons::{self, Reason};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::texts;
use crate::error::{CallError, Thrown};
use crate::object::object;

/// Every reason, in the order in which they are shown.
#[wasm_bindgen]
pub fn reasons() -> Vec<ReasonDto> {
    Reason::ALL.iter().copied().map(Into::into).collect()
}

/// The reason with a code.
///
/// # Errors
/// `unknown_reason`.
#[wasm_bindgen]
pub fn reason(code: &str) -> Result<ReasonDto, Thrown> {
    Ok(reason_of(code)?.into())
}

/// The reason that a measure which failed leads to.
#[wasm_bindgen(js_name = reasonOfMeasure)]
pub fn reason_of_measure(name: &str) -> Option<ReasonDto> {
    Reason::of_measure(name).map(Into::into)
}

/// The reason that a finding about the video leads to.
#[wasm_bindgen(js_name = reasonOfFinding)]
pub fn reason_of_finding(code: &str) -> Option<ReasonDto> {
    Reason::of_finding(code).map(Into::into)
}

/// The texts of a language, Fluent 1.0.
///
/// # Errors
/// `unknown_language`.
#[wasm_bindgen(js_name = reasonTexts, unchecked_return_type = "string")]
pub fn reason_texts(language: &str) -> Result<JsValue, Thrown> {
    match language {
        "en" => Ok(JsValue::from_str(reasons::ENGLISH)),
        "sv" => Ok(JsValue::from_str(reasons::SWEDISH)),
        _ => Err(CallError::UnknownLanguage.into()),
    }
}

object! {
    /// The facade's `Reason`.
    ReasonDto {
        code = code: &str,
        fixer = fixer: &str,
        retry = retry: bool,
        redo = redo: &str,
        region = region: &str,
        measures = measures: Vec<JsValue>,
        text_key = textKey: &str,
        remedy_key = remedyKey: &str,
    }
}

impl From<Reason> for ReasonDto {
    fn from(reason: Reason) -> Self {
        let dto = Self::new();
        dto.code(reason.code());
        dto.fixer(reason.fixer().code());
        dto.retry(reason.retry());
        dto.redo(reason.redo().code());
        dto.region(reason.region().code());
        dto.measures(texts(reason.measures().iter().copied()));
        dto.text_key(&reason.text_key());
        dto.remedy_key(&reason.remedy_key());
        dto
    }
}

/// The reason with a code.
pub(super) fn reason_of(code: &str) -> Result<Reason, Thrown> {
    Ok(Reason::from_code(code).ok_or(CallError::UnknownReason)?)
}
