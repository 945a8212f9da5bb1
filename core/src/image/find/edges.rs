//! Edges of grey and of colour that go on in their own direction.
//!
//! Its constants were set on the finder's tuning seeds, see [`super`].

use alloc::vec::Vec;

use super::super::chroma::{CHROMA_BLOCK, Chroma};
use super::super::geometry::{Point, pixel, real};
use super::directions::{BINS, Directions, RUN};
use super::small::Small;

/// Least Sobel response of an edge: a step of 3 levels.
const LEAST_RESPONSE: i32 = 12;
/// Without print and ruled lines there is less to be mistaken for a side, and a means of a square of colour has less noise.
const LEAST_OF_PAPER: i32 = 6;
const LEAST_OF_COLOUR: i32 = 16;

/// In how many of the `2 × RUN` places along its direction an edge must go on, and how far its direction may turn there, in
/// steps of 1.5°.
const LEAST_RUN: u8 = 5;
const ALIKE: usize = 10;
/// Where none of the nearest places goes on, too few of the others can.
const NEAR: usize = 4;
/// Where the grey beside a line is looked at, in pixels.
const BESIDE: f32 = 3.0;

/// One pixel of an edge.
#[derive(Clone, Copy)]
pub(super) struct Edge {
    x: u16,
    y: u16,
    /// The way from dark to light, `2 × BINS` to a turn.
    pub(super) turn: u8,
    /// How much it speaks for a straight line, 1 to `2 × RUN`.
    pub(super) weight: u8,
}

/// The edges of one plane. Kept by the caller, so that a frame allocates nothing.
#[derive(Default)]
pub(super) struct Edges {
    width: usize,
    height: usize,
    /// Pixels of the small plane to one of this one.
    pub(super) step: f32,
    gradient: Vec<[i16; 2]>,
    strength: Vec<i32>,
    pub(super) list: Vec<Edge>,
    /// For each pixel 0, or 1 + the direction of the way from dark to light, `2 × BINS` to a turn.
    map: Vec<u8>,
    /// [`Directions::run`] for rows of so many pixels.
    ways: Vec<[[isize; 3]; 2 * RUN as usize]>,
    rows: usize,
}

impl Edges {
    /// The edges of the small plane as it is.
    pub(super) fn of_grey(&mut self, small: &Small, directions: &Directions) {
        self.size(small.width, small.height, 1.0);
        self.add_gradients::<true>(&small.grey, 1);
        self.thin(LEAST_RESPONSE, directions);
        self.keep_straight(&small.grey, directions);
    }

    /// The edges of the small plane without what is thin and dark.
    pub(super) fn of_paper(&mut self, small: &Small, directions: &Directions) {
        self.size(small.width, small.height, 1.0);
        self.add_gradients::<true>(&small.paper, 1);
        self.thin(LEAST_OF_PAPER, directions);
        self.keep_straight(&small.paper, directions);
    }

    /// The edges of colour, at each place those of the colour difference that changes more. `spare` is a buffer.
    pub(super) fn of_colour(
        &mut self,
        small: &Small,
        chroma: Chroma<'_>,
        spare: &mut Vec<u8>,
        directions: &Directions,
    ) {
        let (width, height) = chroma.size();
        self.size(width, height, real(CHROMA_BLOCK) / real(small.factor));
        if width < 8 || height < 8 {
            return;
        }
        for part in 0..2 {
            spare.clear();
            spare.extend(chroma.blocks().iter().map(|block| block[part]));
            self.add_gradients::<false>(spare, 2);
        }
        self.thin(LEAST_OF_COLOUR, directions);
        // What is thin has no colour after the mean of a square.
        self.keep_straight(&[], directions);
    }

    /// Where an edge is, in pixels of the small plane.
    pub(super) fn place(&self, edge: &Edge) -> Point {
        Point::new(f32::from(edge.x) + 0.5, f32::from(edge.y) + 0.5) * self.step
    }

    /// The direction of the way from dark to light at a place of the small plane, `2 × BINS` to a turn.
    pub(super) fn turn(&self, at: Point) -> Option<usize> {
        let (x, y) = (pixel(at.x / self.step).min(self.width - 1), pixel(at.y / self.step).min(self.height - 1));
        usize::from(self.map[y * self.width + x]).checked_sub(1)
    }

    fn size(&mut self, width: usize, height: usize, step: f32) {
        (self.width, self.height, self.step) = (width, height, step);
        self.list.clear();
        self.map.clear();
        self.map.resize(width * height, 0);
        self.gradient.clear();
        self.gradient.resize(width * height, [0; 2]);
        self.strength.clear();
        self.strength.resize(width * height, 0);
    }

