//! Where a document is in a picture.

use gatepass_core::image::find::{self, Guide};
use gatepass_core::image::luma::Luma;

use super::geometry::{corners, corners_of};
use crate::error::{CallError, GatepassError};
use crate::qr::Point;

/// A document in a picture.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Located {
    /// Clockwise from the top left of the document as it reads; may lie outside the picture.
    pub corners: Vec<Point>,
    /// 0 to 1.
    pub confidence: f32,
    /// Whether its edges were found; otherwise it was aligned with the guide by hand.
    pub found: bool,
    /// Whether the top is known by what is on it; otherwise the upper long side is taken.
    pub upright: bool,
    /// How many of its sides go on beyond the picture.
    pub cut: u8,
}

impl From<&find::Located> for Located {
    fn from(located: &find::Located) -> Self {
        Self {
            corners: corners(&located.quad),
            confidence: located.confidence,
            found: match located.source {
                find::Source::Edges => true,
                find::Source::Guide => false,
            },
            upright: match located.upright {
                find::Upright::Content => true,
                find::Upright::Assumed => false,
            },
            cut: located.cut,
        }
    }
}

pub(super) fn guide(corners: Option<Vec<Point>>, luma: Luma<'_>) -> Result<Option<Guide>, GatepassError> {
    let of = |corners: Vec<Point>| corners_of(&corners).and_then(|corners| Guide::new(corners, luma));
    Ok(corners.map(|corners| of(corners).ok_or(CallError::InvalidGuide)).transpose()?)
}
