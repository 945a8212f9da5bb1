//! A whole set on disk: which pictures, and one line of truth for each.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::Path,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use serde::Serialize;

use crate::{
    capture::{Frame, Ladder, Profile, Shot, Truth, shoot},
    document::{Area, Kind, Sheet, Side, render},
    encode,
    fonts::Fonts,
    head::{Act, Clip, HeadTruth, Person, Prompt, film},
    people::Holder,
};

/// Rungs of each ladder in a set.
pub const RUNGS: u8 = 6;
/// Pictures of each profile per document side in a set.
pub const DRAWS: u8 = 2;
/// How wide a document is in the frames of ladders, pixels: what must be there of a card and of a passport's page (1000 and 1300),
/// with some room, so that a good rung is a good photograph.
#[must_use]
pub fn across(kind: Kind) -> f32 {
    if kind == Kind::Passport { 1450.0 } else { 1150.0 }
}

/// What one picture of a set is for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Drawn at random from a profile.
    Profile(Profile),
    /// A rung, 0 (good) to 1 (worst), of a ladder.
    Ladder(Ladder, f32),
}

/// One line of the manifest.
#[derive(Debug, Serialize)]
struct Line<'a> {
    file: &'a str,
    document: u64,
    kind: Kind,
    side: Side,
    purpose: Purpose,
    holder: &'a Holder,
    mrz: &'a [String],
    areas: &'a [Area],
    shot: &'a Shot,
    truth: &'a Truth,
}

/// `clip.json` of a film.
#[derive(Debug, Serialize)]
struct Film<'a> {
    seed: u64,
    act: Act,
    width: usize,
    height: usize,
    prompts: &'a [Prompt],
    done: &'a [f32],
    person: &'a Person,
    frames: Vec<FilmFrame>,
}

#[derive(Debug, Serialize)]
struct FilmFrame {
    file: String,
    at: u32,
    truth: HeadTruth,
}

/// The set as a whole.
#[derive(Debug, Serialize)]
struct About<'a> {
    seed: u64,
    documents: u32,
    pictures: usize,
    films: usize,
    /// FNV-1a over the typefaces: sets can only be equal where this is.
    fonts: String,
    generator: &'a str,
}

/// The pictures of one document side, in order.
pub fn plan(seed: u64, sheet: &Sheet) -> impl Iterator<Item = (Purpose, Shot)> {
    let profiles = Profile::ALL.into_iter().flat_map(move |profile| {
        (0..DRAWS).map(move |draw| {
            let seed = mixed(seed, sheet, u64::from(draw) << 8 | profile as u64);
            (Purpose::Profile(profile), Shot::draw(seed, profile, sheet))
        })
    });
    let ladders = Ladder::ALL.into_iter().flat_map(move |ladder| {
        (0..RUNGS).map(move |rung| {
            let position = f32::from(rung) / f32::from(RUNGS - 1);
            let seed = mixed(seed, sheet, 1 << 16 | ladder as u64);
            (Purpose::Ladder(ladder, position), Shot::ladder(seed, ladder, position, across(sheet.kind), sheet))
        })
    });
    profiles.chain(ladders)
}

fn mixed(seed: u64, sheet: &Sheet, what: u64) -> u64 {
    let side = sheet.kind as u64 * 2 + sheet.side as u64;
    crate::rng::Rng::new(seed ^ sheet.seed.rotate_left(23) ^ (side << 40) ^ (what << 44)).bits()
}

/// How large a set is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Holders, each with all five document sides.
    pub documents: u32,
    /// Films of each act.
    pub films: u32,
}

