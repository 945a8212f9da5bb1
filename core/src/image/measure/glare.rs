//! Reflections, and whether they cover something.
//!
//! A lamp mirrored in the laminate is white in its middle, and around that a veil that fades. Over an empty part of the
//! document it harms nothing. It covers something when a row of print ends at it, and surely when that goes on behind it; when
//! there are strokes of print in the veil, whose ink it lifts; when something darker than paper begins there or lies all
//! around, as a portrait does. Bars and ruled lines are no print: they have strokes one way only. Nor is the heading, which
//! says the same on every document (zone I of ICAO 9303-4 and 9303-5).
//!
//! Its constants were set on the reflections at the edge, seeds 5000 to 5059, those of print in a veil on 31000 to 31059 as well, and
//! reported on 33000 to 33059: `docs/decisions/0005-capture.md`, measured again by `cargo xtask bench gates`.

use alloc::vec::Vec;

use super::cells::{Cells, ratio};

/// Least share of a cell's pixels that are clipped.
const CLIPPED: f32 = 0.5;
/// Least depth of strokes, levels in the mean of a cell: of print in a veil, and of print without one. Fine lines of the
/// background in a veil have less.
const VEILED: f32 = 4.0;
const PLAIN: f32 = 16.0;
/// Least depth of the strokes of the weaker direction, levels in the mean of a cell and those around it.
const BOTH_WAYS: f32 = 0.5;
/// The same in parts of the stronger direction: bars have less.
const LETTERS: f32 = 0.2;
/// How much a veil lifts the darkest pixel of print above the document's ink, and the mean of a cell above the document's,
/// levels.
const LIFTED: f32 = 30.0;
const LIGHTER: f32 = 10.0;
/// How far beside what is clipped a row of print goes on, in cells: the veil and a gap between two letters.
const GAP: usize = 3;
/// How much darker than the document's mean a portrait is, levels, and most depth of its strokes.
const DARKER: f32 = 30.0;
const STROKES: f32 = 1.5;
/// Least part of the document that a dark area has which is a portrait: one fiftieth. A letter across the document has less.
const PORTRAIT: usize = 50;
/// How far a veil reaches, in cells.
const VEIL: usize = 5;
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
    /// What large dark areas fill: left, top, right, bottom in cells.
    portraits: Vec<[usize; 4]>,
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
        let mut name = 0;
        self.portraits(cells, &mut name);
        let mut glare = Glare::default();
        let mut most = 0.0;
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
            let letters = y >= HEADING && strokes >= VEILED && both_ways(cells, x, y);
            let lifted = f32::from(cell.least) >= ink + LIFTED;
            let clipped = ratio(cell.white, cell.count) >= CLIPPED;
            let mean = cell.mean();
            Kind {
                clipped,
                print: letters && !clipped && !lifted && strokes >= PLAIN,
                veiled: letters && lifted && mean >= middle + LIGHTER,
                dark: strokes < STROKES && mean < middle - DARKER,
            }
        }));
    }

    /// Finds the areas that a portrait fills.
    fn portraits(&mut self, cells: &Cells, name: &mut u32) {
        self.portraits.clear();
        for start in 0..self.kinds.len() {
            if !self.kinds[start].dark || self.seen[start] != 0 {
                continue;
            }
            *name += 1;
            self.queue.clear();
            self.queue.push((start, 0));
            self.seen[start] = *name;
            let (mut area, mut bounds) = (0, [usize::MAX, usize::MAX, 0, 0]);
            while let Some(&(place, _)) = self.queue.get(area) {
                area += 1;
                let (x, y) = (place % cells.columns, place / cells.columns);
                let [left, top, right, bottom] = bounds;
                bounds = [left.min(x), top.min(y), right.max(x + 1), bottom.max(y + 1)];
                for (x, y) in beside(cells, place) {
                    let next = y * cells.columns + x;
                    if self.kinds[next].dark && self.seen[next] == 0 {
                        self.seen[next] = *name;
                        self.queue.push((next, 0));
                    }
                }
            }
            if area * PORTRAIT >= self.kinds.len() {
                self.portraits.push(bounds);
            } else {
                for &(place, _) in &self.queue {
                    self.kinds[place].dark = false;
                }
            }
        }
    }

    /// One reflection: what is clipped, and the veil around it.
    fn spot(&mut self, cells: &Cells, start: usize, name: u32) -> Spot {
        let mut spot = Spot { covering: 0.0, bounds: [usize::MAX, usize::MAX, 0, 0] };
        self.queue.clear();
        self.queue.push((start, 0));
        self.seen[start] = name;
        let mut at = 0;
        while let Some(&(place, _)) = self.queue.get(at) {
            at += 1;
            if place % cells.columns == 0 || !self.kinds[place - 1].clipped {
                self.row(cells, place, &mut spot);
            }
            for (x, y) in beside(cells, place) {
                let next = y * cells.columns + x;
                if self.kinds[next].clipped && self.seen[next] != name {
                    self.seen[next] = name;
                    self.queue.push((next, 0));
                }
            }
        }
        let mut at = 0;
        while let Some(&(place, ring)) = self.queue.get(at) {
            at += 1;
            let kind = self.kinds[place];
            if kind.veiled || (kind.dark && ring > 0) {
                spot.cover(place % cells.columns, place / cells.columns);
            }
            if ring == VEIL {
                continue;
            }
            for (x, y) in beside(cells, place) {
                let next = y * cells.columns + x;
                if self.seen[next] != name && !self.kinds[next].clipped {
                    self.seen[next] = name;
                    self.queue.push((next, ring + 1));
                }
            }
        }
        spot
    }

    /// One row of a reflection's clipped cells, from its left end: print on both sides goes on behind it.
    fn row(&self, cells: &Cells, start: usize, spot: &mut Spot) {
        let (first, y) = (start % cells.columns, start / cells.columns);
        let line = &self.kinds[start - first..][..cells.columns];
        let end = first + line[first..].iter().take_while(|kind| kind.clipped).count();
        let print = |kind: &Kind| kind.print;
        let before = line[first.saturating_sub(GAP)..first].iter().any(print);
        let after = line[end..(end + GAP).min(cells.columns)].iter().any(print);
        for (x, kind) in line.iter().enumerate().take(end).skip(first) {
            let ends = (before && x == first) || (after && x == end - 1);
            let within =
                |&[left, top, right, bottom]: &[usize; 4]| (left..right).contains(&x) && (top..bottom).contains(&y);
            // A letter that shines through counts already.
            if !kind.veiled && ((before && after) || ends || self.portraits.iter().any(within)) {
                spot.cover(x, y);
            }
        }
    }
}

/// The cells beside one.
fn beside(cells: &Cells, place: usize) -> impl Iterator<Item = (usize, usize)> + use<> {
    let (columns, rows) = (cells.columns, cells.rows);
    let (x, y) = (place % columns, place / columns);
    [(1, 0), (-1, 0), (0, 1), (0, -1)].into_iter().filter_map(move |(dx, dy): (isize, isize)| {
        let (x, y) = x.checked_add_signed(dx).zip(y.checked_add_signed(dy))?;
        (x < columns && y < rows).then_some((x, y))
    })
}

/// Whether the strokes in a cell and those around it go both ways, as those of letters do.
fn both_ways(cells: &Cells, x: usize, y: usize) -> bool {
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
    let [weaker, stronger] = [strokes[0].min(strokes[1]), strokes[0].max(strokes[1])].map(|sum| ratio(sum, count));
    weaker >= BOTH_WAYS.max(LETTERS * stronger)
}
