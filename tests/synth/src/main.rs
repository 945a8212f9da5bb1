//! Writes a set of specimen photographs with their truth; `cargo xtask synth` calls it.

#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Parser;
use gatepass_synth::{corpus, fonts};

/// Writes a set of specimen photographs with their truth.
#[derive(Debug, Parser)]
struct Options {
    /// What everything is drawn from.
    #[arg(long)]
    seed: u64,
    /// Where to: `frames/`, `sheets/`, `manifest.jsonl`, `about.json`.
    #[arg(long)]
    out: PathBuf,
    /// How many holders; each has a passport, a licence and a permit, five sides in all.
    #[arg(long, default_value_t = 1)]
    documents: u32,
    /// The typeface of machine-readable zones.
    #[arg(long, default_value = fonts::OCR_B)]
    ocr_b: PathBuf,
    /// The folder with the DejaVu typefaces.
    #[arg(long, default_value = fonts::DEJAVU)]
    dejavu: PathBuf,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let fonts = fonts::Fonts::read(&options.ocr_b, &options.dejavu)?;
    let count = corpus::write(&fonts, options.seed, options.documents, &options.out, |done, all| {
        println!("{done} of {all} pictures");
    })
    .with_context(|| format!("cannot write to {}", options.out.display()))?;
    println!("{count} pictures and manifest.jsonl in {}", options.out.display());
    Ok(())
}
