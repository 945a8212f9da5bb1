//! From three finder patterns to modules.

use alloc::{vec, vec::Vec};

use super::codewords::Alignment;
use super::finder::{Finder, Triple};
use super::layer::{Bitmap, Layer};
use super::num::{Perspective, Vector, pixel, real, sort_by};

/// A finder pattern's centre from the code's edge, in modules.
const CENTRE: f32 = 3.5;
/// The last alignment pattern's centre from the far edge, in modules.
const ALIGNMENT: f32 = 6.5;

/// Where a code lies.
pub(super) struct Symbol {
    /// Modules per side.
    pub(super) size: usize,
    place: Perspective,
    /// How well the modules that every code has are met, 1 = all.
    fit: f32,
}

/// Fits of a dotted line at least this good, before anything is refined, are looked at closer.
const WORTH_LOCATING: f32 = 0.2;
/// Fits at least this good are sampled. Known modules are an even mix of dark and light, so that a place without a
/// code fits with about 0.
const WORTH_SAMPLING: f32 = 0.3;

/// The likely ways in which three finder patterns are a code, the best first. `budget`: how many may still be looked
/// at closely.
pub(super) fn symbols(bitmap: &Bitmap, triple: &Triple, colour: bool, budget: &mut usize) -> Vec<Symbol> {
    let mut symbols = Vec::new();
    let Some(measured) = Measured::new(bitmap, triple, colour) else { return symbols };
    // Of the sizes near the measured one and the two first guesses of each, the two whose dotted lines fit best.
    let mut starts: Vec<(f32, Anchors)> = Vec::new();
    for size in measured.sizes() {
        let known = Known::timing(size);
        let best = [true, false]
            .into_iter()
            .filter_map(|tilted| {
                let start = measured.start(size, tilted)?;
                Some((known.fit(bitmap, &start.perspective()?, colour), start))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0));
        starts.extend(best.filter(|(fit, _)| *fit >= WORTH_LOCATING));
    }
    sort_by(&mut starts, |&(fit, _)| -fit);
    for &(_, start) in starts.iter().take(2) {
        if *budget == 0 {
            break;
        }
        *budget -= 1;
        let _ = locate(bitmap, start, colour, &mut symbols);
    }
    sort_by(&mut symbols, |symbol| -symbol.fit);
    symbols
}

/// Distances along the two legs of a triple.
struct Measured {
    corners: [Vector; 3],
    /// Modules between finder centres.
    modules: f32,
    /// The depth of top right and bottom left relative to top left: more than 1 is farther from the camera.
    depths: [f32; 2],
}

impl Measured {
    fn new(bitmap: &Bitmap, triple: &Triple, colour: bool) -> Option<Self> {
        let Triple { top_left, top_right, bottom_left, .. } = triple;
        let along = |from: &Finder, to: &Finder| module_towards(bitmap, from, to.centre, colour);
        let (right, left) = (along(top_left, top_right)?, along(top_right, top_left)?);
        let (down, up) = (along(top_left, bottom_left)?, along(bottom_left, top_left)?);
        let wide = (top_right.centre - top_left.centre).length() / ((right + left) / 2.0);
        let high = (bottom_left.centre - top_left.centre).length() / ((down + up) / 2.0);
        // Of a plane seen at an angle, lengths along a line shrink with the square of the depth.
        let depth = |near: f32, far: f32| (near / far).sqrt().clamp(0.6, 1.6);
        Some(Self {
            corners: [top_left.centre, top_right.centre, bottom_left.centre],
            modules: (wide + high) / 2.0,
            depths: [depth(right, left), depth(down, up)],
        })
    }

    /// Sizes that codes have, near the measured one.
    fn sizes(&self) -> impl Iterator<Item = usize> + use<> {
        let measured = self.modules + 2.0 * CENTRE;
        let slack = (measured * 0.12).max(6.0);
        (1..=40_usize).map(|version| 17 + 4 * version).filter(move |&size| (real(size) - measured).abs() <= slack)
    }

