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
    let area = u32::try_from(factor * factor).unwrap_or(u32::MAX);
    for y in 0..height {
        sums.clear();
        sums.resize(width * factor, 0);
        for row in 0..factor {
            for (sum, &grey) in sums.iter_mut().zip(luma.row(y * factor + row)) {
                *sum += u16::from(grey);
            }
        }
        into.extend(sums.chunks_exact(factor).map(|sums| {
            let sum: u32 = sums.iter().map(|&sum| u32::from(sum)).sum();
            u8::try_from((sum + area / 2) / area).unwrap_or(u8::MAX)
        }));
    }
    (width, height)
}
