//! `gatepass inspect turn`: what a film of a head shows.

use std::{
    fs,
    io::{self, Write},
    path::{Component, Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use clap::Args;
use gatepass_core::{
    identity::{profile::Language, reasons::Reason},
    image::{
        decode::{Limits, decode},
        turn::{Direction, Evidence, Prompt, PromptEvidence, Script, Verdict, Watch},
    },
};
use serde::{Deserialize, Serialize};

use super::{
    file::{self, PictureError},
    lines::{json_line, printable},
    measures::{self, MeasureReport},
};
use crate::wording::Wording;

/// `gatepass inspect turn`
#[derive(Debug, Args)]
pub struct TurnArgs {
    /// Folders, each with the frames of a film and `clip.json`.
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// Print one JSON object per folder.
    #[arg(long)]
    json: bool,
}

/// `clip.json`; what else it holds is not looked at.
#[derive(Deserialize)]
struct Film {
    prompts: Vec<FilmPrompt>,
    frames: Vec<FilmFrame>,
}

#[derive(Deserialize)]
struct FilmPrompt {
    direction: String,
    at: u32,
}

#[derive(Deserialize)]
struct FilmFrame {
    file: PathBuf,
    at: u32,
}

/// What can be wrong with a folder itself, beside what can be wrong with a picture, a frame or a script.
pub const CLIP_CODES: &[&str] = &["clip_unreadable", "clip_damaged"];

/// Why a folder gave no evidence.
#[derive(Debug, PartialEq, Eq)]
struct ClipError {
    code: &'static str,
    /// Which frame it was.
    frame: Option<String>,
}

impl From<&'static str> for ClipError {
    fn from(code: &'static str) -> Self {
        Self { code, frame: None }
    }
}

impl TurnArgs {
    pub(super) fn run(&self, out: &mut impl Write) -> io::Result<ExitCode> {
        let wording = Wording::of(Language::English);
        let mut code = ExitCode::SUCCESS;
        for folder in &self.folders {
            let report = TurnReport::of(folder);
            if report.error == Some(CLIP_CODES[0]) || report.error == Some(PictureError::Unreadable.code()) {
                code = ExitCode::FAILURE;
            }
            if self.json { json_line(out, &report)? } else { report.print(&wording, out)? }
        }
        Ok(code)
    }
}

/// What is printed about one film.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct TurnReport {
    folder: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
    /// With the error: which frame it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    frame: Option<String>,
    /// `shown` or `not-shown`: evidence of a turn, not of who turned.
    verdict: &'static str,
    findings: Vec<&'static str>,
    prompts: Vec<PromptReport>,
    measures: Vec<MeasureReport>,
    frames: usize,
    /// For decoding and following all frames, without reading the files.
    milliseconds: f64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PromptReport {
    asked: &'static str,
    /// Which way the head turned; `null` when it turned too little.
    seen: Option<&'static str>,
    pass: bool,
    /// How far at most, degrees, positive to the person's left.
    extent: f32,
    /// The same from what no flat picture can do, degrees.
    solid: f32,
    /// Degrees per second.
    fastest: f32,
    /// From the prompt to the farthest, milliseconds.
    after: u32,
}

impl PromptReport {
    fn of(prompt: &PromptEvidence) -> Self {
        Self {
            asked: prompt.asked.code(),
            seen: prompt.seen.map(Direction::code),
            pass: prompt.seen == Some(prompt.asked),
            extent: prompt.extent,
            solid: prompt.solid,
            fastest: prompt.fastest,
            after: prompt.after,
        }
    }
}

impl TurnReport {
    fn of(folder: &Path) -> Self {
        let mut report = Self {
            folder: folder.display().to_string(),
            error: None,
            frame: None,
            verdict: Verdict::NotShown.code(),
            findings: Vec::new(),
            prompts: Vec::new(),
            measures: Vec::new(),
            frames: 0,
            milliseconds: 0.0,
        };
        match watched(folder, &mut report.milliseconds) {
            Ok((evidence, frames)) => {
                report.frames = frames;
                report.verdict = evidence.verdict.code();
                report.findings = evidence.findings.iter().map(|finding| finding.code()).collect();
                report.prompts = evidence.prompts.iter().map(PromptReport::of).collect();
                report.measures = evidence.measures.iter().map(MeasureReport::of).collect();
            }
            Err(ClipError { code, frame }) => (report.error, report.frame) = (Some(code), frame),
        }
        report
    }

    fn print(&self, wording: &Wording, out: &mut impl Write) -> io::Result<()> {
        let folder = printable(&self.folder);
        if let Some(error) = self.error {
            let frame = self.frame.as_deref().map(|frame| format!(" in {}", printable(frame))).unwrap_or_default();
            return writeln!(out, "{folder}: {error}{frame}");
        }
        writeln!(out, "{folder}: {} ({} frames, {:.0} ms)", self.verdict, self.frames, self.milliseconds)?;
        if let Some(reason) = self.findings.first().and_then(|finding| Reason::of_finding(finding)) {
            wording.reason(reason).print(out)?;
        }
        for prompt in &self.prompts {
            let PromptReport { asked, seen, extent, solid, fastest, after, .. } = prompt;
            let seen = seen.unwrap_or("nothing");
            writeln!(
                out,
                "    asked {asked:<5}  seen {seen:<7}  {extent:>6.1}° ({solid:.1}° no flat picture can), {fastest:.0} °/s, after {after} ms",
            )?;
        }
        measures::print(&self.measures, out)
    }
}

fn watched(folder: &Path, milliseconds: &mut f64) -> Result<(Evidence, usize), ClipError> {
    let film = fs::read(folder.join("clip.json")).map_err(|_| CLIP_CODES[0])?;
    let film: Film = serde_json::from_slice(&film).map_err(|_| CLIP_CODES[1])?;
    let prompts = film.prompts.iter().map(|prompt| {
        Direction::from_code(&prompt.direction)
            .map(|direction| Prompt { direction, at: prompt.at })
            .ok_or(CLIP_CODES[1])
    });
    let script = Script::new(prompts.collect::<Result<_, _>>()?).map_err(|error| error.code())?;
    let mut watch = Watch::new(script);
    for FilmFrame { file, at } in &film.frames {
        let of_frame = |code| ClipError { code, frame: Some(file.display().to_string()) };
        // A film lies in its own folder.
        if !file.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(of_frame(CLIP_CODES[1]));
        }
        let bytes = file::bytes(&folder.join(file)).map_err(|error| of_frame(error.code()))?;
        let start = Instant::now();
        let picture = decode(&bytes, &Limits::DEFAULT).map_err(|error| of_frame(error.code()))?;
        watch.push(picture.luma(), *at).map_err(|error| of_frame(error.code()))?;
        *milliseconds += start.elapsed().as_secs_f64() * 1_000.0;
    }
    let start = Instant::now();
    let evidence = watch.evidence();
    *milliseconds = ((*milliseconds + start.elapsed().as_secs_f64() * 1_000.0) * 1_000.0).round() / 1_000.0;
    Ok((evidence, watch.frames()))
}
