//! What nobody can read: an OCR reader that knows nothing of the measures decides how far a photograph may be out of focus or
//! shaken.
//!
//! The smallest rows of text of each document are cut out of its photograph at their true place, laid flat with capitals of 40
//! pixels, and read by Tesseract as they are and with an unsharp mask; the better reading counts. A letter is right where an
//! alignment with the fewest edits leaves it, without case and accents.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};
use gatepass_core::image::{
    decode::{self, decode},
    geometry::{Homography, Point, Quad},
    luma::Luma,
};
use gatepass_synth::{
    capture::{Ladder, Shot, Studio, Truth, foresee},
    document::{AreaKind, Sheet},
    encode,
    fonts::Fonts,
};
use icu_normalizer::DecomposingNormalizerBorrowed;

use crate::{
    gate::{faultless, floor, framed},
    photographs::sheet,
    statistics::real,
    workers::{Tell, side_by_side},
};

/// Lengths of a streak, in heights of the smallest capital.
const STREAKS: [f32; 10] = [0.15, 0.25, 0.33, 0.42, 0.5, 0.6, 0.7, 0.85, 1.0, 1.25];
/// Sigmas of a blur, lens included, in the same.
const SIGMAS: [f32; 10] = [0.05, 0.075, 0.1, 0.125, 0.15, 0.175, 0.2, 0.23, 0.27, 0.32];
/// Height of a capital where it is read, pixels.
const CAPITAL: f32 = 40.0;
/// The unsharp mask's sigma in pixels, and its strength.
const MASK: f32 = 4.0;
const REACH: isize = 12;
const STRENGTH: f32 = 1.5;
/// Paper around a row, pixels.
const MARGIN: usize = 20;

/// What a photograph has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fault {
    /// Nothing.
    None,
    /// A streak of so many capitals.
    Streak(f32),
    /// A blur of so many capitals.
    Sigma(f32),
}

/// How many letters of photographs with one fault were read rightly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// What was wrong with them.
    pub fault: Fault,
    /// Rows that were read.
    pub rows: usize,
    /// Letters of those rows.
    pub letters: usize,
    /// Letters that were right.
    pub right: usize,
}

impl Step {
    /// Share of the letters that were right, 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        real(self.right) / real(self.letters.max(1))
    }
}

/// Photographs `documents` documents with every fault and reads them.
///
/// # Errors
/// Where Tesseract is not there or says that something is wrong, and what the file system says.
pub fn run(fonts: &Fonts, seed: u64, documents: u64, tell: Tell<'_>) -> Result<Vec<Step>> {
    let version = Command::new("tesseract").arg("--version").output();
    let version =
        version.context("cannot start tesseract; Debian's packages are tesseract-ocr and tesseract-ocr-eng")?;
    let said = [version.stdout, version.stderr].concat();
    tell(String::from_utf8_lossy(&said).lines().next().unwrap_or("tesseract"));
    let folder = std::env::temp_dir().join(format!("gatepass-readable-{}", std::process::id()));
    let jobs: Vec<u64> = (seed..seed + documents).collect();
    let done = side_by_side("documents to read", &jobs, tell, |&seed| one(fonts, seed, &folder.join(seed.to_string())));
    if folder.is_dir() {
        fs::remove_dir_all(&folder)?;
    }
    let mut steps: Vec<Step> =
        faults().into_iter().map(|fault| Step { fault, rows: 0, letters: 0, right: 0 }).collect();
    for (fault, letters, right) in done.into_iter().collect::<Result<Vec<_>>>()?.concat() {
        for step in steps.iter_mut().filter(|step| step.fault == fault) {
            step.rows += 1;
            step.letters += letters;
            step.right += right;
        }
    }
    Ok(steps)
}

