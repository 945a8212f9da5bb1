//! `gatepass-gates`: see `--help`. The table goes to standard output as lines of tabs for `cargo xtask bench gates`, how far
//! it is to standard error.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use gatepass_gates::{
    Settings, measure,
    page::page,
    readable::{self, Fault, Step},
    results::{Part, Row, Size},
};
use gatepass_synth::fonts::Fonts;

/// Measures the image gates and the turn evidence; writes `gates.json` and `gates.html`.
#[derive(Debug, Parser)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
struct Options {
    #[command(subcommand)]
    other: Option<Other>,
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
    #[arg(long, value_name = "DIR", required = true)]
    out: Option<PathBuf>,
    /// The module that takes the times in Node.
    #[arg(long, value_name = "FILE")]
    node: Option<PathBuf>,
    /// Lines of rows that others measured, for the end of the table.
    #[arg(long, value_name = "FILE")]
    rows: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Other {
    /// How many letters an OCR reader (Tesseract, which must be installed) reads of photographs out of focus and shaken: the truth
    /// about what is unreadable.
    Readable {
        /// The first document.
        #[arg(long, default_value_t = 41_000)]
        seed: u64,
        /// How many.
        #[arg(long, default_value_t = 15)]
        documents: u64,
    },
}

fn main() -> Result<()> {
    let options = Options::parse();
    let fonts = Fonts::debian()?;
    if let Some(Other::Readable { seed, documents }) = options.other {
        return read(&readable::run(&fonts, seed, documents, &|line| eprintln!("{line}"))?);
    }
    let out = options.out.context("--out was not given")?;
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
    fs::create_dir_all(&out)?;
    let write = |name: &str, text: String| {
        let file = out.join(name);
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))
    };
    write("gates.json", serde_json::to_string_pretty(&results)? + "\n")?;
    write("gates.html", page(&results))?;
    for row in &results.rows {
        println!("{}", row.line());
    }
    Ok(())
}

/// Prints what was read.
fn read(steps: &[Step]) -> Result<()> {
    let none = steps.iter().find(|step| step.fault == Fault::None).context("a photograph without a fault")?;
    println!(
        "{} rows, {} letters a step; without a fault {:.0} % right",
        none.rows,
        none.letters,
        none.share() * 100.0
    );
    let of = |part: fn(Fault) -> Option<f32>| {
        steps.iter().filter_map(move |step| Some((part(step.fault)?, step))).collect::<Vec<_>>()
    };
    ladder("streak in capitals", none, &of(|fault| if let Fault::Streak(part) = fault { Some(part) } else { None }));
    ladder("sigma in capitals", none, &of(|fault| if let Fault::Sigma(part) = fault { Some(part) } else { None }));
    Ok(())
}

/// Prints the steps of one fault, and where half of the letters are read.
fn ladder(title: &str, none: &Step, steps: &[(f32, &Step)]) {
    println!("\n{title}\tletters right");
    let mut line = vec![(0.0, none.share())];
    for (part, step) in steps {
        println!("{part}\t{:.0} % ({} of {})", step.share() * 100.0, step.right, step.letters);
        line.push((*part, step.share()));
    }
    match readable::half(&line) {
        Some(half) => println!("half at {half:.2}"),
        None => println!("half is not reached"),
    }
}
