//! Measures as they are printed, the same for a photograph and for a film.

use std::io::{self, Write};

use gatepass_core::{identity::verdict::Measured, image::report};
use serde::Serialize;

/// One measure in JSON.
#[derive(Debug, Serialize)]
pub(super) struct MeasureReport {
    name: &'static str,
    /// `null` where there was nothing to measure.
    value: Option<f32>,
    unit: &'static str,
    limit: f32,
    /// Whether the value is to be at least the limit, or at most.
    bound: &'static str,
    pass: bool,
    /// Whether it only warns: what is measured is accepted all the same.
    warning: bool,
    /// `[x, y]` in pixels of the picture, clockwise from the top left; `null` for all of it.
    region: Option<[[f32; 2]; 4]>,
}

impl MeasureReport {
    pub(super) fn of(measured: impl Into<Measured<'static>>) -> Self {
        let Measured { name, value, unit, limit, at_least, pass, region } = measured.into();
        let bound = if at_least { "at_least" } else { "at_most" };
        Self { name, value, unit, limit, bound, pass, warning: false, region }
    }

    /// The same of a photograph, some of whose measures only warn.
    pub(super) fn of_photograph(measured: &report::Measured) -> Self {
        Self { warning: measured.measure.is_warning(), ..Self::of(measured) }
    }
}

impl MeasureReport {
    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// Whether it is a reason to refuse.
    pub(super) fn refuses(&self) -> bool {
        !self.pass && !self.warning
    }
}

/// One line each.
pub(super) fn print(measures: &[MeasureReport], out: &mut impl Write) -> io::Result<()> {
    let name = measures.iter().map(|measure| measure.name.len()).max().unwrap_or(0);
    for measure in measures {
        let value = measure.value.map_or_else(|| "-".to_owned(), number);
        let bound = if measure.bound == "at_least" { "at least" } else { "at most" };
        let limit = format!("{bound} {} {}", number(measure.limit), unit(measure.unit));
        let verdict = match (measure.pass, measure.warning) {
            (true, _) => "ok",
            (false, true) => "warns",
            (false, false) => "FAILED",
        };
        write!(out, "    {:<name$}  {value:>8}  {:<24}  {verdict}", measure.name, limit.trim_end())?;
        match measure.region.filter(|_| !measure.pass) {
            Some(region) => writeln!(out, " at {}", corners(&region))?,
            None => writeln!(out)?,
        }
    }
    Ok(())
}

/// Three figures are enough to see by how much a limit is missed.
fn number(value: f32) -> String {
    match value.abs() {
        large if large >= 100.0 => format!("{value:.0}"),
        middle if middle >= 10.0 => format!("{value:.1}"),
        small if small >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

/// A unit as people write it.
fn unit(code: &str) -> &str {
    match code {
        "mm2" => "mm²",
        "deg" => "°",
        // Of a ratio and a share there is nothing to write.
        "ratio" | "share" => "",
        "level" => "of 255",
        code => code,
    }
}

/// Corners in whole pixels.
pub(super) fn corners(quad: &[[f32; 2]; 4]) -> String {
    quad.map(|[x, y]| format!("({x:.0}, {y:.0})")).join(" ")
}
