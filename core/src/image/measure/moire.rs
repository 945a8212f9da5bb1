//! The pattern that a display's or a print's dots make with the camera's pixels.
//!
//! Where a document is empty its picture has noise and slow waves: two pixels differ the more the further they lie apart. Dots
//! bring them back to the same grey after each period. That is looked for in the picture itself, where nothing was averaged.
//!
//! Its constants were set on displays of `Profile::Screen` and photographs of documents, seeds 5000 to 5059, and reported on 26000 to
//! 26059: `docs/decisions/0005-capture.md`, measured again by `cargo xtask bench gates`.

use alloc::vec::Vec;

use super::super::geometry::{Point, Quad, pixel, real};
use super::super::luma::Luma;

/// Side of a window, pixels, and how far apart pixels are compared.
const WINDOW: usize = 40;
const FURTHEST: usize = 24;
/// Windows across and down the document.
const ACROSS: usize = 9;
const DOWN: usize = 6;
/// Least windows by which a picture is judged.
const LEAST_WINDOWS: usize = 8;

/// Buffers of the measure: how much pixels of each window differ, levels², and how much of that goes away again.
#[derive(Default)]
pub(crate) struct Patterns(Vec<[f32; 2]>);

impl Patterns {
    /// How much of what pixels differ goes away again at one period further on, 0 to 1: in the middle one of the document's
    /// quieter windows. `None` when there is no room to tell.
    pub(crate) fn moire(&mut self, luma: Luma<'_>, quad: &Quad) -> Option<f32> {
        let seen = &mut self.0;
        let [a, b, c, d] = quad.0;
        seen.clear();
        for place in 0..ACROSS * DOWN {
            let (u, v) = ((real(place % ACROSS) + 0.5) / real(ACROSS), (real(place / ACROSS) + 0.5) / real(DOWN));
            let middle = (a * (1.0 - u) + b * u) * (1.0 - v) + (d * (1.0 - u) + c * u) * v;
            if let Some(window) = window(luma, quad, middle) {
                seen.push(window);
            }
        }
        if seen.len() < LEAST_WINDOWS {
            return None;
        }
        // The quieter half: print is not even.
        super::sort(seen, 0);
        seen.truncate(seen.len() / 2);
        super::sort(seen, 1);
        seen.get(seen.len() / 2).map(|&[_, back]| back)
    }
}

/// How much pixels of a window differ, levels², and how much of that goes away again.
fn window(luma: Luma<'_>, quad: &Quad, middle: Point) -> Option<[f32; 2]> {
    let half = real(WINDOW + FURTHEST) / 2.0;
    let around = Quad::upright(middle.x - half, middle.y - half, middle.x + half, middle.y + half);
    let frame = Quad::upright(0.0, 0.0, real(luma.width()), real(luma.height()));
    if !around.0.iter().all(|&corner| quad.holds(corner) && frame.holds(corner)) {
        return None;
    }
    let (left, top) = (pixel(middle.x - half), pixel(middle.y - half));
    if left + WINDOW + FURTHEST > luma.width() || top + WINDOW + FURTHEST > luma.height() {
        return None;
    }
    let mut sums = [[0_u32; FURTHEST]; 2];
    for y in top..top + WINDOW {
        let row = &luma.row(y)[left..left + WINDOW + FURTHEST];
        for step in 1..=FURTHEST {
            let below = &luma.row(y + step)[left..left + WINDOW];
            sums[0][step - 1] +=
                row[..WINDOW].iter().zip(&row[step..]).map(|(&one, &other)| square(one, other)).sum::<u32>();
            sums[1][step - 1] += row[..WINDOW].iter().zip(below).map(|(&one, &other)| square(one, other)).sum::<u32>();
        }
    }
    let per = real(WINDOW * WINDOW);
    let mut answer = [0.0_f32; 2];
    for way in sums {
        let mut most = 0.0_f32;
        for &sum in &way[1..] {
            let apart = super::count(sum) / per;
            if most > 0.0 {
                answer[1] = answer[1].max(1.0 - apart / most);
            }
            most = most.max(apart);
        }
        answer[0] = answer[0].max(most);
    }
    Some(answer)
}

fn square(one: u8, other: u8) -> u32 {
    u32::from(one.abs_diff(other)) * u32::from(one.abs_diff(other))
}
