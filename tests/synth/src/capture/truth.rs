//! What is true of a photograph, computed from its parameters and not from its pixels.

use serde::Serialize;

use super::{Copy, Setting, Shot, pose::Pose, sensor};
use crate::{
    canvas::Raster,
    document::{Area, AreaKind, Sheet},
    maths::{Point, Rect, area, clip, exp, sin_cos},
};

/// The truth about a photograph.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Truth {
    /// False where the frame shows the ground alone: everything about the document is then what it would be.
    pub present: bool,
    /// The document's corners in pixels of the frame, clockwise from its left top as it reads; where the two straight edges
    /// would meet if corners were not round. May lie outside the frame.
    pub quad: [Point; 4],
    /// Mean length of the upper and the lower edge, pixels.
    pub across: f32,
    /// Pixels of the frame per millimetre of the document, mean over its width.
    pub per_mm: f32,
    /// Share of the document inside the frame, 0 to 1.
    pub visible: f32,
    /// Angle between document and sensor, degrees.
    pub tilt: f32,
    /// Sigma of lens and defocus together, pixels of the frame.
    pub sigma: f32,
    /// The same, millimetres on the document.
    pub sigma_mm: f32,
    /// Length of the motion's streak, pixels of the frame.
    pub motion: f32,
    /// The same, millimetres on the document.
    pub motion_mm: f32,
    /// Contrast that remains of the finest strokes of the text that must be read, 0 to 1, in the worst direction: the
    /// transfer of lens, defocus, motion and pixel at the spatial frequency of strokes one sixth of a capital high with
    /// gaps as wide, for the smallest capital among the areas.
    pub stroke_contrast: f32,
    /// Pixels per capital letter's height for the smallest capital among the areas.
    pub capital: f32,
    /// Exposure in stops from the right one.
    pub exposure: f32,
    /// Standard deviation of the noise at middle grey, 8-bit levels, before sharpening and JPEG.
    pub noise: f32,
    /// Mean luma of the document's visible part, 0 to 255, measured in the picture.
    pub level: f32,
    /// Share of the document's visible part whose luma is 250 or more, measured in the picture.
    pub white: f32,
    /// Share of the document's visible part whose luma is 20 or less, measured in the picture.
    pub black: f32,
    /// Share of the document where a reflection has taken half or more of the contrast between ink and paper.
    pub glare: f32,
    /// The same over everything that must be readable: the largest share of one area.
    pub glare_over: f32,
    /// The same over print that nobody has to read. Both 0 = glare over nothing.
    pub glare_other: f32,
    /// Share of the document under fingers.
    pub fingers: f32,
    /// The same over everything that must be readable: the largest share of one area.
    pub fingers_over: f32,
    /// Area by area, other print among them.
    pub areas: Vec<AreaTruth>,
}

/// The truth about one area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AreaTruth {
    /// What it is.
    pub kind: AreaKind,
    /// Which field.
    pub name: &'static str,
    /// Its corners in pixels of the frame.
    pub quad: [Point; 4],
    /// Share inside the frame.
    pub visible: f32,
    /// Share where a reflection has taken half or more of the contrast between ink and paper.
    pub glare: f32,
    /// Share where it has taken nine tenths or more: nothing can be read there.
    pub lost: f32,
    /// Share under fingers.
    pub fingers: f32,
}

/// The sharpest lens' pixel is a box of this sigma.
const PIXEL: f32 = 0.288_675;

/// Light of paper and ink under the main lamp.
const PAPER: f32 = 0.80;
const INK: f32 = 0.02;

/// Everything, with what is measured in the picture.
pub(super) fn tell(sheet: &Sheet, shot: &Shot, pose: &Pose, raster: &Raster) -> Truth {
    let mut truth = foretell(sheet, shot, pose);
    let (width, height) = sheet.size();
    let (mut count, mut sum, mut white, mut black) = (0_u32, 0.0_f64, 0_u32, 0_u32);
    // A millimetre's grid over the document is dense enough for means.
    for place in grid(Rect::new(0.0, 0.0, width, height), 0.33) {
        let Point { x, y } = pose.map.map(place);
        if x < 0.0 || y < 0.0 || x >= raster.width as f32 || y >= raster.height as f32 {
            continue;
        }
        let [r, g, b] = raster.pixel(x as usize, y as usize).map(f32::from);
        let luma = 0.299 * r + 0.587 * g + 0.114 * b;
        count += 1;
        sum += f64::from(luma);
        white += u32::from(luma >= 249.5);
        black += u32::from(luma < 20.5);
    }
    if count > 0 {
        truth.level = (sum / f64::from(count)) as f32;
        truth.white = white as f32 / count as f32;
        truth.black = black as f32 / count as f32;
    }
    truth
}

