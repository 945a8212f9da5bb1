//! `gatepass-gates`: see `--help`. The table goes to standard output as lines of tabs for `cargo xtask bench gates`, how far
//! it is to standard error.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};
use clap::Parser;
use gatepass_gates::{
    Settings, measure,
    page::page,
    results::{Part, Row, Size},
};
use gatepass_synth::fonts::Fonts;

/// Measures the image gates and the turn evidence; writes `gates.json` and `gates.html`.
#[derive(Debug, Parser)]
struct Options {
    /// The seed that limits may be chosen with.
    #[arg(long, default_value_t = 5_000)]
    tuning: u64,
    /// The seed that is reported: nothing may be chosen by what it gives.
    #[arg(long, default_value_t = 7_000)]
    reporting: u64,
    /// A small run, to see that everything works.
    #[arg(long)]
    quick: bool,
    /// How much of the full run is done, per cent.
    #[arg(long, default_value_t = Size::FULL, value_parser = clap::value_parser!(u64).range(1..), conflicts_with = "quick")]
    percent: u64,
    /// Only this part, several where it is given again.
    #[arg(long = "part", value_enum, value_name = "PART")]
    parts: Vec<Part>,
    /// Where to.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The module that takes the times in Node.
    #[arg(long, value_name = "FILE")]
    node: Option<PathBuf>,
    /// Lines of rows that others measured, for the end of the table.
    #[arg(long, value_name = "FILE")]
    rows: Option<PathBuf>,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let fonts = Fonts::debian()?;
    let more = match &options.rows {
        Some(file) => fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?,
        None => String::new(),
    };
    let more: Vec<Row> = more.lines().filter_map(Row::read).collect();
    let settings = Settings {
        size: Size::percent(if options.quick { Size::QUICK } else { options.percent }),
        tuning: options.tuning,
        reporting: options.reporting,
        parts: &options.parts,
        script: options.node.as_deref(),
        more: &more,
    };
    let results = measure(&fonts, &settings, &|line| eprintln!("{line}"))?;
    fs::create_dir_all(&options.out)?;
    let write = |name: &str, text: String| {
        let file = options.out.join(name);
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))
    };
    write("gates.json", serde_json::to_string_pretty(&results)? + "\n")?;
    write("gates.html", page(&results))?;
    for row in &results.rows {
        println!("{}", row.line());
    }
    Ok(())
}
