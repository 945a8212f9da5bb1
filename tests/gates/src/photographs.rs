//! Photographs through the gates: drawn, saved as a JPEG, decoded and judged as the one that is sent.

use gatepass_core::image::{
    decode::{self, decode},
    find::Format,
    report::{CaptureReport, Measure, Mode, Request, Scratch, examine},
};
use gatepass_synth::{
    capture::{Copy, Shot, Studio},
    document::{self, Kind, Sheet, Side},
    encode::png_grey,
    fonts::Fonts,
    rng::Rng,
};
use serde::Serialize;

use crate::{
    gate::{GATES, faultless},
    statistics::{Operating, Rate, area, roc},
    workers::{Tell, side_by_side},
};

pub(crate) const SIDES: [(Kind, Side); 5] = [
    (Kind::Passport, Side::Front),
    (Kind::Licence, Side::Front),
    (Kind::Licence, Side::Back),
    (Kind::Permit, Side::Front),
    (Kind::Permit, Side::Back),
];

/// Good and bad photographs of each gate per document.
const EACH: usize = 2;

/// What one photograph gave for the gate it was drawn for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Seen {
    /// Its value; `None` where the document was not found, so that nothing was measured.
    pub value: Option<f32>,
    /// The limit for this kind of document.
    pub limit: Option<f32>,
    /// Whether the gate's own measure let it pass.
    pub passed: bool,
    /// Whether everything let it pass.
    pub accepted: bool,
    /// Every measure that did not let it pass, in the order of the report.
    pub failed: Vec<&'static str>,
}

/// What a gate did on the photographs of one seed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// What the photographs were drawn from.
    pub seed: u64,
    /// The limit in the axis' unit; `None` where nothing was measured.
    pub limit: Option<f32>,
    /// Whether the axis counts in parts of the limit, which is not the same for every document.
    pub relative: bool,
    /// Values of the good.
    pub good: Vec<Option<f32>>,
    /// Values of the bad.
    pub bad: Vec<Option<f32>>,
    /// Good that the gate's own measure refused.
    pub refused: Rate,
    /// Bad that the gate's own measure accepted.
    pub missed: Rate,
    /// Bad that every measure accepted: these would have been sent.
    pub accepted: Rate,
    /// Good that some measure refused, by the first that did.
    pub by: Vec<(&'static str, usize)>,
    /// What every other limit would do.
    pub roc: Vec<Operating>,
    /// The area under that curve.
    pub area: Option<f64>,
}

/// What was seen of one document.
struct Document {
    faultless: CaptureReport,
    seen: Vec<(usize, bool, Seen)>,
}

