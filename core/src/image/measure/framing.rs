//! Where the document lies in the picture: large enough, whole, not too oblique.

use super::super::geometry::{Point, Quad, real};

/// Length of the shorter of the two long sides, pixels: what the small letters at the far end have.
pub(crate) fn across(quad: &Quad) -> f32 {
    let [top, _, bottom, _] = quad.sides();
    (top.1 - top.0).length().min((bottom.1 - bottom.0).length())
}

/// Nearer to the border than this, in parts of the frame, an edge is not told from it.
const MARGIN: f32 = 0.01;

/// The same of the largest document of this shape that the frame can hold, lying or standing.
pub(crate) fn room((across, down): (f32, f32), width: usize, height: usize) -> f32 {
    let [width, height] = [width, height].map(|side| real(side) * (1.0 - 2.0 * MARGIN));
    let fits = |along: f32, other: f32| along.min(other * across / down);
    fits(width, height).max(fits(height, width))
}

/// Share of the document that lies outside the picture, 0 to 1. `cut`: sides that are the picture's border; what is beyond
/// them is not known, and each counts as a tenth.
pub(crate) fn outside(quad: &Quad, width: usize, height: usize, cut: u8) -> f32 {
    let frame = Quad::upright(0.0, 0.0, real(width), real(height));
    let area = quad.area();
    let beyond = if area > 0.0 { 1.0 - quad.shared_area(&frame) / area } else { 1.0 };
    (beyond + 0.1 * f32::from(cut)).clamp(0.0, 1.0)
}

/// How oblique the document is seen: the longer of two opposite sides over the shorter, less one, of the pair that differs
/// more. 0 = straight from above.
pub(crate) fn tilt(quad: &Quad) -> f32 {
    let length = |(from, to): (Point, Point)| (to - from).length().max(1.0);
    let [top, right, bottom, left] = quad.sides().map(length);
    let pair = |one: f32, other: f32| one.max(other) / one.min(other) - 1.0;
    pair(top, bottom).max(pair(right, left))
}
