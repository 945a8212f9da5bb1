//! Fingers over an edge: along the margin, a stretch that differs from the rest of it and goes on outside the document
//! without a step.

use super::super::geometry::{pixel, real};
use super::super::luma::Luma;
use super::super::rectify::Flat;
use super::cells::Cells;

/// How much a finger's grey differs from the margin's, at least, and from the ground's beside it, at most, in levels.
const DIFFERS: f32 = 18.0;
const GOES_ON: f32 = 22.0;
/// Least and most millimetres of the edge that a finger or two cover.
const LEAST_WIDTH: usize = 6;
const MOST_WIDTH: usize = 45;
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
        let length = if side % 2 == 0 { cells.columns } else { cells.rows };
        let depth = if side % 2 == 0 { cells.rows } else { cells.columns };
        // A place along the side and inwards as column and row.
        let at = |along: usize, inwards: usize| match side {
            0 => (along, inwards),
            1 => (cells.columns - 1 - inwards, along),
            2 => (along, cells.rows - 1 - inwards),
            _ => (inwards, along),
        };
        let level = |along: usize, inwards: usize| {
            let (column, row) = at(along, inwards);
            cells.at(column, row).mean()
        };
        let beyond = |along: usize| {
            let scale = real(flat.per_mm());
            let middle = (real(along) + 0.5) * scale;
            let (x, y) = match side {
                0 => (middle, -OUTSIDE * scale),
                1 => (real(flat.width()) + OUTSIDE * scale, middle),
                2 => (middle, real(flat.height()) + OUTSIDE * scale),
                _ => (-OUTSIDE * scale, middle),
            };
            let place = flat.in_picture(x, y);
            let inside =
                place.x >= 0.0 && place.y >= 0.0 && place.x < real(luma.width()) && place.y < real(luma.height());
            inside.then(|| f32::from(luma.row(pixel(place.y))[pixel(place.x)]))
        };
        // The margin's usual grey: the median by counting, a millimetre in.
        let mut counts = [0_usize; 256];
        for along in 0..length {
            counts[pixel(level(along, 1)).min(255)] += 1;
        }
        let mut below = 0;
        let usual = counts.iter().position(|&count| {
            below += count;
            below * 2 > length
        });
        let usual = real(usual.unwrap_or(0));
        let covered = |along: usize| {
            let here = level(along, 1);
            (here - usual).abs() > DIFFERS && beyond(along).is_some_and(|ground| (ground - here).abs() < GOES_ON)
        };
        let mut along = 3;
        while along + 3 < length {
            let start = along;
            while along + 3 < length && covered(along) {
                along += 1;
            }
            let width = along - start;
            along += 1;
            if !(LEAST_WIDTH..=MOST_WIDTH).contains(&width) {
                continue;
            }
            let here = (start..start + width).map(|along| level(along, 1)).sum::<f32>() / real(width);
            let (mut area, mut deepest) = (0, 0);
            for along in start..start + width {
                let reach =
                    (0..depth / 2).take_while(|&inwards| (level(along, inwards) - here).abs() < GOES_ON).count();
                area += reach;
                deepest = deepest.max(reach);
            }
            let area = real(area);
            if area > fingers.area {
                let (one, other) = (at(start, 0), at(start + width - 1, deepest.max(1) - 1));
                let place = [one.0.min(other.0), one.1.min(other.1), one.0.max(other.0) + 1, one.1.max(other.1) + 1];
                fingers = Fingers { area, place };
            }
        }
    }
    fingers
}
