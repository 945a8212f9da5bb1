//! Reflections, and whether they cover something.
//!
//! A lamp mirrored in the laminate is white in the middle and takes the contrast around. Over an empty part of the document it
//! harms nothing. It covers something when print goes on at its rim: the letters that it ends are half there.

use alloc::vec::Vec;

use super::cells::{Cell, Cells, ratio};

/// Least share of a cell's pixels that are clipped.
const CLIPPED: f32 = 0.5;
/// How far from a reflection print is looked for, in millimetres.
const REACH: usize = 2;
/// Least mean squared difference over four fifths of a millimetre of a cell that holds print, in parts of the document's
/// strong ones.
const PRINT_SHARE: f32 = 0.2;
const LEAST_PRINT: f32 = 60.0;
/// How much of that print has over one fifth of a millimetre.
const STEEP: f32 = 0.12;

/// What shines on a document.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Glare {
    /// Clipped area, in parts of the document.
    pub(crate) share: f32,
    /// Millimetres of print, counted down the document, that end at a reflection's left or right rim.
    pub(crate) covering: f32,
    /// The worst one: left, top, right, bottom in cells.
    pub(crate) worst: [usize; 4],
}

/// Buffers of the measure.
#[derive(Default)]
pub(crate) struct Spots {
    print: Vec<bool>,
    /// 0 = not clipped, 1 = clipped, 2 = seen.
    state: Vec<u8>,
    queue: Vec<usize>,
    sorted: Vec<f32>,
}

impl Spots {
    pub(crate) fn glare(&mut self, cells: &Cells) -> Glare {
        let mut glare = Glare::default();
        if cells.cells.is_empty() {
            return glare;
        }
        let energy = |cell: &Cell| ratio(cell.far[0], cell.pairs[0]).min(ratio(cell.far[1], cell.pairs[1]));
        self.sorted.clear();
        self.sorted.extend(cells.cells.iter().map(energy));
        self.sorted.sort_unstable_by(f32::total_cmp);
        let strong = self.sorted[self.sorted.len() * 9 / 10];
        let least = LEAST_PRINT.max(strong * PRINT_SHARE);
        // The fall of the light around a reflection is smooth.
        let steep = |cell: &Cell| (0..2).all(|way| super::count(cell.near[way]) >= STEEP * super::count(cell.far[way]));
        let clipped = |cell: &Cell| ratio(cell.white, cell.count) >= CLIPPED;
        self.print.clear();
        self.print.extend(cells.cells.iter().map(|cell| !clipped(cell) && energy(cell) >= least && steep(cell)));
        self.state.clear();
        self.state.extend(cells.cells.iter().map(|cell| u8::from(clipped(cell))));
        let all = super::count(u32::try_from(cells.cells.len()).unwrap_or(u32::MAX));
        let mut most = 0.0;
        for start in 0..self.state.len() {
            if self.state[start] != 1 {
                continue;
            }
            let (area, covering, bounds) = self.spot(cells, start);
            glare.share += area / all;
            glare.covering += covering;
            if covering > most {
                (most, glare.worst) = (covering, bounds);
            }
        }
        glare
    }

    /// One reflection: its area, how many millimetres of print end at it, and its bounds.
    fn spot(&mut self, cells: &Cells, start: usize) -> (f32, f32, [usize; 4]) {
        let columns = cells.columns;
        self.queue.clear();
        self.queue.push(start);
        self.state[start] = 2;
        let (mut area, mut cut) = (0.0, 0.0);
        let mut bounds = [usize::MAX, usize::MAX, 0, 0];
        while let Some(place) = self.queue.pop() {
            let (x, y) = (place % columns, place / columns);
            area += 1.0;
            bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x + 1), bounds[3].max(y + 1)];
            let mut outside = false;
            for (dx, dy) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
                let next = x.checked_add_signed(dx).zip(y.checked_add_signed(dy));
                let Some((x, y)) = next.filter(|&(x, y)| x < columns && y < cells.rows) else { continue };
                match self.state[y * columns + x] {
                    0 => outside = true,
                    1 => {
                        self.state[y * columns + x] = 2;
                        self.queue.push(y * columns + x);
                    }
                    _ => {}
                }
            }
            if outside {
                let row = y * columns;
                let left = (1..=REACH).any(|way| x >= way && self.print[row + x - way]);
                let right = (1..=REACH).any(|way| x + way < columns && self.print[row + x + way]);
                // A letter that is cut off goes on beside the reflection; a row above or below it is not touched.
                cut += f32::from(u8::from(left && self.state[row + x - 1] == 0));
                cut += f32::from(u8::from(right && self.state[row + x + 1] == 0));
            }
        }
        (area, cut, bounds)
    }
}