/// Where half of the letters are read: between which of the steps, evenly. The first is what has nothing of it.
#[must_use]
pub fn half(steps: &[(f32, f64)]) -> Option<f64> {
    steps.windows(2).find_map(|pair| {
        let [(low, above), (high, below)] = [pair[0], pair[1]];
        let part = (above - 0.5) / (above - below);
        (above >= 0.5 && below < 0.5).then(|| f64::from(low) + part * f64::from(high - low))
    })
}

fn faults() -> Vec<Fault> {
    let (streaks, sigmas) = (STREAKS.into_iter().map(Fault::Streak), SIGMAS.into_iter().map(Fault::Sigma));
    [Fault::None].into_iter().chain(streaks).chain(sigmas).collect()
}

/// One row of text: where it is on the document, millimetres.
struct Row {
    text: String,
    left: f32,
    width: f32,
    baseline: f32,
    capital: f32,
}

/// For each row of each photograph: what was wrong, its letters, those that were right.
fn one(fonts: &Fonts, seed: u64, folder: &Path) -> Result<Vec<(Fault, usize, usize)>> {
    fs::create_dir_all(folder)?;
    let sheet = sheet(fonts, seed);
    let base = faultless(seed, &sheet);
    let capital = foresee(&sheet, &base).capital;
    let mut studio = Studio::new(&sheet);
    let (mut files, mut wanted) = (Vec::new(), Vec::new());
    for fault in faults() {
        let frame = studio.shoot(&with(fault, &base, capital, &sheet));
        let picture = decode(&frame.jpeg(), &decode::Limits::DEFAULT).context("a photograph that was just drawn")?;
        for row in smallest(&sheet, &frame.truth) {
            let (width, height, grey) = flat(picture.luma(), &sheet, &frame.truth, &row).context("a flat document")?;
            for levels in [&grey, &sharpened(&grey, width, height)] {
                let file = folder.join(format!("{}.png", files.len()));
                let (width, height, levels) = bordered(levels, width, height);
                fs::write(&file, encode::png_grey(width, height, &levels))?;
                files.push(file.display().to_string());
            }
            wanted.push((fault, folded(&row.text)));
        }
    }
    let list = folder.join("list");
    fs::write(&list, files.join("\n"))?;
    let out = folder.join("read");
    let mut reader = Command::new("tesseract");
    reader.arg(&list).arg(&out).args(["--psm", "7", "-l", "eng", "--dpi", "300"]);
    let ran = reader.env("OMP_THREAD_LIMIT", "1").stdout(Stdio::null()).output()?;
    if !ran.status.success() {
        bail!("tesseract failed; is tesseract-ocr-eng there?\n{}", String::from_utf8_lossy(&ran.stderr));
    }
    let text = fs::read_to_string(out.with_extension("txt"))?;
    let pages: Vec<&str> = text.split('\u{c}').collect();
    ensure!(pages.len() >= files.len(), "tesseract read {} of {} rows", pages.len(), files.len());
    let read = wanted.iter().zip(pages.chunks(2)).filter(|((_, text), _)| !text.is_empty());
    let scored = read.map(|((fault, text), pages)| {
        let best = pages.iter().map(|page| matched(text, &folded(page))).max().unwrap_or(0);
        (*fault, text.len(), best)
    });
    Ok(scored.collect())
}

/// The photograph with a fault; `capital`: height of its smallest capitals, pixels.
fn with(fault: Fault, base: &Shot, capital: f32, sheet: &Sheet) -> Shot {
    let rung = |ladder| framed(Shot::ladder(base.seed, ladder, 0.5, 1.15 * floor(sheet.kind), sheet), sheet);
    match fault {
        Fault::None => base.clone(),
        Fault::Streak(part) => {
            let mut shot = rung(Ladder::Motion);
            shot.motion.length = part * capital;
            shot
        }
        Fault::Sigma(part) => {
            let mut shot = rung(Ladder::Defocus);
            let sigma = part * capital;
            shot.defocus.sigma = (sigma * sigma - shot.lens * shot.lens).max(0.0).sqrt();
            shot
        }
    }
}

