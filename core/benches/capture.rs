//! The gates of a capture on drawn photographs: false refusals and false acceptances at the limits that are in the code, how often
//! the document is found, and the time for a frame.
//!
//! `cargo bench -p gatepass-core --features decode --bench capture -- [--seed FIRST] [--count DOCUMENTS] [--find FRAMES]`
//!
//! The limits were set on seeds from 5000, the finder on 1000 to 1199; any other seed reports. Every line that starts with
//! `gate`, `find` or `time` is for programs, its parts between tabs:
//!
//! ```text
//! gate MEASURE REFUSED_WRONGLY GOOD ACCEPTED_WRONGLY BAD
//! find PROFILE FOUND FRAMES
//! time WHAT MEDIAN_MS
//! ```

#![expect(clippy::print_stdout, reason = "a bench prints")]
#![allow(clippy::unwrap_used, reason = "a bench that fails has failed")]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sides of pictures")]

use std::time::Instant;

use gatepass_core::image::{
    decode::{self, decode},
    find::{self, Format, find},
    geometry::{Point, Quad},
    luma::Luma,
    report::{CaptureReport, Measure, Mode, Request, Scratch, examine},
};
use gatepass_synth::{
    capture::{Frame, Ladder, Profile, Shot, Truth, shoot},
    document::{self, Kind, Sheet, Side},
    fonts::Fonts,
};

const SIDES: [(Kind, Side); 5] = [
    (Kind::Passport, Side::Front),
    (Kind::Licence, Side::Front),
    (Kind::Licence, Side::Back),
    (Kind::Permit, Side::Front),
    (Kind::Permit, Side::Back),
];

/// Where on its ladder a photograph is.
const RUNGS: [f32; 6] = [0.0, 0.12, 0.25, 0.4, 0.6, 0.9];

/// What must be accepted and what must be refused by a measure; what is between is neither.
type Judge = fn(&Truth) -> Option<bool>;

/// For each measure its ladder and the truth. A reader needs half of the finest strokes' contrast to read with ease and
/// reads nothing at a twentieth; a reflection covers something where a fifth of an area has lost nine tenths.
const LADDERS: [(Measure, Ladder, Judge); 9] = [
    (Measure::Sharpness, Ladder::Defocus, |truth| between(truth.stroke_contrast, 0.5, 0.05)),
    (Measure::Sharpness, Ladder::Motion, |truth| between(truth.stroke_contrast, 0.5, 0.05)),
    (Measure::Darkness, Ladder::Dark, |truth| between(truth.exposure, -1.2, -2.6)),
    (Measure::Brightness, Ladder::Bright, |truth| between(-truth.exposure, -0.7, -2.0)),
    (Measure::Glare, Ladder::Glare, |truth| (lost(truth) >= 0.2).then_some(false)),
    (Measure::Glare, Ladder::GlareBeside, |_| Some(true)),
    (Measure::Fingers, Ladder::Fingers, |truth| {
        between(-truth.fingers_over, 0.0, -0.15).filter(|&good| !good || truth.fingers == 0.0)
    }),
    (Measure::CutOff, Ladder::Cut, |truth| between(truth.visible, 1.0, 0.97)),
    (Measure::Resolution, Ladder::Size, |truth| between(truth.capital, 16.0, 8.0)),
];

/// Good from one value on, bad from another on.
fn between(value: f32, good: f32, bad: f32) -> Option<bool> {
    if value >= good {
        Some(true)
    } else if value <= bad {
        Some(false)
    } else {
        None
    }
}

fn lost(truth: &Truth) -> f32 {
    truth.areas.iter().map(|area| area.lost).fold(0.0, f32::max)
}

fn main() {
    let fonts = Fonts::debian().expect("the package fonts-ocr-b");
    let (seed, count, frames) = (option("--seed", 7000), option("--count", 10), option("--find", 100));
    gates(&fonts, seed, count);
    finding(&fonts, seed, frames);
}

fn option(name: &str, usual: u64) -> u64 {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1).map_or(usual, |value| value.parse().expect("a number"))
}

fn sheet(fonts: &Fonts, seed: u64) -> Sheet {
    let (kind, side) = SIDES[(seed % 5) as usize];
    document::render(fonts, seed / 5, kind, side)
}

fn format(sheet: &Sheet) -> Format {
    if sheet.kind == Kind::Passport { Format::Td3 } else { Format::Id1 }
}

fn quad(truth: &Truth) -> Quad {
    Quad(truth.quad.map(|corner| Point::new(corner.x, corner.y)))
}

/// Judges the photograph as it is sent.
fn judged(frame: &Frame, sheet: &Sheet, scratch: &mut Scratch, times: &mut Vec<f64>) -> CaptureReport {
    let file = frame.jpeg();
    let request = Request { format: format(sheet), mode: Mode::Still, guide: None };
    let start = Instant::now();
    let picture = decode(&file, &decode::Limits::DEFAULT).expect("a whole file");
    let report = examine(picture.luma(), picture.chroma(), &request, scratch);
    times.push(start.elapsed().as_secs_f64() * 1e3);
    report
}

fn gates(fonts: &Fonts, seed: u64, count: u64) {
    let mut scratch = Scratch::new();
    let mut times = Vec::new();
    for (measure, ladder, judge) in LADDERS {
        let (mut refused, mut good, mut accepted, mut bad) = (0, 0, 0, 0);
        for seed in seed..seed + count {
            let sheet = sheet(fonts, seed);
            let across = if sheet.kind == Kind::Passport { 1450.0 } else { 1150.0 };
            for rung in RUNGS {
                let frame = shoot(&sheet, &Shot::ladder(seed, ladder, rung, across, &sheet));
                let Some(right) = judge(&frame.truth) else { continue };
                let report = judged(&frame, &sheet, &mut scratch, &mut times);
                // A good photograph is refused by its own measure; a bad one may be refused by any.
                if right {
                    good += 1;
                    refused += usize::from(!report.get(measure).is_some_and(|measured| measured.pass));
                } else {
                    bad += 1;
                    accepted += usize::from(report.accepted());
                }
            }
        }
        println!("gate\t{}/{ladder:?}\t{refused}\t{good}\t{accepted}\t{bad}", measure.code());
    }
    println!("time\tstill from its bytes\t{:.1}", median(&mut times));
}

fn finding(fonts: &Fonts, seed: u64, frames: u64) {
    let mut scratch = find::Scratch::new();
    let mut whole = Scratch::new();
    let mut times = Vec::new();
    for profile in [Profile::Careful, Profile::Busy] {
        let mut found = 0;
        for seed in seed..seed + frames {
            let sheet = sheet(fonts, seed);
            let frame = shoot(&sheet, &Shot::draw(seed, profile, &sheet));
            let (width, height) = (frame.raster.width, frame.raster.height);
            let grey = frame.raster.luma();
            let luma = Luma::new(&grey, width, height, width).unwrap();
            let located = find(luma, format(&sheet), None, &mut scratch);
            found += usize::from(located.is_some_and(|located| located.quad.iou(&quad(&frame.truth)) >= 0.9));
            let request = Request { format: format(&sheet), mode: Mode::Live, guide: None };
            let start = Instant::now();
            let _ = examine(luma, None, &request, &mut whole);
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        println!("find\t{profile:?}\t{found}\t{frames}");
    }
    println!("time\tlive frame of 1280 by 720\t{:.1}", median(&mut times));
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_unstable_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(0.0)
}
