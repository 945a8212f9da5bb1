//! `cargo xtask synth`: a set of specimen photographs with their truth, on disk.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use crate::{
    process::Run,
    say::Say,
    tools::{self, Tool},
    workspace::{cargo, root, short},
};

/// Which set.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// What everything is drawn from: the same seed gives the same bytes.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where to.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// How many holders; each has five document sides with some hundred pictures of each.
    #[arg(long, default_value_t = 1)]
    documents: u32,
    /// How many films of heads of each of the 15 kinds.
    #[arg(long, default_value_t = 1)]
    films: u32,
}

/// Gets the typefaces, builds the generator optimised and runs it.
pub(crate) fn run(say: &Say, options: &Options) -> Result<()> {
    if let Some(why) = tools::ensure(say, &[Tool::Fonts]).reason(&[Tool::Fonts]) {
        bail!("the documents cannot be drawn without their typefaces: {why}");
    }
    let out = root().join(&options.out);
    let mut generator = cargo(&["run", "--release", "--package", "gatepass-synth", "--"]);
    generator
        .args(["--seed", &options.seed.to_string(), "--documents", &options.documents.to_string()])
        .args(["--films", &options.films.to_string(), "--out"])
        .arg(&out);
    Run::new(say, "synth", generator).must()?;
    say.line("synth", format!("photographs, films and their truth are in {}", short(&out)));
    Ok(())
}
