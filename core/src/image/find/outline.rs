//! What lies on both sides of an outline: a document is one sheet on another ground.
//!
//! Its constants were set on the finder's tuning seeds, see [`super`].

use super::super::chroma::Chroma;
use super::super::geometry::{Point, Quad, pixel, real};
use super::small::Small;

/// At how many places of a side is looked, and how far from it, in pixels of the small plane.
const PLACES: usize = 24;
const AWAY: [f32; 2] = [2.0, 3.2];
/// Corners are round and blurred: this part of a side is left out at each end.
const CORNER: f32 = 0.08;
/// Levels from which on paper and ground differ.
const DIFFERENT: u8 = 3;

const LOOKS: usize = PLACES * AWAY.len();
/// From so many on, what is in the picture of a side tells something.
const LEAST_LOOKS: usize = LOOKS / 5;

/// What tells a document from its ground.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outline {
    /// Mean deviation of the grey just within, in parts of its mean: documents have a margin.
    pub(super) uneven: f32,
    /// Share of the places where paper and ground differ the way that most of the side does, 0 to 1.
    pub(super) sided: f32,
    /// Difference of colour within and without in parts of its deviation, 0 to 1, of the side that has the least.
    pub(super) tint: f32,
}

/// Looks at both sides of a quadrangle of the small plane.
pub(super) fn look(small: &Small, chroma: Option<Chroma<'_>>, quad: &Quad) -> Outline {
    let (mut uneven, mut sided, mut tint, mut sides) = (0.0, 0.0, 1.0_f32, 0.0_f32);
    let middle = |pixel: usize| pixel * small.factor + small.factor / 2;
    for (from, to) in quad.sides() {
        let way = to - from;
        // Corners go clockwise: this is inwards.
        let normal = Point::new(-way.y, way.x) * (1.0 / way.length().max(1.0));
        let mut within = [0.0; LOOKS];
        let (mut lighter, mut darker, mut looks) = (0, 0, 0);
        let mut colours = [[[0.0; LOOKS]; 2]; 2];
        for place in 0..LOOKS {
            let along = CORNER + (1.0 - 2.0 * CORNER) * (real(place / AWAY.len()) + 0.5) / real(PLACES);
            let on = from + way * along;
            if on.x < 0.0 || on.y < 0.0 || on.x > real(small.width) || on.y > real(small.height) {
                continue;
            }
            let look = looks;
            looks += 1;
            let at = |away: f32| {
                let at = from + way * along + normal * away;
                (pixel(at.x).min(small.width - 1), pixel(at.y).min(small.height - 1))
            };
            let away = AWAY[place % AWAY.len()];
            let (inside, outside) = (at(away), at(-away));
            let place = |(x, y): (usize, usize)| y * small.width + x;
            within[look] = f32::from(small.grey[place(inside)]);
            let (here, there) = (small.paper[place(inside)], small.paper[place(outside)]);
            lighter += usize::from(here >= there.saturating_add(DIFFERENT));
            darker += usize::from(there >= here.saturating_add(DIFFERENT));
            if let Some(chroma) = chroma {
                for (side, (x, y)) in [inside, outside].into_iter().enumerate() {
                    for (part, value) in chroma.at(middle(x), middle(y)).into_iter().enumerate() {
                        colours[part][side][look] = f32::from(value);
                    }
                }
            }
        }
        if looks < LEAST_LOOKS {
            continue;
        }
        sides += 1.0;
        let (mean, apart) = spread(&within[..looks]);
        uneven += apart / (mean + 10.0);
        sided += real(lighter.max(darker)) / real(looks);
        let (mut square, mut noise) = (0.0, 1.0);
        for [inside, outside] in &colours {
            let ((here, one), (there, other)) = (spread(&inside[..looks]), spread(&outside[..looks]));
            square += (here - there) * (here - there);
            noise += one + other;
        }
        tint = tint.min(square.sqrt() / noise);
    }
    let sides = sides.max(1.0);
    Outline { uneven: uneven / sides, sided: sided / sides, tint }
}

/// Mean and mean deviation.
fn spread(values: &[f32]) -> (f32, f32) {
    let count = real(values.len().max(1));
    let mean = values.iter().sum::<f32>() / count;
    (mean, values.iter().map(|value| (value - mean).abs()).sum::<f32>() / count)
}
