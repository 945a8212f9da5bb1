//! Where small patches of one frame lie in the next (Lucas and Kanade 1981; pyramids after Bouguet 2000; corners after Shi
//! and Tomasi 1994).

use alloc::vec::Vec;

use super::super::{geometry::real, luma::Luma, shrink::shrink};

/// Levels of the pyramid: what moves up to some 14 pixels is found.
const LEVELS: usize = 3;
/// A patch reaches so many pixels to each side of its middle.
const REACH: usize = 4;
const SIDE: usize = 2 * REACH + 1;
/// At most one corner in a square of so many pixels.
const CELL: usize = 13;
/// The weaker gradient of a corner, levels²: three times what a sensor's noise of 3 levels makes.
const LEAST_CORNER: f32 = 14.0;
const STEPS: usize = 8;
/// There and back again ends so near where it began, pixels.
const AGREES: f32 = 0.6;
/// Mean difference of a patch that was found, levels.
const ALIKE: f32 = 14.0;
/// Longest side that is worked on; a larger frame is shrunk.
const LONGEST: usize = 480;

/// A frame at full size, half and quarter.
#[derive(Clone, Debug, Default)]
pub(super) struct Pyramid {
    levels: [Plane; LEVELS],
}

#[derive(Clone, Debug, Default)]
struct Plane {
    width: usize,
    height: usize,
    grey: Vec<u8>,
}

impl Plane {
    /// A plane with one pixel for `factor × factor` of the frame's.
    fn shrunk(luma: Luma<'_>, factor: usize) -> Self {
        let mut grey = Vec::new();
        let (width, height) = shrink(luma, factor, &mut Vec::new(), &mut grey);
        Self { width, height, grey }
    }

    /// Whether a patch around a place, with a border for gradients, lies within.
    fn holds(&self, x: f32, y: f32) -> bool {
        let edge = real(REACH) + 2.0;
        x >= edge && y >= edge && x < real(self.width) - edge && y < real(self.height) - edge
    }

    /// The patch of `SIDE + 2 × border` around a place that [`holds`](Self::holds) allows.
    fn patch<const N: usize>(&self, x: f32, y: f32) -> [[f32; N]; N] {
        let from = |at: f32| at - real(N / 2);
        let (x, y) = (from(x), from(y));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside, as `holds` has said")]
        let (left, top) = (x as usize, y as usize);
        let (dx, dy) = (x - real(left), y - real(top));
        let weights = [(1.0 - dx) * (1.0 - dy), dx * (1.0 - dy), (1.0 - dx) * dy, dx * dy];
        let mut out = [[0.0; N]; N];
        for (row, out) in out.iter_mut().enumerate() {
            let above = &self.grey[(top + row) * self.width + left..][..=N];
            let below = &self.grey[(top + row + 1) * self.width + left..][..=N];
            for (column, out) in out.iter_mut().enumerate() {
                *out = weights[0] * f32::from(above[column])
                    + weights[1] * f32::from(above[column + 1])
                    + weights[2] * f32::from(below[column])
                    + weights[3] * f32::from(below[column + 1]);
            }
        }
        out
    }
}

/// A patch that was found again: where it was, and how far it went; pixels of the full-size plane.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) u: f32,
    pub(super) v: f32,
}

/// What became of the corners of one frame in the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    pub(super) steps: Vec<Step>,
    /// Corners that were not found again, and where they were.
    pub(super) lost: Vec<(f32, f32)>,
}

impl Pyramid {
    pub(super) fn of(frame: Luma<'_>) -> Self {
        let factor = frame.width().max(frame.height()).div_ceil(LONGEST);
        Self { levels: [1, 2, 4].map(|times| Plane::shrunk(frame, factor * times)) }
    }

    pub(super) fn width(&self) -> usize {
        self.levels[0].width
    }

    pub(super) fn height(&self) -> usize {
        self.levels[0].height
    }

    pub(super) fn grey(&self) -> &[u8] {
        &self.levels[0].grey
    }

    /// The strongest corner of each cell, where there is one.
    fn corners(&self) -> Vec<(usize, usize)> {
        let plane = &self.levels[0];
        let edge = REACH + 3;
        let mut corners = Vec::new();
        if plane.width <= 2 * edge || plane.height <= 2 * edge {
            return corners;
        }
        for top in (edge..plane.height - edge).step_by(CELL) {
            for left in (edge..plane.width - edge).step_by(CELL) {
                let mut best = (LEAST_CORNER, None);
                for y in (top..(top + CELL).min(plane.height - edge)).step_by(2) {
                    for x in (left..(left + CELL).min(plane.width - edge)).step_by(2) {
                        let strength = corner_strength(plane, x, y);
                        if strength > best.0 {
                            best = (strength, Some((x, y)));
                        }
                    }
                }
                corners.extend(best.1);
            }
        }
        corners
    }

