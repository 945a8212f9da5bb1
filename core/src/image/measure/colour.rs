//! A copy in greys: a document has colours, however little.
//!
//! Its constants were set on copies in greys and the documents themselves, seeds 5000 to 5059, its limit on 71000 to 71079:
//! `docs/decisions/0005-capture.md`, measured again by `cargo xtask bench gates`.

use super::super::chroma::Chroma;
use super::super::geometry::{pixel, real};
use super::super::rectify::Flat;
use super::cells::Cells;

/// Places across and down at which the colour is looked at.
const ACROSS: usize = 40;
const DOWN: usize = 26;
/// Darker places have no colour to speak of, in levels.
const DARK: f32 = 40.0;

/// How much the colour of a document varies, 8-bit levels of Cb and Cr at full light: the mean distance from the mean. A
/// tinted lamp shifts all of it and does not count. `None` when it is too dark to tell.
pub(crate) fn spread(flat: &Flat, cells: &Cells, chroma: Chroma<'_>) -> Option<f32> {
    let mut places = [(0.0_f32, 0.0_f32); ACROSS * DOWN];
    let mut count = 0;
    for place in 0..ACROSS * DOWN {
        let x = (real(place % ACROSS) + 0.5) / real(ACROSS);
        let y = (real(place / ACROSS) + 0.5) / real(DOWN);
        let column = pixel(x * real(cells.columns)).min(cells.columns.checked_sub(1)?);
        let row = pixel(y * real(cells.rows)).min(cells.rows.checked_sub(1)?);
        let level = cells.at(column, row).mean();
        if level < DARK {
            continue;
        }
        let at = flat.in_picture(x * real(flat.width()), y * real(flat.height()));
        let [blue, red] = chroma.at(pixel(at.x), pixel(at.y)).map(|part| (f32::from(part) - 128.0) * 255.0 / level);
        places[count] = (blue, red);
        count += 1;
    }
    if count < ACROSS {
        return None;
    }
    let places = &places[..count];
    let sum = places.iter().fold((0.0, 0.0), |sum, place| (sum.0 + place.0, sum.1 + place.1));
    let mean = (sum.0 / real(count), sum.1 / real(count));
    let apart = |place: &(f32, f32)| (place.0 - mean.0).abs() + (place.1 - mean.1).abs();
    Some(places.iter().map(apart).sum::<f32>() / (2.0 * real(count)))
}
