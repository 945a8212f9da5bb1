//! Directions of lines in steps of one and a half degrees, without the platform's trigonometry.

use alloc::vec::Vec;

use super::super::geometry::{Point, real};

/// How many directions are half a turn.
pub(super) const BINS: usize = 120;
/// An eighth of a turn.
const EIGHTH: usize = BINS / 4;
/// How finely the ratio of a gradient's two parts is looked up.
const RATIOS: usize = 64;
const FINE: u32 = 64;

/// How far along its own direction an edge is followed, to each side, in pixels.
pub(super) const RUN: u8 = 4;

/// Cosine and sine of one step, 180° / [`BINS`].
const STEP: (f64, f64) = (0.999_657_324_975_557_3, 0.026_176_948_307_873_153);

/// Unit vectors of all directions, and the way back.
pub(super) struct Directions {
    units: Vec<Point>,
    /// For the ratio of the smaller part to the larger, the angle from the larger one's axis.
    arcs: [u8; RATIOS + 1],
    /// For each direction of a normal the pixels where its edge goes on: one step along, or beside that.
    runs: Vec<[[[i8; 2]; 3]; 2 * RUN as usize]>,
}

impl Directions {
    pub(super) fn new() -> Self {
        let (cosine, sine) = STEP;
        let mut units = Vec::with_capacity(2 * BINS);
        let (mut x, mut y) = (1.0, 0.0);
        for _ in 0..2 * BINS {
            units.push(narrow(x, y));
            (x, y) = (x * cosine - y * sine, x * sine + y * cosine);
        }
        let mut arcs = [0; RATIOS + 1];
        for (ratio, arc) in arcs.iter_mut().enumerate() {
            // The nearest is the one with the largest scalar product.
            let across = real(ratio) / real(RATIOS);
            let here = Point::new(1.0, across);
            let nearest = (0..=EIGHTH).max_by(|&a, &b| units[a].dot(here).total_cmp(&units[b].dot(here)));
            *arc = nearest.and_then(|place| u8::try_from(place).ok()).unwrap_or(0);
        }
        let runs = units.iter().map(|&unit| run(unit)).collect();
        Self { units, arcs, runs }
    }

    /// The unit vector of a direction, `2 × BINS` to a turn, from the right clockwise as seen.
    pub(super) fn unit(&self, bin: usize) -> Point {
        self.units[bin % (2 * BINS)]
    }

    /// The ways, in pixels right and down, to where the edge with this normal goes on: for each step along it, both ways, one
    /// place and the two beside it.
    pub(super) fn run(&self, bin: usize) -> &[[[i8; 2]; 3]; 2 * RUN as usize] {
        &self.runs[bin % (2 * BINS)]
    }

    /// The direction of a gradient, `2 × BINS` to a turn.
    pub(super) fn bin(&self, right: i16, down: i16) -> u8 {
        let (across, along) = (right.unsigned_abs(), down.unsigned_abs());
        let (small, large) = (across.min(along), across.max(along));
        let (small, large) = (u32::from(small), u32::from(large.max(1)));
        let ratio = (small * FINE + large / 2) / large;
        let arc = usize::from(self.arcs[usize::try_from(ratio).unwrap_or(0).min(RATIOS)]);
        let quarter = BINS / 2;
        let from_axis = if across >= along { arc } else { quarter - arc };
        let bin = match (right >= 0, down >= 0) {
            (true, true) => from_axis,
            (false, true) => BINS - from_axis,
            (false, false) => BINS + from_axis,
            (true, false) => 2 * BINS - from_axis,
        };
        u8::try_from(bin % (2 * BINS)).unwrap_or(0)
    }
}

/// How far two directions of lines are apart, in steps, 0 to `BINS / 2`.
pub(super) fn apart(one: usize, other: usize) -> usize {
    let distance = one.abs_diff(other) % BINS;
    distance.min(BINS - distance)
}

fn run(normal: Point) -> [[[i8; 2]; 3]; 2 * RUN as usize] {
    let along = Point::new(-normal.y, normal.x);
    core::array::from_fn(|place| {
        let step = real(place / 2 + 1);
        let next = along * if place % 2 == 0 { step } else { -step };
        [next, next + normal, next - normal].map(|way| [nearest(way.x), nearest(way.y)])
    })
}

#[allow(clippy::cast_possible_truncation, reason = "at most RUN + 1")]
fn nearest(way: f32) -> i8 {
    (way + 16.5) as i8 - 16
}

#[allow(clippy::cast_possible_truncation, reason = "unit vectors; rounding is what is wanted")]
fn narrow(x: f64, y: f64) -> Point {
    Point::new(x as f32, y as f32)
}