    /// Follows the corners of this frame into the next.
    pub(super) fn flow(&self, next: &Self) -> Flow {
        let mut flow = Flow::default();
        for (x, y) in self.corners() {
            let (x, y) = (real(x), real(y));
            let there = self.follow(next, x, y);
            let back = there.and_then(|(u, v)| next.follow(self, x + u, y + v).map(|back| ((u, v), back)));
            match back {
                Some(((u, v), (bu, bv))) if (u + bu).abs() < AGREES && (v + bv).abs() < AGREES => {
                    flow.steps.push(Step { x, y, u, v });
                }
                _ => flow.lost.push((x, y)),
            }
        }
        flow
    }

    fn follow(&self, next: &Self, x: f32, y: f32) -> Option<(f32, f32)> {
        let (mut u, mut v) = (0.0_f32, 0.0_f32);
        for level in (0..LEVELS).rev() {
            let scale = [1.0, 0.5, 0.25][level];
            let (from, to) = (&self.levels[level], &next.levels[level]);
            let (px, py) = (x * scale, y * scale);
            let found = from.holds(px, py).then(|| refine(from, to, (px, py), (u * scale, v * scale))).flatten();
            match found {
                Some((found_u, found_v, differs)) => {
                    if level == 0 && differs > ALIKE {
                        return None;
                    }
                    (u, v) = (found_u / scale, found_v / scale);
                }
                None if level == 0 => return None,
                // Too near the border of the small plane, or too smooth there: the larger one decides.
                None => {}
            }
        }
        Some((u, v))
    }
}

fn corner_strength(plane: &Plane, x: usize, y: usize) -> f32 {
    let at = |x: usize, y: usize| i32::from(plane.grey[y * plane.width + x]);
    let (mut xx, mut xy, mut yy) = (0_i32, 0_i32, 0_i32);
    for wy in y - 3..=y + 3 {
        for wx in x - 3..=x + 3 {
            let (dx, dy) = (at(wx + 1, wy) - at(wx - 1, wy), at(wx, wy + 1) - at(wx, wy - 1));
            xx += dx * dx;
            xy += dx * dy;
            yy += dy * dy;
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "49 × 2 × 255² is below 2^24")]
    let [xx, xy, yy] = [xx, xy, yy].map(|sum| sum as f32 / 196.0);
    let half = (xx - yy) / 2.0;
    (xx + yy) / 2.0 - (half * half + xy * xy).sqrt()
}

/// Moves a patch until it fits; its way and the mean difference that is left, without the difference of brightness.
fn refine(from: &Plane, to: &Plane, (x, y): (f32, f32), begin: (f32, f32)) -> Option<(f32, f32, f32)> {
    const WIDER: usize = SIDE + 2;
    let wider: [[f32; WIDER]; WIDER] = from.patch(x, y);
    let count = real(SIDE * SIDE);
    let (mut gx, mut gy) = ([[0.0; SIDE]; SIDE], [[0.0; SIDE]; SIDE]);
    let (mut xx, mut xy, mut yy, mut mean) = (0.0, 0.0, 0.0, 0.0);
    for row in 0..SIDE {
        for column in 0..SIDE {
            let dx = (wider[row + 1][column + 2] - wider[row + 1][column]) / 2.0;
            let dy = (wider[row + 2][column + 1] - wider[row][column + 1]) / 2.0;
            (gx[row][column], gy[row][column]) = (dx, dy);
            xx += dx * dx;
            xy += dx * dy;
            yy += dy * dy;
            mean += wider[row + 1][column + 1];
        }
    }
    mean /= count;
    let determinant = xx * yy - xy * xy;
    if determinant < 1e-3 * (xx + yy) * (xx + yy) || xx + yy < count * 4.0 {
        return None;
    }
    let (mut u, mut v) = begin;
    let mut differs = f32::MAX;
    for _ in 0..STEPS {
        if !to.holds(x + u, y + v) {
            return None;
        }
        let there: [[f32; SIDE]; SIDE] = to.patch(x + u, y + v);
        let there_mean = there.iter().flatten().sum::<f32>() / count;
        let (mut bx, mut by, mut sum) = (0.0, 0.0, 0.0);
        for row in 0..SIDE {
            for column in 0..SIDE {
                let off = (wider[row + 1][column + 1] - mean) - (there[row][column] - there_mean);
                bx += off * gx[row][column];
                by += off * gy[row][column];
                sum += off.abs();
            }
        }
        differs = sum / count;
        let (du, dv) = ((yy * bx - xy * by) / determinant, (xx * by - xy * bx) / determinant);
        u += du;
        v += dv;
        if du * du + dv * dv < 4e-4 {
            break;
        }
    }
    (u.is_finite() && v.is_finite() && to.holds(x + u, y + v)).then_some((u, v, differs))
}
