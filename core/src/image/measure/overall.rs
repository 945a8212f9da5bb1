//! What the picture as a whole tells where no document is found in it: too dark, too bright, out of focus.

use super::cells::{WHITE, ratio};

/// How far apart the ends of a rise are, in pixels of the small plane, of at most 320: a hundredth of the picture.
const SPAN: usize = 4;
/// How much it must rise to count, levels: shadows and noise rise less.
const RISE: u8 = 24;
/// Least rises by which a picture is judged: a plain table has none, and soft patterns have few.
const LEAST_RISES: u32 = 800;

/// Share of the pixels that are clipped.
pub(crate) fn white(grey: &[u8]) -> f32 {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    ratio(count(grey.iter().filter(|&&level| level >= WHITE).count()), count(grey.len()))
}

/// How steep the edges are: the mean square of the greatest step within each rise in parts of that of the rise itself, 1/16 (even,
/// as out of focus) to 1 (at once). `None` where there are too few edges to tell.
pub(crate) fn steepness(grey: &[u8], width: usize) -> Option<f32> {
    let (mut steps, mut rises, mut count) = (0.0, 0.0, 0);
    for row in 0..grey.len().checked_div(width)? {
        for (step, length) in [(1, width.saturating_sub(SPAN)), (width, width)] {
            let from = &grey[row * width..];
            let last = from.len().saturating_sub(SPAN * step).min(length);
            for place in 0..last {
                let level = |at: usize| from[place + at * step];
                let rise = level(0).abs_diff(level(SPAN));
                if rise < RISE {
                    continue;
                }
                let steepest = (0..SPAN).map(|at| level(at).abs_diff(level(at + 1))).max().unwrap_or(0);
                let square = |level: u8| f32::from(level) * f32::from(level);
                steps += square(steepest);
                rises += square(rise);
                count += 1;
            }
        }
    }
    (count >= LEAST_RISES).then(|| steps / rises)
}
