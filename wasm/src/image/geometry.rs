//! Places in a picture.

use alloc::vec::Vec;

use gatepass_core::image::geometry::{Point, Quad};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::object::object;

object! {
    /// The facade's `Point`.
    PointDto {
        x = x: f32,
        y = y: f32,
    }
}

pub(super) fn point(Point { x, y }: Point) -> PointDto {
    let dto = PointDto::new();
    dto.x(x);
    dto.y(y);
    dto
}

pub(super) fn corners(Quad(corners): &Quad) -> Vec<PointDto> {
    corners.iter().map(|&corner| point(corner)).collect()
}

/// Four corners as eight numbers.
pub(super) fn corners_of(corners: &[f32]) -> Option<Quad> {
    let &[a, b, c, d, e, f, g, h] = corners else { return None };
    Some(Quad([Point::new(a, b), Point::new(c, d), Point::new(e, f), Point::new(g, h)]))
}
