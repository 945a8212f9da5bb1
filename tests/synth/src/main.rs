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
    /// Where to: `frames/`, `sheets/`, `manifest.jsonl`, `heads/`, `about.json`.
    #[arg(long)]
    out: PathBuf,
    /// How many holders; each has a passport, a licence and a permit, five sides in all.
    #[arg(long, default_value_t = 1)]
    documents: u32,
    /// How many films of heads of each kind.
    #[arg(long, default_value_t = 1)]
    films: u32,
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
    let size = corpus::Size { documents: options.documents, films: options.films };
    let (pictures, films) = corpus::write(&fonts, options.seed, size, &options.out, |done, all| {
        println!("{done} of {all}");
    })
    .with_context(|| format!("cannot write to {}", options.out.display()))?;
    println!("{pictures} photographs and {films} films in {}", options.out.display());
    Ok(())
}
