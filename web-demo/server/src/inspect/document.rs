//! `gatepass inspect document`: whether a photograph can be read, measure by measure.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use clap::{Args, builder::PossibleValuesParser};
use gatepass_core::{
    identity::{
        document::{DocumentKind, Side},
        profile::Language,
        reasons::Reason,
    },
    image::{
        decode::{Limits, decode},
        find::{Format, Source},
        measure::fingerprint::Relation,
        report::{CaptureReport, Mode, Request, Scratch, examine},
    },
};
use serde::Serialize;

use super::{
    file::{self, PictureError},
    lines::{json_line, printable},
    measures::{self, MeasureReport},
};
use crate::wording::Wording;

/// `gatepass inspect document`
#[derive(Debug, Args)]
pub struct DocumentArgs {
    /// Photographs, JPEG or PNG. Of several each is compared with those before it: the same picture, the same side.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What is photographed: `passport`, `licence` or `permit`.
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    kind: String,
    /// Which side: `front` or `back`; of a passport there is only the front.
    #[arg(long, value_name = "SIDE", default_value = "front", value_parser = sides())]
    side: String,
    /// Judge it as a frame of the live camera: coarser, and with lower limits.
    #[arg(long)]
    live: bool,
    /// Print one JSON object per file.
    #[arg(long)]
    json: bool,
}

fn kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(DocumentKind::ALL.iter().map(|kind| kind.code()))
}

fn sides() -> PossibleValuesParser {
    PossibleValuesParser::new(Side::ALL.iter().map(|side| side.code()))
}

impl DocumentArgs {
    pub(super) fn run(&self, out: &mut impl Write) -> anyhow::Result<ExitCode> {
        let kind = DocumentKind::from_code(&self.kind).expect("only codes of kinds are taken");
        let side = Side::from_code(&self.side).expect("only codes of sides are taken");
        if !kind.sides().contains(&side) {
            anyhow::bail!("of a {} only the {} is asked for", kind.code(), kind.sides()[0].code());
        }
        let mode = if self.live { Mode::Live } else { Mode::Still };
        let request = Request { format: Format::from(kind), mode, guide: None };
        let mut scratch = Scratch::new();
        let wording = Wording::of(Language::English);
        let mut code = ExitCode::SUCCESS;
        let mut earlier = Earlier::default();
        for file in &self.files {
            let (mut report, examined) = DocumentReport::of(file, &request, &mut scratch);
            if report.error == Some(PictureError::Unreadable.code()) {
                code = ExitCode::FAILURE;
            }
            if self.files.len() > 1 {
                report.relation = Some(examined.and_then(|examined| earlier.seen(&report.file, examined)));
            }
            if self.json { json_line(out, &report)? } else { report.print(&wording, out)? }
        }
        Ok(code)
    }
}

/// What is printed about one photograph.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DocumentReport {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
    verdict: &'static str,
    /// The code of the one thing to do now; `null` when there is nothing to do.
    instruction: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<usize>,
    /// `[x, y]` in pixels, clockwise from the document's top left; `null` when none was found.
    corners: Option<[[f32; 2]; 4]>,
    measures: Vec<MeasureReport>,
    /// Of several files: the earlier one that this one is or shows again; `null` when it is none of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    relation: Option<Option<Again>>,
    /// For decoding and examining, without reading the file.
    milliseconds: f64,
}

/// A photograph that came before.
#[derive(Debug, Clone, Serialize)]
struct Again {
    /// `same_picture`, or `same_side` of a document.
    code: &'static str,
    file: String,
}

/// The photographs so far that show a document.
#[derive(Default)]
struct Earlier {
    seen: Vec<(String, CaptureReport)>,
}

impl Earlier {
    /// The closest of the photographs so far, of several the first; takes this one among them.
    fn seen(&mut self, file: &str, report: CaptureReport) -> Option<Again> {
        let related = self.seen.iter().filter_map(|(file, earlier)| Some((earlier.relation(&report)?, file)));
        let again = related
            .filter(|(relation, _)| *relation != Relation::Different)
            .min_by_key(|(relation, _)| Relation::ALL.iter().position(|one| one == relation))
            .map(|(relation, file)| Again { code: relation.code(), file: file.clone() });
        self.seen.push((file.to_owned(), report));
        again
    }
}

impl DocumentReport {
    fn of(path: &Path, request: &Request, scratch: &mut Scratch) -> (Self, Option<CaptureReport>) {
        let mut report = Self {
            file: path.display().to_string(),
            error: None,
            verdict: "reject",
            instruction: None,
            width: None,
            height: None,
            corners: None,
            measures: Vec::new(),
            relation: None,
            milliseconds: 0.0,
        };
        let examined = file::bytes(path).and_then(|bytes| {
            let start = Instant::now();
            let picture = decode(&bytes, &Limits::DEFAULT)?;
            let examined = examine(picture.luma(), picture.chroma(), request, scratch);
            report.milliseconds = (start.elapsed().as_secs_f64() * 1_000_000.0).round() / 1_000.0;
            (report.width, report.height) = (Some(picture.width()), Some(picture.height()));
            Ok(examined)
        });
        match &examined {
            Ok(examined) => report.take(examined),
            Err(error) => report.error = Some(error.code()),
        }
        (report, examined.ok())
    }

    fn take(&mut self, examined: &CaptureReport) {
        self.verdict = if examined.accepted() { "accept" } else { "reject" };
        self.instruction = examined.instruction.map(|instruction| instruction.code());
        // A place that the guide frame gave was not found.
        let found = examined.document.filter(|located| located.source == Source::Edges);
        self.corners = found.map(|located| located.quad.0.map(|corner| [corner.x, corner.y]));
        self.measures = examined.measures.iter().map(MeasureReport::of_photograph).collect();
    }

    fn print(&self, wording: &Wording, out: &mut impl Write) -> io::Result<()> {
        let file = printable(&self.file);
        if let Some(error) = self.error {
            writeln!(out, "{file}: {error}")?;
            // A file that is not there is nothing about a photograph.
            if error != PictureError::Unreadable.code() {
                wording.reason(Reason::PhotoFileUnusable).print(out)?;
            }
            return Ok(());
        }
        writeln!(out, "{file}: {} ({:.0} ms)", self.verdict, self.milliseconds)?;
        let failed = self.measures.iter().find(|measure| measure.refuses());
        if let Some(reason) = failed.and_then(|measure| Reason::of_measure(measure.name())) {
            wording.reason(reason).print(out)?;
        }
        if let Some(again) = self.relation.iter().flatten().next() {
            let what = again.code.replace('_', " ");
            writeln!(out, "    the {what} as {}", printable(&again.file))?;
        }
        if let Some(corners) = &self.corners {
            writeln!(out, "    corners {}", measures::corners(corners))?;
        }
        measures::print(&self.measures, out)
    }
}