    /// Where a code of `size` lies to a first guess: with the depths as measured, or flat.
    fn start(&self, size: usize, tilted: bool) -> Option<Anchors> {
        let [top_left, top_right, bottom_left] = self.corners;
        let [right, down] = if tilted { self.depths } else { [1.0, 1.0] };
        let last = anchor(size);
        let part = (last - CENTRE) / (real(size) - 2.0 * CENTRE);
        let (weight_right, weight_down, weight_corner) = (part * right, part * down, 1.0 - 2.0 * part);
        let depth = weight_right + weight_down + weight_corner;
        if depth < 0.2 {
            return None;
        }
        let corner = (top_right * weight_right + bottom_left * weight_down + top_left * weight_corner) * (1.0 / depth);
        Some(Anchors { size, points: [top_left, top_right, corner, bottom_left] })
    }
}

/// The module along the way from a finder pattern to another, in pixels: its whole width, or where something touches
/// it on the far side, the half that faces the other.
fn module_towards(bitmap: &Bitmap, finder: &Finder, to: Vector, colour: bool) -> Option<f32> {
    let way = to - finder.centre;
    let step = way * (1.0 / way.length());
    let most = 6.0 * finder.module.max(1.5);
    let near = half_width(bitmap, finder.centre, step, most, colour)?;
    let far = half_width(bitmap, finder.centre, step * -1.0, most, colour);
    Some(match far {
        Some(far) if (near - far).abs() < 0.2 * near => (near + far) / 7.0,
        _ => near / CENTRE,
    })
}

/// From the centre of a finder pattern to its outer edge.
fn half_width(bitmap: &Bitmap, from: Vector, step: Vector, most: f32, colour: bool) -> Option<f32> {
    let mut expect = colour;
    let mut changes = 0;
    for count in 0..pixel(most * 2.0) {
        let distance = real(count) * 0.5;
        let at = from + step * distance;
        if !bitmap.holds(at) {
            return (changes == 2).then_some(distance);
        }
        if bitmap.at(at) != expect {
            expect = !expect;
            changes += 1;
            if changes == 3 {
                return Some(distance - 0.25);
            }
        }
    }
    None
}

/// The fourth anchor's place along both sides of the code, in modules: the last alignment pattern, or in version 1,
/// which has none, where a fourth finder pattern would be.
fn anchor(size: usize) -> f32 {
    if size > 21 { real(size) - ALIGNMENT } else { real(size) - CENTRE }
}

/// Four points of the code in the picture: three finder patterns and [`anchor`], clockwise from top left.
#[derive(Clone, Copy)]
struct Anchors {
    size: usize,
    points: [Vector; 4],
}

impl Anchors {
    fn perspective(&self) -> Option<Perspective> {
        let (near, far, last) = (CENTRE, real(self.size) - CENTRE, anchor(self.size));
        let from = [Vector::new(near, near), Vector::new(far, near), Vector::new(last, last), Vector::new(near, far)];
        Perspective::between(from, self.points)
    }
}

/// Modules that every code of a size has, as places of their middles and whether they are dark.
struct Known(Vec<(f32, f32, bool)>);

impl Known {
    /// The dotted lines between the finder patterns.
    fn timing(size: usize) -> Self {
        let mut known = Self(Vec::with_capacity(2 * size));
        for place in 8..size - 8 {
            known.add(place, 6, place % 2 == 0);
            known.add(6, place, place % 2 == 0);
        }
        known
    }

    /// The alignment pattern around the fourth anchor.
    fn last_alignment(size: usize) -> Self {
        let mut known = Self(Vec::with_capacity(25));
        if size > 21 {
            known.alignment(size - 7, size - 7);
        }
        known
    }

    /// All of them.
    fn all(size: usize) -> Self {
        let mut known = Self::timing(size);
        for (left, top) in [(0, 0), (size - 7, 0), (0, size - 7)] {
            for y in 0..7_usize {
                for x in 0..7_usize {
                    let ring = x.abs_diff(3).max(y.abs_diff(3));
                    known.add(left + x, top + y, ring != 2);
                }
            }
            // The light line around, on the sides that lie within the code.
            let (column, row) = (if left == 0 { 7 } else { left - 1 }, if top == 0 { 7 } else { top - 1 });
            for place in 0..7 {
                known.add(column, top + place, false);
                known.add(left + place, row, false);
            }
        }
        let alignment = Alignment::of((size - 17) / 4);
        for &x in alignment.centres() {
            for &y in alignment.centres() {
                let in_corner = (x == 6 || y == 6) && (x == y || x.max(y) == size - 7);
                if !in_corner {
                    known.alignment(x, y);
                }
            }
        }
        known
    }

