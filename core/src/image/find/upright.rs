//! Which way up a document lies, by what is on it: a machine-readable zone is below (ICAO 9303-4 and -5), rows of text begin
//! under each other and end anywhere, a document is filled from its top, and in a portrait shoulders are below.

use alloc::vec::Vec;

use super::super::geometry::{Homography, Quad, pixel, real};
use super::super::luma::Luma;
use super::Format;

/// Samples per millimetre.
const FINE: usize = 3;
/// Longest side of a document, in millimetres.
const LONGEST: usize = 128;
/// Strokes that change less than this share of the strongest tenth are security print, and less than so many levels noise.
const LEAST_STROKE: usize = 35;
const LEAST_LEVELS: usize = 4;
/// A machine-readable zone lies within so many millimetres of the lower edge (ICAO 9303-4 §4.1, 9303-5 §3.1: 23.2 mm).
const ZONE: usize = 23;
/// So many millimetres of it are rows of letters at least, which fill this share of the width or more.
const ZONE_ROWS: usize = 5;
const ZONE_FULL: f32 = 0.75;
/// A gap of so many millimetres ends a piece of text; shorter pieces are none.
const GAP: usize = 3;
const PIECE: usize = 5;
/// How much speaks for each: the ratio of mean to variance on drawn documents of the seeds 1000 to 1399, rounded, less for
/// where a portrait is: those drawn have it on the right more often than real ones.
const BY_ZONE: f32 = 60.0;
const BY_STARTS: f32 = 28.0;
const BY_SHOULDERS: f32 = 22.0;
const BY_FILLING: f32 = 40.0;
const BY_PORTRAIT: f32 = 6.0;

/// The document in square millimetres. Kept by the caller, so that a frame allocates nothing.
#[derive(Default)]
pub(super) struct Page {
    columns: usize,
    rows: usize,
    samples: Vec<u8>,
    /// Mean grey of each square, and how much it changes from sample to sample along the rows.
    grey: Vec<u8>,
    strokes: Vec<u8>,
    /// Least change of a square with print in it.
    ink: u8,
}

impl Page {
    /// How much speaks for the document's being upright in these corners: negative for upside down, about the logarithm of
    /// the odds; 0 where there is nothing on it.
    pub(super) fn upright(&mut self, luma: Luma<'_>, quad: &Quad, format: Format) -> f32 {
        if !self.fill(luma, quad, format) {
            return 0.0;
        }
        let mut cover = [0.0; LONGEST];
        let cover = &mut cover[..self.rows];
        let (mut starts, mut ends) = ([0.0; LONGEST], [0.0; LONGEST]);
        for (row, share) in cover.iter_mut().enumerate() {
            *share = self.covered(row);
            self.pieces(row, &mut starts, &mut ends);
        }
        let (starts, ends) = (heaped(&starts), heaped(&ends));
        let half = self.rows / 2;
        let (upper, lower) = (cover[..half].iter().sum(), cover[self.rows - half..].iter().sum());
        BY_ZONE * (zone(&cover[self.rows - ZONE..]) - zone(&cover[..ZONE]))
            + BY_STARTS * balance(starts, ends)
            + BY_FILLING * balance(upper, lower)
            + self.portrait()
    }

    fn fill(&mut self, luma: Luma<'_>, quad: &Quad, format: Format) -> bool {
        let (across, down) = format.millimetres();
        (self.columns, self.rows) = (pixel(across), pixel(down));
        let (width, height) = (self.columns * FINE, self.rows * FINE);
        let flat = Quad::upright(0.0, 0.0, real(width), real(height));
        let Some(map) = Homography::between(flat.0, quad.0) else { return false };
        self.samples.clear();
        for y in 0..height {
            let mut walk = map.row(real(y) + 0.5);
            self.samples.extend((0..width).map(|_| super::refine::grey(luma, walk.next())));
        }
        self.grey.clear();
        self.strokes.clear();
        for rows in self.samples.chunks_exact(width * FINE) {
            for column in (0..width).step_by(FINE) {
                let (mut sum, mut change) = (0, 0);
                for row in rows.chunks_exact(width) {
                    // With the first one of the next square, where there is one.
                    let square = &row[column..(column + FINE + 1).min(width)];
                    sum += square[..FINE].iter().map(|&grey| usize::from(grey)).sum::<usize>();
                    change += square.windows(2).map(|pair| usize::from(pair[0].abs_diff(pair[1]))).sum::<usize>();
                }
                let mean = |sum: usize| u8::try_from(sum / (FINE * FINE)).unwrap_or(u8::MAX);
                self.grey.push(mean(sum));
                self.strokes.push(mean(change));
            }
        }
        let mut counts = [0_usize; 256];
        self.strokes.iter().for_each(|&change| counts[usize::from(change)] += 1);
        let mut above = 0;
        let strong = counts.iter().rposition(|&count| {
            above += count;
            above * 10 > self.strokes.len()
        });
        let least = strong.unwrap_or(0) * LEAST_STROKE / 100;
        self.ink = u8::try_from(least.max(LEAST_LEVELS)).unwrap_or(u8::MAX);
        true
    }

