//! Places in a picture, four corners, and the perspective between two quadrangles.

// Square roots of `f32` are methods of the standard library only; what uses this module brings that anyway.
extern crate std;

use core::ops::{Add, Mul, Sub};

/// A count of pixels or modules as a number to measure with. Exact below 2^24; sides are below 2^14.
#[allow(clippy::cast_precision_loss, reason = "sides are below 2^14")]
pub(crate) fn real(count: usize) -> f32 {
    count as f32
}

/// The pixel that holds a coordinate; 0 for what is negative or no number.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates, which is wanted here")]
pub(crate) fn pixel(coordinate: f32) -> usize {
    coordinate as usize
}

/// A place in a picture, in pixels from its top left corner, or a way; the middle of the first pixel is (0.5, 0.5).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

impl Point {
    /// The place `x` to the right and `y` down.
    #[must_use]
    pub fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// The scalar product.
    #[must_use]
    pub fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y
    }

    /// Positive when `other` lies clockwise of `self` as seen (y grows downwards).
    #[must_use]
    pub fn cross(self, other: Self) -> f32 {
        self.x * other.y - self.y * other.x
    }

    /// How long the way is, in pixels.
    #[must_use]
    pub fn length(self) -> f32 {
        self.dot(self).sqrt()
    }
}

impl Add for Point {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f32> for Point {
    type Output = Self;

    fn mul(self, by: f32) -> Self {
        Self::new(self.x * by, self.y * by)
    }
}

/// Four corners in pixels of a picture, clockwise as seen: top left, top right, bottom right, bottom left of the
/// document as it reads. A corner may lie outside the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quad(pub [Point; 4]);

/// Least side of what can be a document, in pixels.
#[cfg(feature = "image")]
pub(crate) const LEAST_SIDE: f32 = 16.0;

impl Quad {
    /// An upright rectangle.
    #[must_use]
    pub fn upright(left: f32, top: f32, right: f32, bottom: f32) -> Self {
        Self([Point::new(left, top), Point::new(right, top), Point::new(right, bottom), Point::new(left, bottom)])
    }

    /// Each side as its two ends: top, right, bottom, left.
    #[must_use]
    pub fn sides(&self) -> [(Point, Point); 4] {
        let [a, b, c, d] = self.0;
        [(a, b), (b, c), (c, d), (d, a)]
    }

    /// Area in pixels²; negative when the corners go counter-clockwise.
    #[must_use]
    pub fn area(&self) -> f32 {
        let [a, b, c, d] = self.0;
        (c - a).cross(d - b) / 2.0
    }

    /// Whether the corners go clockwise, every one of them turns the same way, and all are numbers.
    #[must_use]
    pub fn is_convex(&self) -> bool {
        let corners = self.0;
        (0..4).all(|place| {
            let (here, next, after) = (corners[place], corners[(place + 1) % 4], corners[(place + 2) % 4]);
            (next - here).cross(after - next) > 0.0
        })
    }

    /// Whether a place lies within, for a convex quadrangle.
    #[must_use]
    pub fn holds(&self, at: Point) -> bool {
        self.sides().iter().all(|&(from, to)| (to - from).cross(at - from) >= 0.0)
    }

    /// Length of the shortest side, in pixels.
    #[cfg(feature = "image")]
    pub(crate) fn shortest(&self) -> f32 {
        self.sides().iter().map(|&(from, to)| (to - from).length()).fold(f32::INFINITY, f32::min)
    }

    /// The mean of the corners.
    #[must_use]
    pub fn centre(&self) -> Point {
        let [a, b, c, d] = self.0;
        (a + b + c + d) * 0.25
    }

    /// Every corner times `by`: into a picture of another size.
    #[must_use]
    pub fn scaled(&self, by: f32) -> Self {
        Self(self.0.map(|corner| corner * by))
    }

    /// The same corners counted from `steps` further: 2 turns the document upside down.
    #[must_use]
    pub fn turned(&self, steps: usize) -> Self {
        let mut corners = self.0;
        corners.rotate_left(steps % 4);
        Self(corners)
    }

    /// Intersection over union of two convex quadrangles, 0 to 1; 0 when one of them is not convex.
    #[must_use]
    pub fn iou(&self, other: &Self) -> f32 {
        if !self.is_convex() || !other.is_convex() {
            return 0.0;
        }
        let both = self.shared_area(other);
        let either = self.area() + other.area() - both;
        if either > 0.0 { both / either } else { 0.0 }
    }

