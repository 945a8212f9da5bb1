//! From the motions of a clip to what it shows.

use alloc::{vec, vec::Vec};

use super::super::geometry::Point;
use super::{
    clip::{Seen, THUMB},
    evidence::{Evidence, Finding, Head, PromptEvidence, Verdict},
    head::{self, Ellipse, Motion},
    measure::{Measure, Measured},
    script::{Direction, Script},
};

/// The clip as far as it can be followed.
struct Followed {
    head: Ellipse,
    explained: f64,
    motions: Vec<Option<Motion>>,
    /// Sum of the turns, degrees.
    yaw: Vec<f64>,
}

/// Pairs of frames by which a head is looked for: the liveliest.
const LIVELIEST: usize = 20;

impl Followed {
    fn new(seen: &[Seen], found: head::Found) -> Self {
        let head::Found { head, share } = found;
        let motions: Vec<_> = seen.iter().map(|now| head.motion(&now.flow)).collect();
        let mut turned = 0.0;
        let yaw = motions
            .iter()
            .map(|motion| {
                turned += motion.map_or(0.0, |motion| motion.yaw.to_degrees());
                turned
            })
            .collect();
        Self { head, explained: share, motions, yaw }
    }
}

/// Two heads are told from one when they explain so many times as much. Films of two on the tuning seeds 41000 to 41033: 1.32 and
/// more; of one, 41000 to 41159: below, but for one film whose second did not turn.
const TWO: f64 = 1.15;

/// The head, and two where two explain more.
fn heads(
    seen: &[Seen],
    backgrounds: &[[f64; 4]],
    (width, height): (f64, f64),
) -> Option<(Followed, Option<[Followed; 2]>)> {
    let mut lively: Vec<(f64, usize)> = seen
        .iter()
        .enumerate()
        .filter(|(_, now)| now.flow.steps.len() >= 20 && now.flow.lost.len() < now.flow.steps.len())
        .map(|(at, now)| {
            let moved = now.flow.steps.iter().map(|step| head::own_motion(step, &backgrounds[at]).min(4.0));
            (moved.sum::<f64>(), at)
        })
        .collect();
    lively.sort_by(|a, b| b.0.total_cmp(&a.0));
    lively.truncate(LIVELIEST);
    let flows: Vec<_> = lively.iter().map(|&(_, at)| (&seen[at].flow, backgrounds[at])).collect();
    let search = head::Search::new(&flows, width, height)?;
    let one = search.one()?;
    let two = search.two().filter(|[a, b]| a.share + b.share > TWO * one.share);
    Some((Followed::new(seen, one), two.map(|two| two.map(|found| Followed::new(seen, found)))))
}

pub(super) fn evidence(script: &Script, seen: &[Seen], size: (usize, usize)) -> Evidence {
    #[allow(clippy::cast_precision_loss, reason = "sides are below 2^14")]
    let (width, height) = (size.0 as f64, size.1 as f64);
    let mut sheet = Sheet::default();
    rate(&mut sheet, seen);
    stillness(&mut sheet, seen);
    repeats(&mut sheet, seen);
    cuts(&mut sheet, seen);
    let backgrounds: Vec<_> = seen.iter().map(|now| head::background(&now.flow, width, height)).collect();
    let Some((followed, two)) = heads(seen, &backgrounds, (width, height)) else {
        sheet.fails(Finding::FaceMissing);
        // Perhaps because nothing can be made out where the face should be.
        let middle = Ellipse { x: width * 0.5, y: height * 0.45, half: width * 0.17 };
        pictures(&mut sheet, seen, &middle, (width, height));
        let prompts = script.prompts().iter().map(|prompt| unseen(prompt.direction)).collect();
        return sheet.evidence(prompts, seen.iter().map(|_| 0.0).collect());
    };
    sheet.add(Measure::HeadMotion, Some(short(followed.explained)));
    pictures(&mut sheet, seen, &followed.head, (width, height));
    let prompts: Vec<_> = (0..script.prompts().len()).map(|at| prompt(script, at, seen, &followed)).collect();
    turns(&mut sheet, &prompts);
    surroundings(&mut sheet, script, seen, &followed, &backgrounds);
    lost(&mut sheet, seen, &followed);
    second_head(&mut sheet, script, seen, two.as_ref());
    let yaw = followed.yaw.iter().map(|&yaw| short(yaw)).collect();
    let mut evidence = sheet.evidence(prompts, yaw);
    let Ellipse { x, y, half } = followed.head;
    evidence.head = Some(Head { centre: Point::new(short(x), short(y)), half_width: short(half) });
    evidence
}

