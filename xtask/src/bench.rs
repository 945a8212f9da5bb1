//! `cargo xtask bench`: every number that Gatepass promises, beside what was promised; peers run in the same process.
//!
//! Programs that measure print lines of tabs, `bench NAME OURS PEER RATIO TARGET` (times in nanoseconds, `-` where there is
//! none; TARGET holds what is allowed at most: `0.55` or `<=0.55x` of the ratio, `<=2000ns` of ours, several with commas), or
//! `row WHAT TARGET MEASURED VERDICT` where they judge themselves; everything else they print is for people.

mod gates;
mod login;

use std::{fmt, fs, path::PathBuf, process::Command, time::Duration};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use crate::{
    artefacts, golden,
    process::Run,
    say::Say,
    size,
    tools::{self, Tool},
    workspace::{at, cargo, command, root, target, tools as tools_folder, venv},
};

/// What to measure.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only these; everything but `qr`, `gates` and `golden`, which take long, where none is named.
    #[arg(value_enum)]
    only: Vec<Group>,
    /// Folder with the sets `qr` and `qr-synthetic`; found beside the repository by itself.
    #[arg(long, value_name = "FOLDER")]
    samples: Option<PathBuf>,
    /// The seed that the synthetic QR frames are drawn with.
    #[arg(long, default_value_t = 20_261)]
    seed: u32,
    #[command(flatten)]
    gates: gates::GateOptions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Group {
    /// One-time passwords and otpauth beside totp-rs; the timing of `verify`.
    Otp,
    /// Names in the worst cases that were found.
    Names,
    /// The npm package in Node beside npm otpauth.
    Wasm,
    /// What a browser downloads.
    Size,
    /// The code check at login through the portal, 32 clients, SQLite and PostgreSQL.
    Portal,
    /// The QR decoder over real and synthetic pictures.
    Qr,
    /// The image gates and the turn evidence on drawn photographs and films; a page with plots.
    Gates,
    /// The whole golden set: reports bit for bit, native and in two browsers.
    Golden,
}

/// One line of the closing table.
#[derive(Debug)]
struct Row {
    what: String,
    target: String,
    reached: String,
    verdict: Verdict,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Reached,
    Missed,
    /// A figure without a promise.
    Figure,
    /// It could not be measured: nothing was reached.
    NotMeasured,
}

impl Verdict {
    const ALL: [Self; 4] = [Self::Reached, Self::Missed, Self::Figure, Self::NotMeasured];

    fn of(reached: bool) -> Self {
        if reached { Self::Reached } else { Self::Missed }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::Missed => "MISSED",
            Self::Figure => "figure",
            Self::NotMeasured => "not measured",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.word())
    }
}

impl Row {
    /// `row <tab> WHAT <tab> TARGET <tab> MEASURED <tab> VERDICT`.
    fn line(&self) -> String {
        ["row", &self.what, &self.target, &self.reached, &self.verdict.word().to_lowercase()].join("\t")
    }

    fn read(line: &str) -> Option<Self> {
        let ["row", what, target, reached, verdict] = *line.split('\t').collect::<Vec<_>>() else { return None };
        let verdict = Verdict::ALL.into_iter().find(|known| known.word().eq_ignore_ascii_case(verdict))?;
        Some(Self { what: what.to_owned(), target: target.to_owned(), reached: reached.to_owned(), verdict })
    }
}

/// Measures and prints the table; true where every target is reached.
pub(crate) fn run(say: &Say, options: &Options) -> Result<bool> {
    let all = [Group::Otp, Group::Names, Group::Wasm, Group::Size, Group::Portal];
    let groups: &[Group] = if options.only.is_empty() { &all } else { &options.only };
    let mut rows = Vec::new();
    for group in groups {
        match group {
            Group::Otp => rows.extend(otp(say)?),
            Group::Names => rows.extend(names(say)?),
            Group::Wasm => rows.extend(wasm(say)?),
            Group::Size => rows.extend(sizes(say)?),
            Group::Portal => rows.extend(login::measure(say)?),
            Group::Qr => qr(say, options)?,
            Group::Gates => rows.extend(gates::measure(say, &options.gates)?),
            Group::Golden => rows.extend(golden(say)?),
        }
    }
    if rows.is_empty() {
        return Ok(true);
    }
    let width = |of: fn(&Row) -> &str| rows.iter().map(|row| of(row).chars().count()).max().unwrap_or(0);
    let (what, target, reached) = (width(|row| &row.what), width(|row| &row.target), width(|row| &row.reached));
    say.plain(format!("\n{:<what$}  {:<target$}  {:<reached$}", "what", "target", "measured"));
    for row in &rows {
        say.plain(format!("{:<what$}  {:<target$}  {:<reached$}  {}", row.what, row.target, row.reached, row.verdict));
    }
    Ok(rows.iter().all(|row| matches!(row.verdict, Verdict::Reached | Verdict::Figure)))
}

