//! Whether the print is sharp: how steep it is for its contrast, along the direction in which it is least steep.
//!
//! A stroke's edge that is a step rises at once; one that is blurred rises slowly, and one that is drawn out by a movement
//! rises slowly along that movement, whichever way it went. The mean square of the slope over a fifth of a millimetre, in
//! parts of the mean square of the differences over four fifths, does not depend on contrast or light. It is taken in windows
//! that hold print: a movement blurs the whole document, so that it is judged on all of them together, and a lens that is out
//! of focus on one side on the worst part: a sharp corner must not hide a blurred name.
//!
//! Its constants were set on photographs at the edge of what can be read, seeds 5000 to 5059, and reported on 31000 to 31059:
//! `docs/decisions/0005-capture.md`, measured again by `cargo xtask bench gates`.

use alloc::vec::Vec;

use super::cells::{Cell, Cells};

/// Side of a window in cells: five millimetres, one or two rows of print.
const WINDOW: usize = 5;
/// Least mean squared difference over four fifths of a millimetre of a window that holds print, levels², and in parts of
/// what the document's strongest windows have.
const LEAST_PRINT: f32 = 40.0;
const PRINT_SHARE: f32 = 0.25;
/// Least part of a window's variance that is there over four fifths of a millimetre.
const LEAST_DETAIL: f32 = 0.6;
/// Letters differ to the right and downwards: the smaller of the two in parts of the greater. Bars and ruled lines tell
/// nothing about the direction along them.
const LETTERS: f32 = 0.4;
/// The document is judged in this many parts across and down.
const PARTS: usize = 3;
/// Least windows of print by which a part is judged, and the whole.
const LEAST_WINDOWS: usize = 4;

/// What a part has more than the whole before it counts: few letters tell less than many. The least part of a readable
/// photograph had three quarters of its whole.
const PART: f32 = 1.4;

/// How sharp a document is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Sharpness {
    /// Slope for contrast: of the whole in its worst direction, or of the worst part in the mean of all directions, whichever
    /// is less. 0 (no edge) to about 0.5.
    pub(crate) worst: f32,
    /// Of the whole, the worst direction over the best: 1 = the same in all directions, near 0 = drawn out along one.
    pub(crate) evenness: f32,
    /// The worst part: left, top, right, bottom in cells.
    pub(crate) part: [usize; 4],
    /// Windows that hold print, in all.
    pub(crate) windows: usize,
}

/// Buffers of the measure.
#[derive(Default)]
pub(crate) struct Windows {
    sums: Vec<Window>,
    sorted: Vec<f32>,
}

#[derive(Clone, Copy, Default)]
struct Window {
    column: usize,
    row: usize,
    /// Mean squared difference over the long way, without noise; 0 where there is no print.
    print: f32,
    /// The smaller of the two directions over the greater.
    letters: f32,
    slope: Slope,
}

/// Sums over windows.
#[derive(Clone, Copy, Default)]
struct Slope {
    tensor: [f32; 3],
    far: f32,
    windows: usize,
}

impl Slope {
    fn add(mut self, other: &Self) -> Self {
        for (sum, more) in self.tensor.iter_mut().zip(other.tensor) {
            *sum += more;
        }
        self.far += other.far;
        self.windows += other.windows;
        self
    }

    /// Slope for contrast in the worst direction and in the best: the tensor's eigenvalues.
    fn extremes(&self) -> (f32, f32) {
        let [right, down, mixed] = self.tensor.map(|part| if self.far > 0.0 { part / self.far } else { 0.0 });
        let half = (right - down) / 2.0;
        let radius = (half * half + mixed * mixed).sqrt();
        let middle = (right + down) / 2.0;
        ((middle - radius).max(0.0), (middle + radius).max(0.0))
    }
}

impl Windows {
    /// Judges the print. `None` when there is none.
    pub(crate) fn sharpness(&mut self, cells: &Cells) -> Option<Sharpness> {
        self.fill(cells);
        // The strongest tenth.
        self.sorted.clear();
        self.sorted.extend(self.sums.iter().map(|window| window.print));
        self.sorted.sort_unstable_by(f32::total_cmp);
        let strong = *self.sorted.get(self.sorted.len() * 9 / 10)?;
        let least = LEAST_PRINT.max(strong * PRINT_SHARE);
        let print = || self.sums.iter().filter(|window| window.print >= least);
        let sum = |slope: Slope, window: &Window| slope.add(&window.slope);
        let all = print().fold(Slope::default(), sum);
        if all.windows == 0 {
            return None;
        }
        let letters = || print().filter(|window| window.letters >= LETTERS);
        let whole =
            Some(letters().fold(Slope::default(), sum)).filter(|sum| sum.windows >= LEAST_WINDOWS).unwrap_or(all);
        let (less, more) = whole.extremes();
        let evenness = if more > 0.0 { less / more } else { 1.0 };
        let (across, down) = (cells.columns / WINDOW, cells.rows / WINDOW);
        let mut part = [0, 0, across, down];
        let mut worst = f32::INFINITY;
        for place in 0..PARTS * PARTS {
            let (x, y) = (place % PARTS, place / PARTS);
            let (left, right) = (across * x / PARTS, across * (x + 1) / PARTS);
            let (top, bottom) = (down * y / PARTS, down * (y + 1) / PARTS);
            let within =
                |window: &&Window| (left..right).contains(&window.column) && (top..bottom).contains(&window.row);
            let sum = letters().filter(within).fold(Slope::default(), sum);
            let (less, more) = sum.extremes();
            let mean = PART * (less + more) / 2.0;
            if sum.windows >= LEAST_WINDOWS && mean < worst {
                (worst, part) = (mean, [left, top, right, bottom]);
            }
        }
        let part = part.map(|place| place * WINDOW);
        Some(Sharpness { worst: less.min(worst), evenness, part, windows: all.windows })
    }

    fn fill(&mut self, cells: &Cells) {
        let noise = self.noise(cells);
        self.sums.clear();
        for row in 0..cells.rows / WINDOW {
            for column in 0..cells.columns / WINDOW {
                let mut sum = Cell::EMPTY;
                for line in 0..WINDOW {
                    for place in 0..WINDOW {
                        sum.add(cells.at(column * WINDOW + place, row * WINDOW + line));
                    }
                }
                // Both ends of a difference have the noise, and only half of it in the mean of two differences.
                let ways = sum.far().map(|far| (far - 2.0 * noise).max(0.0));
                let far = (ways[0] + ways[1]) / 2.0;
                // The shades of a portrait go on rising over the whole window, print does not.
                let print = if far < LEAST_DETAIL * 2.0 * sum.variance() { 0.0 } else { far };
                let letters = ways[0].min(ways[1]) / ways[0].max(ways[1]).max(1.0);
                let [right, down, mixed] = sum.tensor();
                let slope = Slope { tensor: [right - noise, down - noise, mixed], far, windows: 1 };
                self.sums.push(Window { column, row, print, letters, slope });
            }
        }
    }

    /// Mean square of the slope where there is nothing, levels²: of the quietest tenth of the cells.
    fn noise(&mut self, cells: &Cells) -> f32 {
        self.sorted.clear();
        let quiet = cells.cells.iter().filter(|cell| cell.squares > 0 && cell.white == 0).map(Cell::tensor);
        self.sorted.extend(quiet.map(|[right, down, _]| (right + down) / 2.0));
        self.sorted.sort_unstable_by(f32::total_cmp);
        self.sorted.get(self.sorted.len() / 10).copied().unwrap_or(0.0)
    }
}