    fn row(&self, row: usize) -> &[u8] {
        &self.strokes[row * self.columns..][..self.columns]
    }

    /// Share of a row with print, without the margins.
    fn covered(&self, row: usize) -> f32 {
        let margin = self.columns * 6 / 100;
        let row = &self.row(row)[margin..self.columns - margin];
        real(row.iter().filter(|&&change| change >= self.ink).count()) / real(row.len())
    }

    /// Counts where pieces of text begin and end in a row.
    fn pieces(&self, row: usize, starts: &mut [f32; LONGEST], ends: &mut [f32; LONGEST]) {
        let mut piece: Option<(usize, usize)> = None;
        let mut ended = |(first, last): (usize, usize)| {
            if last - first >= PIECE {
                starts[first] += 1.0;
                ends[last] += 1.0;
            }
        };
        for (place, &change) in self.row(row).iter().enumerate() {
            if change >= self.ink {
                piece = Some((piece.map_or(place, |(first, _)| first), place));
            } else if let Some((first, last)) = piece
                && place - last > GAP
            {
                ended((first, last));
                piece = None;
            }
        }
        if let Some(piece) = piece {
            ended(piece);
        }
    }

    /// Where a portrait would be on the left and on the right; in the darker one, what is beside the head and beside the neck:
    /// a light wall above, clothes below (ICAO 9303-3 §3.2).
    fn portrait(&self) -> f32 {
        let side = |left: f32| self.mean([left, left + 0.22], [0.25, 0.75]);
        let (left, right) = (side(0.07), side(0.71));
        let from = if left < right { 0.07 } else { 0.71 };
        let beside =
            |rows: [f32; 2]| self.mean([from, from + 0.07], rows) + self.mean([from + 0.15, from + 0.22], rows);
        BY_PORTRAIT * balance(right, left) + BY_SHOULDERS * balance(beside([0.25, 0.4]), beside([0.6, 0.75]))
    }

    /// Mean grey of a part of the document, in shares of its sides.
    fn mean(&self, across: [f32; 2], down: [f32; 2]) -> f32 {
        let [left, right] = across.map(|share| pixel(share * real(self.columns)));
        let [top, bottom] = down.map(|share| pixel(share * real(self.rows)));
        let rows = self.grey.chunks_exact(self.columns).take(bottom).skip(top);
        let sum: usize = rows.flat_map(|row| &row[left..right]).map(|&grey| usize::from(grey)).sum();
        real(sum) / real((right - left) * (bottom - top))
    }
}

/// How full the fullest rows of a zone are, above what other text fills.
fn zone(cover: &[f32]) -> f32 {
    let mut most = [0.0_f32; ZONE_ROWS];
    for &share in cover {
        if let Some(place) = most.iter().position(|&other| share > other) {
            most[place..].rotate_right(1);
            most[place] = share;
        }
    }
    (most.iter().sum::<f32>() / real(ZONE_ROWS) - ZONE_FULL).max(0.0)
}

/// How much places heap up: the sum of squares over neighbours.
fn heaped(counts: &[f32; LONGEST]) -> f32 {
    counts.windows(2).map(|pair| (pair[0] + pair[1]) * (pair[0] + pair[1])).sum()
}

/// The one against the other, −1 to 1.
fn balance(one: f32, other: f32) -> f32 {
    (one - other) / (one + other + 1.0)
}
