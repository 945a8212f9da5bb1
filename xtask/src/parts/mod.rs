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

/// One part.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) needs: &'static [Tool],
    pub(crate) run: fn(&mut Sheet<'_>) -> Result<()>,
}

/// In the order in which they run: what is quick and breaks often first, browsers last.
pub(crate) const ALL: &[Part] = &[
    style::PART,
    core::PART,
    synth::PART,
    fuzz::PART,
    interop::PART,
    wasm::PART,
    golden::PART,
    mobile::PART,
    page::PART,
    size::PART,
    portal::PART,
    api::PART,
    demo::PART,
    e2e::CHROMIUM,
    e2e::FIREFOX,
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
        self.counted_within(name, command, Duration::from_secs(25 * 60), read)
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
            for failure in counts::libtest_failures(&ran.output) {
                self.say.line(self.part, format!("       failed: {failure}"));
            }
            if ran.late {
                self.say.line(self.part, format!("       it was ended after {}", seconds(limit)));
            }
            self.say.plain(indent(&ran.tail(60)));
            self.say.line(self.part, format!("       everything it said: {}", short(log)));
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
