//! Time of one frame: here, and in the npm package in Node.

use std::{fs, path::Path, process::Command, time::Instant};

use anyhow::{Context, Result, bail};
use gatepass_core::image::{
    decode::{self, decode},
    find::Format,
    luma::Luma,
    report::{Mode, Request, Scratch, examine},
};
use gatepass_synth::{
    capture::{Ladder, Profile, Shot, shoot},
    fonts::Fonts,
};
use serde::Serialize;

use crate::{
    gate::floor,
    photographs::{format, sheet},
    statistics::median,
    workers::{Tell, side_by_side},
};

/// Each frame is measured so often; the rounds go over all frames. The best of each counts, so that what else runs on the
/// machine is not measured.
const ROUNDS: usize = 7;

/// Times of one thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Time {
    /// What.
    pub what: &'static str,
    /// Where: native or wasm.
    pub place: &'static str,
    /// Median of the frames' best times, milliseconds; `None` where it could not be measured.
    pub median_ms: Option<f64>,
    /// Frames, each measured several times.
    pub frames: usize,
    /// The most it may be.
    pub most_ms: Option<f64>,
    /// Why it was not measured.
    pub why: Option<String>,
}

const LIVE: &str = "live measure of one 1280 × 720 frame";
const STILL: &str = "still of 2000 × 1500 from JPEG bytes";

struct Frames {
    live: Vec<(Format, Vec<u8>)>,
    stills: Vec<(Format, Vec<u8>)>,
}

/// Measures both kinds of frames natively, on one core, and by `script` in Node where one is given: a module that is told a
/// folder with frames and prints `time <tab> live|still <tab> MEDIAN_MS`.
///
/// # Errors
/// What the file system says, and the last words of a script that failed.
pub fn run(fonts: &Fonts, seed: u64, count: u64, script: Option<&Path>, tell: Tell<'_>) -> Result<Vec<Time>> {
    let jobs: Vec<u64> = (seed..seed + count).collect();
    let drawn = side_by_side("frames to time", &jobs, tell, |&seed| {
        let sheet = sheet(fonts, seed);
        let live = shoot(&sheet, &Shot { width: 1280, height: 720, ..Shot::draw(seed, Profile::Careful, &sheet) });
        let mut still = Shot::ladder(seed, Ladder::Defocus, 0.0, 1.15 * floor(sheet.kind), &sheet);
        (still.width, still.height) = (2_000, 1_500);
        let format = format(&sheet);
        ((format, live.raster.luma()), (format, shoot(&sheet, &still).jpeg()))
    });
    let (live, stills) = drawn.into_iter().unzip();
    let frames = Frames { live, stills };
    tell("times, natively");
    let (live, still) = native(&frames);
    let time =
        |what, place, median_ms, most_ms, why| Time { what, place, median_ms, frames: frames.live.len(), most_ms, why };
    let mut times = vec![time(LIVE, "native", live, None, None), time(STILL, "native", still, None, None)];
    tell("times, in Node");
    let (live, still, why) = match script.map(|script| node(&frames, script)).transpose()? {
        Some((live, still)) => (Some(live), Some(still), None),
        None => (None, None, Some("no program in Node was given".to_owned())),
    };
    times.push(time(LIVE, "wasm", live, Some(10.0), why.clone()));
    times.push(time(STILL, "wasm", still, Some(150.0), why));
    Ok(times)
}

fn native(frames: &Frames) -> (Option<f64>, Option<f64>) {
    let mut scratch = Scratch::new();
    let mut live = vec![f64::MAX; frames.live.len()];
    let mut still = vec![f64::MAX; frames.stills.len()];
    for _ in 0..ROUNDS {
        for ((format, grey), best) in frames.live.iter().zip(&mut live) {
            let request = Request { format: *format, mode: Mode::Live, guide: None };
            let luma = Luma::new(grey, 1280, 720, 1280).expect("a frame has as many levels as its size says");
            let begun = Instant::now();
            std::hint::black_box(examine(luma, None, &request, &mut scratch));
            *best = best.min(begun.elapsed().as_secs_f64() * 1e3);
        }
        for ((format, file), best) in frames.stills.iter().zip(&mut still) {
            let request = Request { format: *format, mode: Mode::Still, guide: None };
            let begun = Instant::now();
            let picture = decode(file, &decode::Limits::DEFAULT).expect("a whole file of three megapixels");
            std::hint::black_box(examine(picture.luma(), picture.chroma(), &request, &mut scratch));
            *best = best.min(begun.elapsed().as_secs_f64() * 1e3);
        }
    }
    (median(&live), median(&still))
}

/// Runs the script with the frames in a folder of its own, which is gone afterwards: `live-N-FORMAT.luma` (1280 × 720 levels) and
/// `still-N-FORMAT.jpg`, FORMAT being `id1` or `td3`.
fn node(frames: &Frames, script: &Path) -> Result<(f64, f64)> {
    let folder = std::env::temp_dir().join(format!("gatepass-gates-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let done = write(frames, &folder).and_then(|()| ask(script, &folder));
    fs::remove_dir_all(&folder)?;
    done
}

fn write(frames: &Frames, folder: &Path) -> Result<()> {
    for (all, name, ending) in [(&frames.live, "live", "luma"), (&frames.stills, "still", "jpg")] {
        for (number, (format, bytes)) in all.iter().enumerate() {
            let format = if *format == Format::Td3 { "td3" } else { "id1" };
            fs::write(folder.join(format!("{name}-{number:02}-{format}.{ending}")), bytes)?;
        }
    }
    Ok(())
}

fn ask(script: &Path, folder: &Path) -> Result<(f64, f64)> {
    let ran = Command::new("node").arg(script).arg(folder).output().context("cannot start node")?;
    let (said, errors) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    if !ran.status.success() {
        bail!("{} failed:\n{errors}", script.display());
    }
    let time = |name: &str| -> Option<f64> { said.lines().find_map(|line| read(line, name)) };
    time("live").zip(time("still")).with_context(|| format!("{} said no times:\n{said}", script.display()))
}

/// `time <tab> NAME <tab> MEDIAN_MS`.
fn read(line: &str, name: &str) -> Option<f64> {
    line.strip_prefix("time\t")?.strip_prefix(name)?.strip_prefix('\t')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_script_is_a_time() {
        assert_eq!(read("time\tlive\t7.25", "live"), Some(7.25));
        assert_eq!(read("time\tlive\t7.25", "still"), None);
        assert_eq!(read("lively", "live"), None);
    }
}