/// Writes a set: `sheets/*.png`, `frames/*.jpg`, `manifest.jsonl`, `heads/*/` and `about.json`; gives the number of photographs
/// and of films. As many threads as the machine has; the files do not depend on how many. `tell` hears how many of all
/// photographs and films are written.
///
/// # Errors
/// What the file system says.
///
/// # Panics
/// Never: what is written is plain data.
pub fn write(
    fonts: &Fonts,
    seed: u64,
    size: Size,
    folder: &Path,
    tell: impl Fn(usize, usize) + Sync,
) -> io::Result<(usize, usize)> {
    let documents = size.documents;
    fs::create_dir_all(folder.join("frames"))?;
    fs::create_dir_all(folder.join("sheets"))?;
    let mut manifest = BufWriter::new(File::create(folder.join("manifest.jsonl"))?);
    let sides = Kind::ALL.iter().flat_map(|&kind| kind.sides().iter().map(move |&side| (kind, side)));
    let per_side = Profile::ALL.len() * usize::from(DRAWS) + Ladder::ALL.len() * usize::from(RUNGS);
    let acts = Act::ALL.iter().flat_map(|&act| (0..u64::from(size.films)).map(move |take| (act, take)));
    let acts: Vec<(Act, u64)> = acts.collect();
    let all = per_side * 5 * documents as usize + acts.len();
    let mut done = 0;
    for document in 0..u64::from(documents) {
        for (kind, side) in sides.clone() {
            let sheet = render(fonts, seed.wrapping_mul(1_000_003).wrapping_add(document), kind, side);
            let name = format!("{document:03}-{}-{}", word(&kind), word(&side));
            fs::write(folder.join(format!("sheets/{name}.png")), encode::png(&sheet.raster))?;
            let shots: Vec<(Purpose, Shot)> = plan(seed, &sheet).collect();
            let lines = side_by_side(shots.len(), |index| {
                let (purpose, shot) = &shots[index];
                let file = format!("frames/{name}-{index:03}.jpg");
                let Frame { raster, truth, .. } = shoot(&sheet, shot);
                fs::write(folder.join(&file), encode::jpeg(&raster, shot.jpeg))?;
                let line = Line {
                    file: &file,
                    document: sheet.seed,
                    kind,
                    side,
                    purpose: *purpose,
                    holder: &sheet.holder,
                    mrz: &sheet.mrz,
                    areas: &sheet.areas,
                    shot,
                    truth: &truth,
                };
                Ok(serde_json::to_string(&line).expect("plain data can be written as JSON"))
            })?;
            for line in &lines {
                writeln!(manifest, "{line}")?;
            }
            done += lines.len();
            tell(done, all);
        }
    }
    manifest.flush()?;
    let pictures = done;
    side_by_side(acts.len(), |index| {
        let (act, take) = acts[index];
        let clip = film(seed.wrapping_mul(1_000_003).wrapping_add(take), act);
        write_film(&clip, &folder.join(format!("heads/{}-{take:03}", word(&act))))
    })?;
    tell(all, all);
    let about = About {
        seed,
        documents,
        pictures,
        films: acts.len(),
        fonts: format!("{:016x}", fonts.print()),
        generator: concat!("gatepass-synth ", env!("CARGO_PKG_VERSION")),
    };
    let about = serde_json::to_string_pretty(&about).expect("plain data can be written as JSON");
    fs::write(folder.join("about.json"), about + "\n")?;
    Ok((pictures, acts.len()))
}

/// `NNNN.png` for each frame and `clip.json`.
///
/// # Errors
/// What the file system says.
///
/// # Panics
/// Never: what is written is plain data.
pub fn write_film(clip: &Clip, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut frames = Vec::with_capacity(clip.frames.len());
    for (index, frame) in clip.frames.iter().enumerate() {
        let file = format!("{index:04}.png");
        fs::write(folder.join(&file), encode::png_grey(clip.width, clip.height, &frame.luma))?;
        frames.push(FilmFrame { file, at: frame.at, truth: frame.truth });
    }
    let Clip { seed, act, width, height, prompts, done, person, .. } = clip;
    let film = Film { seed: *seed, act: *act, width: *width, height: *height, prompts, done, person, frames };
    let text = serde_json::to_string_pretty(&film).expect("plain data can be written as JSON");
    fs::write(folder.join("clip.json"), text + "\n")
}

/// The word that JSON has for it.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Results in order, worked out by all the machine's threads.
fn side_by_side<T: Send>(count: usize, work: impl Fn(usize) -> io::Result<T> + Sync) -> io::Result<Vec<T>> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new((0..count).map(|_| None).collect::<Vec<Option<io::Result<T>>>>());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count {
                        break;
                    }
                    let result = work(index);
                    results.lock().unwrap_or_else(PoisonError::into_inner)[index] = Some(result);
                }
            });
        }
    });
    results.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().flatten().collect()
}
