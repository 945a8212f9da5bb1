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
    strip: Strip,
}

/// The sums of one row of cells while it is read, column by column: a row of pixels is then many equal sums side by side, which
/// the machine does at once, where a cell's few pixels are not.
#[derive(Default)]
struct Strip {
    sum: Vec<u32>,
    square: Vec<u32>,
    white: Vec<u32>,
    least: Vec<u8>,
    stroke: [Vec<u32>; 2],
    slope: [Vec<u32>; 3],
    far: [Vec<u32>; 2],
}

impl Strip {
    fn begin(&mut self, width: usize) {
        let Self { sum, square, white, least, stroke, slope, far } = self;
        for sums in [sum, square, white].into_iter().chain(stroke).chain(slope).chain(far) {
            sums.clear();
            sums.resize(width, 0);
        }
        least.clear();
        least.resize(width, u8::MAX);
    }

    /// The pixels themselves.
    fn levels(&mut self, row: &[u8]) {
        gather(&mut self.sum, [row], |sum, [grey]| sum + u32::from(grey));
        gather(&mut self.square, [row], |sum, [grey]| sum + u32::from(grey) * u32::from(grey));
        gather(&mut self.white, [row], |sum, [grey]| sum + u32::from(grey >= WHITE));
        gather(&mut self.least, [row], |least, [grey]| least.min(grey));
    }

    /// Strokes between what is before and after them, from the column `from`.
    fn strokes(&mut self, way: usize, from: usize, [here, before, after]: [&[u8]; 3]) {
        let sums = self.stroke[way].get_mut(from..).unwrap_or_default();
        gather(sums, [here, before, after], |sum, [here, before, after]| {
            sum + u32::from(before.min(after).saturating_sub(here).saturating_sub(FAINT))
        });
    }

    fn differences(&mut self, way: usize, rows: [&[u8]; 2]) {
        gather(&mut self.far[way], rows, |sum, [one, other]| {
            let apart = u32::from(one.abs_diff(other));
            sum + apart * apart
        });
    }

    /// The sums of [`Cell::slope`] over squares with these corners (Roberts 1963).
    fn slopes(&mut self, corners: [&[u8]; 4]) {
        let square = |way: i32| (way * way).unsigned_abs();
        let ways = |[here, right, below, across]: [u8; 4]| {
            (i32::from(across) - i32::from(here), i32::from(right) - i32::from(below))
        };
        let [right, down, falling] = &mut self.slope;
        gather(right, corners, |sum, corners| sum + square(ways(corners).0 + ways(corners).1));
        gather(down, corners, |sum, corners| sum + square(ways(corners).0 - ways(corners).1));
        gather(falling, corners, |sum, corners| sum + square(ways(corners).0));
    }
}

/// How many places are gathered at once.
const LANES: usize = 16;

/// Takes one more pixel of each of the rows into what is gathered at each place, as far as all of them reach.
#[inline(always)]
fn gather<T: Copy, const ROWS: usize>(sums: &mut [T], rows: [&[u8]; ROWS], with: impl Fn(T, [u8; ROWS]) -> T) {
    let length = rows.iter().map(|row| row.len()).fold(sums.len(), usize::min);
    let lanes = length / LANES * LANES;
    for at in (0..lanes).step_by(LANES) {
        let pixels: [[u8; LANES]; ROWS] =
            core::array::from_fn(|row| rows[row][at..].first_chunk().copied().unwrap_or([0; LANES]));
        let Some(sums) = sums[at..].first_chunk_mut::<LANES>() else { break };
        for lane in 0..LANES {
            sums[lane] = with(sums[lane], core::array::from_fn(|row| pixels[row][lane]));
        }
    }
    for at in lanes..length {
        sums[at] = with(sums[at], core::array::from_fn(|row| rows[row][at]));
    }
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
        let pixels = u32::try_from(size).unwrap_or(0);
        for (line, cells) in self.cells.chunks_exact_mut(self.columns).enumerate() {
            self.strip.begin(width);
            // How many of the rows have one further down, and both above and below.
            let mut below = 0;
            for y in line * size..(line + 1) * size {
                let row = &flat.row(y)[..width];
                self.strip.levels(row);
                self.strip.differences(0, [row, &row[far.min(width)..]]);
                if let Some(further) = row.get(middle * 2..) {
                    self.strip.strokes(0, middle, [&row[middle..], row, further]);
                }
                if y >= middle && y + middle < flat.height() {
                    self.strip.strokes(1, 0, [row, flat.row(y - middle), flat.row(y + middle)]);
                }
                if y + far < flat.height() {
                    below += pixels;
                    let nearer = flat.row(y + near);
                    self.strip.differences(1, [row, flat.row(y + far)]);
                    self.strip.slopes([row, &row[near..], nearer, &nearer[near..]]);
                }
                for &grey in row {
                    self.histogram[usize::from(grey)] += 1;
                }
            }
            for (cell, start) in cells.iter_mut().zip((0..).step_by(size)) {
                let end = start + size;
                let sum = |of: &[u32]| of[start..end].iter().sum::<u32>();
                let Strip { sum: all, square, white, least, stroke, slope, far: differences } = &self.strip;
                cell.count = pixels * pixels;
                cell.sum = sum(all);
                cell.square = sum(square);
                cell.white = sum(white);
                cell.least = least[start..end].iter().copied().min().unwrap_or(u8::MAX);
                cell.stroke[1] = sum(&stroke[1]);
                // Only where the whole cell has what it is compared with.
                if start >= middle && end + middle <= width {
                    cell.stroke[0] = sum(&stroke[0]);
                }
                if end + far <= width {
                    cell.far[0] = sum(&differences[0]);
                    cell.pairs[0] = pixels * pixels;
                }
                cell.far[1] = sum(&differences[1]);
                cell.pairs[1] = below;
                if end + near <= width {
                    cell.slope = [sum(&slope[0]), sum(&slope[1]), sum(&slope[2])];
                    cell.squares = below;
                }
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

/// 0 when there is nothing to divide by.
pub(crate) fn ratio(part: u32, whole: u32) -> f32 {
    if whole == 0 { 0.0 } else { super::count(part) / super::count(whole) }
}
