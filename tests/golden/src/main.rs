#![doc = include_str!("../README.md")]
#![allow(clippy::print_stdout, reason = "a program for the terminal")]
#![allow(clippy::cast_precision_loss, reason = "sides of small pictures")]

mod browsers;
mod differences;
mod frame;
mod hashes;
mod scene;
mod serve;
mod store;
mod text;

use std::{process::ExitCode, sync::Arc, thread, time::Instant};

use anyhow::Result;
use clap::Parser;
use gatepass_synth::fonts::Fonts;

use browsers::Browser;
use scene::Set;
use store::Store;

/// Compares what the native build and the browsers say of each frame, and the native build with the committed file.
#[derive(Debug, Parser)]
struct Options {
    /// How many scenes of the set, from its beginning; all where nothing is said.
    #[arg(long)]
    scenes: Option<usize>,
    /// How many films of heads.
    #[arg(long)]
    clips: Option<usize>,
    /// The browsers to compare with.
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [Browser::Chromium, Browser::Firefox])]
    browsers: Vec<Browser>,
    /// Write the file anew, from the whole set; no browser is asked.
    #[arg(long)]
    write: bool,
}

fn main() -> Result<ExitCode> {
    let options = Options::parse();
    let set =
        Set::new(Fonts::debian()?, options.scenes.filter(|_| !options.write), options.clips.filter(|_| !options.write));
    let browsers = if options.write { &[][..] } else { &options.browsers };
    let begun = Instant::now();
    let store = Arc::new(Store::new(set.groups(), browsers.len()));
    let texts = thread::scope(|scope| {
        let workers = thread::available_parallelism().map_or(2, usize::from);
        for _ in 0..workers {
            scope.spawn(|| store.fill(|group| set.draw(group)));
        }
        let served = browsers::run(browsers, &store);
        // Whoever waits for a browser that is gone would wait for ever.
        store.close();
        served
    })?;
    let native = store.native();
    println!("{} frames and films in {} s", native.len(), begun.elapsed().as_secs());

    if options.write {
        let path = hashes::write(&set, &native)?;
        println!("written: {}", path.display());
        return Ok(ExitCode::SUCCESS);
    }
    let mut equal = check("committed file", hashes::compare(&set, &native));
    for (browser, texts) in browsers.iter().zip(&texts) {
        equal &= check(browser.name(), differences::of(&native, texts));
    }
    Ok(if equal { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Says how a comparison ended, for people and for `xtask`; true where nothing differs.
fn check(name: &str, (compared, different): (usize, Vec<String>)) -> bool {
    for line in different.iter().take(12) {
        println!("  {line}");
    }
    let result = if different.is_empty() { "equal" } else { "DIFFERENT" };
    println!("golden\t{name}\t{result}\t{} of {compared} differ", different.len());
    different.is_empty()
}