    /// Area in pixels² that two convex quadrangles have in common (Sutherland and Hodgman 1974).
    #[must_use]
    pub fn shared_area(&self, other: &Self) -> f32 {
        // Each of four cuts adds one corner at most.
        let mut polygon = [Point::default(); 8];
        let mut count = 4;
        polygon[..4].copy_from_slice(&self.0);
        for (from, to) in other.sides() {
            let inside = |at: Point| (to - from).cross(at - from);
            let (before, length) = (polygon, count);
            count = 0;
            for place in 0..length {
                let (here, next) = (before[place], before[(place + 1) % length]);
                let (height, height_next) = (inside(here), inside(next));
                if height >= 0.0 && count < 8 {
                    polygon[count] = here;
                    count += 1;
                }
                if (height >= 0.0) != (height_next >= 0.0) && count < 8 {
                    polygon[count] = here + (next - here) * (height / (height - height_next));
                    count += 1;
                }
            }
        }
        let twice = (0..count).fold(0.0, |sum, place| sum + polygon[place].cross(polygon[(place + 1) % count]));
        if twice > 0.0 { twice / 2.0 } else { 0.0 }
    }
}

/// A perspective: places of one plane to places of another.
#[derive(Clone, Copy, Debug)]
pub struct Homography([f32; 9]);

impl Homography {
    /// The one that takes each of `from` to the same of `to`; `None` when three of them lie on a line.
    #[must_use]
    pub fn between(from: [Point; 4], to: [Point; 4]) -> Option<Self> {
        let (from, to) = (of_square(from)?, of_square(to)?);
        let product = times(to, inverted(from)?);
        product.iter().all(|value| value.is_finite()).then_some(Self(product))
    }

    /// The place in the other plane. Not a number, or infinite, for a place on the horizon.
    #[must_use]
    pub fn map(&self, x: f32, y: f32) -> Point {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        let w = g * x + h * y + i;
        Point::new((a * x + b * y + c) / w, (d * x + e * y + f) / w)
    }

    /// The places of one row, from x = 0.5 in steps of 1.
    #[cfg(feature = "image")]
    pub(crate) fn row(&self, y: f32) -> Walk {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        Walk { start: [b * y + c, e * y + f, h * y + i], step: [a, d, g], x: 0.5 }
    }
}

/// Places along a row.
#[cfg(feature = "image")]
pub(crate) struct Walk {
    start: [f32; 3],
    step: [f32; 3],
    x: f32,
}

#[cfg(feature = "image")]
impl Walk {
    pub(crate) fn next(&mut self) -> Point {
        let [x, y, w] = core::array::from_fn(|part| self.start[part] + self.step[part] * self.x);
        self.x += 1.0;
        let one = 1.0 / w;
        Point::new(x * one, y * one)
    }
}

/// The corners of the unit square, (0,0) (1,0) (1,1) (0,1), to these points (Heckbert 1989, §2.2.3).
fn of_square([p0, p1, p2, p3]: [Point; 4]) -> Option<[f32; 9]> {
    let sum = p0 - p1 + (p2 - p3);
    let (d1, d2) = (p1 - p2, p3 - p2);
    let determinant = d1.cross(d2);
    if determinant.abs() < 1e-6 {
        return None;
    }
    let g = sum.cross(d2) / determinant;
    let h = d1.cross(sum) / determinant;
    Some([
        p1.x - p0.x + g * p1.x,
        p3.x - p0.x + h * p3.x,
        p0.x,
        p1.y - p0.y + g * p1.y,
        p3.y - p0.y + h * p3.y,
        p0.y,
        g,
        h,
        1.0,
    ])
}

fn inverted([a, b, c, d, e, f, g, h, i]: [f32; 9]) -> Option<[f32; 9]> {
    let determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
    if determinant.abs() < 1e-9 {
        return None;
    }
    // The adjugate is enough: a perspective does not change when all of it is multiplied. Divided all the same, to
    // keep the numbers small.
    let adjugate = [
        e * i - f * h,
        c * h - b * i,
        b * f - c * e,
        f * g - d * i,
        a * i - c * g,
        c * d - a * f,
        d * h - e * g,
        b * g - a * h,
        a * e - b * d,
    ];
    Some(adjugate.map(|value| value / determinant))
}

fn times(one: [f32; 9], other: [f32; 9]) -> [f32; 9] {
    core::array::from_fn(|place| {
        let (row, column) = (place / 3 * 3, place % 3);
        one[row] * other[column] + one[row + 1] * other[column + 3] + one[row + 2] * other[column + 6]
    })
}

/// The first two columns of the perspective from the unit square to these points: where its sides go.
#[cfg(feature = "image")]
pub(crate) fn square_columns(points: [Point; 4]) -> Option<[[f32; 3]; 2]> {
    // In units of the frame the determinant of a small document is far below the least of pixels.
    let [a, b, _, d, e, _, g, h, _] = of_square(points.map(|point| point * 1e4))?;
    Some([[a / 1e4, d / 1e4, g], [b / 1e4, e / 1e4, h]])
}