/// Rows with the smallest capitals.
fn smallest(sheet: &Sheet, truth: &Truth) -> Vec<Row> {
    let texts = sheet.areas.iter().filter(|area| area.kind == AreaKind::Text);
    let smallest = texts.filter(|area| (area.capital * truth.per_mm - truth.capital).abs() < 0.01);
    smallest
        .map(|area| {
            let place = area.place;
            // A row of the table of classes begins with its class, which is larger.
            let (text, baseline) = match (area.name, area.text.split_once(' ')) {
                ("category-dates", Some((_, dates))) => (dates.to_owned(), place.y + 1.9),
                _ => (area.text.clone(), place.y + 1.25 * area.capital),
            };
            Row { text, left: place.x, width: place.width, baseline, capital: area.capital }
        })
        .collect()
}

/// The row as if it lay flat: width, height, levels.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sides of some hundred pixels")]
fn flat(luma: Luma<'_>, sheet: &Sheet, truth: &Truth, row: &Row) -> Option<(usize, usize, Vec<f32>)> {
    let (width, height) = sheet.size();
    let corners = truth.quad.map(|corner| Point::new(corner.x, corner.y));
    let map = Homography::between(Quad::upright(0.0, 0.0, width, height).0, corners)?;
    let scale = CAPITAL / row.capital;
    let pad = 0.5 * row.capital;
    let (top, bottom) = (row.baseline - 1.3 * row.capital, row.baseline + 0.35 * row.capital);
    let (across, down) = (((row.width + 2.0 * pad) * scale) as usize, ((bottom - top) * scale) as usize);
    let place = |at: usize| {
        let (x, y) = (real(at % across) as f32, real(at / across) as f32);
        map.map(row.left - pad + x / scale, top + y / scale)
    };
    Some((across, down, (0..across * down).map(|at| sampled(luma, place(at))).collect()))
}

/// The level there, between pixels by Catmull and Rom's cubic.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "places of pixels"
)]
fn sampled(luma: Luma<'_>, at: Point) -> f32 {
    let cubic = |p: [f32; 4], t: f32| {
        let bend = 2.0 * p[0] - 5.0 * p[1] + 4.0 * p[2] - p[3] + t * (3.0 * (p[1] - p[2]) + p[3] - p[0]);
        p[1] + 0.5 * t * (p[2] - p[0] + t * bend)
    };
    let (x, y) = (at.x - 0.5, at.y - 0.5);
    let (left, top) = (x.floor() as isize, y.floor() as isize);
    let level = |column: isize, row: isize| {
        let row = row.clamp(0, luma.height() as isize - 1) as usize;
        f32::from(luma.row(row)[column.clamp(0, luma.width() as isize - 1) as usize])
    };
    let line = |row: usize| {
        let levels = std::array::from_fn(|column| level(left + column as isize - 1, top + row as isize - 1));
        cubic(levels, x - x.floor())
    };
    cubic(std::array::from_fn(line), y - y.floor())
}

fn sharpened(levels: &[f32], width: usize, height: usize) -> Vec<f32> {
    let soft = blurred(&blurred(levels, width, height, (1, 0)), width, height, (0, 1));
    levels.iter().zip(&soft).map(|(level, soft)| level + STRENGTH * (level - soft)).collect()
}

#[allow(clippy::cast_possible_wrap, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "places of pixels")]
fn blurred(levels: &[f32], width: usize, height: usize, (dx, dy): (isize, isize)) -> Vec<f32> {
    let weights: Vec<f32> = (-REACH..=REACH).map(|at| (-0.5 * (at as f32 / MASK).powi(2)).exp()).collect();
    let sum: f32 = weights.iter().sum();
    let one = |at: usize| {
        let (x, y) = ((at % width) as isize, (at / width) as isize);
        let weighted = weights.iter().zip(-REACH..=REACH).map(|(weight, off)| {
            let column = (x + off * dx).clamp(0, width as isize - 1) as usize;
            weight * levels[(y + off * dy).clamp(0, height as isize - 1) as usize * width + column]
        });
        weighted.sum::<f32>() / sum
    };
    (0..width * height).map(one).collect()
}

