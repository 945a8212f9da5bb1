//! The QR decoder over folders of pictures: read, missed, false, and times.
//!
//! `cargo bench -p gatepass-tests --bench qr -- MANIFEST…`, where a manifest is either `manifest.json` (a list of `file`
//! and `expect`, a list of texts or null) or `manifest.jsonl` (one object per line with `file`, `category`, `text`); pictures are
//! PNG or binary PGM beside it. `cargo xtask bench qr` finds the sets and draws the synthetic one.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measuring program: what is wrong must stop it")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use gatepass_core::qr::{DecodeOptions, Effort, Luma, Reading, Refusal, decode_all};
use serde::Deserialize;

#[derive(Deserialize)]
struct Listed {
    file: String,
    /// `null` where there is no code.
    expect: Option<Vec<String>>,
    /// Where the texts come from; of a text that several codes hold together, a picture with one shows a part.
    #[serde(default)]
    truth: String,
}

#[derive(Deserialize)]
struct Drawn {
    file: String,
    category: String,
    text: Option<String>,
}

struct Picture {
    group: String,
    file: PathBuf,
    texts: Vec<String>,
    /// The code is a part of the text, and is to be told as such.
    parts: bool,
}

#[derive(Default)]
struct Tally {
    pictures: usize,
    codes: usize,
    read: usize,
    /// Texts that are not in the picture.
    wrong: usize,
    /// Codes that were found and give no whole text, as a part or in another character set.
    refused: usize,
    times: Vec<Duration>,
}

fn main() {
    let manifests: Vec<PathBuf> =
        std::env::args().skip(1).filter(|word| !word.starts_with("--")).map(PathBuf::from).collect();
    if manifests.is_empty() {
        println!("usage: cargo bench -p gatepass-tests --bench qr -- MANIFEST…");
        return;
    }
    for manifest in manifests {
        let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
        for picture in pictures(&manifest) {
            measure(&picture, tallies.entry(picture.group.clone()).or_default());
        }
        print(&manifest, tallies);
    }
}

fn pictures(manifest: &Path) -> Vec<Picture> {
    let text = fs::read_to_string(manifest).unwrap();
    let folder = manifest.parent().unwrap();
    if manifest.extension().is_some_and(|ending| ending == "jsonl") {
        let drawn = text.lines().map(|line| serde_json::from_str::<Drawn>(line).unwrap());
        return drawn
            .map(|one| Picture {
                group: one.category,
                file: folder.join(one.file),
                texts: one.text.into_iter().collect(),
                parts: false,
            })
            .collect();
    }
    let listed: Vec<Listed> = serde_json::from_str(&text).unwrap();
    listed
        .into_iter()
        .map(|one| {
            let group = one.file.split('/').next().unwrap_or_default().to_owned();
            let parts = one.truth.contains("part of it");
            Picture { group, file: folder.join(one.file), texts: one.expect.unwrap_or_default(), parts }
        })
        .collect()
}

fn measure(picture: &Picture, tally: &mut Tally) {
    let (bytes, width, height) = load(&picture.file);
    let luma = Luma::new(&bytes, width, height, width).unwrap();
    let begun = Instant::now();
    let Reading { found, refused } = decode_all(luma, &DecodeOptions { effort: Effort::Still });
    tally.times.push(begun.elapsed());
    tally.pictures += 1;
    tally.codes += picture.texts.len();
    tally.refused += refused.len();
    if picture.parts {
        tally.read += refused.iter().filter(|one| matches!(one.refusal, Refusal::Part { .. })).count();
        tally.wrong += found.len();
        return;
    }
    let found: Vec<String> = found.iter().map(|one| comparable(&one.text)).collect();
    let fits = |expected: &str, found: &String| *found == comparable(expected);
    tally.read += picture.texts.iter().filter(|text| found.iter().any(|found| fits(text, found))).count();
    tally.wrong += found.iter().filter(|found| !picture.texts.iter().any(|text| fits(text, found))).count();
}

/// Recognition is judged, not the guess of a character set: other letters than ASCII are left out. So are spaces, which a
/// part of the truth was recorded without.
fn comparable(text: &str) -> String {
    text.chars().filter(char::is_ascii_graphic).collect()
}

/// The grey plane, its width and height.
fn load(file: &Path) -> (Vec<u8>, usize, usize) {
    if file.extension().is_some_and(|ending| ending == "pgm") {
        return pgm(&fs::read(file).unwrap());
    }
    let mut decoder = png::Decoder::new(std::io::BufReader::new(fs::File::open(file).unwrap()));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    assert_eq!(info.color_type, png::ColorType::Grayscale, "{}", file.display());
    (bytes, info.width.try_into().unwrap(), info.height.try_into().unwrap())
}

/// `P5 WIDTH HEIGHT 255` and the bytes.
fn pgm(bytes: &[u8]) -> (Vec<u8>, usize, usize) {
    let mut header = Vec::new();
    let mut at = 0;
    while header.len() < 4 {
        let start = at + bytes[at..].iter().position(|byte| !byte.is_ascii_whitespace()).unwrap();
        let end = start + bytes[start..].iter().position(u8::is_ascii_whitespace).unwrap();
        header.push(String::from_utf8_lossy(&bytes[start..end]).into_owned());
        at = end;
    }
    (bytes[at + 1..].to_vec(), header[1].parse().unwrap(), header[2].parse().unwrap())
}

fn print(manifest: &Path, tallies: BTreeMap<String, Tally>) {
    println!("\n{}", manifest.display());
    println!(
        "{:<24} {:>8} {:>6} {:>6} {:>7} {:>6} {:>8} {:>11} {:>9}",
        "folder", "pictures", "codes", "read", "missed", "false", "refused", "median ms", "p95 ms"
    );
    let mut all = Tally::default();
    for (group, tally) in tallies {
        line(&group, &tally);
        all.pictures += tally.pictures;
        all.codes += tally.codes;
        all.read += tally.read;
        all.wrong += tally.wrong;
        all.refused += tally.refused;
        all.times.extend(tally.times);
    }
    line("all", &all);
}

fn line(group: &str, tally: &Tally) {
    let mut times = tally.times.clone();
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).map_or(0.0, |time| time.as_secs_f64() * 1_000.0);
    println!(
        "{group:<24} {:>8} {:>6} {:>6} {:>7} {:>6} {:>8} {:>11.1} {:>9.1}",
        tally.pictures,
        tally.codes,
        tally.read,
        tally.codes - tally.read,
        tally.wrong,
        tally.refused,
        at(50),
        at(95)
    );
}
