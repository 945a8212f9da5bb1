//! A perceptual hash: whether two pictures show the same side of the same document.

use super::super::geometry::real;
use super::cells::Cells;

/// Cells across and down; each is compared with its right neighbour.
const ACROSS: usize = 17;
const DOWN: usize = 12;

/// How a document looks from far: for each of 16 × 12 places whether it is lighter than its right neighbour. Light and size
/// do not change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(pub [u16; DOWN]);

impl Fingerprint {
    pub(crate) fn of(cells: &Cells) -> Option<Self> {
        if cells.columns < ACROSS || cells.rows < DOWN {
            return None;
        }
        let mean = |x: usize, y: usize| {
            let (left, right) = (cells.columns * x / ACROSS, cells.columns * (x + 1) / ACROSS);
            let (top, bottom) = (cells.rows * y / DOWN, cells.rows * (y + 1) / DOWN);
            let sum: f32 = (top..bottom)
                .flat_map(|row| (left..right).map(move |column| (column, row)))
                .map(|(c, r)| cells.at(c, r).mean())
                .sum();
            sum / real((right - left) * (bottom - top))
        };
        Some(Self(core::array::from_fn(|y| {
            (0..ACROSS - 1).fold(0, |bits, x| bits << 1 | u16::from(mean(x, y) > mean(x + 1, y)))
        })))
    }

    /// The same document upside down.
    #[must_use]
    pub fn turned(&self) -> Self {
        Self(core::array::from_fn(|y| !self.0[DOWN - 1 - y].reverse_bits()))
    }

    /// How different two documents look, 0 (alike) to 1, whichever way up they lie; unrelated ones are near a half.
    #[must_use]
    pub fn distance(&self, other: &Self) -> f32 {
        let apart =
            |other: &Self| self.0.iter().zip(other.0).map(|(&here, there)| (here ^ there).count_ones()).sum::<u32>();
        let least = apart(other).min(apart(&other.turned()));
        super::count(least) / 192.0
    }
}
