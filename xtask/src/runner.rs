//! `cargo xtask test`: set-up, the parts, some side by side, one closing line.

use std::{
    fs,
    num::NonZero,
    path::PathBuf,
    sync::{Mutex, PoisonError},
    thread,
    time::Instant,
};

use anyhow::{Result, bail};
use clap::Args;

use crate::{
    counts::Counts,
    parts::{self, Part, Sheet},
    say::{Say, seconds},
    tools::{self, Tool},
    workspace::{in_ci, short, target},
};

/// What to run.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only these parts, by name, separated by commas.
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    only: Vec<String>,
    /// How many parts run at a time; as many as the machine has cores, at most four, where not given. A browser's
    /// test mostly waits, so one part alone leaves half of a small machine idle.
    #[arg(long, value_name = "NUMBER")]
    jobs: Option<NonZero<usize>>,
    /// Print the parts' names and what each does, and stop.
    #[arg(long)]
    list: bool,
}

/// How a part ended.
struct Ended {
    name: &'static str,
    counts: Counts,
    skipped: Option<String>,
    time: std::time::Duration,
}

/// Runs the parts; true where nothing failed.
pub(crate) fn run(say: &Say, options: &Options) -> Result<bool> {
    if options.list {
        for part in parts::ALL {
            say.plain(format!("{:<12} {}", part.name, part.about));
        }
        return Ok(true);
    }
    let chosen = choose(&options.only)?;
    let failures = tools::ensure(say, &needs(&chosen));

    let logs = target().join("test-logs");
    fs::create_dir_all(&logs)?;
    let waiting = Mutex::new(chosen.iter().enumerate());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        let mut ended = Vec::new();
        while let Some((index, part)) = next() {
            say.line(part.name, format!("{} ({} of {})", part.about, index + 1, chosen.len()));
            let log = logs.join(format!("{}.log", part.name));
            let _ = fs::remove_file(&log);
            let begun = Instant::now();
            ended.push(match failures.reason(part.needs) {
                Some(reason) => {
                    Ended { name: part.name, counts: Counts::default(), skipped: Some(reason), time: begun.elapsed() }
                }
                None => run_part(say, part, log, begun),
            });
        }
        ended
    };
    let mut all: Vec<Ended> = thread::scope(|scope| {
        let workers: Vec<_> = (0..at_a_time(options.jobs)).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a part's failure is a result")).collect()
    });
    all.sort_by_key(|ended| chosen.iter().position(|part| part.name == ended.name));
    Ok(close(say, &all))
}

fn at_a_time(asked: Option<NonZero<usize>>) -> usize {
    asked.map_or_else(|| thread::available_parallelism().map_or(1, NonZero::get).min(4), NonZero::get)
}

/// Every tool that these parts need.
pub(crate) fn needs(chosen: &[&Part]) -> Vec<Tool> {
    chosen.iter().flat_map(|part| part.needs.iter().copied()).collect()
}

/// The parts of these names, all where none is named.
pub(crate) fn choose(only: &[String]) -> Result<Vec<&'static Part>> {
    if only.is_empty() {
        return Ok(parts::ALL.iter().collect());
    }
    for name in only {
        if !parts::ALL.iter().any(|part| part.name == name.trim()) {
            let names: Vec<&str> = parts::ALL.iter().map(|part| part.name).collect();
            bail!("no part is called {name:?}; there are: {}", names.join(", "));
        }
    }
    Ok(parts::ALL.iter().filter(|part| only.iter().any(|name| name.trim() == part.name)).collect())
}

fn run_part(say: &Say, part: &'static Part, log: PathBuf, begun: Instant) -> Ended {
    let shown = short(&log);
    let mut sheet = Sheet::new(say, part.name, log);
    if let Err(why) = (part.run)(&mut sheet) {
        sheet.fail("the part itself", &format!("{why:#}"));
    }
    let counts = sheet.counts();
    let (time, text) = (begun.elapsed(), if counts.failed > 0 { format!(" - see {shown}") } else { String::new() });
    say.line(part.name, format!("{counts} in {}{text}", seconds(time)));
    Ended { name: part.name, counts, skipped: None, time }
}

/// The table and the closing line. In continuous integration what did not run has failed.
fn close(say: &Say, all: &[Ended]) -> bool {
    let strict = in_ci();
    let mut sum = Counts::default();
    say.plain("");
    for ended in all {
        let mut counts = ended.counts;
        let result = match &ended.skipped {
            Some(reason) => {
                counts.failed += u64::from(strict);
                format!("{} - {reason}", if strict { "FAILED, could not run" } else { "skipped" })
            }
            None => counts.to_string(),
        };
        if strict && counts.skipped > 0 {
            counts.failed += counts.skipped;
            say.plain(format!("{:<12} {} tests were skipped, which counts as failed here", ended.name, counts.skipped));
        }
        say.plain(format!("{:<12} {:>9}  {result}", ended.name, seconds(ended.time)));
        sum += counts;
    }
    say.plain(format!("{:<12} {:>9}", "all", seconds(say.elapsed())));
    say.plain(format!("{} passed, {} failed", sum.passed, sum.failed));
    sum.failed == 0
}
