//! Straight lines among the edges: Hough's transform with the edges' own directions, then a fit.
//!
//! Its constants were set on the finder's tuning seeds, see [`super`].

use alloc::vec::Vec;

use super::super::geometry::{Point, pixel, real};
use super::directions::{BINS, Directions, apart};
use super::edges::{Edge, Edges};
use super::small::Small;

/// How far an edge's direction may be from the line's, in steps of 1.5°.
const VOTING: usize = 4;
/// Width of the strips that lines are told apart by, in pixels of the small plane.
const STRIP: f32 = 2.0;
/// How far an edge may lie from a line to belong to it, in pixels of the small plane, and how far its direction may be
/// off.
const BELONGS: f32 = 2.5;
const BELONGS_TURN: usize = 6;
/// The directions are counted in this many classes.
const HEAPS: usize = 12;
/// Two lines are one when no direction and no place tells them apart by more.
const SAME_TURN: usize = 3;
const SAME_PLACE: f32 = 2.0;

/// A straight line in the small plane, with where it has edges.
pub(super) struct Line {
    /// Unit normal.
    pub(super) normal: Point,
    /// Distance from the middle of the plane along the normal.
    pub(super) offset: f32,
    /// Direction of the normal, [`BINS`] to half a turn.
    pub(super) bin: usize,
    /// Where the first step of `sums` is, along the line from the foot of the normal.
    start: f32,
    /// For each step along the line, how many edges before it go from dark to light along the normal, and against.
    sums: Vec<[u16; 2]>,
    /// One of the four borders of the frame: a document that is cut off has no edge there.
    pub(super) border: bool,
}

impl Line {
    /// The way along the line.
    pub(super) fn along(&self) -> Point {
        Point::new(-self.normal.y, self.normal.x)
    }

    /// From where to where it runs in the frame, along the line from the foot of the normal.
    pub(super) fn within(&self) -> (f32, f32) {
        (self.start, self.start + real(self.sums.len().saturating_sub(1)))
    }

    /// Where two lines meet, from the middle of the plane.
    pub(super) fn meets(&self, other: &Self) -> Option<Point> {
        let turn = self.normal.cross(other.normal);
        // Lines that differ by less than 17° are no neighbouring sides.
        if turn.abs() < 0.3 {
            return None;
        }
        let x = (self.offset * other.normal.y - other.offset * self.normal.y) / turn;
        let y = (other.offset * self.normal.x - self.offset * other.normal.x) / turn;
        Some(Point::new(x, y))
    }

    /// The share of a part of the line that has an edge, 0 to 1, and how much of it goes from dark to light along the
    /// normal, −1 to 1. `from` and `to`: along the line from the foot of the normal. What lies outside the frame counts
    /// as without an edge.
    pub(super) fn support(&self, from: f32, to: f32) -> (f32, f32) {
        let (from, to) = if from <= to { (from, to) } else { (to, from) };
        let length = to - from;
        if length < 1.0 || self.sums.is_empty() {
            return (0.0, 0.0);
        }
        let last = self.sums.len() - 1;
        let at = |place: f32| pixel(place - self.start + 0.5).min(last);
        let (begin, end) = (self.sums[at(from)], self.sums[at(to)]);
        let (up, down) = (f32::from(end[0] - begin[0]), f32::from(end[1] - begin[1]));
        let share = ((up + down) / length).min(1.0);
        let sided = if up + down > 0.0 { (up - down) / (up + down) } else { 0.0 };
        (share, sided)
    }
}

/// Buffers of the search.
#[derive(Default)]
pub(super) struct Lines {
    votes: Vec<u16>,
    peaks: Vec<(u16, u32)>,
    pub(super) found: Vec<Line>,
    spare: Vec<Vec<[u16; 2]>>,
    /// The edges' places from the middle of the plane, by their direction; where each direction begins.
    sorted: Vec<Point>,
    starts: Vec<usize>,
}

impl Lines {
    /// None.
    pub(super) fn clear(&mut self) {
        self.spare.extend(self.found.drain(..).map(|line| line.sums));
    }

    /// The four borders of the frame, after all others.
    pub(super) fn add_borders(&mut self, small: &Small, directions: &Directions) {
        if small.width == 0 {
            return;
        }
        let middle = small.middle();
        // The pixel next to the border is the last that can have an edge.
        let borders =
            [(0, middle.x - 1.0), (0, 1.0 - middle.x), (BINS / 2, middle.y - 1.0), (BINS / 2, 1.0 - middle.y)];
        for (bin, offset) in borders {
            let sums = self.spare.pop().unwrap_or_default();
            let line = Line { normal: directions.unit(bin), offset, bin, start: 0.0, sums, border: true };
            self.found.push(walked(small, None, line));
        }
    }

