//! The small plane and its edges.

use alloc::vec::Vec;

use super::super::geometry::{Point, pixel, real};
use super::super::{luma::Luma, shrink::shrink};
use super::directions::{BINS, Directions};

/// Longest side of the small plane, in pixels: a document of half the frame's width has 160 of them, so that a corner
/// is placed to about one in a hundred before it is refined in full size.
pub(super) const SMALL_SIDE: usize = 320;

/// Least Sobel response of an edge: a step of 6 levels.
const LEAST_RESPONSE: i32 = 12;
/// At most this share of the pixels are edges, 1 in …: what is left of a page of noise.
const MOST_EDGES: usize = 2;

/// How far along its own direction an edge is followed, to each side, in pixels of the small plane.
const RUN: u8 = 4;
/// In how many of these places it must go on, and how far its direction may turn there, in steps of 1.5°.
const LEAST_RUN: u8 = 5;
const ALIKE: usize = 10;
/// Where the grey beside a line is looked at, in pixels of the small plane.
const BESIDE: f32 = 3.0;

/// One pixel of an edge in the small plane.
#[derive(Clone, Copy)]
pub(super) struct Edge {
    pub(super) x: u16,
    pub(super) y: u16,
    /// The way from dark to light, `2 × BINS` to a turn.
    pub(super) turn: u8,
    /// How much it speaks for a straight line, 1 to 2 × [`RUN`].
    pub(super) weight: u8,
}

/// The small plane with its edges. Kept by the caller, so that a frame allocates nothing.
#[derive(Default)]
pub(super) struct Small {
    pub(super) width: usize,
    pub(super) height: usize,
    /// How many pixels of the picture make one of these, along a side.
    pub(super) factor: usize,
    pub(super) grey: Vec<u8>,
    columns: Vec<u16>,
    gradient: Vec<[i16; 2]>,
    strength: Vec<i32>,
    histogram: Vec<u32>,
    pub(super) edges: Vec<Edge>,
    /// For each pixel 0, or 1 + the direction of the way from dark to light, `2 × BINS` to a turn.
    pub(super) map: Vec<u8>,
}

impl Small {
    /// Means of squares of the picture, then its edges.
    pub(super) fn fill(&mut self, luma: Luma<'_>, directions: &Directions) {
        self.factor = luma.width().max(luma.height()).div_ceil(SMALL_SIDE).max(1);
        (self.width, self.height) = shrink(luma, self.factor, &mut self.columns, &mut self.grey);
        self.edges.clear();
        if self.width < 8 || self.height < 8 {
            (self.width, self.height) = (0, 0);
            return;
        }
        self.gradients();
        self.thin(directions);
        self.keep_straight(directions);
    }

    /// Sobel's, right and down; zero along the border.
    fn gradients(&mut self) {
        let (width, height) = (self.width, self.height);
        self.gradient.clear();
        self.gradient.resize(width * height, [0; 2]);
        self.strength.clear();
        self.strength.resize(width * height, 0);
        for y in 1..height - 1 {
            let above = &self.grey[(y - 1) * width..][..width];
            let here = &self.grey[y * width..][..width];
            let below = &self.grey[(y + 1) * width..][..width];
            let out = &mut self.gradient[y * width..][..width];
            let strong = &mut self.strength[y * width..][..width];
            for x in 1..width - 1 {
                let [a, b, c] = [above[x - 1], above[x], above[x + 1]].map(i16::from);
                let [d, e] = [here[x - 1], here[x + 1]].map(i16::from);
                let [f, g, h] = [below[x - 1], below[x], below[x + 1]].map(i16::from);
                let right = c + 2 * e + h - a - 2 * d - f;
                let down = f + 2 * g + h - a - 2 * b - c;
                out[x] = [right, down];
                strong[x] = i32::from(right) * i32::from(right) + i32::from(down) * i32::from(down);
            }
        }
    }

