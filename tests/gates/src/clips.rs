//! Films of heads and of what only looks like one, through the turn evidence.

use std::time::Instant;

use gatepass_core::image::{
    luma::Luma,
    turn::{self, Direction, Evidence, Finding, Measure, Script, Verdict, Watch},
};
use gatepass_synth::head::{Act, Clip, Turn, film};
use serde::Serialize;

use crate::{
    statistics::{Operating, Rate, area, median, roc},
    workers::{Tell, side_by_side},
};

/// What a film shows, in words.
#[must_use]
pub fn about(act: Act) -> &'static str {
    match act {
        Act::Genuine => "a person who turns as told",
        Act::PhotoMoved => "a printed photo, pushed from side to side",
        Act::PhotoTurned => "a printed photo, turned about its upright axis",
        Act::PhotoBent => "a printed photo, bent to a cylinder and turned",
        Act::Frozen => "the picture stands still from some time on, to the last bit",
        Act::FrozenNoisy => "the picture stands still, filmed anew: fresh noise in each frame",
        Act::Loop => "a short stretch again and again, to the last bit",
        Act::LoopNoisy => "a short stretch again and again, filmed anew: fresh noise in each frame",
        Act::WrongOrder => "a person who turns in another order than told",
        Act::TooFast => "a person who turns too fast to be followed",
        Act::NoTurn => "a person who hardly moves",
        Act::TwoHeads => "two people who both turn",
        Act::NoHead => "the room alone",
        Act::Dark => "a person in the dark",
        Act::Blurred => "a person out of focus",
    }
}

/// Measures of a clip with the act that each is there for.
const MEASURES: [(Measure, Act); 13] = [
    (Measure::FaceLight, Act::Dark),
    (Measure::FaceAcuity, Act::Blurred),
    (Measure::LongestStill, Act::Frozen),
    (Measure::LongestRepeat, Act::Loop),
    (Measure::LongestRepeat, Act::LoopNoisy),
    (Measure::HeadMotion, Act::NoHead),
    (Measure::SecondHeadTurn, Act::TwoHeads),
    (Measure::FaceLostAtOnce, Act::TooFast),
    (Measure::LeastTurn, Act::NoTurn),
    (Measure::LeastTurn, Act::PhotoTurned),
    (Measure::LeastTurn, Act::PhotoBent),
    (Measure::SolidPart, Act::PhotoMoved),
    (Measure::AroundMoves, Act::PhotoTurned),
];

/// How many films.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Takes {
    /// Of people who do as told.
    pub genuine: u64,
    /// Of each other act.
    pub other: u64,
}

/// What the films of one act gave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Played {
    /// What they show.
    pub act: Act,
    /// The same in words.
    pub about: &'static str,
    /// Films that were taken for a head that turned as told.
    pub shown: Rate,
    /// Turns whose direction was seen as it was made; only where a person turns so that it can be followed.
    pub directions: Option<Rate>,
    /// What spoke against them: in how many films.
    pub findings: Vec<(&'static str, usize)>,
    /// Median difference of how far the head was seen to turn and how far it did, degrees.
    pub error: Option<f64>,
    /// Seeds of the films that were judged wrongly.
    pub wrong: Vec<u64>,
}

/// One measure on genuine films and on those it is there for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    /// The measure's code.
    pub measure: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Whether it is accepted up to the limit.
    pub upper: bool,
    /// The limit in the code.
    pub limit: f32,
    /// The act that it is there for.
    pub act: Act,
    /// Its values in genuine films.
    pub good: Vec<Option<f32>>,
    /// Its values in films of the act.
    pub bad: Vec<Option<f32>>,
    /// Genuine films that it refused.
    pub refused: Rate,
    /// Films of the act that it accepted.
    pub missed: Rate,
    /// What every other limit would do.
    pub roc: Vec<Operating>,
    /// The area under that curve.
    pub area: Option<f64>,
}

/// What the films of one seed gave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Clips {
    /// What they were drawn from.
    pub seed: u64,
    /// Act by act.
    pub acts: Vec<Played>,
    /// Measure by measure.
    pub measures: Vec<Told>,
    /// Median time of one frame, milliseconds, while every core works.
    pub frame_ms: f64,
}

struct One {
    act: Act,
    seed: u64,
    shown: bool,
    findings: Vec<Finding>,
    /// Asked, done, seen.
    turns: Vec<(Option<Direction>, Option<Direction>)>,
    errors: Vec<f64>,
    values: Vec<(Measure, Option<f32>, bool)>,
    frame_ms: f64,
}

