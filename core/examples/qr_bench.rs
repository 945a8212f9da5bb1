//! How many of a folder's pictures the decoder reads, and how long it takes.
//!
//! ```text
//! cargo run --release -p gatepass-core --example qr_bench -- [--frame] [--json] FOLDER [FOLDER …]
//! ```
//!
//! A folder holds pictures and what they say: `manifest.json` (a list of `file`, `expect`) or `manifest.jsonl` (lines
//! of `file`, `category`, `text`). Printed for each group of pictures: read, missed, false (a text that is not
//! expected, also where nothing is) and the median and 95th percentile of milliseconds per picture, the least of
//! three runs. `--frame` measures the effort of a live camera instead of that for a still. Exits with 1 when a text
//! is false.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for a terminal")]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "percentiles")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use gatepass_core::qr::{DecodeOptions, Effort, Luma, decode, rgba_to_luma};
use serde::Deserialize;

#[derive(Deserialize)]
struct Listed {
    file: String,
    /// `null`: there is no code. An empty list: there is one, and no one knows what it says.
    expect: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Line {
    file: String,
    category: String,
    text: Option<String>,
}

struct Picture {
    group: String,
    path: PathBuf,
    expect: Option<Vec<String>>,
}

#[derive(Default)]
struct Score {
    pictures: usize,
    read: usize,
    missed: usize,
    wrong: usize,
    milliseconds: Vec<f64>,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut options = DecodeOptions { effort: Effort::Still };
    let mut json = false;
    let mut verbose = false;
    let mut folders = Vec::new();
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--frame" => options.effort = Effort::Frame,
            "--json" => json = true,
            "--verbose" => verbose = true,
            _ => folders.push(PathBuf::from(argument)),
        }
    }
    if folders.is_empty() {
        folders.extend(std::env::var_os("GATEPASS_QR_SAMPLES").map(PathBuf::from));
    }
    if folders.is_empty() {
        eprintln!("name a folder with a manifest.json or manifest.jsonl");
        return Ok(ExitCode::from(2));
    }

    let mut wrong = 0;
    for folder in &folders {
        let mut scores: BTreeMap<String, Score> = BTreeMap::new();
        for picture in manifest(folder)? {
            let score = scores.entry(picture.group.clone()).or_default();
            let before = (score.read, score.wrong);
            measure(&picture, options, score)?;
            if verbose && (score.wrong > before.1 || (score.read == before.0 && picture.expect.is_some())) {
                println!("{} {}", if score.wrong > before.1 { "false " } else { "missed" }, picture.path.display());
            }
        }
        wrong += scores.values().map(|score| score.wrong).sum::<usize>();
        if json {
            print_json(folder, &scores);
        } else {
            print_table(folder, &scores);
        }
    }
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn manifest(folder: &Path) -> Result<Vec<Picture>, Box<dyn Error>> {
    let lines = folder.join("manifest.jsonl");
    if lines.exists() {
        let text = std::fs::read_to_string(lines)?;
        return text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| {
                let line: Line = serde_json::from_str(line)?;
                let expect = line.text.map(|text| vec![text]);
                Ok(Picture { group: line.category, path: folder.join(line.file), expect })
            })
            .collect();
    }
    let listed: Vec<Listed> = serde_json::from_reader(BufReader::new(File::open(folder.join("manifest.json"))?))?;
    Ok(listed
        .into_iter()
        .map(|listed| Picture {
            group: listed.file.split('/').next().unwrap_or_default().to_owned(),
            path: folder.join(&listed.file),
            expect: listed.expect,
        })
        .collect())
}

fn measure(picture: &Picture, options: DecodeOptions, score: &mut Score) -> Result<(), Box<dyn Error>> {
    let (pixels, width, height) = grey(&picture.path)?;
    score.pictures += 1;
    let luma = Luma::new(&pixels, width, height, width)?;
    let mut found = Vec::new();
    let mut least = f64::INFINITY;
    for _ in 0..3 {
        let started = Instant::now();
        found = decode(luma, &options);
        least = least.min(started.elapsed().as_secs_f64() * 1000.0);
        // What takes long is measured well enough at once.
        if least > 50.0 {
            break;
        }
    }
    score.milliseconds.push(least);
    let texts = picture.expect.as_deref();
    let expected = |text: &str| texts.unwrap_or_default().iter().any(|expect| same(expect, text));
    if texts.is_none_or(|texts| !texts.is_empty()) {
        score.wrong += found.iter().filter(|found| !expected(&found.text)).count();
    }
    if picture.expect.is_some() {
        let read = found.iter().any(|found| expected(&found.text));
        score.read += usize::from(read);
        score.missed += usize::from(!read);
    }
    Ok(())
}