/// With paper around it, as 8-bit levels.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "levels within 0 to 255")]
fn bordered(levels: &[f32], width: usize, height: usize) -> (usize, usize, Vec<u8>) {
    let mut sorted = levels.to_vec();
    sorted.sort_by(f32::total_cmp);
    let byte = |level: f32| level.clamp(0.0, 255.0) as u8;
    let paper = byte(sorted.get(sorted.len() * 8 / 10).copied().unwrap_or(255.0));
    let (across, down) = (width + 2 * MARGIN, height + 2 * MARGIN);
    let mut framed = vec![paper; across * down];
    for (row, line) in levels.chunks_exact(width).enumerate() {
        let from = (row + MARGIN) * across + MARGIN;
        for (to, level) in framed[from..from + width].iter_mut().zip(line) {
            *to = byte(*level);
        }
    }
    (across, down, framed)
}

/// Letters and digits alone, without case and accents.
fn folded(text: &str) -> Vec<char> {
    let plain: String = text
        .to_uppercase()
        .chars()
        .map(|letter| match letter {
            'Æ' => "AE".to_owned(),
            'Ø' => "O".to_owned(),
            'Þ' => "TH".to_owned(),
            'Ð' | 'Đ' => "D".to_owned(),
            'Œ' => "OE".to_owned(),
            'Ł' => "L".to_owned(),
            'Ŋ' => "N".to_owned(),
            'Ŧ' => "T".to_owned(),
            'Ħ' => "H".to_owned(),
            other => other.to_string(),
        })
        .collect();
    let apart = DecomposingNormalizerBorrowed::new_nfd().normalize(&plain).into_owned();
    apart.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Letters of `text` that an alignment with the fewest edits leaves right: of several such, the most.
fn matched(text: &[char], read: &[char]) -> usize {
    // Edits, and letters that are right, from what was compared last.
    let mut above: Vec<(usize, usize)> = (0..=read.len()).map(|edits| (edits, 0)).collect();
    let better = |one: (usize, usize), other: (usize, usize)| {
        if (one.0, usize::MAX - one.1) <= (other.0, usize::MAX - other.1) { one } else { other }
    };
    for (row, letter) in text.iter().enumerate() {
        let mut line = vec![(row + 1, 0)];
        for (column, other) in read.iter().enumerate() {
            let same = usize::from(letter == other);
            let both = (above[column].0 + 1 - same, above[column].1 + same);
            let left_out = (above[column + 1].0 + 1, above[column + 1].1);
            let added = (line[column].0 + 1, line[column].1);
            line.push(better(both, better(left_out, added)));
        }
        above = line;
    }
    above.last().map_or(0, |(_, right)| *right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_counts_where_the_alignment_leaves_it() {
        let right = |text: &str, read: &str| matched(&folded(text), &folded(read));
        assert_eq!(right("Ärzte 12.3", "arzte 123"), 8);
        assert_eq!(right("ABCDEF", "ABXDEF"), 5);
        assert_eq!(right("ABCDEF", "BCDEFG"), 5);
        assert_eq!(right("ABC", ""), 0);
        assert_eq!(folded("Łódź, Þór-Æ"), "LODZTHORAE".chars().collect::<Vec<_>>());
    }

    #[test]
    fn half_lies_between_two_steps() {
        let near = |steps: &[(f32, f64)], expected: f64| (half(steps).expect("half") - expected).abs() < 1e-6;
        assert!(near(&[(0.0, 1.0), (0.5, 0.75), (1.0, 0.25)], 0.75));
        assert_eq!(half(&[(0.0, 0.9), (0.5, 0.6)]), None);
    }
}
