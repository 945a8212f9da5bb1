//! What every measure reads: sums over cells of one square millimetre of the flat document, in one pass.

use alloc::vec::Vec;

use super::super::rectify::Flat;

/// A grey level from which a pixel counts as clipped: JPEG moves pure white by a few levels.
pub(crate) const WHITE: u8 = 250;

/// Noise and fine background lines are no strokes, levels.
const FAINT: u8 = 12;

/// One square millimetre.
#[derive(Clone, Copy)]
pub(crate) struct Cell {
    /// Pixels.
    pub(crate) count: u32,
    /// Sum of the grey levels.
    pub(crate) sum: u32,
    /// Sum of their squares.
    pub(crate) square: u32,
    /// Pixels of [`WHITE`] and above.
    pub(crate) white: u32,
    /// The darkest pixel.
    pub(crate) least: u8,
    /// Strokes: how much darker pixels are than both pixels two fifths of a millimetre to their sides, beyond
    /// [`FAINT`] levels, summed over both directions.
    pub(crate) stroke: [u32; 2],
    /// The slope within squares of a fifth of a millimetre: sums of the squares of twice what the grey rises to the right,
    /// twice what it rises downwards, and what it rises along the falling diagonal.
    pub(crate) slope: [u32; 3],
    /// How many squares.
    pub(crate) squares: u32,
    /// Sums of squared differences to the pixel four fifths of a millimetre to the right, and down.
    pub(crate) far: [u32; 2],
    /// How many pairs of pixels.
    pub(crate) pairs: [u32; 2],
}

impl Cell {
    /// No pixel at all.
    pub(crate) const EMPTY: Self = Self {
        count: 0,
        sum: 0,
        square: 0,
        white: 0,
        least: u8::MAX,
        stroke: [0; 2],
        slope: [0; 3],
        squares: 0,
        far: [0; 2],
        pairs: [0; 2],
    };

    pub(crate) fn mean(&self) -> f32 {
        ratio(self.sum, self.count)
    }

    /// Variance of the grey levels, levels².
    pub(crate) fn variance(&self) -> f32 {
        let mean = self.mean();
        (ratio(self.square, self.count) - mean * mean).max(0.0)
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.sum += other.sum;
        self.square += other.square;
        self.white += other.white;
        self.least = self.least.min(other.least);
        self.squares += other.squares;
        for (sum, more) in self.slope.iter_mut().zip(other.slope) {
            *sum += more;
        }
        for way in 0..2 {
            self.stroke[way] += other.stroke[way];
            self.far[way] += other.far[way];
            self.pairs[way] += other.pairs[way];
        }
    }

    /// The structure tensor (Förstner and Gülch 1987): mean squares of the slope to the right and downwards, and the mean of
    /// their product, levels² over a fifth of a millimetre. It tells the slope's mean square along any direction.
    pub(crate) fn tensor(&self) -> [f32; 3] {
        let [right, down, diagonal] = self.slope.map(|sum| ratio(sum, self.squares));
        let (right, down) = (right / 4.0, down / 4.0);
        [right, down, (diagonal - right - down) / 2.0]
    }

    /// Mean squared difference over four fifths of a millimetre, to the right and down, levels².
    pub(crate) fn far(&self) -> [f32; 2] {
        core::array::from_fn(|way| ratio(self.far[way], self.pairs[way]))
    }
}

/// All cells of a document, row by row, and the histogram of its grey levels.
#[derive(Default)]
pub(crate) struct Cells {
    pub(crate) columns: usize,
    pub(crate) rows: usize,
    pub(crate) cells: Vec<Cell>,
    pub(crate) histogram: Vec<u32>,
}