    /// The `most` lines with the most edges that are not there yet.
    pub(super) fn add(&mut self, small: &Small, edges: &Edges, directions: &Directions, most: usize) {
        if small.width == 0 {
            return;
        }
        let middle = small.middle();
        let reach = middle.length();
        // The middle of the middle strip is the middle of the plane, so that both ways round count alike.
        let half = pixel(reach / STRIP) + 2;
        let strips = 2 * half + 1;
        self.vote(edges, directions, middle, strips);
        self.merge(strips);
        self.peaks(strips);
        self.sort(edges, middle);
        // Stripes must not crowd out the sides of the document.
        let most_alike = most / 3;
        let mut heaps = [0; HEAPS];
        let mut taken = 0;
        for place in 0..self.peaks.len() {
            if taken == most {
                break;
            }
            let (_, cell) = self.peaks[place];
            let cell = usize::try_from(cell).unwrap_or(0);
            let (bin, strip) = (cell / strips, cell % strips);
            let normal = directions.unit(bin);
            let offset = (real(strip) + 0.5 - real(strips) / 2.0) * STRIP;
            let heap = bin * HEAPS / BINS;
            if heaps[heap] == most_alike || self.known(normal, offset, bin) {
                continue;
            }
            let (normal, offset) = self.fitted(normal, offset, bin);
            if self.known(normal, offset, bin) {
                continue;
            }
            let sums = self.spare.pop().unwrap_or_default();
            let line = Line { normal, offset, bin, start: 0.0, sums, border: false };
            self.found.push(walked(small, Some(edges), line));
            taken += 1;
            heaps[heap] += 1;
        }
    }

    fn vote(&mut self, edges: &Edges, directions: &Directions, middle: Point, strips: usize) {
        self.votes.clear();
        self.votes.resize(2 * BINS * strips, 0);
        // An edge of a coarser plane stands for as many of the small one.
        let gain = pixel(edges.step + 0.5).max(1);
        let centre = real(strips) / 2.0;
        for edge in &edges.list {
            let at = (edges.place(edge) - middle) * (1.0 / STRIP);
            for step in 0..=2 * VOTING {
                let bin = (usize::from(edge.turn) + 2 * BINS + step - VOTING) % (2 * BINS);
                let weight = gain * (VOTING + 1 - step.abs_diff(VOTING)) * usize::from(edge.weight) / 4;
                let strip = pixel(directions.unit(bin).dot(at) + centre).min(strips - 1);
                let vote = &mut self.votes[bin * strips + strip];
                *vote = vote.saturating_add(u16::try_from(weight).unwrap_or(0));
            }
        }
    }

    /// Puts edges of one direction together, so that a line looks at few of them.
    fn sort(&mut self, edges: &Edges, middle: Point) {
        let bin = |edge: &Edge| usize::from(edge.turn) % BINS;
        self.starts.clear();
        self.starts.resize(BINS + 1, 0);
        for edge in &edges.list {
            self.starts[bin(edge) + 1] += 1;
        }
        for place in 0..BINS {
            self.starts[place + 1] += self.starts[place];
        }
        self.sorted.clear();
        self.sorted.resize(edges.list.len(), Point::default());
        for edge in &edges.list {
            let place = &mut self.starts[bin(edge)];
            self.sorted[*place] = edges.place(edge) - middle;
            *place += 1;
        }
        // Each now stands where the next begins.
        self.starts.rotate_right(1);
        self.starts[0] = 0;
    }

    /// Adds the votes of edges the other way round, which are half a turn away and count the strips from the other side. Print and
    /// chequered cloth have as many of both; the sides of a document mostly have one kind, so the fewer count half.
    fn merge(&mut self, strips: usize) {
        let (one, other) = self.votes.split_at_mut(BINS * strips);
        for (ours, theirs) in one.chunks_exact_mut(strips).zip(other.chunks_exact(strips)) {
            for (vote, &against) in ours.iter_mut().zip(theirs.iter().rev()) {
                let (more, fewer) = ((*vote).max(against), (*vote).min(against));
                *vote = more.saturating_add(fewer / 2);
            }
        }
    }

