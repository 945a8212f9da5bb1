//! One file for each thing that is measured on the flat document.

pub(crate) mod cells;
pub(crate) mod colour;
pub(crate) mod exposure;
pub mod fingerprint;
pub(crate) mod fingers;
pub(crate) mod framing;
pub(crate) mod glare;
pub(crate) mod moire;
pub(crate) mod overall;
pub(crate) mod sharpness;

/// A count as a number to measure with. Sums of a cell or a document are below 2^31; what is lost above 2^24 is below a
/// ten millionth.
#[allow(clippy::cast_precision_loss, reason = "a ratio of sums needs no more than seven digits")]
pub(crate) fn count(number: u32) -> f32 {
    number as f32
}

/// The whole part of a number; 0 for what is negative or no number.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates, which is wanted here")]
pub(crate) fn whole(number: f32) -> u32 {
    number as u32
}

/// Sorts rows of numbers by one of them (Shell 1959): none is no number, and few are equal. The library's own sort is 8 KB of
/// code for each kind of element, which browsers download.
pub(crate) fn sort<const N: usize>(rows: &mut [[f32; N]], by: usize) {
    let mut gap = rows.len() / 2;
    while gap > 0 {
        for end in gap..rows.len() {
            let mut at = end;
            while at >= gap && rows[at - gap][by] > rows[at][by] {
                rows.swap(at - gap, at);
                at -= gap;
            }
        }
        gap /= 2;
    }
}
