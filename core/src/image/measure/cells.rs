//! What every measure reads: sums over cells of one square millimetre of the flat document, in one pass.

use alloc::vec::Vec;

use super::super::rectify::Flat;

/// A grey level from which a pixel counts as clipped: JPEG moves pure white by a few levels.
pub(crate) const WHITE: u8 = 250;

/// One square millimetre.
#[derive(Clone, Copy, Default)]
pub(crate) struct Cell {
    /// Pixels.
    pub(crate) count: u32,
    /// Sum of the grey levels.
    pub(crate) sum: u32,
    /// Sum of their squares.
    pub(crate) square: u32,
    /// Pixels of [`WHITE`] and above.
    pub(crate) white: u32,
    /// Sums of squared differences to the pixel a fifth of a millimetre to the right, and down.
    pub(crate) near: [u32; 2],
    /// The same to the pixel four fifths of a millimetre away.
    pub(crate) far: [u32; 2],
    /// How many pixels have both.
    pub(crate) pairs: [u32; 2],
}

impl Cell {
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
        for way in 0..2 {
            self.near[way] += other.near[way];
            self.far[way] += other.far[way];
            self.pairs[way] += other.pairs[way];
        }
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
        self.cells.resize(self.columns * self.rows, Cell::default());
        self.histogram.clear();
        self.histogram.resize(256, 0);
        if flat.is_empty() {
            (self.columns, self.rows) = (0, 0);
            self.cells.clear();
            return;
        }
        let (near, far) = (size / 5, size * 4 / 5);
        let width = self.columns * size;
        for y in 0..self.rows * size {
            let row = &flat.row(y)[..width];
            let below = (y + far < flat.height()).then(|| (flat.row(y + near), flat.row(y + far)));
            let line = &mut self.cells[y / size * self.columns..][..self.columns];
            for ((cell, pixels), start) in line.iter_mut().zip(row.chunks_exact(size)).zip((0..).step_by(size)) {
                let (mut sum, mut square, mut white) = (0_u32, 0_u32, 0_u32);
                for &grey in pixels {
                    let level = u32::from(grey);
                    sum += level;
                    square += level * level;
                    white += u32::from(grey >= WHITE);
                }
                cell.count += u32::try_from(size).unwrap_or(0);
                cell.sum += sum;
                cell.square += square;
                cell.white += white;
                if start + size + far <= row.len() {
                    cell.near[0] += differences(pixels, &row[start + near..]);
                    cell.far[0] += differences(pixels, &row[start + far..]);
                    cell.pairs[0] += u32::try_from(size).unwrap_or(0);
                }
                if let Some((nearer, further)) = below {
                    cell.near[1] += differences(pixels, &nearer[start..]);
                    cell.far[1] += differences(pixels, &further[start..]);
                    cell.pairs[1] += u32::try_from(size).unwrap_or(0);
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

/// 0 when there is nothing to divide by.
pub(crate) fn ratio(part: u32, whole: u32) -> f32 {
    if whole == 0 { 0.0 } else { super::count(part) / super::count(whole) }
}
