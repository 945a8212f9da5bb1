//! The head as an ellipsoid in front of a still background, and how it turned from one frame to the next.

use alloc::vec::Vec;

use super::{
    fit::{FAR, Fit, distance2, fit},
    flow::{Flow, Step},
};

/// A head is so many times as high as wide.
const TALL: f64 = 1.35;
/// And so many times as deep: 19.9 to 15.4 cm in the mean (Gordon et al., 2012 Anthropometric Survey of U.S. Army
/// Personnel, head length and head breadth of men).
const DEEP: f64 = 1.3;
/// Only what looks towards the camera counts: beyond it lies the outline.
const FRONT: f64 = 0.85;
/// Fewer patches than this say nothing about a turn. With 12, dark faces under a dark cloth were not followed all along.
const LEAST_STEPS: usize = 8;

/// A head hardly shifts while it turns, and a flow of an uneven face mixes the two up: its shift pulls towards none, by this
/// part of what the patches say. Ten times more or a third of it turn some heads the wrong way.
const AT_REST: [f64; 6] = [0.03, 0.03, 0.0, 0.0, 0.0, 0.0];

/// A plane as small as a face, an arm's length away, hardly converges: its two perspective numbers pull towards none.
const NEARLY_PARALLEL: [f64; 10] = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.03, 0.03, 0.0, 0.0];

/// Where the head is in the picture, pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ellipse {
    pub(super) x: f64,
    pub(super) y: f64,
    /// Half its width.
    pub(super) half: f64,
}

/// One head between two frames.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Motion {
    /// Turn to the person's left, radians.
    pub(super) yaw: f64,
    /// The same from what no plane can do.
    pub(super) solid: f64,
}

impl Ellipse {
    /// In half widths from the middle; the last one is how near the camera that place of an ellipsoid is.
    fn place(&self, x: f32, y: f32) -> (f64, f64, f64) {
        let (x, y) = ((f64::from(x) - self.x) / self.half, (f64::from(y) - self.y) / self.half);
        let across = x * x + (y / TALL) * (y / TALL);
        (x, y, DEEP * (1.0 - across).max(0.0).sqrt())
    }

    /// 0 in the middle, 1 on the outline.
    pub(super) fn reach(&self, x: f32, y: f32) -> f64 {
        let (x, y, _) = self.place(x, y);
        x * x + (y / TALL) * (y / TALL)
    }

    /// Whether a place is well inside.
    pub(super) fn front(&self, x: f32, y: f32) -> bool {
        self.reach(x, y) < FRONT
    }

    /// Whether a place is beside or above the head: there the room is seen, below it the shoulders.
    pub(super) fn around(&self, x: f32, y: f32) -> bool {
        let reach = self.reach(x, y);
        reach > 1.5 && reach < 4.5 && f64::from(y) < self.y + 0.6 * TALL * self.half
    }

    /// Shift, size, lean, yaw and pitch of an ellipsoid (u to the right, v down).
    fn turned(&self, step: &Step) -> ([f64; 6], [f64; 6]) {
        let (x, y, z) = self.place(step.x, step.y);
        ([1.0, 0.0, x, -y, z, 0.0], [0.0, 1.0, y, x, 0.0, z])
    }

    /// Every motion of a plane (the eight numbers of a homography, first order), and yaw and pitch of an ellipsoid.
    fn turned_beside_plane(&self, step: &Step) -> ([f64; 10], [f64; 10]) {
        let (x, y, z) = self.place(step.x, step.y);
        ([1.0, x, y, 0.0, 0.0, 0.0, x * x, x * y, z, 0.0], [0.0, 0.0, 0.0, 1.0, x, y, x * y, y * y, 0.0, z])
    }

    /// How the head went from one frame to the next; `None` when too few patches were found again.
    pub(super) fn motion(&self, flow: &Flow) -> Option<Motion> {
        let inside = flow.steps.iter().filter(|step| self.front(step.x, step.y));
        let steps = inside.clone().count();
        if steps < LEAST_STEPS {
            return None;
        }
        let turned: Fit<6> = fit(inside.clone(), AT_REST, |step| self.turned(step))?;
        let solid: Option<Fit<10>> = fit(inside, NEARLY_PARALLEL, |step| self.turned_beside_plane(step));
        Some(Motion {
            yaw: turned.values[4] / self.half,
            solid: solid.map_or(0.0, |solid| solid.values[8] / self.half),
        })
    }

    /// How much less of a flow is left when an ellipsoid moves here and not the background alone, and what only the turn explains
    /// once more: shoulders and passers-by move too, but only a head turns. Pixels².
    fn explains(&self, flow: &Flow, background: &[f64; 4]) -> f64 {
        let inside = flow.steps.iter().filter(|step| self.reach(step.x, step.y) < 1.0);
        if inside.clone().count() < LEAST_STEPS {
            return 0.0;
        }
        let still: f64 = inside.clone().map(|step| unexplained(step, background)).sum();
        let turned: Option<Fit<6>> = fit(inside.clone(), AT_REST, |step| self.turned(step));
        let shifted: Option<Fit<4>> = fit(inside, [0.0; 4], similar);
        match (turned, shifted) {
            (Some(turned), Some(shifted)) => still - turned.cost + (shifted.cost - turned.cost),
            _ => 0.0,
        }
    }