    /// The places with more votes than those around them, the most first.
    fn peaks(&mut self, strips: usize) {
        self.peaks.clear();
        let votes = &self.votes;
        // Two neighbouring strips share the edges of a line that lies between them.
        let sum = |bin: usize, strip: usize| {
            votes[bin * strips + strip - 1]
                .saturating_add(votes[bin * strips + strip].saturating_mul(2))
                .saturating_add(votes[bin * strips + strip + 1])
        };
        // 20 pixels of an edge that point the right way.
        let least = 2 * 20 * u16::try_from(VOTING).unwrap_or(1);
        for bin in 0..BINS {
            for strip in 2..strips - 2 {
                let here = sum(bin, strip);
                if here < least {
                    continue;
                }
                let before = sum(bin, strip - 1);
                let after = sum(bin, strip + 1);
                if before > here || after >= here {
                    continue;
                }
                // Half a turn further the strips count from the other side.
                let beside = |bin: usize, wraps: bool| {
                    let strip = if wraps { strips - 1 - strip } else { strip };
                    sum(bin, strip.clamp(1, strips - 2))
                };
                let (less, more) =
                    (beside((bin + BINS - 1) % BINS, bin == 0), beside((bin + 1) % BINS, bin == BINS - 1));
                if less <= here && more <= here {
                    self.peaks.push((here, u32::try_from(bin * strips + strip).unwrap_or(0)));
                }
            }
        }
        self.peaks.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    }

    fn known(&self, normal: Point, offset: f32, bin: usize) -> bool {
        self.found.iter().any(|line| {
            let offset = if line.normal.dot(normal) < 0.0 { -offset } else { offset };
            apart(line.bin, bin) <= SAME_TURN && (line.offset - offset).abs() <= SAME_PLACE
        })
    }

    /// The line through the edges around it, by least squares across it.
    fn fitted(&self, mut normal: Point, mut offset: f32, bin: usize) -> (Point, f32) {
        let (mut count, mut sum, mut sum_along, mut sum_square, mut sum_across, mut sum_product) =
            (0.0, 0.0_f32, 0.0, 0.0, 0.0_f32, 0.0);
        let along = Point::new(-normal.y, normal.x);
        for turn in 0..=2 * BELONGS_TURN {
            let bin = (bin + BINS + turn - BELONGS_TURN) % BINS;
            for &at in &self.sorted[self.starts[bin]..self.starts[bin + 1]] {
                let across = normal.dot(at) - offset;
                if across.abs() > BELONGS {
                    continue;
                }
                let place = along.dot(at);
                count += 1.0;
                sum += across;
                sum_along += place;
                sum_square += place * place;
                sum_across += across;
                sum_product += place * across;
            }
        }
        let spread = count * sum_square - sum_along * sum_along;
        if count < 8.0 || spread < 1.0 {
            return (normal, offset);
        }
        let slope = (count * sum_product - sum_along * sum_across) / spread;
        let lift = (sum - slope * sum_along) / count;
        // across = lift + slope × along: the normal turns against the slope.
        let turned = normal - along * slope;
        let length = turned.length();
        normal = turned * (1.0 / length);
        offset = (offset + lift) / length;
        (normal, offset)
    }
}

/// Counts the edges along the line through the frame.
fn walked(small: &Small, edges: Option<&Edges>, mut line: Line) -> Line {
    let foot = line.normal * line.offset + small.middle();
    let along = line.along();
    // The part within the frame.
    let (mut from, mut to) = (-1e4_f32, 1e4_f32);
    for (place, way, size) in [(foot.x, along.x, real(small.width)), (foot.y, along.y, real(small.height))] {
        if way.abs() < 1e-6 {
            continue;
        }
        let (one, other) = ((1.5 - place) / way, (size - 1.5 - place) / way);
        from = from.max(one.min(other));
        to = to.min(one.max(other));
    }
    line.sums.clear();
    line.start = from;
    if to - from < 1.0 {
        return line;
    }
    let steps = pixel(to - from);
    line.sums.reserve(steps + 1);
    let mut sum = [0_u16; 2];
    line.sums.push(sum);
    for step in 0..steps {
        let at = foot + along * (from + real(step) + 0.5);
        if let Some(edges) = edges {
            for away in [0.0, -edges.step, edges.step] {
                let here = at + line.normal * away;
                if let Some(turn) = edges.turn(here)
                    && apart(turn % BINS, line.bin) <= BELONGS_TURN
                {
                    // Along the normal, or against it.
                    let distance = turn.abs_diff(line.bin);
                    let along = distance.min(2 * BINS - distance) < BINS / 2;
                    sum[usize::from(!along)] += 1;
                    break;
                }
            }
        } else {
            // No edge is known there, and none is missed.
            sum[step & 1] += 1;
        }
        line.sums.push(sum);
    }
    line
}
