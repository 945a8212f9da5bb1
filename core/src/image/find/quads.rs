//! Four lines that may be the sides of a document.
//!
//! Its constants were set on the finder's tuning seeds, see [`super`].

use alloc::vec::Vec;

use super::super::geometry::{Point, Quad, pixel, real};
use super::lines::{Line, Lines};
use super::shape;
use super::small::Small;

/// Two lines are opposite sides when their directions differ by less: cos 42°, twice what a tilt of 35° makes of a card.
const OPPOSITE: f32 = 0.74;
/// Least share of a side that must have an edge. Two fingers over a short side leave half of it.
const LEAST_SUPPORT: f32 = 0.25;
/// Least length of a side, in pixels of the small plane.
const LEAST_SIDE: f32 = 20.0;
/// Least part of the frame.
const LEAST_AREA: f32 = 0.04;
/// How far a corner may lie outside the frame, in longer sides of it; of a document that goes on beyond the border.
const OUTSIDE: f32 = 0.12;
const OUTSIDE_CUT: f32 = 0.7;
/// Least part of a document that goes on beyond the border that must be in the frame, and least share of its two sides there that
/// must have an edge.
const LEAST_VISIBLE: f32 = 0.4;
const CUT_SUPPORT: f32 = 0.6;

/// How much what is left of a document that is cut off counts.
const CUT_SHAPE: f32 = 0.4;
/// From this score on no other explanation is looked for.
const CERTAIN: f32 = 0.5;
/// What the middle one of three sides must have, and how little it may go on.
const END_SUPPORT: f32 = 0.4;
const END_BEYOND: f32 = 0.7;
/// How much three sides count: their shape is right by construction.
const THREE_SIDES: f32 = 0.6;
const GOES_ON: f32 = 0.5;
/// How many of those that go on beyond the border are looked at in full size.
const CUT_CANDIDATES: usize = 4;
/// How much it counts that lines go on beyond the corners.
const BEYOND: f32 = 0.8;
/// How much it counts that a document is in the middle of the frame: a document half way to the border counts half.
const AIM: f32 = 4.0;
/// Quadrangles whose middles are nearer are the same, in pixels of the small plane.
const SAME_PLACE: f32 = 3.0;
/// Where the margin is looked at, in pixels of the small plane from the side, and at how many places.
const MARGIN: f32 = 2.5;
const MARGIN_PLACES: usize = 20;
/// Mean deviation within a margin, in parts of its grey, that halves what speaks for four lines.
const UNEVEN: f32 = 0.10;

/// A quadrangle in the small plane and what speaks for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) quad: Quad,
    pub(super) score: f32,
    /// How many of the sides are the frame's border.
    pub(super) borders: u8,
}

/// What is searched, and for what.
#[derive(Clone, Copy)]
struct Search<'a> {
    lines: &'a [Line],
    small: &'a Small,
    /// First side over second side that a document may have.
    ratios: &'a [f32],
}

/// Buffers of the search.
#[derive(Default)]
pub(super) struct Quads {
    meets: Vec<Option<Point>>,
    /// How far along the first of two lines they meet; no number where they do not.
    spots: Vec<f32>,
    /// Lines between two others, with their part between them.
    across: Vec<(usize, Side)>,
    whole: Ranking,
    /// Those that go on beyond the border.
    cut: Ranking,
}

