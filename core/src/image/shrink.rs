//! A smaller plane: means of squares.

use alloc::vec::Vec;

use super::luma::Luma;

/// Replaces `into` by means of squares of `factor × factor` pixels, row by row, and gives its width and height. Pixels
/// beyond the last whole square are left out. `sums` is a buffer.
pub(super) fn shrink(luma: Luma<'_>, factor: usize, sums: &mut Vec<u16>, into: &mut Vec<u8>) -> (usize, usize) {
    // 255 × 257 is the last sum of a column that fits; no picture is shrunk that far.
    let factor = factor.clamp(1, 256);
    let (width, height) = (luma.width() / factor, luma.height() / factor);
    into.clear();
    into.reserve(width * height);
    if factor == 1 {
        (0..height).for_each(|y| into.extend_from_slice(luma.row(y)));
        return (width, height);
    }
    for y in 0..height {
        sums.clear();
        sums.resize(width * factor, 0);
        for row in 0..factor {
            for (sum, &grey) in sums.iter_mut().zip(luma.row(y * factor + row)) {
                *sum += u16::from(grey);
            }
        }
        // Frames of common cameras, with divisions by a number that is known.
        match factor {
            2 => means::<2>(sums, 2, into),
            3 => means::<3>(sums, 3, into),
            4 => means::<4>(sums, 4, into),
            _ => means::<0>(sums, factor, into),
        }
    }
    (width, height)
}

/// The means of squares from the sums of their columns. `KNOWN`: the factor, or 0 where it is only told.
#[inline(always)]
fn means<const KNOWN: usize>(sums: &[u16], factor: usize, into: &mut Vec<u8>) {
    let factor = if KNOWN == 0 { factor } else { KNOWN };
    let area = u32::try_from(factor * factor).unwrap_or(u32::MAX);
    into.extend(sums.chunks_exact(factor).map(|sums| {
        let sum: u32 = sums.iter().map(|&sum| u32::from(sum)).sum();
        u8::try_from((sum + area / 2) / area).unwrap_or(u8::MAX)
    }));
}