/// Everything that the parameters alone decide.
pub(super) fn foretell(sheet: &Sheet, shot: &Shot, pose: &Pose) -> Truth {
    let (width, height) = sheet.size();
    let per_mm = pose.across / width;
    let sigma = (shot.lens * shot.lens + shot.defocus.sigma * shot.defocus.sigma).sqrt();
    let areas: Vec<AreaTruth> = sheet.areas.iter().map(|area| about(area, sheet, shot, pose)).collect();
    let capital =
        sheet.areas.iter().filter(|area| area.capital > 0.0).map(|area| area.capital).fold(f32::MAX, f32::min);
    let whole = Rect::new(0.0, 0.0, width, height);
    let all = covered(whole, sheet, shot, 0.5);
    let worst = |required: bool, of: fn(&AreaTruth) -> f32| {
        areas.iter().filter(|area| area.kind.is_required() == required).map(of).fold(0.0, f32::max)
    };
    Truth {
        present: shot.setting != Setting::Absent,
        quad: pose.quad,
        across: pose.across,
        per_mm,
        visible: pose.visible,
        tilt: shot.tilt,
        sigma,
        sigma_mm: sigma / per_mm,
        motion: shot.motion.length,
        motion_mm: shot.motion.length / per_mm,
        stroke_contrast: stroke_contrast(shot, sigma, capital * per_mm),
        capital: capital * per_mm,
        exposure: shot.light.exposure,
        noise: sensor::noise_levels(shot),
        level: 0.0,
        white: 0.0,
        black: 0.0,
        glare: all.half,
        glare_over: worst(true, |area| area.glare),
        glare_other: worst(false, |area| area.glare),
        fingers: all.fingers,
        fingers_over: worst(true, |area| area.fingers),
        areas,
    }
}

/// Transfer at a period of a third of the capital's height, `capital` in pixels.
fn stroke_contrast(shot: &Shot, sigma: f32, capital: f32) -> f32 {
    let frequency = 3.0 / capital;
    let spread = std::f32::consts::TAU * frequency;
    let bell = |sigma: f32| exp(-0.5 * sigma * sigma * spread * spread);
    let round = bell((sigma * sigma + PIXEL * PIXEL).sqrt());
    // A streak's transfer is a sinc along it; beyond its first zero contrast is false, so nothing is left.
    let phase = std::f32::consts::PI * frequency * shot.motion.length;
    let streak = if phase < 1e-3 {
        1.0
    } else if phase >= std::f32::consts::PI {
        0.0
    } else {
        sin_cos(phase).0 / phase
    };
    round * streak
}

fn about(what: &Area, sheet: &Sheet, shot: &Shot, pose: &Pose) -> AreaTruth {
    let quad = what.place.corners().map(|corner| pose.map.map(corner));
    let seen = area(&clip(&quad, shot.width as f32, shot.height as f32)) / area(&quad);
    let step = if matches!(what.kind, AreaKind::Mrz | AreaKind::Portrait) { 0.4 } else { 0.2 };
    let share = covered(what.place, sheet, shot, step);
    AreaTruth {
        kind: what.kind,
        name: what.name,
        quad,
        visible: seen.min(1.0),
        glare: share.half,
        lost: share.lost,
        fingers: share.fingers,
    }
}

/// Shares of an area that something covers.
struct Covered {
    half: f32,
    lost: f32,
    fingers: f32,
}

fn covered(place: Rect, sheet: &Sheet, shot: &Shot, step: f32) -> Covered {
    let (width, height) = sheet.size();
    let fingers: Vec<_> = shot.fingers.iter().map(|finger| finger.place(width, height)).collect();
    // A toner copy hardly shines.
    let gloss = if shot.copy == Copy::Grey { 0.15 } else { 1.0 };
    let ev = shot.light.exposure;
    let usual = sensor::exposed(PAPER, ev) - sensor::exposed(INK, ev);
    let (mut count, mut half, mut lost, mut under) = (0_u32, 0_u32, 0_u32, 0_u32);
    for point in grid(place, step) {
        count += 1;
        under += u32::from(fingers.iter().any(|finger| finger.share(point) < 1.0));
        let shine: f32 = shot.glare.iter().map(|glare| glare.at(point)).sum::<f32>() * gloss;
        if shine > 1e-3 {
            let left = sensor::exposed(PAPER + shine, ev) - sensor::exposed(INK + shine, ev);
            half += u32::from(left < 0.5 * usual);
            lost += u32::from(left < 0.1 * usual);
        }
    }
    let share = |part: u32| part as f32 / count.max(1) as f32;
    Covered { half: share(half), lost: share(lost), fingers: share(under) }
}

/// Points in the middles of cells of this size.
fn grid(place: Rect, step: f32) -> impl Iterator<Item = Point> {
    let (across, down) = ((place.width / step).ceil().max(1.0), (place.height / step).ceil().max(1.0));
    (0..down as usize).flat_map(move |row| {
        (0..across as usize).map(move |column| {
            Point::new(
                place.x + (column as f32 + 0.5) / across * place.width,
                place.y + (row as f32 + 0.5) / down * place.height,
            )
        })
    })
}