/// Equal but for white space, which the collected truth has lost in places, and for what depends on a guess of the
/// character set: this table is about recognition. Shift JIS, read as Latin-1, leaves ASCII letters between the others.
fn same(expected: &str, read: &str) -> bool {
    let plain = |text: &str| text.chars().filter(char::is_ascii_graphic).collect::<String>();
    let (wanted, got) = (plain(expected), plain(read));
    if read.is_ascii() {
        return wanted == got;
    }
    let mut got = got.chars();
    wanted.chars().all(|wanted| got.any(|got| got == wanted))
}

fn grey(path: &Path) -> Result<(Vec<u8>, usize, usize), Box<dyn Error>> {
    let mut decoder = png::Decoder::new(BufReader::new(File::open(path)?));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let mut bytes = vec![0; reader.output_buffer_size().ok_or("too large")?];
    let frame = reader.next_frame(&mut bytes)?;
    bytes.truncate(frame.buffer_size());
    let (width, height) = (usize::try_from(frame.width)?, usize::try_from(frame.height)?);
    let rgba: Vec<u8> = match frame.color_type {
        png::ColorType::Grayscale => return Ok((bytes, width, height)),
        png::ColorType::GrayscaleAlpha => bytes.chunks_exact(2).flat_map(|p| [p[0], p[0], p[0], p[1]]).collect(),
        png::ColorType::Rgb => bytes.chunks_exact(3).flat_map(|p| [p[0], p[1], p[2], 255]).collect(),
        png::ColorType::Rgba => bytes,
        png::ColorType::Indexed => return Err("palettes are expanded while reading".into()),
    };
    let mut luma = vec![0; width * height];
    rgba_to_luma(&rgba, &mut luma)?;
    Ok((luma, width, height))
}

fn total(scores: &BTreeMap<String, Score>) -> Score {
    let mut total = Score::default();
    for score in scores.values() {
        total.pictures += score.pictures;
        total.read += score.read;
        total.missed += score.missed;
        total.wrong += score.wrong;
        total.milliseconds.extend(&score.milliseconds);
    }
    total
}

fn percentile(milliseconds: &[f64], part: f64) -> f64 {
    let mut sorted = milliseconds.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() as f64 * part) as usize;
    sorted.get(place.min(sorted.len().saturating_sub(1))).copied().unwrap_or_default()
}

fn print_table(folder: &Path, scores: &BTreeMap<String, Score>) {
    println!("{}", folder.display());
    println!(
        "{:<24} {:>8} {:>6} {:>6} {:>6} {:>9} {:>9}",
        "group", "pictures", "read", "missed", "false", "median ms", "p95 ms"
    );
    let total = total(scores);
    for (group, score) in scores.iter().map(|(group, score)| (group.as_str(), score)).chain([("total", &total)]) {
        println!(
            "{group:<24} {:>8} {:>6} {:>6} {:>6} {:>9.2} {:>9.2}",
            score.pictures,
            score.read,
            score.missed,
            score.wrong,
            percentile(&score.milliseconds, 0.5),
            percentile(&score.milliseconds, 0.95)
        );
    }
}

fn print_json(folder: &Path, scores: &BTreeMap<String, Score>) {
    let object = |score: &Score| {
        serde_json::json!({
            "pictures": score.pictures, "read": score.read, "missed": score.missed, "false": score.wrong,
            "medianMs": percentile(&score.milliseconds, 0.5), "p95Ms": percentile(&score.milliseconds, 0.95),
        })
    };
    let groups: BTreeMap<&str, _> = scores.iter().map(|(group, score)| (group.as_str(), object(score))).collect();
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    println!("{}", serde_json::json!({ "folder": name, "groups": groups, "total": object(&total(scores)) }));
}