impl Quads {
    /// Looks for the `most` best quadrangles, and a few that go on beyond the border. `ratios`: sides that a document may
    /// have.
    pub(super) fn fill(&mut self, lines: &Lines, small: &Small, ratios: &[f32], most: usize) {
        self.whole.begin(most);
        self.cut.begin(CUT_CANDIDATES);
        let search = Search { lines: &lines.found, small, ratios };
        let lines = search.lines;
        let count = lines.len();
        self.meets.clear();
        self.meets.resize(count * count, None);
        self.spots.clear();
        self.spots.resize(count * count, f32::NAN);
        for one in 0..count {
            for other in one + 1..count {
                let Some(meets) = lines[one].meets(&lines[other]) else { continue };
                for (line, other) in [(one, other), (other, one)] {
                    self.meets[line * count + other] = Some(meets);
                    self.spots[line * count + other] = lines[line].along().dot(meets);
                }
            }
        }
        let mut across = core::mem::take(&mut self.across);
        for one in 0..count {
            for other in one + 1..count {
                if lines[one].normal.dot(lines[other].normal).abs() < OPPOSITE {
                    continue;
                }
                across.clear();
                // The first of all four lines is `one`, so that no four are looked at twice.
                across.extend((one + 1..count).filter_map(|line| {
                    let between = self.is_side(lines, line, one, other, LEAST_SUPPORT);
                    Some((line, if between { self.side(lines, line, one, other) } else { None }?))
                }));
                for (place, &first) in across.iter().enumerate() {
                    for &second in &across[place + 1..] {
                        if let Some(candidate) = self.candidate(search, [one, other], [first, second]) {
                            self.whole.keep(candidate);
                        }
                    }
                }
            }
        }
        self.across = across;
        if self.whole.best.first().is_none_or(|best| best.score < CERTAIN) {
            self.complete(search);
        }
        let middle = small.middle();
        for candidate in self.whole.best.iter_mut().chain(&mut self.cut.best) {
            candidate.quad = Quad(candidate.quad.0.map(|corner| corner + middle));
        }
    }

    /// What was found, the best of each kind first.
    pub(super) fn found(&self) -> impl Iterator<Item = &Candidate> {
        self.whole.best.iter().chain(&self.cut.best)
    }

    /// Whether enough of a line between two others has an edge.
    fn is_side(&self, lines: &[Line], line: usize, from: usize, to: usize, least: f32) -> bool {
        let spots = &self.spots[line * lines.len()..][..lines.len()];
        let (from, to) = (spots[from], spots[to]);
        // Neither is true of what is no number.
        (to - from).abs() >= LEAST_SIDE && lines[line].support(from, to).0 >= least
    }

    /// The part of a line between two others.
    fn side(&self, lines: &[Line], line: usize, from: usize, to: usize) -> Option<Side> {
        let meets = |other: usize| self.meets[line * lines.len() + other];
        Side::of(&lines[line], meets(from)?, meets(to)?).filter(|side| side.support >= LEAST_SUPPORT)
    }

    /// Two opposite lines, and two between them.
    fn candidate(
        &self,
        search: Search<'_>,
        [one, other]: [usize; 2],
        [(first, first_side), (second, second_side)]: [(usize, Side); 2],
    ) -> Option<Candidate> {
        let lines = search.lines;
        if lines[first].normal.dot(lines[second].normal).abs() < OPPOSITE {
            return None;
        }
        let count = lines.len();
        let meets = |a: usize, b: usize| self.meets[a * count + b];
        let quad = Quad([meets(one, second)?, meets(one, first)?, meets(other, first)?, meets(other, second)?]);
        let borders = [one, first, other, second].iter().filter(|&&side| lines[side].border).count();
        let kind = match borders {
            0 => Kind::Four,
            1 | 2 => Kind::Border,
            _ => return None,
        };
        let placed = Placed::of(search, quad, kind)?;
        let sides = [
            (one, self.side(lines, one, first, second)?),
            (first, first_side),
            (other, self.side(lines, other, first, second)?),
            (second, second_side),
        ];
        let borders = u8::try_from(borders).unwrap_or(4);
        self.judged(search, &placed, &sides).map(|score| Candidate { quad: placed.quad, score, borders })
    }

