//! Where a document is in a picture.

use alloc::vec::Vec;

use gatepass_core::identity::document::DocumentKind;
use gatepass_core::image::find::{Format, Guide, Located};
use gatepass_core::image::luma::Luma;
use wasm_bindgen::prelude::wasm_bindgen;

use super::geometry::{PointDto, corners, corners_of};
use crate::error::{CallError, Thrown};
use crate::object::object;

/// Width and height of a kind of document, millimetres.
///
/// # Errors
/// `unknown_document_kind`.
#[wasm_bindgen(js_name = documentSize)]
pub fn document_size(kind: &str) -> Result<Vec<f32>, Thrown> {
    let (width, height) = format(kind)?.millimetres();
    Ok([width, height].into())
}

object! {
    /// The facade's `Located`.
    LocatedDto {
        corners = corners: Vec<PointDto>,
        confidence = confidence: f32,
        source = source: &str,
        upright = upright: &str,
        cut = cut: u8,
    }
}

impl From<&Located> for LocatedDto {
    fn from(located: &Located) -> Self {
        let dto = Self::new();
        dto.corners(corners(&located.quad));
        dto.confidence(located.confidence);
        dto.source(located.source.code());
        dto.upright(located.upright.code());
        dto.cut(located.cut);
        dto
    }
}

pub(super) fn format(kind: &str) -> Result<Format, Thrown> {
    Ok(DocumentKind::from_code(kind).ok_or(CallError::UnknownDocumentKind)?.into())
}

pub(super) fn guide(corners: Option<Vec<f32>>, luma: Luma<'_>) -> Result<Option<Guide>, Thrown> {
    let of = |corners: Vec<f32>| corners_of(&corners).and_then(|corners| Guide::new(corners, luma));
    Ok(corners.map(|corners| of(corners).ok_or(CallError::InvalidGuide)).transpose()?)
}