/// Films and judges so many of each act.
pub fn run(seed: u64, takes: Takes, tell: Tell<'_>) -> Clips {
    let count = |act: Act| if act == Act::Genuine { takes.genuine } else { takes.other };
    // Take by take, so that what is left can be told from what is done.
    let most = takes.genuine.max(takes.other);
    let jobs: Vec<(Act, u64)> = (0..most)
        .flat_map(|take| Act::ALL.into_iter().filter(move |&act| take < count(act)).map(move |act| (act, seed + take)))
        .collect();
    let all = side_by_side(&format!("films of seed {seed}"), &jobs, tell, |&(act, seed)| one(seed, act));
    let of = |act: Act| all.iter().filter(move |one| one.act == act);
    let acts = Act::ALL.iter().map(|&act| Played::of(act, &of(act).collect::<Vec<_>>())).collect();
    let measures = MEASURES
        .iter()
        .map(|&(measure, act)| {
            let values = |act: Act| -> Vec<(Option<f32>, bool)> {
                let own = |one: &One| {
                    one.values.iter().find(|(of, ..)| *of == measure).map(|&(_, value, pass)| (value, pass))
                };
                // Without a head most is not measured; other measures refuse such a clip.
                of(act).map(|one| own(one).unwrap_or((None, true))).collect()
            };
            Told::of(measure, act, &values(Act::Genuine), &values(act))
        })
        .collect();
    let times: Vec<f64> = all.iter().map(|one| one.frame_ms).collect();
    Clips { seed, acts, measures, frame_ms: median(&times).unwrap_or(0.0) }
}

fn one(seed: u64, act: Act) -> One {
    let clip = film(seed, act);
    let begun = Instant::now();
    let evidence = watched(&clip);
    let frame_ms = begun.elapsed().as_secs_f64() * 1e3 / crate::statistics::real(clip.frames.len());
    let towards = |degrees: f32| if degrees > 0.0 { Direction::Left } else { Direction::Right };
    let pairs = || evidence.prompts.iter().zip(&clip.done);
    One {
        act,
        seed,
        shown: evidence.verdict == Verdict::Shown,
        turns: pairs().map(|(prompt, &done)| (Some(towards(done)), prompt.seen)).collect(),
        errors: pairs().map(|(prompt, &done)| f64::from((prompt.extent - done).abs())).collect(),
        values: evidence.measures.iter().map(|m| (m.measure, m.value, m.pass)).collect(),
        findings: evidence.findings,
        frame_ms,
    }
}

fn watched(clip: &Clip) -> Evidence {
    let prompts = clip.prompts.iter().map(|prompt| turn::Prompt {
        direction: if prompt.direction == Turn::Left { Direction::Left } else { Direction::Right },
        at: prompt.at,
    });
    let mut watch = Watch::new(Script::new(prompts.collect()).expect("films leave time between their turns"));
    for frame in &clip.frames {
        let luma = Luma::new(&frame.luma, clip.width, clip.height, clip.width).expect("a frame has its size");
        watch.push(luma, frame.at).expect("frames of one size, one after another");
    }
    watch.evidence()
}

impl Played {
    fn of(act: Act, films: &[&One]) -> Self {
        let mut findings: Vec<(&'static str, usize)> = Finding::ALL
            .iter()
            .map(|finding| (finding.code(), films.iter().filter(|one| one.findings.contains(finding)).count()))
            .filter(|(_, count)| *count > 0)
            .collect();
        findings.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let turned = matches!(act, Act::Genuine | Act::WrongOrder);
        let errors: Vec<f64> = films.iter().flat_map(|one| one.errors.iter().copied()).collect();
        let right = act == Act::Genuine;
        Self {
            act,
            about: about(act),
            shown: Rate::count(films.iter().map(|one| one.shown)),
            directions: turned
                .then(|| Rate::count(films.iter().flat_map(|one| one.turns.iter().map(|(done, seen)| done == seen)))),
            findings,
            error: if turned { median(&errors) } else { None },
            wrong: films.iter().filter(|one| one.shown != right).map(|one| one.seed).collect(),
        }
    }
}

impl Told {
    fn of(measure: Measure, act: Act, good: &[(Option<f32>, bool)], bad: &[(Option<f32>, bool)]) -> Self {
        let upper = measure.is_upper();
        // What was not measured keeps the limit: it is accepted first.
        let least = if upper { f32::MIN } else { f32::MAX };
        let filled =
            |of: &[(Option<f32>, bool)]| of.iter().map(|(value, _)| Some(value.unwrap_or(least))).collect::<Vec<_>>();
        let roc = roc(&filled(good), &filled(bad), upper);
        let values = |of: &[(Option<f32>, bool)]| of.iter().map(|(value, _)| *value).collect();
        Self {
            measure: measure.code(),
            unit: measure.unit(),
            upper,
            limit: measure.limit(),
            act,
            good: values(good),
            bad: values(bad),
            refused: Rate::count(good.iter().map(|(_, pass)| !pass)),
            missed: Rate::count(bad.iter().map(|(_, pass)| *pass)),
            area: area(&roc),
            roc,
        }
    }
}