    /// Documents with one side that is not seen: white paper on white paper.
    fn complete(&mut self, search: Search<'_>) {
        let Search { lines, small, ratios } = search;
        let count = lines.len();
        for end in 0..count {
            for one in 0..count {
                for other in one + 1..count {
                    if lines[end].border || lines[one].border || lines[other].border {
                        continue;
                    }
                    if lines[one].normal.dot(lines[other].normal).abs() < OPPOSITE {
                        continue;
                    }
                    if !self.is_side(lines, end, one, other, END_SUPPORT) {
                        continue;
                    }
                    let Some(side) = self.side(lines, end, one, other) else { continue };
                    if side.beyond > END_BEYOND {
                        continue;
                    }
                    let meets = |line: usize| self.meets[end * count + line];
                    let (Some(from), Some(to)) = (meets(one), meets(other)) else { continue };
                    for way in [1.0, -1.0] {
                        let normal = lines[end].normal * way;
                        let further = |line: &Line, at: Point| {
                            let along = line.along();
                            at + along * if along.dot(normal) > 0.0 { side.length } else { -side.length }
                        };
                        let ways = [further(&lines[one], from), further(&lines[other], to)];
                        for &ratio in ratios {
                            let Some(quad) = super::complete::rectangle([from, to], ways, ratio, small) else {
                                continue;
                            };
                            let [_, _, far_other, far_one] = quad.0;
                            let goes_on = [far_one, far_other].iter().any(|corner| !small.holds(*corner));
                            let (kind, least) =
                                if goes_on { (Kind::Cut, CUT_SUPPORT) } else { (Kind::Three, LEAST_SUPPORT) };
                            let Some(placed) = Placed::of(search, quad, kind) else { continue };
                            let (Some(first), Some(second)) =
                                (Side::of(&lines[one], from, far_one), Side::of(&lines[other], to, far_other))
                            else {
                                continue;
                            };
                            if first.support.min(second.support) < least {
                                continue;
                            }
                            let sides = [(end, side), (one, first), (other, second)];
                            if let Some(score) = self.judged(search, &placed, &sides) {
                                let ranking = if goes_on { &mut self.cut } else { &mut self.whole };
                                ranking.keep(Candidate { quad: placed.quad, score, borders: 0 });
                            }
                        }
                    }
                }
            }
        }
    }

    /// Four corners and the sides of them that are lines: what speaks for them, when it is more than for those that are kept.
    fn judged(&self, search: Search<'_>, placed: &Placed, sides: &[(usize, Side)]) -> Option<f32> {
        let Search { lines, small, ratios } = search;
        let &Placed { quad, kind, visible } = placed;
        let half = small.middle();
        let area = visible / (4.0 * half.x * half.y);
        let centre = quad.centre();
        let (mut length, mut edges, mut contrast, mut beyond, mut least) = (0.0, 0.0, 0.0, 0.0, 1.0_f32);
        for (line, side) in sides {
            let line = &lines[*line];
            length += side.length;
            edges += side.length * side.support;
            if !line.border {
                // From outside to inside.
                let inwards = line.normal.dot(centre) > line.offset;
                contrast += side.length * side.support * if inwards { side.contrast } else { -side.contrast };
                beyond += side.beyond * side.length;
            }
            least = least.min(side.support);
        }
        let seen = 0.5 * edges / length + 0.15 * least + 0.15 * (contrast / length).abs() + 0.2 * area.sqrt();
        // Who photographs a document aims at it; who cuts it off did not.
        let away = if kind == Kind::Cut { 0.0 } else { Point::new(centre.x / half.x, centre.y / half.y).length() };
        let score = seen * (1.0 - BEYOND * beyond / length) / (1.0 + AIM * away * away);
        let least = if kind == Kind::Cut { self.cut.least() } else { self.whole.least() };
        if score <= least {
            return None;
        }
        // Corners count from the middle of the small plane so far.
        let placed = Quad(quad.0.map(|corner| corner + half));
        let shape = match kind {
            Kind::Four => shape::best(&placed, small.width, small.height, ratios)?.1,
            Kind::Three => THREE_SIDES,
            Kind::Border => CUT_SHAPE,
            Kind::Cut => GOES_ON,
        };
        let score = score * shape;
        if score <= least {
            return None;
        }
        Some(score * evenness(small, &placed))
    }
}

/// Four corners, clockwise, where a document may be.
struct Placed {
    quad: Quad,
    kind: Kind,
    /// How much of it is in the frame, pixels of the small plane.
    visible: f32,
}

impl Placed {
    fn of(search: Search<'_>, mut quad: Quad, kind: Kind) -> Option<Self> {
        let small = search.small;
        if quad.area() < 0.0 {
            quad.0.reverse();
        }
        let half = small.middle();
        let whole = quad.area();
        if whole < LEAST_AREA * 4.0 * half.x * half.y || !quad.is_convex() {
            return None;
        }
        // Four lines give many shapes whose corners are far away; three and the known shape do not.
        let limit = real(small.width.max(small.height)) * if kind == Kind::Cut { OUTSIDE_CUT } else { OUTSIDE };
        if quad.0.iter().any(|corner| corner.x.abs() > half.x + limit || corner.y.abs() > half.y + limit) {
            return None;
        }
        let mut visible = whole;
        if kind == Kind::Cut {
            visible = quad.shared_area(&Quad::upright(-half.x, -half.y, half.x, half.y));
            if visible < LEAST_VISIBLE * whole {
                return None;
            }
        }
        Some(Self { quad, kind, visible })
    }
}

