//! How a document looks from far, and how two pictures belong together.

use gatepass_core::image::measure::fingerprint::{Fingerprint, Seen};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::geometry::corners_of;
use crate::error::{CallError, Thrown};

/// How different two documents look, 0 to 1.
///
/// # Errors
/// `invalid_fingerprint`.
#[wasm_bindgen(js_name = fingerprintDistance)]
pub fn fingerprint_distance(one: &[u16], other: &[u16]) -> Result<f32, Thrown> {
    Ok(fingerprint_of(one)?.distance(&fingerprint_of(other)?))
}

/// How two pictures of documents belong together, by their fingerprints and their corners.
///
/// # Errors
/// `invalid_fingerprint`, `invalid_corners`.
#[wasm_bindgen(unchecked_return_type = "string")]
pub fn relation(one: &[u16], one_at: &[f32], other: &[u16], other_at: &[f32]) -> Result<JsValue, Thrown> {
    let seen = |rows: &[u16], corners: &[f32]| -> Result<Seen, Thrown> {
        let place = corners_of(corners).ok_or(CallError::InvalidCorners)?;
        Ok(Seen { fingerprint: fingerprint_of(rows)?, place })
    };
    Ok(JsValue::from_str(seen(one, one_at)?.relation(&seen(other, other_at)?).code()))
}

fn fingerprint_of(rows: &[u16]) -> Result<Fingerprint, Thrown> {
    Ok(rows.try_into().map(Fingerprint).map_err(|_| CallError::InvalidFingerprint)?)
}