    /// Whether two heads can stand side by side like this.
    fn beside(&self, other: &Self) -> bool {
        (self.x - other.x).abs() > 1.05 * (self.half + other.half)
            && (self.y - other.y).abs() < 1.2 * (self.half + other.half)
            && self.half < 1.7 * other.half
            && other.half < 1.7 * self.half
    }
}

/// Shift, size and lean of the whole picture.
fn similar(step: &Step) -> ([f64; 4], [f64; 4]) {
    let (x, y) = (f64::from(step.x) / 100.0, f64::from(step.y) / 100.0);
    ([1.0, 0.0, x, -y], [0.0, 1.0, y, x])
}

/// How the background moved, from what lies at the sides and at the top; nothing known: it stood still.
pub(super) fn background(flow: &Flow, width: f64, height: f64) -> [f64; 4] {
    let outside = |step: &&Step| {
        let (x, y) = (f64::from(step.x) / width, f64::from(step.y) / height);
        (!(0.2..=0.8).contains(&x) && y < 0.8) || y < 0.15
    };
    let steps = flow.steps.iter().filter(outside);
    if steps.clone().count() < 8 {
        return [0.0; 4];
    }
    let fitted: Option<Fit<4>> = fit(steps, [0.0; 4], similar);
    fitted.map_or([0.0; 4], |fitted| fitted.values)
}

/// A step less the motion of the background.
pub(super) fn own_motion(step: &Step, background: &[f64; 4]) -> f64 {
    distance2(step, similar, background).sqrt()
}

/// What the background's motion leaves of a step, pixels².
fn unexplained(step: &Step, background: &[f64; 4]) -> f64 {
    distance2(step, similar, background).min(FAR * FAR)
}

/// A place of a head and how much of the flows it explains.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) head: Ellipse,
    /// Of what the background alone leaves.
    pub(super) share: f64,
}

/// Looks for heads in flows, each with the motion of its background.
pub(super) struct Search<'a> {
    flows: &'a [(&'a Flow, [f64; 4])],
    width: f64,
    /// What the background alone leaves, pixels².
    alone: f64,
    /// Places all over the picture.
    tried: Vec<Found>,
}

impl<'a> Search<'a> {
    /// `None` when nothing but the background moves.
    pub(super) fn new(flows: &'a [(&'a Flow, [f64; 4])], width: f64, height: f64) -> Option<Self> {
        let left = flows
            .iter()
            .map(|(flow, background)| flow.steps.iter().map(|step| unexplained(step, background)).sum::<f64>());
        let alone: f64 = left.sum();
        if alone <= 0.0 {
            return None;
        }
        let mut search = Self { flows, width, alone, tried: Vec::new() };
        // The page asks for the face in the middle of the picture; below it are the shoulders.
        for half in [0.10, 0.13, 0.165, 0.21, 0.26] {
            for across in 0..9_u8 {
                for down in 0..5_u8 {
                    let x = width * (0.26 + 0.06 * f64::from(across));
                    let y = height * (0.26 + 0.07 * f64::from(down));
                    let found = search.at(Ellipse { x, y, half: half * width });
                    search.tried.push(found);
                }
            }
        }
        Some(search)
    }

    fn at(&self, head: Ellipse) -> Found {
        let explained: f64 = self.flows.iter().map(|(flow, background)| head.explains(flow, background)).sum();
        Found { head, share: explained / self.alone }
    }

    /// Nearer and nearer around a place, as long as it stays beside another one.
    fn nearer(&self, mut found: Found, beside: Option<&Ellipse>) -> Found {
        for step in [0.03 * self.width, 0.015 * self.width] {
            let near = found.head;
            for dx in [-step, 0.0, step] {
                for dy in [-step, 0.0, step] {
                    for size in [0.9, 1.0, 1.1] {
                        let head = Ellipse { x: near.x + dx, y: near.y + dy, half: near.half * size };
                        if beside.is_none_or(|beside| beside.beside(&head)) {
                            found = better(found, self.at(head));
                        }
                    }
                }
            }
        }
        found
    }

    /// The place that explains most.
    pub(super) fn one(&self) -> Option<Found> {
        let best = self.tried.iter().copied().reduce(better)?;
        Some(self.nearer(best, None))
    }

    /// The two places side by side that explain most together.
    pub(super) fn two(&self) -> Option<[Found; 2]> {
        let mut best: Option<[Found; 2]> = None;
        for (place, a) in self.tried.iter().enumerate() {
            for b in &self.tried[..place] {
                if a.head.beside(&b.head) && best.is_none_or(|[c, d]| a.share + b.share > c.share + d.share) {
                    best = Some([*a, *b]);
                }
            }
        }
        let [first, second] = best?;
        let first = self.nearer(first, Some(&second.head));
        Some([first, self.nearer(second, Some(&first.head))])
    }
}

fn better(a: Found, b: Found) -> Found {
    if b.share > a.share { b } else { a }
}
