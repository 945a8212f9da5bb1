//! The image gates, the turn evidence and what else has a number to reach, on drawn photographs and films
//! (`tests/gates`), with a page of plots.

use std::{fs, path::PathBuf, time::Duration};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::Value;

use super::{Row, Verdict};
use crate::{
    artefacts, counts,
    process::Run,
    say::{Say, seconds},
    tools::{self, Tool},
    workspace::{at, cargo, root, short, target},
};

/// How the gates are measured.
#[derive(Debug, Args)]
pub(super) struct GateOptions {
    /// `gates`: the seed that limits may be chosen with.
    #[arg(long, default_value_t = 5_000)]
    tuning: u64,
    /// `gates`: the seed that is reported; nothing may be chosen by what it gives.
    #[arg(long, default_value_t = 7_000)]
    reporting: u64,
    /// `gates`: a small run, to see that everything works.
    #[arg(long)]
    quick: bool,
    /// `gates`: how much of the full run is done, per cent.
    #[arg(long, default_value_t = 100)]
    percent: u64,
    /// `gates`: only this part (corners, gates, edge, live, relations, turn, times), several where it is given again.
    #[arg(long = "part", value_name = "PART")]
    parts: Vec<String>,
    /// `gates`: where `gates.html` and `gates.json` are written to.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn measure(say: &Say, options: &GateOptions) -> Result<Vec<Row>> {
    if let Some(why) = tools::ensure(say, &[Tool::Fonts]).reason(&[Tool::Fonts]) {
        bail!("the documents cannot be drawn without their typefaces: {why}");
    }
    let out = options.out.as_ref().map_or_else(|| target().join("gates"), |out| root().join(out));
    fs::create_dir_all(&out)?;
    let more = out.join("rows.txt");
    // What others measure belongs to the whole alone.
    let others = if options.parts.is_empty() { vec![names(say)?, examples(say)?] } else { Vec::new() };
    fs::write(&more, others.iter().map(|row| row.line() + "\n").collect::<String>())?;

    let mut program = cargo(&["run", "--release", "--package", "gatepass-gates", "--"]);
    program
        .args(["--tuning", &options.tuning.to_string(), "--reporting", &options.reporting.to_string()])
        .args(if options.quick {
            vec!["--quick".to_owned()]
        } else {
            vec!["--percent".to_owned(), options.percent.to_string()]
        })
        .args(options.parts.iter().flat_map(|part| ["--part", part]))
        .arg("--rows")
        .arg(&more)
        .arg("--out")
        .arg(&out);
    if options.parts.is_empty() || options.parts.iter().any(|part| part == "times") {
        match artefacts::wasm_package(say, None) {
            Ok(()) => drop(program.arg("--node").arg(at("wasm/npm/bench/capture.mjs"))),
            Err(why) => say.line("bench", format!("no times in Node: {why:#}")),
        }
    }
    say.line("bench", "photographs and films, optimised build; all cores are used");
    let ran = Run::new(say, "bench", program).limit(Duration::from_secs(6 * 3_600)).must()?;
    let rows: Vec<Row> = ran.stdout.lines().filter_map(Row::read).collect();
    if rows.is_empty() {
        bail!("nothing was measured:\n{}", ran.tail(25));
    }
    say.line("bench", format!("measured in {}: {}", seconds(ran.time), short(&out.join("gates.html"))));
    Ok(rows)
}

/// The worst case of comparing names that the bench knows.
fn names(say: &Say) -> Result<Row> {
    let bench = cargo(&["bench", "--package", "gatepass-core", "--features", "identity", "--bench", "names"]);
    let ran = Run::new(say, "bench", bench).must()?;
    // Only cases with a target have sixty letters.
    let cases: Vec<f64> = ran
        .stdout
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|parts| parts.first() == Some(&"bench") && parts.last() != Some(&"-"))
        .filter_map(|parts| parts.get(2)?.parse().ok())
        .collect();
    let worst = cases.iter().copied().reduce(f64::max).context("the bench of names printed no time")? / 1e6;
    Ok(Row {
        what: "name comparison, worst case of 60 letters, median".to_owned(),
        target: "≤ 1 ms".to_owned(),
        reached: format!("{worst:.2} ms (the slowest of {} cases)", cases.len()),
        verdict: Verdict::of(worst <= 1.0),
    })
}

/// The examples of ICAO Doc 9303 in the vectors, which the core's tests compare.
fn examples(say: &Say) -> Result<Row> {
    let tests = cargo(&["test", "--package", "gatepass-core", "--all-features", "--test", "names", "--test", "mrz"]);
    let ran = Run::new(say, "bench", tests).go()?;
    let counts = counts::judged(counts::libtest(&ran.output), ran.ok());
    let mut count = 0;
    for file in ["names.json", "mrz.json"] {
        let vectors = at("tests/vectors").join(file);
        count += cited(&serde_json::from_str(&fs::read_to_string(vectors)?)?);
    }
    let passed = counts.failed == 0 && counts.passed > 0;
    Ok(Row {
        what: "examples of ICAO Doc 9303 on names and zones".to_owned(),
        target: "all".to_owned(),
        reached: if passed { format!("all {count}") } else { format!("{} tests failed", counts.failed) },
        verdict: Verdict::of(passed),
    })
}

/// Cases that say they are from there.
fn cited(vectors: &Value) -> usize {
    match vectors {
        Value::Array(all) => all.iter().map(cited).sum(),
        Value::Object(case) => {
            let origin = case.get("source").or_else(|| case.get("origin")).and_then(Value::as_str);
            // A list has an origin too.
            let lists = case.values().any(Value::is_array)
                && case.values().any(|value| value.as_array().is_some_and(|all| all.iter().any(Value::is_object)));
            if lists {
                case.values().map(cited).sum()
            } else {
                usize::from(origin.is_some_and(|origin| origin.contains("9303")))
            }
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn cases_are_counted_and_not_their_lists() {
        let vectors = json!({"origin": "ICAO Doc 9303", "cases": [
            {"source": "ICAO Doc 9303-3 §4.6"}, {"source": "spaces"}, {"origin": "ICAO Doc 9303-4", "lines": ["P<"]}
        ]});
        assert_eq!(cited(&vectors), 2);
    }
}
