#![doc = include_str!("../README.md")]

pub mod clips;
pub mod corners;
pub mod edge;
pub mod gate;
pub mod page;
pub mod photographs;
pub mod readable;
pub mod relations;
pub mod results;
pub mod statistics;
pub mod times;
pub mod workers;

use std::{path::Path, time::Instant};

use anyhow::Result;
use gatepass_core::image::report::Mode;
use gatepass_synth::fonts::Fonts;

use results::{Part, Results, Row, Size};
use workers::Tell;

/// What to measure with.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// How much.
    pub size: Size,
    /// The seed that limits may be chosen with.
    pub tuning: u64,
    /// The seed that is reported.
    pub reporting: u64,
    /// What to measure; all of it where none is named.
    pub parts: &'a [Part],
    /// The module that takes the times in Node.
    pub script: Option<&'a Path>,
    /// Rows that others measured, for the end of the table.
    pub more: &'a [Row],
}

/// Measures everything. Times first, while nothing else runs.
///
/// # Errors
/// What the script in Node says.
pub fn measure(fonts: &Fonts, settings: &Settings<'_>, tell: Tell<'_>) -> Result<Results> {
    let begun = Instant::now();
    let Settings { size, tuning, reporting, parts, script, more } = *settings;
    let is = |part: Part| parts.is_empty() || parts.contains(&part);
    let seeds = [tuning, reporting];
    let mut results = Results::empty(size, tuning, reporting);
    if is(Part::Times) {
        results.times = times::run(fonts, reporting, size.timed, script, tell)?;
    }
    if is(Part::Gates) {
        let [few, many] = size.documents;
        let (tuned, reported) =
            (photographs::run(fonts, tuning, few, tell), photographs::run(fonts, reporting, many, tell));
        results.photographs += tuned.count + reported.count;
        results.gates = results::gates(&tuned, &reported);
        results.faultless = vec![results::faultless(tuning, &tuned), results::faultless(reporting, &reported)];
    }
    for (part, mode) in [(Part::Edge, Mode::Still), (Part::Live, Mode::Live)] {
        if is(part) {
            let documents = if part == Part::Edge { size.edge } else { size.live };
            let [tuned, reported] = seeds.map(|seed| edge::run(fonts, seed, documents, mode, tell));
            results.photographs += tuned.count + reported.count;
            let judged = edge::judged(mode, &tuned, &reported);
            *(if part == Part::Edge { &mut results.edge } else { &mut results.live }) = judged;
        }
    }
    if is(Part::Relations) {
        results.relations = seeds.map(|seed| relations::run(fonts, seed, size.live, tell)).to_vec();
    }
    if is(Part::Corners) {
        let each = seeds.into_iter().zip(size.frames);
        results.corners = each.flat_map(|(seed, frames)| corners::run(fonts, seed, frames, tell)).collect();
    }
    if is(Part::Turn) {
        let each = [(tuning, size.tuning), (reporting, size.reporting)];
        results.clips = each.map(|(seed, takes)| clips::run(seed, takes, tell)).to_vec();
    }
    results.seconds = begun.elapsed().as_secs();
    results.rows = results::rows(&results, more);
    Ok(results)
}