fn otp(say: &Say) -> Result<Vec<Row>> {
    say.line("bench", "one-time passwords beside totp-rs, optimised build (cargo bench -p gatepass-core --bench otp)");
    let bench = cargo(&["bench", "--package", "gatepass-core", "--bench", "otp"]);
    rows(say, bench)
}

fn names(say: &Say) -> Result<Vec<Row>> {
    say.line("bench", "names, optimised build (cargo bench -p gatepass-core --features identity --bench names)");
    let bench = cargo(&["bench", "--package", "gatepass-core", "--features", "identity", "--bench", "names"]);
    rows(say, bench)
}

/// The rows of a measuring program, which may end with an error when a target was missed.
fn rows(say: &Say, program: Command) -> Result<Vec<Row>> {
    let ran = Run::new(say, "bench", program).limit(Duration::from_secs(1_800)).go()?;
    let rows: Vec<Row> = ran.stdout.lines().filter_map(row).collect();
    if rows.is_empty() {
        bail!("nothing was measured:\n{}", ran.tail(25));
    }
    Ok(rows)
}

fn wasm(say: &Say) -> Result<Vec<Row>> {
    artefacts::wasm_package(say, None)?;
    say.line("bench", "the npm package in Node beside npm otpauth (npm run bench)");
    let mut bench = command("npm");
    bench.args(["run", "--silent", "bench"]).current_dir(at("wasm/npm"));
    rows(say, bench)
}

fn sizes(say: &Say) -> Result<Vec<Row>> {
    artefacts::page(say, None)?;
    let rows = size::measure()?.into_iter().map(|size| Row {
        what: size.name.clone(),
        target: size.target(),
        reached: size.reached(),
        verdict: Verdict::of(size.fits()),
    });
    Ok(rows.collect())
}

/// How many reports of the golden set differ, one row for each that the native build is compared with.
fn golden(say: &Say) -> Result<Vec<Row>> {
    let ran = golden::whole(say)?;
    let rows = golden::compared(&ran.stdout).into_iter().map(|compared| Row {
        what: format!("golden set, {}", compared.with),
        target: "0 differ".to_owned(),
        reached: compared.text,
        verdict: Verdict::of(compared.equal),
    });
    let rows: Vec<Row> = rows.collect();
    if rows.is_empty() {
        bail!("nothing was compared:\n{}", ran.tail(25));
    }
    Ok(rows)
}

/// A line of a measuring program.
fn row(line: &str) -> Option<Row> {
    let mut parts = line.split('\t').map(str::trim);
    if parts.next() != Some("bench") {
        return None;
    }
    let (name, ours, peer, ratio, target) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let number = |text: &str| text.parse::<f64>().ok();
    let (ours, peer, measured) = (number(ours), number(peer), number(ratio));
    let limits: Vec<Limit> = target.split(',').filter_map(Limit::read).collect();
    let verdict = if limits.is_empty() {
        Verdict::Figure
    } else {
        Verdict::of(limits.iter().all(|limit| limit.holds(ours, measured)))
    };
    let reached = match (ours, peer) {
        (Some(ours), Some(peer)) => format!("{ratio} × ({ours:.0} ns, peer {peer:.0} ns)"),
        (Some(ours), None) => format!("{ours:.0} ns"),
        _ => ratio.to_owned(),
    };
    let target = limits.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Some(Row {
        what: name.to_owned(),
        target: if target.is_empty() { "-".to_owned() } else { target },
        reached,
        verdict,
    })
}

/// One of the limits in TARGET.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Limit {
    /// `0.55` or `<=0.55x`: of RATIO.
    Ratio(f64),
    /// `<=2000ns`: of OURS.
    Nanoseconds(f64),
}

impl Limit {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches("<=");
        match text.strip_suffix("ns") {
            Some(number) => number.parse().ok().map(Self::Nanoseconds),
            None => text.trim_end_matches('x').parse().ok().map(Self::Ratio),
        }
    }

    /// A limit on what was not measured is not reached.
    fn holds(self, ours: Option<f64>, ratio: Option<f64>) -> bool {
        match self {
            Self::Ratio(limit) => ratio.is_some_and(|ratio| ratio <= limit),
            Self::Nanoseconds(limit) => ours.is_some_and(|ours| ours <= limit),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ratio(limit) => write!(out, "≤ {limit}"),
            Self::Nanoseconds(limit) => write!(out, "≤ {limit} ns"),
        }
    }
}