    fn alignment(&mut self, x: usize, y: usize) {
        for row in 0..5_usize {
            for column in 0..5_usize {
                let ring = column.abs_diff(2).max(row.abs_diff(2));
                self.add(x + column - 2, y + row - 2, ring != 1);
            }
        }
    }

    fn add(&mut self, x: usize, y: usize, dark: bool) {
        self.0.push((real(x) + 0.5, real(y) + 0.5, dark));
    }

    /// How many are as they should be, less those that are not; 1 = all are. `colour`: what counts as dark.
    fn fit(&self, bitmap: &Bitmap, place: &Perspective, colour: bool) -> f32 {
        self.fit_by(bitmap, place, colour, &[Vector::new(0.0, 0.0)])
    }

    /// The same from four places within each module, so that it tells a module's middle from its edge.
    fn fine_fit(&self, bitmap: &Bitmap, place: &Perspective, colour: bool) -> f32 {
        const AROUND: f32 = 0.25;
        const PLACES: [Vector; 4] = [
            Vector { x: -AROUND, y: -AROUND },
            Vector { x: AROUND, y: -AROUND },
            Vector { x: AROUND, y: AROUND },
            Vector { x: -AROUND, y: AROUND },
        ];
        self.fit_by(bitmap, place, colour, &PLACES)
    }

    fn fit_by(&self, bitmap: &Bitmap, place: &Perspective, colour: bool, offsets: &[Vector]) -> f32 {
        let mut right = 0_usize;
        for &(x, y, dark) in &self.0 {
            for offset in offsets {
                let is_dark = bitmap.at(place.map(x + offset.x, y + offset.y)) == colour;
                right += usize::from(is_dark == dark);
            }
        }
        2.0 * real(right) / real((self.0.len() * offsets.len()).max(1)) - 1.0
    }
}

/// Finds the fourth anchor and moves all four to where the known modules fit best. Gives the code as it lies by these
/// and as it lay before: on noise, or where modules are dots, the second can be the better one. `None`: there is none.
fn locate(bitmap: &Bitmap, start: Anchors, colour: bool, symbols: &mut Vec<Symbol>) -> Option<()> {
    let all = Known::all(start.size);
    let mut best: Option<(f32, Anchors)> = None;
    for anchors in fourth_anchors(bitmap, start, colour) {
        let Some(place) = anchors.perspective() else { continue };
        let fit = all.fit(bitmap, &place, colour);
        if best.as_ref().is_none_or(|best| fit > best.0) {
            best = Some((fit, anchors));
        }
    }
    let (fit, anchors) = best?;
    if fit < WORTH_SAMPLING {
        return None;
    }
    let (climbed, _) = climbed(bitmap, anchors, &all, colour)?;
    for anchors in [climbed, anchors] {
        let place = anchors.perspective()?;
        symbols.push(Symbol { size: anchors.size, place, fit: all.fit(bitmap, &place, colour) });
    }
    Some(())
}

/// The start itself and the few places around it where an alignment pattern fits best.
fn fourth_anchors(bitmap: &Bitmap, start: Anchors, colour: bool) -> Vec<Anchors> {
    let mut anchors = vec![start];
    let pattern = Known::last_alignment(start.size);
    let Some(place) = start.perspective() else { return anchors };
    if pattern.0.is_empty() {
        return anchors;
    }
    let last = anchor(start.size);
    let here = place.map(last, last);
    let (right, down) = (place.map(last + 1.0, last) - here, place.map(last, last + 1.0) - here);
    // The larger the code, the farther off a guess from its corners may be.
    let reach = 8 + start.size / 8;
    let mut places: Vec<(f32, Vector)> = Vec::new();
    for row in 0..=2 * reach {
        for column in 0..=2 * reach {
            let (x, y) = ((real(column) - real(reach)) / 2.0, (real(row) - real(reach)) / 2.0);
            let shift = right * x + down * y;
            let dark_at = |x: f32, y: f32| bitmap.at(here + shift + right * x + down * y) == colour;
            // The middle and the ring around it first: few places pass.
            let ring = [dark_at(-1.0, 0.0), dark_at(1.0, 0.0), dark_at(0.0, -1.0), dark_at(0.0, 1.0)];
            if !dark_at(0.0, 0.0) || ring.into_iter().filter(|&dark| dark).count() > 1 {
                continue;
            }
            let right_ones = pattern.0.iter().filter(|&&(x, y, dark)| dark_at(x - last, y - last) == dark).count();
            if right_ones >= 19 {
                // Of equal ones the nearer.
                let score = real(right_ones) - 0.05 * (x.abs() + y.abs());
                places.push((score, here + shift));
            }
        }
    }
    sort_by(&mut places, |&(score, _)| -score);
    anchors.extend(places.iter().take(6).map(|&(_, at)| {
        let [top_left, top_right, _, bottom_left] = start.points;
        Anchors { points: [top_left, top_right, at, bottom_left], ..start }
    }));
    anchors
}

