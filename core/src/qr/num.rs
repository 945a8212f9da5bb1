//! Places between pixels.

use alloc::vec::Vec;
use core::ops::{Add, Mul, Sub};

/// Sorts by a number, the lowest first, equal ones in their order. Keys and places are sorted in one function for all
/// types: the standard library's sorting would be in a browser's download once for each.
pub(super) fn sort_by<T>(items: &mut Vec<T>, key: impl Fn(&T) -> f32) {
    let order = sorted(items.iter().map(key).zip(0..).collect());
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|(_, place)| taken[place].take()));
}

#[inline(never)]
fn sorted(mut keys: Vec<(f32, usize)>) -> Vec<(f32, usize)> {
    keys.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    keys
}

/// A place or a way, in pixels; the middle of the first pixel is (0.5, 0.5).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Vector {
    pub(super) x: f32,
    pub(super) y: f32,
}

impl Vector {
    pub(super) fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    pub(super) fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y
    }

    /// Positive when `other` lies clockwise of `self` as seen (y grows downwards).
    pub(super) fn cross(self, other: Self) -> f32 {
        self.x * other.y - self.y * other.x
    }

    pub(super) fn length(self) -> f32 {
        self.dot(self).sqrt()
    }
}

impl Add for Vector {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Vector {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f32> for Vector {
    type Output = Self;

    fn mul(self, by: f32) -> Self {
        Self::new(self.x * by, self.y * by)
    }
}

/// A count of pixels or modules as a number to measure with. Exact below 2^24; sides are below 2^14.
#[allow(clippy::cast_precision_loss, reason = "sides are below 2^14")]
pub(super) fn real(count: usize) -> f32 {
    count as f32
}

/// The pixel that holds a coordinate; 0 for what is negative or no number.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates, which is wanted here")]
pub(super) fn pixel(coordinate: f32) -> usize {
    coordinate as usize
}

/// Where the plane of a code lies in a picture: modules to pixels.
#[derive(Clone, Copy)]
pub(super) struct Perspective([f32; 9]);

impl Perspective {
    /// The one that takes each of `from` to the same of `to`; `None` when three of them lie on a line.
    pub(super) fn between(from: [Vector; 4], to: [Vector; 4]) -> Option<Self> {
        let (from, to) = (of_square(from)?, of_square(to)?);
        let product = times(to, inverted(from)?);
        product.iter().all(|value| value.is_finite()).then_some(Self(product))
    }

    pub(super) fn map(&self, x: f32, y: f32) -> Vector {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        let w = g * x + h * y + i;
        Vector::new((a * x + b * y + c) / w, (d * x + e * y + f) / w)
    }
}

/// The corners of the unit square, (0,0) (1,0) (1,1) (0,1), to these points (Heckbert 1989, §2.2.3).
fn of_square([p0, p1, p2, p3]: [Vector; 4]) -> Option<[f32; 9]> {
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
