//! The parts of `cargo xtask test`. One file each.

mod api;
mod core;
mod demo;
mod e2e;
mod fuzz;
mod golden;
mod interop;
mod mobile;
mod page;
mod portal;
mod size;
mod style;
mod synth;
mod wasm;

use std::{
    fs::OpenOptions,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::Result;

use crate::{
    counts::{self, Counts},
    process::{Ran, Run},
    say::{Say, seconds},
    tools::Tool,
    workspace::short,
};

/// After this a program is ended: as long as a cold build of everything may keep it waiting, and its own work.
const LIMIT: Duration = Duration::from_secs(45 * 60);

/// One part.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) needs: &'static [Tool],
    pub(crate) run: fn(&mut Sheet<'_>) -> Result<()>,
}

/// In the order in which they begin: what breaks often first, then the long ones, so that none is left alone at the end.
/// They run side by side: what several need is built once, by whoever comes first (`artefacts`).
pub(crate) const ALL: &[Part] = &[
    style::PART,
    core::PART,
    e2e::CHROMIUM,
    portal::PART,
    e2e::FIREFOX,
    golden::PART,
    fuzz::PART,
    wasm::PART,
    mobile::PART,
    synth::PART,
    api::PART,
    page::PART,
    size::PART,
    demo::PART,
    interop::PART,
];

/// What a part writes its results on.
#[derive(Debug)]
pub(crate) struct Sheet<'a> {
    pub(crate) say: &'a Say,
    pub(crate) part: &'static str,
    pub(crate) log: PathBuf,
    counts: Counts,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(say: &'a Say, part: &'static str, log: PathBuf) -> Self {
        Self { say, part, log, counts: Counts::default() }
    }

    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    /// A program that passes or fails as a whole: one check.
    pub(crate) fn check(&mut self, name: &str, command: Command) -> Result<bool> {
        self.counted(name, command, |ran| Some(if ran.ok() { Counts::PASS } else { Counts::FAIL }))
    }

    /// Rust's test programs, on any target.
    pub(crate) fn libtest(&mut self, name: &str, command: Command) -> Result<bool> {
        self.counted(name, command, |ran| counts::libtest(&ran.output))
    }

    /// A program whose tests `read` can count.
    pub(crate) fn counted(
        &mut self,
        name: &str,
        command: Command,
        read: impl FnOnce(&Ran) -> Option<Counts>,
    ) -> Result<bool> {
        self.counted_within(name, command, LIMIT, read)
    }

    /// The same, ended after `limit`.
    pub(crate) fn counted_within(
        &mut self,
        name: &str,
        command: Command,
        limit: Duration,
        read: impl FnOnce(&Ran) -> Option<Counts>,
    ) -> Result<bool> {
        let log = self.log.clone();
        let ran = Run::new(self.say, self.part, command).log(&log).limit(limit).go()?;
        Ok(self.record(name, &ran, limit, &log, read))
    }

    /// The result of a program that has been run, ended after `limit`, with all it said in `log`.
    pub(crate) fn record(
        &mut self,
        name: &str,
        ran: &Ran,
        limit: Duration,
        log: &Path,
        read: impl FnOnce(&Ran) -> Option<Counts>,
    ) -> bool {
        let counts = counts::judged(read(ran), ran.ok());
        self.counts += counts;
        let passed = counts.failed == 0;
        let mark = if passed { "ok    " } else { "FAILED" };
        self.say.line(self.part, format!("{mark} {name}: {counts} ({})", seconds(ran.time)));
        if !passed {
            // One block: another part may speak at the same time.
            let mut text = String::new();
            for failure in counts::libtest_failures(&ran.output) {
                text.push_str(&format!("       failed: {failure}\n"));
            }
            if ran.late {
                text.push_str(&format!("       it was ended after {}\n", seconds(limit)));
            }
            text.push_str(&indent(&ran.tail(60)));
            text.push_str(&format!("       everything it said: {}", short(log)));
            self.say.line(self.part, text);
        }
        passed
    }

    /// Something checked by xtask itself.
    pub(crate) fn judge(&mut self, name: &str, passed: bool, text: &str) {
        self.counts += if passed { Counts::PASS } else { Counts::FAIL };
        self.note(&format!("{} {name}: {text}", if passed { "ok    " } else { "FAILED" }));
    }

    /// Something that could not even be tried.
    pub(crate) fn fail(&mut self, name: &str, why: &str) {
        self.judge(name, false, why);
    }

    /// Whether a step that others need succeeded; a failure is counted once and the part ends.
    pub(crate) fn step<T>(&mut self, name: &str, done: Result<T>) -> Option<T> {
        match done {
            Ok(value) => Some(value),
            Err(why) => {
                self.fail(name, &format!("{why:#}"));
                None
            }
        }
    }

    /// A line on the terminal and in the log.
    pub(crate) fn note(&self, text: &str) {
        self.say.line(self.part, text);
        self.write(text);
    }

    fn write(&self, text: &str) {
        if let Ok(mut file) = OpenOptions::new().create(true).append(true).open(&self.log) {
            let _ = writeln!(file, "{text}");
        }
    }

    /// A path beside the log, for reports that tools write.
    pub(crate) fn beside(&self, ending: &str) -> PathBuf {
        self.log.with_extension(ending)
    }

    pub(crate) fn log(&self) -> &Path {
        &self.log
    }
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("    | {line}\n")).collect()
}