/// What the photographs of one seed gave.
#[derive(Debug)]
pub struct Photographs {
    /// One series for each of [`GATES`].
    pub series: Vec<Series>,
    /// Photographs with nothing wrong that each measure refused.
    pub faultless: Vec<(&'static str, Rate)>,
    /// Photographs with nothing wrong that anything refused.
    pub refused: Rate,
    /// How many photographs there were in all.
    pub count: usize,
}

/// Draws `documents` documents and takes the photographs of every gate of each.
pub fn run(fonts: &Fonts, seed: u64, documents: u64, tell: Tell<'_>) -> Photographs {
    let jobs: Vec<u64> = (seed..seed + documents).collect();
    let done = side_by_side(&format!("photographs of seed {seed}, documents"), &jobs, tell, |&seed| one(fonts, seed));
    let count = done.iter().map(|document| document.seen.len() + 1).sum();
    let series = GATES
        .iter()
        .enumerate()
        .map(|(index, gate)| {
            let of = |good: bool| -> Vec<&Seen> {
                let all = done.iter().flat_map(|document| &document.seen);
                all.filter(|(at, is_good, _)| (*at, *is_good) == (index, good)).map(|(_, _, seen)| seen).collect()
            };
            Series::of(gate.measure, seed, &of(true), &of(false))
        })
        .collect();
    let faultless = Measure::ALL
        .iter()
        .map(|&measure| {
            let refuses = |document: &Document| match document.faultless.get(measure) {
                Some(measured) => !measured.pass,
                None => measure == Measure::Document && !shown(&document.faultless),
            };
            (measure.code(), Rate::count(done.iter().map(refuses)))
        })
        .collect();
    let refused = Rate::count(done.iter().map(|document| !document.faultless.accepted()));
    Photographs { series, faultless, refused, count }
}

fn one(fonts: &Fonts, seed: u64) -> Document {
    let sheet = sheet(fonts, seed);
    let rng = &mut Rng::of(seed, "gates");
    let (mut studio, mut scratch) = (Studio::new(&sheet), Scratch::new());
    let base = faultless(seed, &sheet);
    let report = judged(&mut studio, &sheet, &base, &mut scratch);
    let mut seen = Vec::new();
    for (index, gate) in GATES.iter().enumerate() {
        for good in [true, false] {
            for _ in 0..EACH {
                let Some(shot) = gate.shot(good, &base, &sheet, rng) else { break };
                if shot == base {
                    seen.push((index, good, Seen::of(gate.measure, &report)));
                    break;
                }
                seen.push((index, good, Seen::of(gate.measure, &judged(&mut studio, &sheet, &shot, &mut scratch))));
            }
        }
    }
    Document { faultless: report, seen }
}

/// The document of a seed: every five of them have all kinds and sides.
pub(crate) fn sheet(fonts: &Fonts, seed: u64) -> Sheet {
    let sides = SIDES.iter().cycle();
    let place = usize::try_from(seed % 5).unwrap_or(0);
    let &(kind, side) = sides.clone().nth(place).unwrap_or(&SIDES[0]);
    document::render(fonts, seed / 5, kind, side)
}

pub(crate) fn format(sheet: &Sheet) -> Format {
    if sheet.kind == Kind::Passport { Format::Td3 } else { Format::Id1 }
}

/// Judges the photograph as it is sent.
pub(crate) fn judged(studio: &mut Studio<'_>, sheet: &Sheet, shot: &Shot, scratch: &mut Scratch) -> CaptureReport {
    let frame = studio.shoot(shot);
    // A copier files what has no colour in one component.
    let file = if shot.copy == Copy::Grey && shot.seed % 2 == 1 {
        png_grey(frame.raster.width, frame.raster.height, &frame.raster.luma())
    } else {
        frame.jpeg()
    };
    let request = Request { format: format(sheet), mode: Mode::Still, guide: None };
    let picture = decode(&file, &decode::Limits::DEFAULT).expect("a whole file of a few megapixels");
    examine(picture.luma(), picture.chroma(), &request, scratch)
}

/// Whether a document was seen: where it lies is measured of each.
fn shown(report: &CaptureReport) -> bool {
    report.get(Measure::CutOff).is_some()
}

impl Seen {
    pub(crate) fn of(measure: Measure, report: &CaptureReport) -> Self {
        // Where no document is seen, a report measures the picture as a whole, which is something else.
        let own =
            report.get(measure).filter(|_| shown(report) || matches!(measure, Measure::BlackFrame | Measure::Document));
        Self {
            value: own.map(|own| own.value),
            limit: own.map(|own| own.limit),
            // Without a document there is no value: such a photograph is not accepted.
            passed: own.is_some_and(|own| own.pass),
            accepted: report.accepted(),
            failed: report.measures.iter().filter(|measured| !measured.pass).map(|m| m.measure.code()).collect(),
        }
    }
}

impl Series {
    pub(crate) fn of(measure: Measure, seed: u64, good: &[&Seen], bad: &[&Seen]) -> Self {
        Self::of_values(seed, measure.is_upper(), good, bad)
    }

    /// `upper`: values up to the limit are accepted, and not those from it on.
    pub(crate) fn of_values(seed: u64, upper: bool, good: &[&Seen], bad: &[&Seen]) -> Self {
        let mut limits: Vec<f32> = good.iter().chain(bad).filter_map(|seen| seen.limit).collect();
        limits.sort_by(f32::total_cmp);
        limits.dedup();
        let relative = limits.len() > 1;
        let values = |of: &[&Seen]| -> Vec<Option<f32>> {
            let one = |seen: &&Seen| Some(if relative { seen.value? / seen.limit? } else { seen.value? });
            of.iter().map(one).collect()
        };
        let (goods, bads) = (values(good), values(bad));
        let roc = roc(&goods, &bads, upper);
        let mut by: Vec<(&'static str, usize)> = Vec::new();
        for first in good.iter().filter_map(|seen| seen.failed.first()) {
            match by.iter_mut().find(|(code, _)| code == first) {
                Some((_, count)) => *count += 1,
                None => by.push((first, 1)),
            }
        }
        by.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Self {
            seed,
            limit: if relative { Some(1.0) } else { limits.first().copied() },
            relative,
            refused: Rate::count(good.iter().map(|seen| !seen.passed)),
            missed: Rate::count(bad.iter().map(|seen| seen.passed)),
            accepted: Rate::count(bad.iter().map(|seen| seen.accepted)),
            by,
            area: area(&roc),
            roc,
            good: goods,
            bad: bads,
        }
    }
}
