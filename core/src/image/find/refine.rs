//! The sides of a quadrangle in full size.
//!
//! Its constants were set on the finder's tuning seeds, see [`super`].

use super::super::geometry::{Point, Quad, pixel, real};
use super::super::luma::Luma;

/// Where across a side is looked, along it.
const STATIONS: usize = 40;
/// The corners of a card are round: 3.18 mm (ISO/IEC 7810), 6 % of the short side.
const ROUND: f32 = 0.07;
/// How often the line is fitted to what lies near it.
const ROUNDS: usize = 4;
/// Least part of a side that must be in the picture to say anything.
const LEAST_INSIDE: f32 = 0.2;
/// Most steps of a look across.
const MOST_STEPS: usize = 48;

/// A refined quadrangle and how well its sides are seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refined {
    pub(super) quad: Quad,
    /// Share of the places looked at where an edge lies on the side, 0 to 1: of all sides, and of the worst. What lies outside the
    /// picture does not count.
    pub(super) seen: f32,
    pub(super) least: f32,
}

/// Moves each side to the edges near it. `reach`: how far they may be, in pixels.
pub(super) fn refine(luma: Luma<'_>, quad: &Quad, reach: f32) -> Option<Refined> {
    let mut lines = [(Point::default(), 0.0); 4];
    let (mut seen, mut inside, mut least) = (0.0, 0.0, 1.0_f32);
    for (line, (from, to)) in lines.iter_mut().zip(quad.sides()) {
        let found = side(luma, from, to, reach);
        *line = (found.normal, found.offset);
        seen += found.seen * found.inside;
        inside += found.inside;
        if found.inside >= LEAST_INSIDE {
            least = least.min(found.seen);
        }
    }
    let seen = if inside > 0.0 { seen / inside } else { 0.0 };
    let corner = |before: usize, after: usize| {
        let ((a, d), (b, e)) = (lines[before], lines[after]);
        let turn = a.cross(b);
        (turn.abs() > 0.05).then(|| Point::new((d * b.y - e * a.y) / turn, (e * a.x - d * b.x) / turn))
    };
    let refined = Quad([corner(3, 0)?, corner(0, 1)?, corner(1, 2)?, corner(2, 3)?]);
    let moved = refined.0.iter().zip(quad.0).any(|(&here, there)| (here - there).length() > 4.0 * reach);
    let quad = if moved || !refined.is_convex() { *quad } else { refined };
    Some(Refined { quad, seen, least })
}

/// One side in full size.
pub(super) struct Side {
    normal: Point,
    offset: f32,
    /// Share of the stations in the picture that have their edge on it.
    pub(super) seen: f32,
    /// Share of the stations that are in the picture.
    inside: f32,
}

/// Looks for the side near a line between two places.
pub(super) fn side(luma: Luma<'_>, from: Point, to: Point, reach: f32) -> Side {
    let way = to - from;
    let length = way.length().max(1.0);
    let along = way * (1.0 / length);
    let mut normal = Point::new(-along.y, along.x);
    let mut offset = normal.dot(from);
    let step = (2.0 * reach / real(MOST_STEPS - 2)).max(1.0);
    let mut edges = [(0.0_f32, 0.0_f32, 0.0_f32); STATIONS];
    let (mut strong, mut inside) = (0.0_f32, 0);
    let (right, bottom) = (real(luma.width()), real(luma.height()));
    for (station, edge) in edges.iter_mut().enumerate() {
        let place = ROUND + (1.0 - 2.0 * ROUND) * (real(station) + 0.5) / real(STATIONS);
        let at = from + way * place;
        if at.x < 0.0 || at.y < 0.0 || at.x > right || at.y > bottom {
            continue;
        }
        inside += 1;
        let look = across(luma, at, normal, along, reach, step);
        *edge = (place * length, look.away, look.strength);
        strong += look.strength;
    }
    // A side between a light document and a light table is weak everywhere: what counts is compared with the mean.
    let least = (strong / real(inside.max(1)) * 0.3).max(3.0);
    let mut near = reach + 1.0;
    let (mut lift, mut slope) = (0.0_f32, 0.0_f32);
    for _ in 0..ROUNDS {
        let (mut weight, mut sum_t, mut sum_tt, mut sum_d, mut sum_td) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for &(t, d, strength) in &edges {
            if strength < least || (d - lift - slope * t).abs() > near {
                continue;
            }
            let strength = strength.min(4.0 * least);
            weight += strength;
            sum_t += strength * t;
            sum_tt += strength * t * t;
            sum_d += strength * d;
            sum_td += strength * t * d;
        }
        let spread = weight * sum_tt - sum_t * sum_t;
        if weight <= 0.0 || spread < weight * weight {
            break;
        }
        slope = (weight * sum_td - sum_t * sum_d) / spread;
        lift = (sum_d - slope * sum_t) / weight;
        near = (near * 0.5).max(2.0 * step);
    }
    let on = edges.iter().filter(|&&(t, d, s)| s >= least && (d - lift - slope * t).abs() <= 2.0 * step).count();
    let share = real(on) / real(inside.max(1));
    let inside = real(inside) / real(STATIONS);
    if share >= 0.25 && inside >= LEAST_INSIDE {
        let turned = normal - along * slope;
        let long = turned.length();
        offset = (turned.dot(from) + lift) / long;
        normal = turned * (1.0 / long);
    }
    Side { normal, offset, seen: share, inside }
}

/// What is seen across a side near a place.
#[derive(Default)]
struct Look {
    /// Where the strongest step is, along the normal, and how many levels it has.
    away: f32,
    strength: f32,
}

fn across(luma: Luma<'_>, at: Point, normal: Point, along: Point, reach: f32, step: f32) -> Look {
    let half = pixel(reach / step).clamp(1, MOST_STEPS / 2 - 2);
    let count = 2 * half + 2;
    let mut profile = [0.0_f32; MOST_STEPS];
    for (place, value) in profile.iter_mut().enumerate().take(count) {
        let away = (real(place) - real(half) - 0.5) * step;
        let middle = at + normal * away;
        // Three side by side against noise.
        *value =
            [middle, middle + along * step, middle - along * step].map(|at| f32::from(grey(luma, at))).iter().sum();
    }
    let (mut best, mut strength) = (0, 0.0_f32);
    for place in 1..count {
        let here = (profile[place] - profile[place - 1]).abs();
        if here > strength {
            (best, strength) = (place, here);
        }
    }
    if best == 0 {
        return Look::default();
    }
    // Between steps: the middle of the parabola through the neighbours.
    let rise = |place: usize| {
        if place == 0 || place >= count { 0.0 } else { (profile[place] - profile[place - 1]).abs() }
    };
    let (before, after) = (rise(best - 1), rise(best + 1));
    let bend = before + after - 2.0 * strength;
    let shift = if bend < -1e-3 { (0.5 * (before - after) / bend).clamp(-0.5, 0.5) } else { 0.0 };
    let away = (real(best) - real(half) - 1.0 + shift) * step;
    Look { away, strength: strength / 3.0 }
}

/// The pixel at a place, or the nearest one.
pub(super) fn grey(luma: Luma<'_>, at: Point) -> u8 {
    luma.row(pixel(at.y).min(luma.height() - 1))[pixel(at.x).min(luma.width() - 1)]
}