/// How four corners came about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// From four lines.
    Four,
    /// From lines and the frame's border: what is left of a document that is cut off has any shape.
    Border,
    /// From three lines; the fourth side is not seen.
    Three,
    /// From three lines; the fourth side lies outside the frame.
    Cut,
}

/// The best so far of one kind.
#[derive(Default)]
struct Ranking {
    best: Vec<Candidate>,
    most: usize,
}

impl Ranking {
    fn begin(&mut self, most: usize) {
        self.best.clear();
        self.most = most;
    }

    /// What a candidate needs more than to be kept.
    fn least(&self) -> f32 {
        if self.best.len() == self.most { self.best.last().map_or(0.0, |last| last.score) } else { 0.0 }
    }

    fn keep(&mut self, candidate: Candidate) {
        if candidate.score <= self.least() {
            return;
        }
        // Of those that are nearly the same, the best one stands for all.
        let (centre, area) = (candidate.quad.centre(), candidate.quad.area());
        let same = |other: &Candidate| {
            let ratio = other.quad.area() / area;
            (other.quad.centre() - centre).length() < SAME_PLACE && ratio > 0.93 && ratio < 1.075
        };
        if let Some(place) = self.best.iter().position(same) {
            if self.best[place].score >= candidate.score {
                return;
            }
            self.best.remove(place);
        }
        let place = self.best.partition_point(|other| other.score >= candidate.score);
        self.best.insert(place, candidate);
        self.best.truncate(self.most);
    }
}

/// A part of a line between two corners.
#[derive(Clone, Copy)]
struct Side {
    length: f32,
    support: f32,
    contrast: f32,
    /// How much the line goes on beyond the corners, 0 to 1: a document's side ends there, a ruled or tiled ground does not.
    beyond: f32,
}

impl Side {
    /// What is outside the frame has no edge, and says nothing.
    fn of(line: &Line, from: Point, to: Point) -> Option<Self> {
        let along = line.along();
        let (from, to) = (along.dot(from), along.dot(to));
        let (begin, end) = line.within();
        let (from, to) = (from.min(to).max(begin), from.max(to).min(end));
        let length = to - from;
        if length < LEAST_SIDE {
            return None;
        }
        let (support, contrast) = line.support(from, to);
        let further = (0.2 * length).max(10.0);
        // The corner itself is round and blurred.
        let beyond = (line.support(from - further, from - 3.0).0 + line.support(to + 3.0, to + further).0) / 2.0;
        Some(Self { length, support, contrast, beyond })
    }
}

/// How even the strip just within the sides is, 0 to 1: documents have a margin, and what lies between the lines of a
/// chequered cloth or a keyboard has none. The least even side may be a finger or a bar code.
fn evenness(small: &Small, quad: &Quad) -> f32 {
    let centre = quad.centre();
    let mut uneven = [0.0_f32; 4];
    for (side, (from, to)) in uneven.iter_mut().zip(quad.sides()) {
        let way = to - from;
        let length = way.length().max(1.0);
        let mut normal = Point::new(-way.y, way.x) * (1.0 / length);
        if normal.dot(centre - from) < 0.0 {
            normal = normal * -1.0;
        }
        let mut greys = [0.0_f32; MARGIN_PLACES];
        for (place, grey) in greys.iter_mut().enumerate() {
            let along = 0.1 + 0.8 * (real(place) + 0.5) / real(MARGIN_PLACES);
            let at = from + way * along + normal * MARGIN;
            let (x, y) = (pixel(at.x).min(small.width - 1), pixel(at.y).min(small.height - 1));
            *grey = f32::from(small.grey[y * small.width + x]);
        }
        let mean = greys.iter().sum::<f32>() / real(MARGIN_PLACES);
        let apart = greys.iter().map(|grey| (grey - mean).abs()).sum::<f32>() / real(MARGIN_PLACES);
        *side = apart / (mean + 10.0);
    }
    let worst = uneven.iter().copied().fold(0.0, f32::max);
    let mean = (uneven.iter().sum::<f32>() - worst) / 3.0;
    1.0 / (1.0 + (mean / UNEVEN) * (mean / UNEVEN))
}