/// What was computed with long numbers is told with short ones.
#[allow(clippy::cast_possible_truncation, reason = "degrees, pixels and ratios, all of them small")]
fn short(value: f64) -> f32 {
    value as f32
}

fn unseen(asked: Direction) -> PromptEvidence {
    PromptEvidence { asked, seen: None, extent: 0.0, solid: 0.0, fastest: 0.0, after: 0 }
}

/// Numbers and findings as they come together.
#[derive(Default)]
struct Sheet {
    measures: Vec<Measured>,
    findings: Vec<Finding>,
}

impl Sheet {
    fn fails(&mut self, finding: Finding) {
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    fn add(&mut self, measure: Measure, value: Option<f32>) {
        let measured = Measured::new(measure, value);
        self.measures.push(measured);
        if !measured.pass {
            self.fails(measure.finding());
        }
    }

    fn evidence(mut self, prompts: Vec<PromptEvidence>, yaw: Vec<f32>) -> Evidence {
        let order = |measured: &Measured| Measure::ALL.iter().position(|&known| known == measured.measure);
        self.measures.sort_by_key(order);
        self.findings.sort_by_key(|finding| Finding::ALL.iter().position(|known| known == finding));
        let verdict = if self.findings.is_empty() { Verdict::Shown } else { Verdict::NotShown };
        Evidence { verdict, findings: self.findings, prompts, measures: self.measures, yaw, head: None }
    }
}

#[allow(clippy::cast_precision_loss, reason = "at most 600 frames in some minutes")]
fn rate(sheet: &mut Sheet, seen: &[Seen]) {
    let (Some(first), Some(last)) = (seen.first(), seen.last()) else {
        sheet.add(Measure::FrameRate, Some(0.0));
        return;
    };
    let seconds = (last.at - first.at) as f32 / 1_000.0;
    let rate = if seconds > 0.0 { (seen.len() - 1) as f32 / seconds } else { 0.0 };
    sheet.add(Measure::FrameRate, Some(rate));
    let gap = seen.windows(2).map(|pair| pair[1].at - pair[0].at).max().unwrap_or(0);
    sheet.add(Measure::LongestGap, Some(gap as f32));
}

/// A sensor's noise alone changes a frame by more than this, levels.
const NOTHING_CHANGED: f32 = 0.12;

#[allow(clippy::cast_precision_loss, reason = "milliseconds of a clip")]
fn stillness(sheet: &mut Sheet, seen: &[Seen]) {
    let (mut longest, mut since) = (0, None);
    for pair in seen.windows(2) {
        if pair[1].change <= NOTHING_CHANGED {
            let since = *since.get_or_insert(pair[0].at);
            longest = longest.max(pair[1].at - since);
        } else {
            since = None;
        }
    }
    sheet.add(Measure::LongestStill, Some(longest as f32));
}

/// Two parts of frames are the same within a 256th of this, levels. A camera that films a loop anew has fresh noise in each
/// frame: tuning seeds 41000 to 41026 ask for a whole level, and leave no genuine film a repeat up to two.
const SAME: u16 = 320;
/// A stretch has motion when some part of the frame changed by this much in it.
const MOVED: u16 = 6 * 256;

fn same(a: &Seen, b: &Seen) -> bool {
    a.thumb.iter().zip(&b.thumb).all(|(a, b)| a.abs_diff(*b) <= SAME)
}

/// The longest stretch with motion in it that came before in the same clip, milliseconds.
#[allow(clippy::cast_precision_loss, reason = "milliseconds of a clip")]
fn repeats(sheet: &mut Sheet, seen: &[Seen]) {
    let mut longest = 0;
    // The darkest and the lightest that each part was since the stretch began: looking at every frame of it again would
    // take the cube of the frames for a film that stands still.
    let mut range = vec![(0, 0); THUMB.0 * THUMB.1];
    for lag in 5..seen.len() {
        let mut from = None;
        for at in lag..seen.len() {
            if !same(&seen[at - lag], &seen[at]) {
                from = None;
                continue;
            }
            let since = *from.get_or_insert(at);
            let mut moved = false;
            for ((least, most), &now) in range.iter_mut().zip(&seen[at].thumb) {
                (*least, *most) = if since == at { (now, now) } else { (now.min(*least), now.max(*most)) };
                moved |= (now - *least).max(*most - now) > MOVED;
            }
            if moved {
                longest = longest.max(seen[at].at - seen[since].at);
            }
        }
    }
    sheet.add(Measure::LongestRepeat, Some(longest as f32));
}

/// Frames across which hardly anything is found again although there was much to find.
#[allow(clippy::cast_precision_loss, reason = "some hundred corners")]
fn cuts(sheet: &mut Sheet, seen: &[Seen]) {
    let mut worst: Option<f32> = None;
    for now in seen.iter().skip(1) {
        let count = now.flow.steps.len() + now.flow.lost.len();
        if count >= 25 && now.change > 6.0 {
            let share = now.flow.lost.len() as f32 / count as f32;
            worst = Some(worst.map_or(share, |worst| worst.max(share)));
        }
    }
    sheet.add(Measure::LostAtOnce, worst);
}

/// Light and sharpness of the face.
fn pictures(sheet: &mut Sheet, seen: &[Seen], head: &Ellipse, (width, height): (f64, f64)) {
    let inside: Vec<usize> = (0..THUMB.0 * THUMB.1)
        .filter(|at| {
            #[allow(clippy::cast_precision_loss, reason = "some ten columns and rows")]
            let middle = |at: usize, count: usize, side: f64| short((at as f64 + 0.5) / count as f64 * side);
            head.front(middle(at % THUMB.0, THUMB.0, width), middle(at / THUMB.0, THUMB.1, height))
        })
        .collect();
    let mut levels: Vec<f32> =
        seen.iter().flat_map(|now| inside.iter().map(|&at| f32::from(now.thumb[at]) / 256.0)).collect();
    sheet.add(Measure::FaceLight, at_share(&mut levels, 0.5));
    let mut edges: Vec<f32> = seen.iter().flat_map(|now| inside.iter().filter_map(|&at| now.acuity[at])).collect();
    sheet.add(Measure::FaceAcuity, at_share(&mut edges, 0.75));
}

/// The value that this share of all lie below.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an index of some thousand values"
)]
fn at_share(values: &mut [f32], share: f32) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    let last = values.len().checked_sub(1)?;
    Some(values[(last as f32 * share) as usize])
}

