//! Everything that reads bytes from outside, fed with random ones.

use std::{env, fs, num::NonZero, path::Path, process::Command, thread, time::Duration};

use anyhow::{Context, Result};

use super::{Part, Sheet};
use crate::{
    counts::Counts,
    process::{Run, ask},
    tools::Tool,
    workspace::{at, cargo, command, target},
};

/// How long each target runs, in seconds.
const SECONDS: u64 = 10;

pub(super) const PART: Part =
    Part { name: "fuzz", about: "every fuzz target for ten seconds", needs: &[Tool::Cxx], run };

fn run(sheet: &mut Sheet<'_>) -> Result<()> {
    let project = at("tests/fuzz");
    let Some(targets) = sheet.step("the list of targets", targets()) else { return Ok(()) };
    let built = target().join("fuzz");
    // With a target named, even the machine's own, the flags do not reach build scripts, which could not be linked with them.
    let mut print = command(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    print.args(["--print", "host-tuple"]);
    let host = ask(print).context("rustc does not say what machine it is on")?;
    let mut build = cargo(&["build", "--release", "--bins", "--target", &host]);
    build.current_dir(&project);
    build.env("CARGO_TARGET_DIR", &built).env("RUSTFLAGS", FLAGS.join(" "));
    if !sheet.check("all targets build", build)? {
        return Ok(());
    }
    let programs = built.join(&host).join("release");
    let limit = Duration::from_secs(SECONDS + 120);
    // One on each core: they wait for nothing but their time.
    let at_once = thread::available_parallelism().map_or(1, NonZero::get);
    for names in targets.chunks(at_once) {
        let mut runs = Vec::new();
        for name in names {
            runs.push((name, sheet.beside(&format!("{name}.log")), fuzzer(&programs, name, &built)?));
        }
        let (say, part) = (sheet.say, sheet.part);
        let ended = thread::scope(|scope| {
            let started: Vec<_> = runs
                .into_iter()
                .map(|(name, log, fuzz)| {
                    scope.spawn(move || {
                        let ran = Run::new(say, part, fuzz).log(&log).limit(limit).go();
                        (name, log, ran)
                    })
                })
                .collect();
            started.into_iter().map(|run| run.join().expect("a fuzzer's run does not panic")).collect::<Vec<_>>()
        });
        for (name, log, ran) in ended {
            sheet.record(name, &ran?, limit, &log, |ran| {
                // A target that ran nothing has tested nothing.
                let runs = ran.output.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
                let worked = runs.and_then(|number| number.trim().parse::<u64>().ok()).is_some_and(|number| number > 0);
                Some(if ran.ok() && worked { Counts::PASS } else { Counts::FAIL })
            });
        }
    }
    Ok(())
}

/// One target, ready to run on what it knows.
fn fuzzer(programs: &Path, name: &str, built: &Path) -> Result<Command> {
    let project = at("tests/fuzz");
    let (corpus, findings) = (built.join("corpus").join(name), built.join("findings").join(name));
    fs::create_dir_all(&corpus)?;
    fs::create_dir_all(&findings)?;
    let mut fuzz = command(programs.join(name));
    fuzz.arg(&corpus);
    let seeds = project.join("seeds").join(name);
    if seeds.is_dir() {
        fuzz.arg(seeds);
    }
    fuzz.arg(format!("-max_total_time={SECONDS}")).arg(format!("-artifact_prefix={}/", findings.display()));
    fuzz.args(["-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1"]).current_dir(&project);
    Ok(fuzz)
}

/// What `cargo fuzz` would pass, without the sanitizer (which a stable compiler does not have): coverage guides libFuzzer,
/// assertions and overflow checks find the faults; the code under test has no `unsafe`.
const FLAGS: [&str; 9] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
    "-Cdebug-assertions",
    "-Coverflow-checks=on",
];

/// The programs of tests/fuzz, as its Cargo.toml names them.
fn targets() -> Result<Vec<String>> {
    let manifest = at("tests/fuzz/Cargo.toml");
    let text = fs::read_to_string(&manifest).with_context(|| format!("cannot read {}", manifest.display()))?;
    let programs = text.split("[[bin]]").skip(1);
    let names: Vec<String> = programs
        .filter_map(|entry| entry.lines().find_map(|line| line.trim().strip_prefix("name = ")))
        .map(|name| name.trim().trim_matches('"').to_owned())
        .collect();
    anyhow::ensure!(!names.is_empty(), "{} names no target", manifest.display());
    Ok(names)
}
