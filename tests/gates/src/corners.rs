//! Whether the document is found, and how exactly.

use gatepass_core::image::{
    find::{Scratch, find},
    geometry::{Point, Quad},
    luma::Luma,
};
use gatepass_synth::{
    capture::{Profile, Shot, shoot},
    fonts::Fonts,
};
use serde::Serialize;

use crate::{
    photographs::{format, sheet},
    statistics::{Rate, median},
    workers::{Tell, side_by_side},
};

/// Least intersection over union of a find.
pub const FOUND: f32 = 0.9;
/// Frames of one document.
const EACH: u64 = 4;

/// What kinds of frames, with what is asked of them.
pub const PROFILES: [(Profile, &str); 3] = [
    (Profile::Clean, "straight, plain grounds"),
    (Profile::Careful, "as a careful person holds it, any of 21 grounds"),
    (Profile::Busy, "restless grounds, perspective to 35°, any rotation"),
];

/// How often the document was found in frames of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Corners {
    /// What kind of frames.
    pub profile: Profile,
    /// What it is like.
    pub about: &'static str,
    /// What the frames were drawn from.
    pub seed: u64,
    /// With an intersection over union of at least [`FOUND`].
    pub found: Rate,
    /// Something else was taken for the document, with an intersection over union below a half.
    pub mistaken: Rate,
    /// Median intersection over union of those that were found.
    pub median: Option<f64>,
    /// By ground: missed of how many, the worst first.
    pub missed: Vec<(String, Rate)>,
    /// By kind of document, passport pages and cards: missed.
    pub kinds: Vec<(&'static str, Rate)>,
}

struct One {
    iou: Option<f32>,
    ground: String,
    page: bool,
}

/// Looks for the document in so many frames of 1280 × 720 or 720 × 1280 pixels of each kind.
pub fn run(fonts: &Fonts, seed: u64, frames: u64, tell: Tell<'_>) -> Vec<Corners> {
    PROFILES.iter().map(|&(profile, about)| one(fonts, profile, about, seed, frames, tell)).collect()
}

fn one(fonts: &Fonts, profile: Profile, about: &'static str, seed: u64, frames: u64, tell: Tell<'_>) -> Corners {
    let what = format!("corners of seed {seed}, {profile:?}, documents");
    let jobs: Vec<u64> = (0..frames.div_ceil(EACH)).collect();
    let all: Vec<One> = side_by_side(&what, &jobs, tell, |&job| {
        let sheet = sheet(fonts, seed + job);
        let mut scratch = Scratch::new();
        (0..EACH)
            .map(|take| {
                let shot = Shot::draw((seed + job) * EACH + take, profile, &sheet);
                let frame = shoot(&sheet, &shot);
                let (width, height) = (frame.raster.width, frame.raster.height);
                let grey = frame.raster.luma();
                let luma = Luma::new(&grey, width, height, width).expect("a frame has as many levels as its size says");
                let truth = Quad(frame.truth.quad.map(|corner| Point::new(corner.x, corner.y)));
                let located = find(luma, format(&sheet), None, &mut scratch);
                One {
                    iou: located.map(|located| located.quad.iou(&truth)),
                    ground: format!("{:?}", shot.backdrop),
                    page: sheet.size().0 > 100.0,
                }
            })
            .collect::<Vec<_>>()
    })
    .into_iter()
    .flatten()
    .collect();
    let missed = |one: &One| one.iou.is_none_or(|iou| iou < FOUND);
    let mut grounds: Vec<String> = all.iter().map(|one| one.ground.clone()).collect();
    grounds.sort_unstable();
    grounds.dedup();
    let of = |holds: &dyn Fn(&&One) -> bool| Rate::count(all.iter().filter(holds).map(missed));
    let mut by_ground: Vec<(String, Rate)> =
        grounds.into_iter().map(|ground| (ground.clone(), of(&|one: &&One| one.ground == ground))).collect();
    by_ground.sort_by(|(_, a), (_, b)| b.share().unwrap_or(0.0).total_cmp(&a.share().unwrap_or(0.0)));
    let good: Vec<f64> = all.iter().filter_map(|one| one.iou).filter(|iou| *iou >= FOUND).map(f64::from).collect();
    Corners {
        profile,
        about,
        seed,
        found: Rate::count(all.iter().map(|one| !missed(one))),
        mistaken: Rate::count(all.iter().map(|one| one.iou.is_some_and(|iou| iou < 0.5))),
        median: median(&good),
        missed: by_ground,
        kinds: vec![("passport page", of(&|one: &&One| one.page)), ("card", of(&|one: &&One| !one.page))],
    }
}