/// The frames from a prompt to the next one, or to the end.
fn window(script: &Script, at: usize, seen: &[Seen]) -> core::ops::Range<usize> {
    let prompts = script.prompts();
    let first = |time: u32| seen.iter().position(|now| now.at >= time).unwrap_or(seen.len());
    let end = prompts.get(at + 1).map_or(seen.len(), |next| first(next.at));
    first(prompts[at].at).min(end)..end
}

fn prompt(script: &Script, at: usize, seen: &[Seen], followed: &Followed) -> PromptEvidence {
    let asked = script.prompts()[at];
    let window = window(script, at, seen);
    let Some(&base) = followed.yaw.get(window.start) else { return unseen(asked.direction) };
    let relative = |frame: usize| followed.yaw[frame] - base;
    // The first way it goes counts: on the way back it may go beyond where it began.
    let least = f64::from(Measure::LeastTurn.limit());
    let leaves = window.clone().find(|&frame| relative(frame).abs() >= least);
    let direction = Direction::of(leaves.map_or(0.0, relative));
    let way = |frame: usize| relative(frame) * direction.sign();
    let until =
        leaves.and_then(|from| (from..window.end).find(|&frame| way(frame) < least / 2.0)).unwrap_or(window.end);
    let farthest = (window.start..until).max_by(|&a, &b| match leaves {
        Some(_) => way(a).total_cmp(&way(b)),
        None => relative(a).abs().total_cmp(&relative(b).abs()),
    });
    let Some(farthest) = farthest else { return unseen(asked.direction) };
    let extent = relative(farthest);
    let solid: f64 = followed.motions[window.start + 1..=farthest.max(window.start)]
        .iter()
        .flatten()
        .map(|motion| motion.solid.to_degrees())
        .sum();
    let fastest = window
        .clone()
        .skip(1)
        .filter_map(|frame| {
            let motion = followed.motions[frame]?;
            let seconds = f64::from(seen[frame].at - seen[frame - 1].at) / 1_000.0;
            Some(motion.yaw.to_degrees().abs() / seconds)
        })
        .fold(0.0, f64::max);
    PromptEvidence {
        asked: asked.direction,
        seen: leaves.map(|_| direction),
        extent: short(extent),
        solid: short(solid * direction.sign()),
        fastest: short(fastest),
        after: seen[farthest].at.saturating_sub(asked.at),
    }
}

