//! A copy: in greys, or in one tone for each of them, whereas a document has colours, however little.

use super::super::chroma::{CHROMA_BLOCK, Chroma};
use super::super::geometry::{pixel, real};
use super::super::luma::Luma;
use super::super::rectify::Flat;

/// Places across and down at which the colour is looked at.
const ACROSS: usize = 40;
const DOWN: usize = 26;
/// Darker places have no colour to speak of, in levels.
const DARK: f32 = 40.0;
/// Heaps of places of nearly one grey: toned paper changes its colour with the grey, and not linearly.
const HEAPS: usize = 32;

/// How much the colour of a document varies among places of one grey, 8-bit levels of Cb and Cr at full light: the mean distance
/// from the median of a thirty-second of the places. A tinted lamp shifts all of it, and toner or toned paper has one colour for
/// each grey: neither counts. `None` when it is too dark to tell.
pub(crate) fn spread(flat: &Flat, luma: Luma<'_>, chroma: Chroma<'_>) -> Option<f32> {
    // The grey of each, and its Cb and Cr at full light.
    let mut places = [[0.0; 3]; ACROSS * DOWN];
    let mut count = 0;
    for place in 0..ACROSS * DOWN {
        let x = (real(place % ACROSS) + 0.5) / real(ACROSS);
        let y = (real(place / ACROSS) + 0.5) / real(DOWN);
        let at = flat.in_picture(x * real(flat.width()), y * real(flat.height()));
        let (x, y) = (pixel(at.x).min(luma.width() - 1), pixel(at.y).min(luma.height() - 1));
        let level = grey(luma, x, y);
        if level < DARK {
            continue;
        }
        let [blue, red] = chroma.at(x, y).map(|part| (f32::from(part) - 128.0) * 255.0 / level);
        places[count] = [level, blue, red];
        count += 1;
    }
    if count < ACROSS {
        return None;
    }
    let places = &mut places[..count];
    super::sort(places, 0);
    let mut sum = 0.0;
    for heap in places.chunks_mut(count.div_ceil(HEAPS)) {
        for part in [1, 2] {
            super::sort(heap, part);
            let median = heap[heap.len() / 2][part];
            sum += heap.iter().map(|place| (place[part] - median).abs()).sum::<f32>();
        }
    }
    Some(sum / (2.0 * real(count)))
}

/// The mean of the square of pixels whose colour is one.
fn grey(luma: Luma<'_>, x: usize, y: usize) -> f32 {
    let (left, top) = (x / CHROMA_BLOCK * CHROMA_BLOCK, y / CHROMA_BLOCK * CHROMA_BLOCK);
    let (right, bottom) = ((left + CHROMA_BLOCK).min(luma.width()), (top + CHROMA_BLOCK).min(luma.height()));
    let sum: u32 = (top..bottom).flat_map(|row| &luma.row(row)[left..right]).map(|&level| u32::from(level)).sum();
    super::count(sum) / real((right - left) * (bottom - top))
}
