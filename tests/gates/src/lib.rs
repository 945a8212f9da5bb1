#![doc = include_str!("../README.md")]

pub mod clips;
pub mod corners;
pub mod gate;
pub mod page;
pub mod photographs;
pub mod results;
pub mod statistics;
pub mod times;
pub mod workers;

use std::{path::Path, time::Instant};

use anyhow::Result;
use gatepass_synth::fonts::Fonts;

use results::{Results, Row, Size};
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
    let Settings { size, tuning, reporting, script, more } = *settings;
    let times = times::run(fonts, reporting, size.timed, script, tell)?;
    let photographs = [tuning, reporting].map(|seed| photographs::run(fonts, seed, size.documents, tell));
    let corners = [tuning, reporting].map(|seed| corners::run(fonts, seed, size.frames, tell));
    let clips = [(tuning, size.tuning), (reporting, size.reporting)].map(|(seed, takes)| clips::run(seed, takes, tell));
    let gates = results::gates(&photographs[0], &photographs[1]);
    let faultless = [tuning, reporting].into_iter().zip(&photographs).map(|(seed, one)| results::faultless(seed, one));
    let faultless: Vec<_> = faultless.collect();
    let rows = results::rows(&gates, &faultless[1], &corners[1], &clips[1], &times, more);
    Ok(Results {
        size,
        tuning,
        reporting,
        photographs: photographs.iter().map(|one| one.count).sum(),
        seconds: begun.elapsed().as_secs(),
        rows,
        gates,
        faultless,
        corners: corners.concat(),
        clips: clips.to_vec(),
        times,
    })
}