fn turns(sheet: &mut Sheet, prompts: &[PromptEvidence]) {
    let least = prompts.iter().map(|prompt| prompt.extent.abs()).fold(f32::MAX, f32::min);
    sheet.add(Measure::LeastTurn, Some(least));
    if prompts.iter().any(|prompt| prompt.seen.is_some_and(|seen| seen != prompt.asked)) {
        sheet.fails(Finding::TurnWrongWay);
    }
    let mut solid: Vec<f32> = prompts
        .iter()
        .filter(|prompt| prompt.seen.is_some())
        .map(|prompt| prompt.solid / prompt.extent.abs())
        .collect();
    sheet.add(Measure::SolidPart, at_share(&mut solid, 0.5));
}

/// How much what is beside and above the head moves while it turns, as a part of how much the face does.
fn surroundings(sheet: &mut Sheet, script: &Script, seen: &[Seen], followed: &Followed, backgrounds: &[[f64; 4]]) {
    let (mut around, mut inside) = (Vec::new(), Vec::new());
    for at in 0..script.prompts().len() {
        for frame in window(script, at, seen) {
            let turning = followed.motions[frame].is_some_and(|motion| motion.yaw.to_degrees().abs() > 1.0);
            if !turning {
                continue;
            }
            for step in &seen[frame].flow.steps {
                let own = short(head::own_motion(step, &backgrounds[frame]));
                if followed.head.front(step.x, step.y) {
                    inside.push(own);
                } else if followed.head.around(step.x, step.y) {
                    around.push(own);
                }
            }
        }
    }
    let ratio = match (at_share(&mut around, 0.5), at_share(&mut inside, 0.5)) {
        (Some(around_it), Some(face)) if around.len() >= 40 && face > 0.0 => Some(around_it / face),
        _ => None,
    };
    sheet.add(Measure::AroundMoves, ratio);
}

/// How much of the face was not found again from one frame to the next, at worst.
#[allow(clippy::cast_precision_loss, reason = "some hundred corners")]
fn lost(sheet: &mut Sheet, seen: &[Seen], followed: &Followed) {
    let mut worst = 0.0_f32;
    for now in seen.iter().skip(1) {
        let lost = now.flow.lost.iter().filter(|(x, y)| followed.head.front(*x, *y)).count();
        let found = now.flow.steps.iter().filter(|step| followed.head.front(step.x, step.y)).count();
        if lost + found >= 10 && now.change > 1.5 {
            worst = worst.max(lost as f32 / (lost + found) as f32);
        }
    }
    sheet.add(Measure::FaceLostAtOnce, Some(worst));
}

/// How far the one of two heads that turned less did, the median over the prompts.
fn second_head(sheet: &mut Sheet, script: &Script, seen: &[Seen], two: Option<&[Followed; 2]>) {
    let turned = |head: &Followed| {
        let mut extents: Vec<f32> =
            (0..script.prompts().len()).map(|at| prompt(script, at, seen, head).extent.abs()).collect();
        at_share(&mut extents, 0.5)
    };
    let less = two.and_then(|[a, b]| Some(turned(a)?.min(turned(b)?)));
    sheet.add(Measure::SecondHeadTurn, less);
}
