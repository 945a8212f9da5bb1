//! Whether the print is sharp: how much of its contrast over four fifths of a millimetre is there over one fifth already.
//!
//! A stroke's edge that is a step has as much difference over a short way as over a long one; one that is blurred rises
//! slowly. The ratio of the two does not depend on contrast or light. It is taken in windows that hold print, for each
//! direction by itself, and the worst part of the document counts: a sharp corner must not hide a blurred name.

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
/// The document is judged in this many parts across and down.
const PARTS: usize = 3;
/// Least windows of print by which a part is judged.
const LEAST_WINDOWS: usize = 4;

/// How sharp a document is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Sharpness {
    /// The ratio in the worse direction, of the worst part: 0 (no edge) to about 1 (steps).
    pub(crate) worst: f32,
    /// The worse direction over the better one, in that part: 1 = the same in all directions, near 0 = drawn out along one.
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
    /// Print over the long way, without noise.
    print: f32,
    /// The ratio for each direction.
    ratio: [f32; 2],
}

impl Windows {
    /// Judges the print. `None` when there is none.
    pub(crate) fn sharpness(&mut self, cells: &Cells) -> Option<Sharpness> {
        let noise = self.noise(cells);
        self.sums.clear();
        for row in 0..cells.rows / WINDOW {
            for column in 0..cells.columns / WINDOW {
                let mut sum = Cell::default();
                for line in 0..WINDOW {
                    for place in 0..WINDOW {
                        sum.add(cells.at(column * WINDOW + place, row * WINDOW + line));
                    }
                }
                let far: [f32; 2] =
                    core::array::from_fn(|way| super::cells::ratio(sum.far[way], sum.pairs[way]) - noise[way]);
                let near: [f32; 2] =
                    core::array::from_fn(|way| super::cells::ratio(sum.near[way], sum.pairs[way]) - noise[way]);
                // The shades of a portrait go on rising over the whole window, print does not.
                let spread = 2.0 * sum.variance();
                let print = if far[0].min(far[1]) < LEAST_DETAIL * spread { 0.0 } else { far[0].min(far[1]) };
                let ratio =
                    core::array::from_fn(
                        |way| if far[way] > 1.0 { (near[way] / far[way]).clamp(0.0, 1.0) } else { 0.0 },
                    );
                self.sums.push(Window { column, row, print, ratio });
            }
        }
        // The strongest tenth.
        self.sorted.clear();
        self.sorted.extend(self.sums.iter().map(|window| window.print));
        self.sorted.sort_unstable_by(f32::total_cmp);
        let strong = *self.sorted.get(self.sorted.len() * 9 / 10)?;
        let least = LEAST_PRINT.max(strong * PRINT_SHARE);
        let windows = self.sums.iter().filter(|window| window.print >= least).count();
        let (across, down) = (cells.columns / WINDOW, cells.rows / WINDOW);
        let mut worst: Option<Sharpness> = None;
        for part in 0..PARTS * PARTS {
            let (x, y) = (part % PARTS, part / PARTS);
            let (left, right) = (across * x / PARTS, across * (x + 1) / PARTS);
            let (top, bottom) = (down * y / PARTS, down * (y + 1) / PARTS);
            let within = |window: &&Window| {
                window.print >= least && (left..right).contains(&window.column) && (top..bottom).contains(&window.row)
            };
            if self.sums.iter().filter(within).count() < LEAST_WINDOWS {
                continue;
            }
            // The sharper half of the windows: a portrait has soft ones whatever the lens does.
            let ratio: [f32; 2] = core::array::from_fn(|way| {
                self.sorted.clear();
                self.sorted.extend(self.sums.iter().filter(within).map(|window| window.ratio[way]));
                self.sorted.sort_unstable_by(f32::total_cmp);
                self.sorted[self.sorted.len() * 4 / 5]
            });
            let (less, more) = (ratio[0].min(ratio[1]), ratio[0].max(ratio[1]));
            if worst.is_none_or(|worst| less < worst.worst) {
                let evenness = if more > 0.0 { less / more } else { 1.0 };
                let part = [left, top, right, bottom].map(|place| place * WINDOW);
                worst = Some(Sharpness { worst: less, evenness, part, windows });
            }
        }
        worst
    }

    /// Mean squared difference of neighbouring pixels where there is nothing, levels²: the quietest tenth of the cells.
    fn noise(&mut self, cells: &Cells) -> [f32; 2] {
        core::array::from_fn(|way| {
            self.sorted.clear();
            self.sorted.extend(
                cells
                    .cells
                    .iter()
                    .filter(|cell| cell.pairs[way] > 0 && cell.white == 0)
                    .map(|cell| super::cells::ratio(cell.near[way], cell.pairs[way])),
            );
            self.sorted.sort_unstable_by(f32::total_cmp);
            self.sorted.get(self.sorted.len() / 10).copied().unwrap_or(0.0)
        })
    }
}
