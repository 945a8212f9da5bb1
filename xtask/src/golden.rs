//! The golden set: the same report bit for bit, native and in browsers (`tests/golden`).

use std::{path::Path, time::Duration};

use anyhow::{Result, bail};
use clap::Args;

use crate::{
    artefacts,
    process::{Ran, Run},
    say::Say,
    tools::{self, NpmFolder, Tool},
    workspace::cargo,
};

/// What the comparison needs.
pub(crate) const NEEDS: &[Tool] = &[
    Tool::WasmTarget,
    Tool::WasmBindgen,
    Tool::Node,
    Tool::Npm(NpmFolder::Wasm),
    Tool::Chromium,
    Tool::Firefox,
    Tool::Fonts,
];

/// What the test command takes of the set: every profile and every ladder, and four films.
const SOME: &[&str] = &["--scenes", "46", "--clips", "4"];

/// `cargo xtask golden`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Write the committed file anew, from what the native build says: only after a change of the rules that was meant.
    #[arg(long)]
    write: bool,
}

/// One comparison of the program's output.
pub(crate) struct Compared {
    pub(crate) with: String,
    pub(crate) equal: bool,
    pub(crate) text: String,
}

/// Compares the whole set, or writes the file; true where every report is the same.
pub(crate) fn run(say: &Say, options: &Options) -> Result<bool> {
    if options.write {
        if let Some(reason) = tools::ensure(say, &[Tool::Fonts]).reason(&[Tool::Fonts]) {
            bail!("{reason}");
        }
        let ran = Run::new(say, "golden", cargo(&["run", "--package", "gatepass-golden", "--", "--write"])).must()?;
        say.plain(ran.stdout);
        return Ok(true);
    }
    let ran = whole(say)?;
    say.plain(&ran.stdout);
    Ok(ran.ok())
}

/// Compares the whole set: several minutes.
pub(crate) fn whole(say: &Say) -> Result<Ran> {
    if let Some(reason) = tools::ensure(say, NEEDS).reason(NEEDS) {
        bail!("{reason}");
    }
    artefacts::wasm_package(say, None)?;
    say.line("golden", "the whole golden set, native and in two browsers (cargo run -p gatepass-golden)");
    Run::new(say, "golden", cargo(&["run", "--package", "gatepass-golden"])).limit(Duration::from_secs(3_600)).go()
}

/// Compares what the test command takes of the set.
pub(crate) fn some(say: &Say, log: &Path) -> Result<Ran> {
    let mut golden = cargo(&["run", "--package", "gatepass-golden", "--"]);
    golden.args(SOME);
    Run::new(say, "golden", golden).log(log).go()
}

/// The lines `golden NAME equal|DIFFERENT TEXT`, parted by tabs.
pub(crate) fn compared(output: &str) -> Vec<Compared> {
    let compared = output.lines().filter_map(|line| {
        let [_, with, result, text] = line.split('\t').collect::<Vec<_>>().try_into().ok()?;
        line.starts_with("golden\t").then(|| Compared {
            with: with.to_owned(),
            equal: result == "equal",
            text: text.to_owned(),
        })
    });
    compared.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_was_compared_and_how_it_ended() {
        let found =
            compared("golden\tChromium\tequal\t0 of 9 differ\nrunning\ngolden\tFirefox\tDIFFERENT\t1 of 9 differ\n");
        assert_eq!(
            found.iter().map(|one| (one.with.as_str(), one.equal)).collect::<Vec<_>>(),
            [("Chromium", true), ("Firefox", false)]
        );
    }
}
