//! Places in a picture.

use gatepass_core::image::geometry::{Point as CorePoint, Quad};

use crate::qr::Point;

pub(super) fn corners(Quad(corners): &Quad) -> Vec<Point> {
    corners.iter().map(|&CorePoint { x, y }| Point { x, y }).collect()
}

pub(super) fn corners_of(corners: &[Point]) -> Option<Quad> {
    let corners: &[Point; 4] = corners.try_into().ok()?;
    Some(Quad(corners.each_ref().map(|&Point { x, y }| CorePoint { x, y })))
}
