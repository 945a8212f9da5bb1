//! Whether four corners can be a rectangle of a known shape, seen by a camera.
//!
//! Focal lengths are those of cameras; how much a shape may be off was set on the finder's tuning seeds, see [`super`].

use super::super::geometry::{Point, Quad, real, square_columns};

/// Focal lengths that are tried, in longer sides of the frame: 0.72 is the 26 mm of a phone's main camera, 1 a webcam,
/// 1.5 a picture that was cropped or zoomed.
const FOCAL: [f32; 3] = [0.72, 1.0, 1.5];

/// What a quadrangle would be as a flat rectangle in space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// First side (top) over second side (right).
    pub(super) aspect: f32,
    /// Cosine of the angle between them: 0 for a rectangle.
    pub(super) skew: f32,
}

/// The rectangle that fits best for one of the focal lengths: nearest to one of `ratios` and to a right angle. `None` for
/// what is no quadrangle.
///
/// With the middle of the frame as principal point and square pixels, the columns of the perspective are the two sides
/// in space up to one common factor (Zhang and He 2007, whiteboard scanning).
pub(super) fn best(quad: &Quad, width: usize, height: usize, ratios: &[f32]) -> Option<(Shape, f32)> {
    let middle = Point::new(real(width) / 2.0, real(height) / 2.0);
    let long = real(width.max(height));
    FOCAL
        .iter()
        .filter_map(|focal| {
            let scale = 1.0 / (focal * long);
            let [one, other] = square_columns(quad.0.map(|corner| (corner - middle) * scale))?;
            let dot = |a: [f32; 3], b: [f32; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
            let (a, b) = (dot(one, one).sqrt(), dot(other, other).sqrt());
            let shape = Shape { aspect: a / b, skew: (dot(one, other) / (a * b)).abs() };
            let error =
                ratios.iter().map(|&ratio| (shape.aspect / ratio).max(ratio / shape.aspect) - 1.0).reduce(f32::min)?;
            let fit = 1.0 / (1.0 + square(error / 0.08) + square(shape.skew / 0.12));
            fit.is_finite().then_some((shape, fit))
        })
        .max_by(|a, b| a.1.total_cmp(&b.1))
}

fn square(value: f32) -> f32 {
    value * value
}
