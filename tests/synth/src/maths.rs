//! Arithmetic whose bits do not depend on the machine, and plane geometry.

use serde::Serialize;

/// A point: millimetres on the document's plane, or pixels of a frame (0, 0 = the outer corner of the first pixel).
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[serde(into = "[f32; 2]")]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

impl Point {
    /// From its two coordinates.
    #[must_use]
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// The distance to another point.
    #[must_use]
    pub fn distance(self, other: Self) -> f32 {
        ((self.x - other.x) * (self.x - other.x) + (self.y - other.y) * (self.y - other.y)).sqrt()
    }

    /// Turned by an angle in radians, clockwise where y points down.
    #[must_use]
    pub fn turned(self, angle: f32) -> Self {
        let (sin, cos) = sin_cos(angle);
        Self::new(self.x * cos - self.y * sin, self.x * sin + self.y * cos)
    }

    /// Moved.
    #[must_use]
    pub fn plus(self, x: f32, y: f32) -> Self {
        Self::new(self.x + x, self.y + y)
    }
}

impl From<Point> for [f32; 2] {
    fn from(point: Point) -> Self {
        [point.x, point.y]
    }
}

/// An upright rectangle in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rect {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

impl Rect {
    /// From its left top corner and its size.
    #[must_use]
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    /// Corners clockwise from the left top one.
    #[must_use]
    pub fn corners(self) -> [Point; 4] {
        let (right, bottom) = (self.x + self.width, self.y + self.height);
        [Point::new(self.x, self.y), Point::new(right, self.y), Point::new(right, bottom), Point::new(self.x, bottom)]
    }

    /// The middle.
    #[must_use]
    pub fn centre(self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Whether the two share some area.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }
}

/// A projective map of the plane, rows of a 3 × 3 matrix.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Homography(pub [[f64; 3]; 3]);

impl Homography {
    /// Where a point goes.
    #[must_use]
    pub fn map(&self, point: Point) -> Point {
        let (x, y) = (f64::from(point.x), f64::from(point.y));
        let [a, b, c] = self.0.map(|row| row[0] * x + row[1] * y + row[2]);
        Point::new((a / c) as f32, (b / c) as f32)
    }

    /// The way back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let m = &self.0;
        let minor = |r0: usize, r1: usize, c0: usize, c1: usize| m[r0][c0] * m[r1][c1] - m[r0][c1] * m[r1][c0];
        let determinant = m[0][0] * minor(1, 2, 1, 2) - m[0][1] * minor(1, 2, 0, 2) + m[0][2] * minor(1, 2, 0, 1);
        let adjugate = [
            [minor(1, 2, 1, 2), -minor(0, 2, 1, 2), minor(0, 1, 1, 2)],
            [-minor(1, 2, 0, 2), minor(0, 2, 0, 2), -minor(0, 1, 0, 2)],
            [minor(1, 2, 0, 1), -minor(0, 2, 0, 1), minor(0, 1, 0, 1)],
        ];
        Self(adjugate.map(|row| row.map(|value| value / determinant)))
    }
}

/// Sine and cosine.
#[must_use]
pub fn sin_cos(angle: f32) -> (f32, f32) {
    libm::sincosf(angle)
}

/// Degrees to radians.
#[must_use]
pub fn radians(degrees: f32) -> f32 {
    degrees * (std::f32::consts::PI / 180.0)
}

/// e to the power of x.
#[must_use]
pub fn exp(x: f32) -> f32 {
    libm::expf(x)
}

/// 2 to the power of x.
#[must_use]
pub fn exp2(x: f32) -> f32 {
    libm::exp2f(x)
}

/// x to the power of y.
#[must_use]
pub fn pow(x: f32, y: f32) -> f32 {
    libm::powf(x, y)
}

/// From 0 at `low` to 1 at `high`, without corners.
#[must_use]
pub fn smoothstep(low: f32, high: f32, x: f32) -> f32 {
    let t = ((x - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Between two numbers.
#[must_use]
pub fn mix(a: f32, b: f32, share: f32) -> f32 {
    a + (b - a) * share
}

/// The area of a polygon, whichever way round it goes.
#[must_use]
pub fn area(polygon: &[Point]) -> f32 {
    let twice: f64 = polygon
        .iter()
        .zip(polygon.iter().cycle().skip(1))
        .map(|(a, b)| f64::from(a.x) * f64::from(b.y) - f64::from(b.x) * f64::from(a.y))
        .sum();
    (twice / 2.0).abs() as f32
}

/// What of a convex polygon lies in the rectangle from (0, 0) to (width, height) (Sutherland and Hodgman).
#[must_use]
pub fn clip(polygon: &[Point], width: f32, height: f32) -> Vec<Point> {
    let inside: [&dyn Fn(Point) -> f32; 4] = [&|p| p.x, &|p| width - p.x, &|p| p.y, &|p| height - p.y];
    inside.iter().fold(polygon.to_vec(), |polygon, side| {
        let mut kept = Vec::with_capacity(polygon.len() + 2);
        for (index, &here) in polygon.iter().enumerate() {
            let before = polygon[(index + polygon.len() - 1) % polygon.len()];
            let (a, b) = (side(before), side(here));
            if (a < 0.0) != (b < 0.0) {
                let share = a / (a - b);
                kept.push(Point::new(mix(before.x, here.x, share), mix(before.y, here.y, share)));
            }
            if b >= 0.0 {
                kept.push(here);
            }
        }
        kept
    })
}

/// The inverse of the normal distribution by bisection: exact to the last bit of an `f32`, and only called for tables.
pub(crate) fn normal_quantile(probability: f64) -> f32 {
    let (mut low, mut high) = (-9.0_f64, 9.0_f64);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        let below = 0.5 * libm::erfc(-middle / std::f64::consts::SQRT_2);
        if below < probability { low = middle } else { high = middle }
    }
    low as f32
}

/// Light of an sRGB level, 0 to 1 (IEC 61966-2-1).
#[must_use]
pub fn to_light(level: f32) -> f32 {
    if level <= 0.040_45 { level / 12.92 } else { pow((level + 0.055) / 1.055, 2.4) }
}

/// The sRGB level of light, 0 to 1 (IEC 61966-2-1).
#[must_use]
pub fn from_light(light: f32) -> f32 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * pow(light, 1.0 / 2.4) - 0.055 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_and_its_inverse_bring_points_back() {
        let map = Homography([[9.0, 0.5, 100.0], [-0.3, 8.0, 60.0], [0.0004, 0.001, 1.0]]);
        for point in Rect::new(0.0, 0.0, 85.6, 53.98).corners() {
            assert!(map.inverse().map(map.map(point)).distance(point) < 1e-3);
        }
    }

    #[test]
    fn half_of_a_square_lies_in_the_frame() {
        let square = Rect::new(-5.0, 2.0, 10.0, 10.0).corners();
        assert!((area(&clip(&square, 100.0, 100.0)) - 50.0).abs() < 1e-4);
        assert!(clip(&Rect::new(-5.0, 2.0, 3.0, 3.0).corners(), 100.0, 100.0).is_empty());
    }

    #[test]
    fn quantiles_are_those_of_the_tables() {
        assert!((normal_quantile(0.975) - 1.959_964).abs() < 1e-5);
    }
}
