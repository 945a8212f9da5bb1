//! Fingers over an edge: a stretch of the margin that goes on outside the document without a step, between two dark flanks.
//!
//! Skin can have the grey of paper. A finger is round all the same and throws a shadow: it is darker along both of its sides,
//! where an empty margin is even.
//!
//! Its constants were set on the fingers at the edge, seeds 5000 to 5059, and reported on 31000 to 31059:
//! `docs/decisions/0005-capture.md`, measured again by `cargo xtask bench gates`.

use super::super::geometry::{pixel, real};
use super::super::luma::Luma;
use super::super::rectify::Flat;
use super::cells::Cells;

/// How much the grey may differ on the two sides of the document's edge, in parts of the margin's.
const GOES_ON: f32 = 0.12;
/// Least and most millimetres of the edge between the flanks of a finger or two.
const LEAST_WIDTH: usize = 5;
const MOST_WIDTH: usize = 45;
/// How far from the stretch the flanks are looked for, beyond it and within, in millimetres.
const BEYOND: usize = 4;
/// Most grey of a flank, in parts of the middle's.
const FLANK: f32 = 0.92;
/// Most grey of skin that needs no flanks, in parts of the margin's.
const DARKER: f32 = 0.78;
/// Most grey of the middle, in parts of the margin's: a lighter stretch is print on the margin.
const LIGHTER: f32 = 1.07;
/// How far the grey goes up and down along a finger, in parts of it.
const ALONG: f32 = 0.15;
/// How far outside the document it is looked for, in millimetres.
const OUTSIDE: f32 = 2.0;

/// What lies over the edges.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Fingers {
    /// Area, square millimetres.
    pub(crate) area: f32,
    /// Where: left, top, right, bottom in cells.
    pub(crate) place: [usize; 4],
}

pub(crate) fn fingers(flat: &Flat, cells: &Cells, luma: Luma<'_>) -> Fingers {
    let mut fingers = Fingers::default();
    if cells.columns < 8 || cells.rows < 8 {
        return fingers;
    }
    for side in 0..4 {
        let edge = Edge { flat, cells, luma, side };
        let length = edge.length();
        let usual = edge.usual();
        let mut start = 2;
        while start + LEAST_WIDTH + 2 < length {
            let Some((end, middle)) = edge.finger(start, usual) else {
                start += 1;
                continue;
            };
            let (mut area, mut deepest) = (0, 1);
            for along in start..end {
                // A dark finger has a lighter nail and darker flanks.
                let like = |&inwards: &usize| {
                    let level = edge.level(along, inwards);
                    (level - middle).abs() < ALONG * middle || middle.max(level) < usual * DARKER
                };
                let reach = (1..edge.depth() / 2).take_while(like).count() + 1;
                area += reach;
                deepest = deepest.max(reach);
            }
            let area = real(area);
            if area > fingers.area {
                let (one, other) = (edge.at(start, 0), edge.at(end - 1, deepest - 1));
                let place = [one.0.min(other.0), one.1.min(other.1), one.0.max(other.0) + 1, one.1.max(other.1) + 1];
                fingers = Fingers { area, place };
            }
            start = end;
        }
    }
    fingers
}

/// One side of the document.
struct Edge<'a> {
    flat: &'a Flat,
    cells: &'a Cells,
    luma: Luma<'a>,
    /// 0 = top, 1 = right, 2 = bottom, 3 = left.
    side: usize,
}

impl Edge<'_> {
    fn length(&self) -> usize {
        if self.side.is_multiple_of(2) { self.cells.columns } else { self.cells.rows }
    }

    fn depth(&self) -> usize {
        if self.side.is_multiple_of(2) { self.cells.rows } else { self.cells.columns }
    }

    /// A place along the side and inwards as column and row.
    fn at(&self, along: usize, inwards: usize) -> (usize, usize) {
        match self.side {
            0 => (along, inwards),
            1 => (self.cells.columns - 1 - inwards, along),
            2 => (along, self.cells.rows - 1 - inwards),
            _ => (inwards, along),
        }
    }

    fn level(&self, along: usize, inwards: usize) -> f32 {
        let (column, row) = self.at(along, inwards);
        self.cells.at(column, row).mean()
    }

    /// The margin's usual grey: the median by counting, a millimetre in.
    fn usual(&self) -> f32 {
        let mut counts = [0_usize; 256];
        for along in 0..self.length() {
            counts[pixel(self.level(along, 1)).min(255)] += 1;
        }
        let mut below = 0;
        let usual = counts.iter().position(|&count| {
            below += count;
            below * 2 > self.length()
        });
        real(usual.unwrap_or(0))
    }

    /// A finger that begins here: where it ends and its grey.
    fn finger(&self, start: usize, usual: f32) -> Option<(usize, f32)> {
        let length = self.length();
        let mut end = start;
        let mut sum = 0.0;
        while end + 2 < length && end - start < MOST_WIDTH && self.goes_on(end, usual) {
            let here = self.level(end, 1);
            sum += here;
            end += 1;
            let middle = sum / real(end - start);
            if end - start < LEAST_WIDTH {
                continue;
            }
            if middle < usual * DARKER {
                // All of it, to where it is no longer dark.
                while end + 2 < length && self.goes_on(end, usual) && self.level(end, 1) < usual * DARKER {
                    end += 1;
                }
                return (end - start <= MOST_WIDTH).then_some((end, middle));
            }
            let darkest = |from: usize, to: usize| {
                (from..to.min(length)).map(|along| self.level(along, 1)).fold(f32::INFINITY, f32::min)
            };
            let flanks = darkest(start.saturating_sub(BEYOND), start).max(darkest(end, end + BEYOND));
            let even = (start..end).all(|along| (self.level(along, 1) - middle).abs() < ALONG * middle);
            if even && flanks < FLANK * middle && middle < usual * LIGHTER {
                return Some((end, middle));
            }
        }
        None
    }

    /// Whether there is no step from the margin to what is outside, or both are much darker than the margin: a nail that ends
    /// at the document's edge is a step of its own.
    fn goes_on(&self, along: usize, usual: f32) -> bool {
        let (flat, luma) = (self.flat, self.luma);
        let scale = real(flat.per_mm());
        let middle = (real(along) + 0.5) * scale;
        let (x, y) = match self.side {
            0 => (middle, -OUTSIDE * scale),
            1 => (real(flat.width()) + OUTSIDE * scale, middle),
            2 => (middle, real(flat.height()) + OUTSIDE * scale),
            _ => (-OUTSIDE * scale, middle),
        };
        let place = flat.in_picture(x, y);
        let inside = place.x >= 0.0 && place.y >= 0.0 && place.x < real(luma.width()) && place.y < real(luma.height());
        if !inside {
            return false;
        }
        let (out, level) = (f32::from(luma.row(pixel(place.y))[pixel(place.x)]), self.level(along, 1));
        (out - level).abs() < GOES_ON * usual || out.max(level) < usual * DARKER
    }
}