    /// Keeps the pixels that are strongest across their edge.
    fn thin(&mut self, directions: &Directions) {
        let (width, height) = (self.width, self.height);
        let least = self.least_strength();
        self.map.clear();
        self.map.resize(width * height, 0);
        for y in 1..height - 1 {
            for x in 1..width - 1 {
                let at = y * width + x;
                let strength = self.strength[at];
                if strength < least {
                    continue;
                }
                let [right, down] = self.gradient[at];
                let (across, along) = (right.unsigned_abs(), down.unsigned_abs());
                // To the next pixel across the edge, in eighths of a turn: tan 22.5° is 106/256.
                let step = if u32::from(along) * 256 < u32::from(across) * 106 {
                    1
                } else if u32::from(across) * 256 < u32::from(along) * 106 {
                    width
                } else if (right > 0) == (down > 0) {
                    width + 1
                } else {
                    width - 1
                };
                // One of two equal ones is kept.
                if self.strength[at - step] > strength || self.strength[at + step] >= strength {
                    continue;
                }
                let turn = directions.bin(right, down);
                self.map[at] = turn + 1;
                let narrow = |side: usize| u16::try_from(side).unwrap_or(u16::MAX);
                self.edges.push(Edge { x: narrow(x), y: narrow(y), turn, weight: 0 });
            }
        }
    }

    /// Keeps the edges that go on in their own direction: the strokes of print, grain and the curls of wood do not.
    fn keep_straight(&mut self, directions: &Directions) {
        let (width, height) = (real(self.width), real(self.height));
        let (map, grey, columns) = (&self.map, &self.grey, self.width);
        let place = |at: Point| {
            (at.x >= 0.0 && at.y >= 0.0 && at.x < width && at.y < height).then(|| pixel(at.y) * columns + pixel(at.x))
        };
        for edge in &mut self.edges {
            let normal = directions.unit(usize::from(edge.turn));
            let along = Point::new(-normal.y, normal.x);
            let at = Point::new(f32::from(edge.x) + 0.5, f32::from(edge.y) + 0.5);
            let goes_on = |step: f32| {
                let next = at + along * step;
                [next, next + normal, next - normal].into_iter().filter_map(place).any(|place| {
                    let turn = usize::from(map[place]);
                    turn > 0
                        && (turn - 1)
                            .abs_diff(usize::from(edge.turn))
                            .min(2 * BINS - (turn - 1).abs_diff(usize::from(edge.turn)))
                            <= ALIKE
                })
            };
            let mut run = 0;
            for step in 1..=RUN {
                let away = f32::from(step);
                run += u8::from(goes_on(away)) + u8::from(goes_on(-away));
            }
            if run < LEAST_RUN {
                edge.weight = 0;
                continue;
            }
            // A ruled line has the same grey on both sides, a document and its ground seldom do.
            let level = |away: f32| place(at + normal * away).map_or(0, |place| grey[place]);
            let stays = level(BESIDE).abs_diff(level(-BESIDE));
            let step = level(1.0).abs_diff(level(-1.0));
            edge.weight = if u32::from(stays) * 2 < u32::from(step) { run / 2 } else { run };
        }
        let map = &mut self.map;
        self.edges.retain(|edge| {
            let keep = edge.weight > 0;
            if !keep {
                map[usize::from(edge.y) * columns + usize::from(edge.x)] = 0;
            }
            keep
        });
    }

    /// The least squared response, so that a busy picture has no more edges than can be looked at.
    fn least_strength(&mut self) -> i32 {
        // Classes of squared responses by their octave and its quarters.
        let class = |strength: i32| -> usize {
            let strength = strength.unsigned_abs().max(4);
            let octave = 31 - strength.leading_zeros();
            usize::try_from(octave * 4 + ((strength >> (octave - 2)) & 3)).unwrap_or(0)
        };
        self.histogram.clear();
        self.histogram.resize(128, 0);
        for &strength in &self.strength {
            self.histogram[class(strength)] += 1;
        }
        let most = self.strength.len() / MOST_EDGES * 2;
        let mut count = 0;
        let mut floor = LEAST_RESPONSE * LEAST_RESPONSE;
        for (class, &number) in self.histogram.iter().enumerate().rev() {
            count += usize::try_from(number).unwrap_or(usize::MAX);
            if count > most {
                let (octave, quarter) = (class / 4, class % 4);
                let edge = (4 + quarter) << octave.saturating_sub(2);
                floor = floor.max(i32::try_from(edge).unwrap_or(i32::MAX));
                break;
            }
        }
        floor
    }
}
