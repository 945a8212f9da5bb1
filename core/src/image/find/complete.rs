//! A document of which three sides are seen: the fourth follows from its shape.
//!
//! Its focal length lies between those of [`super::shape`], and was set by no run.

use super::super::geometry::{Point, Quad, real};
use super::small::Small;

/// Focal length that is assumed, in longer sides of the frame: between a phone's main camera and a webcam.
const FOCAL: f32 = 0.85;

type Ray = [f32; 3];

/// The other two corners of a rectangle with sides of the ratio `ratio` (the seen end over the sides that start there).
///
/// `corners`: the two ends of the seen side, from the middle of the small plane. `ways`: one more place on each of the two
/// sides that start there, towards the unseen side. `None` when the three lines cannot be sides of a rectangle.
pub(super) fn rectangle(corners: [Point; 2], ways: [Point; 2], ratio: f32, small: &Small) -> Option<Quad> {
    let scale = 1.0 / (FOCAL * real(small.width.max(small.height)));
    let ray = |at: Point| [at.x * scale, at.y * scale, 1.0];
    let [a, b] = corners.map(ray);
    let [towards_a, towards_b] = ways.map(ray);
    // The two sides are parallel in space: their direction lies in both planes through the camera.
    let along = unit(cross(cross(a, towards_a), cross(b, towards_b)))?;
    // The seen side is at a right angle to it, in its own plane.
    let across = unit(cross(cross(a, b), along))?;
    // a + width × across = depth × b, by least squares.
    let (bb, ca, cb, ab) = (dot(b, b), dot(across, a), dot(across, b), dot(a, b));
    let determinant = bb - cb * cb;
    if determinant.abs() < 1e-9 {
        return None;
    }
    let depth = (ab - ca * cb) / determinant;
    let width = depth * cb - ca;
    let length = width.abs() / ratio;
    // Which of the two ways along leads to the unseen side.
    let nearer = |sign: f32| {
        let far = project(add(a, along, sign * length), scale)?;
        Some((far, (far - corners[0]).dot(ways[0] - corners[0]) > 0.0, sign))
    };
    let (far_a, _, sign) = [nearer(1.0), nearer(-1.0)].into_iter().flatten().find(|&(_, right, _)| right)?;
    let other = add([b[0] * depth, b[1] * depth, depth], along, sign * length);
    let far_b = project(other, scale)?;
    Some(Quad([corners[0], corners[1], far_b, far_a]))
}

fn project([x, y, z]: Ray, scale: f32) -> Option<Point> {
    (z > 0.1).then(|| Point::new(x / (z * scale), y / (z * scale)))
}

fn cross(a: Ray, b: Ray) -> Ray {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn dot(a: Ray, b: Ray) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn add(a: Ray, way: Ray, by: f32) -> Ray {
    [a[0] + way[0] * by, a[1] + way[1] * by, a[2] + way[2] * by]
}

fn unit(a: Ray) -> Option<Ray> {
    let length = dot(a, a).sqrt();
    (length > 1e-9).then(|| a.map(|part| part / length))
}