/// Prints the decoder's own tables: read, missed and false per folder are no single number.
fn qr(say: &Say, options: &Options) -> Result<()> {
    let samples = samples(options)?;
    let mut manifests = vec![samples.join("qr/manifest.json")];
    let generator = samples.join("qr-synthetic/generate.py");
    if generator.is_file() {
        manifests.push(synthetic(say, &generator, options.seed)?);
    }
    say.line("bench", "the QR decoder, optimised build");
    let mut bench = cargo(&["bench", "--package", "gatepass-tests", "--bench", "qr", "--"]);
    bench.args(manifests);
    let ran = Run::new(say, "bench", bench).limit(Duration::from_secs(3_600)).must()?;
    say.plain(ran.stdout);
    Ok(())
}

/// The folder that holds `qr/manifest.json`: as told, in the repository, or in a folder beside it.
fn samples(options: &Options) -> Result<PathBuf> {
    let mut places: Vec<PathBuf> = options.samples.iter().cloned().collect();
    if places.is_empty() {
        places.push(at("tests/samples"));
        let beside = root().parent().map(fs::read_dir).and_then(Result::ok).into_iter().flatten().flatten();
        places.extend(beside.map(|entry| entry.path().join("samples")));
    }
    let found = places.iter().find(|place| place.join("qr/manifest.json").is_file());
    found.cloned().context("no folder with qr/manifest.json was found; name one with --samples")
}

/// Draws the synthetic frames once per seed, with the pinned versions that its README asks for.
fn synthetic(say: &Say, generator: &std::path::Path, seed: u32) -> Result<PathBuf> {
    let out = target().join(format!("qr-synthetic-{seed}"));
    let manifest = out.join("manifest.jsonl");
    let done = out.join(".complete");
    if done.is_file() {
        return Ok(manifest);
    }
    if let Some(reason) = tools::ensure(say, &[Tool::Python]).reason(&[Tool::Python]) {
        bail!("{reason}");
    }
    let environment = tools_folder().join("venv-qr");
    if !environment.join("bin/python").is_file() {
        let mut make = command(venv().join("bin/python"));
        make.args(["-m", "venv"]).arg(&environment);
        Run::new(say, "bench", make).must()?;
    }
    let python = environment.join("bin/python");
    let mut pip = command(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--requirement"]).arg(generator.with_file_name("requirements.txt"));
    Run::new(say, "bench", pip).must()?;
    say.line("bench", format!("drawing the synthetic frames (seed {seed}), about three minutes"));
    let mut draw: Command = command(&python);
    draw.arg(generator).arg("--seed").arg(seed.to_string()).arg("--out").arg(&out);
    Run::new(say, "bench", draw).must()?;
    fs::write(done, "")?;
    Ok(manifest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_judges_itself_is_believed() {
        let line = "row\tglare: good refused\t≤ 3 %\t1 % (2 of 200, 0.3 to 3.6 %)\tmissed";
        let row = Row::read(line).unwrap();
        assert_eq!((row.reached.as_str(), row.verdict), ("1 % (2 of 200, 0.3 to 3.6 %)", Verdict::Missed));
        assert_eq!(row.line(), line);
        assert_eq!(Row::read("row\tlive\t≤ 10 ms\t-\tnot measured").unwrap().verdict, Verdict::NotMeasured);
        assert!(Row::read("row\tlive\t≤ 10 ms\t-\tperhaps").is_none());
    }

    #[test]
    fn a_line_of_a_measuring_program_becomes_a_row() {
        let missed = row("bench\tparse\t120\t200\t0.60\t0.40").unwrap();
        assert_eq!((missed.what.as_str(), missed.verdict), ("parse", Verdict::Missed));
        assert_eq!(row("bench\ttiming\t-\t-\t1.2\t5").unwrap().verdict, Verdict::Reached);
        assert_eq!(row("bench\tfigure\t12\t-\t-\t-").unwrap().verdict, Verdict::Figure);
        assert!(row("running").is_none());
        let both = |ours: &str| row(&format!("bench\tgenerate\t{ours}\t9000\t0.2\t<=2000ns,<=0.25x")).unwrap();
        assert_eq!((both("1900").verdict, both("1900").target.as_str()), (Verdict::Reached, "≤ 2000 ns, ≤ 0.25"));
        assert_eq!(both("2100").verdict, Verdict::Missed);
    }
}
