//! Reflections, and whether they cover something.
//!
//! A lamp mirrored in the laminate is white in its middle, and around that a veil that fades. Over an empty part of the
//! document it harms nothing. It covers something when there are strokes of print in the veil, whose ink it lifts; when
//! something darker than paper begins there, as a portrait does; or when print ends at its rim, where a reflection has a sharp
//! one. Bars and ruled lines are no print: they have strokes one way only. Nor is the heading, which says the same on every
//! document (zone I of ICAO 9303-4 and 9303-5).

use alloc::vec::Vec;

use super::super::geometry::{pixel, real};
use super::cells::{Cells, ratio};

/// Least share of a cell's pixels that are clipped.
const CLIPPED: f32 = 0.5;
/// Least depth of strokes, levels in the mean of a cell: of print in a veil, and of print without one.
const VEILED: f32 = 1.0;
const PLAIN: f32 = 16.0;
/// Least depth of the strokes of the weaker direction, levels in the mean of a cell and those around it.
const BOTH_WAYS: f32 = 0.1;
/// How much a veil lifts the darkest pixel of print above the document's ink, and the mean of a cell above the document's,
/// levels.
const LIFTED: f32 = 30.0;
const LIGHTER: f32 = 10.0;
/// How much darker than the document's mean a portrait is, levels.
const DARKER: f32 = 40.0;
/// How far a veil reaches in parts of the reflection's half width, and at most, in cells.
const VEIL: f32 = 0.6;
const FURTHEST: usize = 4;
/// Height of the heading, millimetres. Lower than any zone lies above the other edge, should the document lie upside down.
const HEADING: usize = 7;

/// What shines on a document.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Glare {
    /// Square millimetres of print and portrait in the light of reflections.
    pub(crate) covering: f32,
    /// Where the worst one covers something: left, top, right, bottom in cells.
    pub(crate) worst: [usize; 4],
}

/// Buffers of the measure.
#[derive(Default)]
pub(crate) struct Spots {
    kinds: Vec<Kind>,
    /// The last reflection that a cell was looked at for, from 1.
    seen: Vec<u32>,
    /// Cells of a reflection, and how many cells from it the others are.
    queue: Vec<(usize, usize)>,
}

/// What a cell shows.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Kind {
    clipped: bool,
    /// Print as dark as elsewhere.
    print: bool,
    /// Print whose ink is lifted.
    veiled: bool,
    /// Darker than paper, without strokes.
    dark: bool,
}

/// One reflection.
struct Spot {
    covering: f32,
    bounds: [usize; 4],
}

impl Spot {
    fn cover(&mut self, x: usize, y: usize) {
        let [left, top, right, bottom] = self.bounds;
        self.covering += 1.0;
        self.bounds = [left.min(x), top.min(y), right.max(x + 1), bottom.max(y + 1)];
    }
}

impl Spots {
    pub(crate) fn glare(&mut self, cells: &Cells) -> Glare {
        self.tell(cells);
        self.seen.clear();
        self.seen.resize(self.kinds.len(), 0);
        let mut glare = Glare::default();
        let (mut most, mut name) = (0.0, 0);
        for start in 0..self.kinds.len() {
            if self.kinds[start].clipped && self.seen[start] == 0 {
                name += 1;
                let spot = self.spot(cells, start, name);
                glare.covering += spot.covering;
                if spot.covering > most {
                    (most, glare.worst) = (spot.covering, spot.bounds);
                }
            }
        }
        glare
    }

    /// Tells what each cell shows.
    fn tell(&mut self, cells: &Cells) {
        let (ink, middle) = (cells.percentile(0.01), cells.percentile(0.5));
        self.kinds.clear();
        self.kinds.extend(cells.cells.iter().enumerate().map(|(place, cell)| {
            let (x, y) = (place % cells.columns, place / cells.columns);
            let strokes = ratio(cell.stroke[0] + cell.stroke[1], cell.count);
            let letters = y >= HEADING && strokes >= VEILED && both_ways(cells, x, y) >= BOTH_WAYS;
            let lifted = f32::from(cell.least) >= ink + LIFTED;
            let clipped = ratio(cell.white, cell.count) >= CLIPPED;
            let mean = cell.mean();
            Kind {
                clipped,
                print: letters && !clipped && !lifted && strokes >= PLAIN,
                veiled: letters && lifted && mean >= middle + LIGHTER,
                dark: strokes < VEILED && mean < middle - DARKER,
            }
        }));
    }

    fn spot(&mut self, cells: &Cells, start: usize, name: u32) -> Spot {
        let beside = |place: usize| {
            let (x, y) = (place % cells.columns, place / cells.columns);
            [(1, 0), (-1, 0), (0, 1), (0, -1)].into_iter().filter_map(move |(dx, dy): (isize, isize)| {
                let (x, y) = x.checked_add_signed(dx).zip(y.checked_add_signed(dy))?;
                (x < cells.columns && y < cells.rows).then_some((x, y, dx != 0))
            })
        };
        let mut spot = Spot { covering: 0.0, bounds: [usize::MAX, usize::MAX, 0, 0] };
        self.queue.clear();
        self.queue.push((start, 0));
        self.seen[start] = name;
        let (mut area, mut rim) = (0, 0);
        while let Some(&(place, _)) = self.queue.get(area) {
            area += 1;
            for (x, y, sideways) in beside(place) {
                let next = y * cells.columns + x;
                if !self.kinds[next].clipped {
                    rim += 1;
                    // A letter that is cut off goes on beside the reflection; a row above or below it is not touched.
                    if sideways && self.kinds[next].print {
                        spot.cover(x, y);
                    }
                } else if self.seen[next] != name {
                    self.seen[next] = name;
                    self.queue.push((next, 0));
                }
            }
        }
        // A disc's area is half its radius times its rim.
        let half = 2.0 * real(area) / real(rim.max(1));
        let reach = pixel(VEIL * half + 0.5).clamp(1, FURTHEST);
        let mut at = 0;
        while let Some(&(place, ring)) = self.queue.get(at) {
            at += 1;
            let kind = self.kinds[place];
            if kind.veiled || (kind.dark && ring > 0) {
                spot.cover(place % cells.columns, place / cells.columns);
            }
            if ring == reach {
                continue;
            }
            for (x, y, _) in beside(place) {
                let next = y * cells.columns + x;
                if self.seen[next] != name && !self.kinds[next].clipped {
                    self.seen[next] = name;
                    self.queue.push((next, ring + 1));
                }
            }
        }
        spot
    }
}

/// The mean depth of the strokes of the weaker direction in a cell and those around it.
fn both_ways(cells: &Cells, x: usize, y: usize) -> f32 {
    let (mut strokes, mut count) = ([0, 0], 0);
    for row in y.saturating_sub(1)..(y + 2).min(cells.rows) {
        for column in x.saturating_sub(1)..(x + 2).min(cells.columns) {
            let cell = cells.at(column, row);
            count += cell.count;
            for (sum, more) in strokes.iter_mut().zip(cell.stroke) {
                *sum += more;
            }
        }
    }
    ratio(strokes[0].min(strokes[1]), count)
}