/// Moves the anchors, one coordinate at a time, while the known modules fit better.
fn climbed(bitmap: &Bitmap, start: Anchors, known: &Known, colour: bool) -> Option<(Anchors, f32)> {
    let side = (start.points[1] - start.points[0]).length().max((start.points[3] - start.points[0]).length());
    let module = side / (real(start.size) - 2.0 * CENTRE);
    let mut best = start;
    let mut best_fit = known.fine_fit(bitmap, &start.perspective()?, colour);
    for step in [0.6, 0.25] {
        let step = step * module;
        let ways = [Vector::new(step, 0.0), Vector::new(-step, 0.0), Vector::new(0.0, step), Vector::new(0.0, -step)];
        for _ in 0..2 {
            let before = best_fit;
            // The fourth first: it is the least certain.
            for point in [2, 1, 3, 0] {
                for way in ways {
                    let mut moved = best;
                    moved.points[point] = moved.points[point] + way;
                    let Some(place) = moved.perspective() else { continue };
                    let fit = known.fine_fit(bitmap, &place, colour);
                    if fit > best_fit {
                        (best, best_fit) = (moved, fit);
                    }
                }
            }
            if best_fit <= before {
                break;
            }
        }
    }
    Some((best, best_fit))
}

impl Symbol {
    /// The corners in pixels of the layer, clockwise from top left.
    pub(super) fn corners(&self) -> [Vector; 4] {
        let far = real(self.size);
        [self.place.map(0.0, 0.0), self.place.map(far, 0.0), self.place.map(far, far), self.place.map(0.0, far)]
    }

    /// The mean grey level of each module's middle, row by row; a code of light modules is turned around.
    pub(super) fn sample(&self, layer: &Layer, colour: bool) -> Vec<f32> {
        let mut levels = Vec::with_capacity(self.size * self.size);
        for y in 0..self.size {
            for x in 0..self.size {
                let mut sum = 0.0;
                for part_y in [0.3, 0.5, 0.7] {
                    for part_x in [0.3, 0.5, 0.7] {
                        sum += layer.grey_at(self.place.map(real(x) + part_x, real(y) + part_y));
                    }
                }
                let mean = sum / 9.0;
                levels.push(if colour { mean } else { 255.0 - mean });
            }
        }
        levels
    }
}

/// Module levels to dark and light: darker than the mean of the 7 × 7 modules around, after what the neighbours'
/// light spilt over is taken off (`sharpen` of the difference to the four beside it).
pub(super) fn modules(levels: &[f32], size: usize, sharpen: f32) -> Vec<bool> {
    const AROUND: usize = 3;
    let stride = size + 1;
    let mut sums = vec![0.0_f64; stride * stride];
    for y in 0..size {
        let mut line = 0.0;
        for x in 0..size {
            line += f64::from(levels[y * size + x]);
            sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + line;
        }
    }
    let mut modules = Vec::with_capacity(size * size);
    for y in 0..size {
        let (top, bottom) = (y.saturating_sub(AROUND), (y + AROUND + 1).min(size));
        for x in 0..size {
            let (left, right) = (x.saturating_sub(AROUND), (x + AROUND + 1).min(size));
            let at = |x: usize, y: usize| sums[y * stride + x];
            let sum = at(right, bottom) + at(left, top) - at(left, bottom) - at(right, top);
            let mean = sum / f64::from(real((right - left) * (bottom - top)));
            let level = levels[y * size + x];
            let beside = [
                levels[y * size + x.saturating_sub(1)],
                levels[y * size + (x + 1).min(size - 1)],
                levels[y.saturating_sub(1) * size + x],
                levels[(y + 1).min(size - 1) * size + x],
            ];
            let spilt = beside.iter().sum::<f32>() - 4.0 * level;
            modules.push(f64::from(level - sharpen * spilt) < mean);
        }
    }
    modules
}