    /// Sobel's, right and down, where they are stronger than what is there, or the `FIRST`; zero along the border.
    fn add_gradients<const FIRST: bool>(&mut self, grey: &[u8], gain: i16) {
        let (width, height) = (self.width, self.height);
        for y in 1..height - 1 {
            let row = |y: usize| grey[y * width..][..width].windows(3);
            let rows = row(y - 1).zip(row(y)).zip(row(y + 1));
            let out = self.gradient[y * width + 1..].iter_mut().zip(&mut self.strength[y * width + 1..]);
            for (((above, here), below), (gradient, strength)) in rows.zip(out) {
                let [a, b, c] = [above[0], above[1], above[2]].map(i16::from);
                let [d, e] = [here[0], here[2]].map(i16::from);
                let [f, g, h] = [below[0], below[1], below[2]].map(i16::from);
                let right = gain * (c + 2 * e + h - a - 2 * d - f);
                let down = gain * (f + 2 * g + h - a - 2 * b - c);
                let strong = i32::from(right) * i32::from(right) + i32::from(down) * i32::from(down);
                let more = FIRST || strong > *strength;
                *gradient = if more { [right, down] } else { *gradient };
                *strength = if more { strong } else { *strength };
            }
        }
    }

    /// Keeps the pixels that are strongest across their edge.
    fn thin(&mut self, floor: i32, directions: &Directions) {
        let (width, height) = (self.width, self.height);
        let least = floor * floor;
        let steps = [width - 1, width + 1, 1, 1, width, width];
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
                let flat = u32::from(along) * 256 < u32::from(across) * 106;
                let steep = u32::from(across) * 256 < u32::from(along) * 106;
                let falls = (right > 0) == (down > 0);
                let step = steps[usize::from(flat) * 2 + usize::from(steep) * 4 + usize::from(falls)];
                // One of two equal ones is kept.
                if self.strength[at - step] > strength || self.strength[at + step] >= strength {
                    continue;
                }
                let turn = directions.bin(right, down);
                self.map[at] = turn + 1;
                let narrow = |side: usize| u16::try_from(side).unwrap_or(u16::MAX);
                self.list.push(Edge { x: narrow(x), y: narrow(y), turn, weight: 0 });
            }
        }
    }

    /// Keeps the edges that go on in their own direction: the strokes of print, grain and the curls of wood do not. A plane
    /// of `grey` weighs lines less that are thin.
    fn keep_straight(&mut self, grey: &[u8], directions: &Directions) {
        let (width, height) = (self.width, self.height);
        if self.rows != width {
            self.rows = width;
            self.ways.clear();
            // A way over the border comes out one row further: no edges are there.
            let way = |[right, down]: [i8; 2]| isize::from(right) + isize::from(down) * signed(width);
            self.ways.extend((0..2 * BINS).map(|turn| directions.run(turn).map(|places| places.map(way))));
        }
        let map = &self.map;
        for edge in &mut self.list {
            let (turn, at) = (usize::from(edge.turn), usize::from(edge.y) * width + usize::from(edge.x));
            // Without a branch for each place: none of them can be foreseen.
            let goes_on = |places: &[isize; 3]| {
                places.iter().fold(false, |any, &way| {
                    let there = map.get(at.wrapping_add_signed(way)).map_or(0, |&there| usize::from(there));
                    let apart = there.abs_diff(turn + 1);
                    any | ((there > 0) & ((apart <= ALIKE) | (apart >= 2 * BINS - ALIKE)))
                })
            };
            let (near, far) = self.ways[turn].split_at(NEAR);
            let count = |places: &[[isize; 3]]| places.iter().map(|places| u8::from(goes_on(places))).sum::<u8>();
            let mut run = count(near);
            if run > 0 {
                run += count(far);
            }
            edge.weight = if run < LEAST_RUN { 0 } else { run };
            if edge.weight == 0 || grey.is_empty() {
                continue;
            }
            // A ruled line has the same grey on both sides, a document and its ground seldom do.
            let normal = directions.unit(turn);
            let at = Point::new(f32::from(edge.x) + 0.5, f32::from(edge.y) + 0.5);
            let level = |away: f32| {
                let next = at + normal * away;
                let inside = next.x >= 0.0 && next.y >= 0.0 && next.x < real(width) && next.y < real(height);
                if inside { grey[pixel(next.y) * width + pixel(next.x)] } else { 0 }
            };
            let stays = level(BESIDE).abs_diff(level(-BESIDE));
            let step = level(1.0).abs_diff(level(-1.0));
            if u32::from(stays) * 2 < u32::from(step) {
                edge.weight = run / 2;
            }
        }
        let map = &mut self.map;
        self.list.retain(|edge| {
            let keep = edge.weight > 0;
            if !keep {
                map[usize::from(edge.y) * width + usize::from(edge.x)] = 0;
            }
            keep
        });
    }
}

/// A width as a way.
fn signed(width: usize) -> isize {
    isize::try_from(width).unwrap_or(0)
}
