//! How a document looks from far, and how two pictures belong together.

use gatepass_core::image::measure::fingerprint::{self, Fingerprint, Seen};

use super::geometry::corners_of;
use super::report::CaptureReport;
use crate::error::{CallError, GatepassError};
use crate::identity::mirrored;

mirrored! {
    /// How two pictures of documents belong together.
    Relation = fingerprint::Relation {
        /// One picture sent twice, perhaps saved anew.
        SamePicture,
        /// Two photographs of one side of one document: the front was sent for the back.
        SameSide,
        /// Two sides, or two documents.
        Different,
    }
}

/// How different two documents look, 0 (alike) to 1, whichever way up they lie.
///
/// # Errors
/// `invalid_fingerprint`.
#[uniffi::export]
pub fn fingerprint_distance(one: &[u16], other: &[u16]) -> Result<f32, GatepassError> {
    Ok(fingerprint_of(one)?.distance(&fingerprint_of(other)?))
}

/// How two pictures belong together, by what their documents look like and where these lie; absent when one of them shows no
/// document.
///
/// # Errors
/// `invalid_fingerprint`, `invalid_corners`.
#[uniffi::export]
pub fn relation(one: &CaptureReport, other: &CaptureReport) -> Result<Option<Relation>, GatepassError> {
    let both = seen(one)?.zip(seen(other)?);
    Ok(both.map(|(one, other)| one.relation(&other).into()))
}

fn seen(CaptureReport { fingerprint, document, .. }: &CaptureReport) -> Result<Option<Seen>, GatepassError> {
    let (Some(rows), Some(located)) = (fingerprint, document) else { return Ok(None) };
    let place = corners_of(&located.corners).ok_or(CallError::InvalidCorners)?;
    Ok(Some(Seen { fingerprint: fingerprint_of(rows)?, place }))
}

fn fingerprint_of(rows: &[u16]) -> Result<Fingerprint, GatepassError> {
    Ok(rows.try_into().map(Fingerprint).map_err(|_| CallError::InvalidFingerprint)?)
}