impl Cells {
    pub(crate) fn fill(&mut self, flat: &Flat) {
        let size = flat.per_mm().max(1);
        (self.columns, self.rows) = (flat.width() / size, flat.height() / size);
        self.cells.clear();
        self.cells.resize(self.columns * self.rows, Cell::EMPTY);
        self.histogram.clear();
        self.histogram.resize(256, 0);
        if flat.is_empty() {
            (self.columns, self.rows) = (0, 0);
            self.cells.clear();
            return;
        }
        let (near, middle, far) = (size / 5, size * 2 / 5, size * 4 / 5);
        let width = self.columns * size;
        for y in 0..self.rows * size {
            let row = &flat.row(y)[..width];
            let below = (y + far < flat.height()).then(|| (flat.row(y + near), flat.row(y + far)));
            let beside =
                (y >= middle && y + middle < flat.height()).then(|| (flat.row(y - middle), flat.row(y + middle)));
            let line = &mut self.cells[y / size * self.columns..][..self.columns];
            for ((cell, pixels), start) in line.iter_mut().zip(row.chunks_exact(size)).zip((0..).step_by(size)) {
                let (mut sum, mut square, mut white, mut least) = (0_u32, 0_u32, 0_u32, cell.least);
                for &grey in pixels {
                    let level = u32::from(grey);
                    sum += level;
                    square += level * level;
                    white += u32::from(grey >= WHITE);
                    least = least.min(grey);
                }
                cell.count += u32::try_from(size).unwrap_or(0);
                cell.sum += sum;
                cell.square += square;
                cell.white += white;
                cell.least = least;
                let pairs = u32::try_from(size).unwrap_or(0);
                if start + size + far <= row.len() {
                    cell.far[0] += differences(pixels, &row[start + far..]);
                    cell.pairs[0] += pairs;
                }
                if start >= middle && start + size + middle <= row.len() {
                    cell.stroke[0] += strokes(pixels, &row[start - middle..], &row[start + middle..]);
                }
                if let Some((above, under)) = beside {
                    cell.stroke[1] += strokes(pixels, &above[start..], &under[start..]);
                }
                let Some((nearer, further)) = below else { continue };
                cell.far[1] += differences(pixels, &further[start..]);
                cell.pairs[1] += pairs;
                if start + size + near <= row.len() {
                    let sums = slopes(pixels, &row[start + near..], &nearer[start..], &nearer[start + near..]);
                    for (sum, more) in cell.slope.iter_mut().zip(sums) {
                        *sum += more;
                    }
                    cell.squares += pairs;
                }
            }
            for &grey in row {
                self.histogram[usize::from(grey)] += 1;
            }
        }
    }

    pub(crate) fn at(&self, column: usize, row: usize) -> &Cell {
        &self.cells[row * self.columns + column]
    }

    /// The grey level below which this share of the pixels lies.
    pub(crate) fn percentile(&self, share: f32) -> f32 {
        let all: u32 = self.histogram.iter().sum();
        let wanted = super::whole(share * super::count(all));
        let mut below = 0;
        for (level, &number) in self.histogram.iter().enumerate() {
            below += number;
            if below > wanted {
                return super::super::geometry::real(level);
            }
        }
        255.0
    }
}

fn differences(one: &[u8], other: &[u8]) -> u32 {
    one.iter().zip(other).map(|(&a, &b)| u32::from(a.abs_diff(b)) * u32::from(a.abs_diff(b))).sum()
}

fn strokes(here: &[u8], before: &[u8], after: &[u8]) -> u32 {
    let depth =
        |((&here, &before), &after): ((&u8, &u8), &u8)| before.min(after).saturating_sub(here).saturating_sub(FAINT);
    here.iter().zip(before).zip(after).map(|pixels| u32::from(depth(pixels))).sum()
}

/// The sums of [`Cell::slope`] over squares with these corners (Roberts 1963).
fn slopes(here: &[u8], right: &[u8], below: &[u8], across: &[u8]) -> [u32; 3] {
    let mut sums = [0_i32; 3];
    for (((&here, &right), &below), &across) in here.iter().zip(right).zip(below).zip(across) {
        let (falling, rising) = (i32::from(across) - i32::from(here), i32::from(right) - i32::from(below));
        sums[0] += (falling + rising) * (falling + rising);
        sums[1] += (falling - rising) * (falling - rising);
        sums[2] += falling * falling;
    }
    sums.map(i32::unsigned_abs)
}

/// 0 when there is nothing to divide by.
pub(crate) fn ratio(part: u32, whole: u32) -> f32 {
    if whole == 0 { 0.0 } else { super::count(part) / super::count(whole) }
}
