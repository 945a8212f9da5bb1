//! The gates: which photographs each must let pass and which it must not.
//!
//! Good and bad are decided by what the picture was drawn with, never by its pixels; what is between the two is neither.

use gatepass_core::image::report::Measure;
use gatepass_synth::{
    backdrop::Backdrop,
    capture::{AreaTruth, Copy, Ladder, Profile, Setting, Shot, Truth, foresee},
    document::{Kind, Sheet},
    maths::{Point, sin_cos},
    rng::Rng,
};

/// One gate and the two heaps of photographs that it is to tell apart.
#[derive(Debug, Clone, Copy)]
pub struct Gate {
    /// Stable name for programs.
    pub id: &'static str,
    /// Title for people.
    pub title: &'static str,
    /// What is measured.
    pub measure: Measure,
    /// What counts as good, in words.
    pub good: &'static str,
    /// What counts as bad, in words.
    pub bad: &'static str,
    /// Most of the good that may be refused and of the bad that may be accepted, 0 to 1; `None`: nothing is asked for, as of a
    /// warning.
    pub most: Option<(f64, f64)>,
    pub(crate) goods: Source,
    /// None where no photograph is bad by this measure alone: then only false refusals are counted.
    pub(crate) bads: Option<Source>,
}

/// Most of the bad that may be accepted, 0 to 1.
pub const ACCEPTED: f64 = 0.02;
const USUAL: Option<(f64, f64)> = Some((0.02, ACCEPTED));

/// Where photographs come from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Source {
    /// The photograph with nothing wrong.
    Faultless,
    /// The rungs of a ladder of which this is true.
    Rungs(Ladder, fn(&Truth, &Sheet) -> bool),
    /// The photograph with nothing wrong, with one change.
    Changed(fn(&mut Shot, &Sheet, &mut Rng)),
    /// The same, where the document has room for it.
    Fitted(fn(&Shot, &Sheet, &mut Rng) -> Option<Shot>),
}

/// A reader needs half of the finest strokes' contrast to read with ease.
pub(crate) const READ: f32 = 0.5;
/// Tesseract 5.3.0 reads half of the letters of the smallest rows at a streak of this many of their capitals, and at a blur of
/// this sigma; the measurement is in `core/docs/decisions/0005-capture.md`. People read more.
pub(crate) const STREAK: f32 = 0.52;
pub(crate) const SPREAD: f32 = 0.16;
/// A reflection covers something where a fifth of an area has lost nine tenths of its contrast.
pub(crate) const LOST: f32 = 0.2;
/// A finger covers something where a seventh of an area lies under it.
pub(crate) const OVER: f32 = 0.15;

/// Pixels across that the facts ask for.
#[must_use]
pub fn floor(kind: Kind) -> f32 {
    if kind == Kind::Passport { 1_300.0 } else { 1_000.0 }
}

/// All of them, in the order in which a report names what is to be put right.
pub const GATES: [Gate; 16] = [
    Gate {
        id: "black-frame",
        title: "Covered lens",
        measure: Measure::BlackFrame,
        good: "exposed by down to 1.2 stops too little: dim, and readable",
        bad: "the lens is covered: nothing but the sensor's noise around black",
        most: USUAL,
        goods: Source::Rungs(Ladder::Dark, |truth, _| truth.exposure >= -1.2),
        bads: Some(Source::Changed(|shot, sheet, _| {
            let Shot { width, height, .. } = *shot;
            *shot = Shot { width, height, ..Shot::draw(shot.seed, Profile::Black, sheet) };
        })),
    },
    Gate {
        id: "document",
        title: "No document",
        measure: Measure::Document,
        good: "nothing wrong; any of 21 grounds",
        bad: "the ground without a document, restless ones only",
        most: USUAL,
        goods: Source::Faultless,
        bads: Some(Source::Changed(|shot, _, rng| {
            shot.setting = Setting::Absent;
            shot.backdrop = *rng.pick(Backdrop::BUSY);
        })),
    },
    Gate {
        id: "cut-off",
        title: "Cut off",
        measure: Measure::CutOff,
        good: "whole, and for the most part near the frame's edge (down to 1.2 % of the frame)",
        bad: "3 % to 30 % of its area outside the frame",
        most: USUAL,
        goods: Source::Changed(|shot, _, rng| {
            let (sin, cos) = sin_cos(rng.within(0.0, std::f32::consts::TAU));
            shot.offset = Point::new(0.3 * cos, 0.3 * sin);
        }),
        bads: Some(Source::Rungs(Ladder::Cut, |truth, _| truth.visible <= 0.97)),
    },
    Gate {
        id: "resolution",
        title: "Too few pixels",
        measure: Measure::Resolution,
        good: "at least 2 % more pixels across than asked for (1000 a card, 1300 a passport page): each corner may be off by half a percent, and a document that leans by 8° is as much narrower",
        bad: "the smallest capitals are at most 8 pixels high",
        most: USUAL,
        goods: Source::Rungs(Ladder::Size, |truth, sheet| {
            truth.across >= 1.02 * floor(sheet.kind) && truth.across <= 2_000.0
        }),
        bads: Some(Source::Rungs(Ladder::Size, |truth, _| truth.capital <= 8.0)),
    },
    Gate {
        id: "tilt",
        title: "Tilt",
        measure: Measure::Tilt,
        good: "tilted by up to 30°",
        bad: "tilted by 45° and more: readable in part only, the far side has half of the pixels",
        most: USUAL,
        goods: Source::Rungs(Ladder::Tilt, |truth, _| truth.tilt <= 30.0),
        bads: Some(Source::Rungs(Ladder::Tilt, |truth, _| truth.tilt >= 45.0)),
    },
    Gate {
        id: "darkness",
        title: "Too dark",
        measure: Measure::Darkness,
        good: "exposed by down to 1.2 stops too little",
        bad: "exposed by 2.6 stops too little and more, to 4.5",
        most: USUAL,
        goods: Source::Rungs(Ladder::Dark, |truth, _| truth.exposure >= -1.2),
        bads: Some(Source::Rungs(Ladder::Dark, |truth, _| truth.exposure <= -2.6)),
    },
    Gate {
        id: "brightness",
        title: "Too bright",
        measure: Measure::Brightness,
        good: "exposed by up to 0.7 stops too much",
        bad: "exposed by 2 stops too much and more, to 5",
        most: USUAL,
        goods: Source::Rungs(Ladder::Bright, |truth, _| truth.exposure <= 0.7),
        bads: Some(Source::Rungs(Ladder::Bright, |truth, _| truth.exposure >= 2.0)),
    },
    Gate {
        id: "contrast",
        title: "Contrast",
        measure: Measure::Contrast,
        good: "nothing wrong",
        bad: "no ladder takes contrast alone: nothing is counted",
        most: USUAL,
        goods: Source::Faultless,
        bads: None,
    },
    Gate {
        id: "fingers",
        title: "Fingers",
        measure: Measure::Fingers,
        good: "no finger in the picture; any of 21 grounds, a hand among them",
        bad: "a finger over a seventh or more of something that must be read",
        most: USUAL,
        goods: Source::Faultless,
        bads: Some(Source::Rungs(Ladder::Fingers, |truth, _| truth.fingers_over >= OVER)),
    },
    Gate {
        id: "glare",
        title: "Glare",
        measure: Measure::Glare,
        good: "a lamp mirrored in an empty part of the document: it takes half of the contrast somewhere on it, and nowhere where anything but the background is printed",
        bad: "a lamp mirrored over a field: a fifth of an area or more has lost nine tenths of the contrast of ink and paper",
        most: Some((0.03, ACCEPTED)),
        goods: Source::Fitted(over_nothing),
        bads: Some(Source::Rungs(Ladder::Glare, |truth, _| worst(truth, |area| area.lost) >= LOST)),
    },
    Gate {
        id: "sharpness-defocus",
        title: "Out of focus",
        measure: Measure::Sharpness,
        good: "strokes of the smallest text keep half of their contrast",
        bad: "sigma of 0.16 of the smallest capital's height and more: an OCR reader reads less than half of the letters",
        most: USUAL,
        goods: Source::Rungs(Ladder::Defocus, |truth, _| truth.stroke_contrast >= READ),
        bads: Some(Source::Rungs(Ladder::Defocus, |truth, _| truth.sigma >= SPREAD * truth.capital)),
    },
    Gate {
        id: "sharpness-motion",
        title: "Shaken",
        measure: Measure::Sharpness,
        good: "strokes of the smallest text keep half of their contrast in every direction",
        bad: "a streak of 0.52 of the smallest capital's height and more: an OCR reader reads less than half of the letters",
        most: USUAL,
        goods: Source::Rungs(Ladder::Motion, |truth, _| truth.stroke_contrast >= READ),
        bads: Some(Source::Rungs(Ladder::Motion, |truth, _| truth.motion >= STREAK * truth.capital)),
    },
    Gate {
        id: "sharpness-noise",
        title: "Sharp in noise",
        measure: Measure::Sharpness,
        good: "nothing wrong but noise, from daylight to dusk (standard deviation of up to 8 levels at middle grey)",
        bad: "noise alone makes nothing unreadable: nothing is counted",
        most: USUAL,
        goods: Source::Rungs(Ladder::Noise, |truth, _| truth.noise <= 8.0),
        bads: None,
    },
    Gate {
        id: "sharpness-jpeg",
        title: "Sharp in a small file",
        measure: Measure::Sharpness,
        good: "nothing wrong, saved with a JPEG quality of 95 to 40",
        bad: "compression alone makes nothing unreadable: nothing is counted",
        most: USUAL,
        goods: Source::Rungs(Ladder::Jpeg, |_, _| true),
        bads: None,
    },
    Gate {
        id: "grey-copy",
        title: "Copy in greys",
        measure: Measure::GreyCopy,
        good: "the document itself",
        bad: "its copy in black, grey and white on white paper; of every second document as a file in one component",
        most: USUAL,
        goods: Source::Faultless,
        bads: Some(Source::Changed(|shot, _, _| {
            shot.copy = Copy::Grey;
            shot.setting = Setting::Paper;
        })),
    },
    Gate {
        id: "moire",
        title: "Display (a warning)",
        measure: Measure::Moire,
        good: "the document itself",
        bad: "a display that shows it, 0.85 to 1.3 pixels of the picture a dot",
        most: None,
        goods: Source::Faultless,
        bads: Some(Source::Changed(|shot, sheet, rng| {
            let per_mm = shot.across / sheet.size().0;
            shot.copy = Copy::Screen { pitch: rng.within(0.85, 1.3) / per_mm, depth: rng.within(0.15, 0.45) };
            shot.setting = Setting::Lying;
            shot.backdrop = *rng.pick(&[Backdrop::DarkDesk, Backdrop::LightDesk]);
        })),
    },
];

impl Gate {
    /// A photograph that is good, or bad, by this gate; `None` where there is none (a document without room for a
    /// reflection over nothing).
    pub(crate) fn shot(&self, good: bool, base: &Shot, sheet: &Sheet, rng: &mut Rng) -> Option<Shot> {
        match if good { Some(self.goods) } else { self.bads }? {
            Source::Faultless => Some(base.clone()),
            Source::Changed(change) => {
                let mut shot = base.clone();
                change(&mut shot, sheet, rng);
                Some(shot)
            }
            Source::Fitted(change) => change(base, sheet, rng),
            Source::Rungs(ladder, holds) => rung(ladder, holds, base, sheet, rng),
        }
    }
}

/// The largest of the areas that must be readable.
pub(crate) fn worst(truth: &Truth, of: fn(&AreaTruth) -> f32) -> f32 {
    truth.areas.iter().filter(|area| area.kind.is_required()).map(of).fold(0.0, f32::max)
}

/// A lamp of any strength mirrored in the document and over nothing; most of those that are drawn cover something.
fn over_nothing(base: &Shot, sheet: &Sheet, rng: &mut Rng) -> Option<Shot> {
    (0..200).find_map(|_| {
        let (seed, strength) = (rng.bits(), rng.unit());
        let Shot { glare, .. } = Shot::ladder(seed, Ladder::GlareBeside, strength, base.across, sheet);
        let shot = Shot { glare, ..base.clone() };
        let truth = foresee(sheet, &shot);
        (truth.glare > 0.0 && truth.glare_over == 0.0 && truth.glare_other == 0.0).then_some(shot)
    })
}

/// The photograph with nothing wrong, in which the document has 15 % more pixels than asked for.
pub(crate) fn faultless(seed: u64, sheet: &Sheet) -> Shot {
    framed(Shot::ladder(seed, Ladder::Defocus, 0.0, 1.15 * floor(sheet.kind), sheet), sheet)
}

/// Steps in which a ladder is searched for where something is true of it.
const STEPS: u8 = 24;

/// A rung drawn evenly from those of which it is true; the ladders go one way, so these lie side by side.
fn rung(ladder: Ladder, holds: fn(&Truth, &Sheet) -> bool, base: &Shot, sheet: &Sheet, rng: &mut Rng) -> Option<Shot> {
    let at = |position: f32| framed(Shot::ladder(base.seed, ladder, position, 1.15 * floor(sheet.kind), sheet), sheet);
    let is = |shot: &Shot| holds(&foresee(sheet, shot), sheet);
    let place = |step: u8| f32::from(step) / f32::from(STEPS);
    let (mut first, mut last) = (None, None);
    for step in 0..=STEPS {
        if is(&at(place(step))) {
            first = first.or(Some(step));
            last = Some(step);
        }
    }
    // One step wider: the border lies between two steps.
    let (low, high) = (place(first?.saturating_sub(1)), place((last? + 1).min(STEPS)));
    (0..20).map(|_| at(rng.within(low, high))).find(is)
}

/// In a frame of which the document takes four fifths of the width, as a phone's photograph would be cut to. The ladders'
/// own frames have common sizes and up to twice as many pixels, all of them ground.
pub(crate) fn framed(mut shot: Shot, sheet: &Sheet) -> Shot {
    let (width, height) = sheet.size();
    let across = shot.across.max(1.15 * floor(sheet.kind));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some thousand pixels")]
    let side = |pixels: f32| pixels as u32 / 8 * 8;
    (shot.width, shot.height) = (side(across * 1.25), side(across * height / width * 1.32));
    shot
}

#[cfg(test)]
mod tests {
    use gatepass_synth::{document::render_at, fonts::Fonts};

    use super::*;
    use crate::photographs::SIDES;

    /// Photographs of a gate, with their truth, of one document of each kind and side.
    fn truths(good: bool) -> Vec<(&'static str, Kind, Shot, Truth)> {
        let fonts = Fonts::debian().expect("the typefaces are installed");
        let mut all = Vec::new();
        for (seed, (kind, side)) in (11..).zip(SIDES) {
            let sheet = render_at(&fonts, seed, kind, side, 2.0);
            let (base, rng) = (faultless(seed, &sheet), &mut Rng::new(seed));
            for gate in &GATES {
                let Some(shot) = gate.shot(good, &base, &sheet, rng) else { continue };
                let truth = foresee(&sheet, &shot);
                all.push((gate.id, kind, shot, truth));
            }
        }
        all
    }

    /// A gate that is asked to accept what nobody can read would be made useless by its own measurement.
    #[test]
    fn what_is_called_good_can_be_read() {
        let all = truths(true);
        assert_eq!(all.len(), SIDES.len() * GATES.len());
        for (id, kind, shot, truth) in all {
            let readable = truth.present
                && truth.visible > 0.9999
                && truth.glare_over == 0.0
                && truth.glare_other == 0.0
                && (truth.glare > 0.0) == (id == "glare")
                && truth.fingers == 0.0
                && truth.stroke_contrast >= 0.3
                && (-1.2..=0.7).contains(&truth.exposure)
                && truth.across >= 0.99 * floor(kind)
                && truth.capital >= 12.0
                && shot.copy == Copy::None;
            assert!(readable, "{id}: {kind:?} {truth:?}");
        }
    }

    /// And the other way round: by the truth alone, each is wrong in the way that its gate is there for.
    #[test]
    fn what_is_called_bad_is_bad_in_the_way_of_its_gate() {
        let all = truths(false);
        for gate in GATES.iter().filter(|gate| gate.bads.is_some()) {
            let own: Vec<_> = all.iter().filter(|(id, ..)| *id == gate.id).collect();
            assert!(own.len() >= 3, "{}: {} of {} documents", gate.id, own.len(), SIDES.len());
            for (id, _, shot, truth) in own {
                let bad = match *id {
                    "black-frame" => truth.exposure <= -7.0,
                    "document" => !truth.present,
                    "cut-off" => truth.visible <= 0.97 && truth.visible >= 0.69,
                    "resolution" => truth.capital <= 8.0,
                    "tilt" => (45.0..=50.0).contains(&truth.tilt),
                    "darkness" => (-4.5..=-2.6).contains(&truth.exposure),
                    "brightness" => (2.0..=5.0).contains(&truth.exposure),
                    "fingers" => worst(truth, |area| area.fingers) >= 0.15,
                    "glare" => worst(truth, |area| area.lost) >= 0.2,
                    "sharpness-defocus" => truth.sigma >= 0.16 * truth.capital && truth.motion == 0.0,
                    "sharpness-motion" => truth.motion >= 0.52 * truth.capital,
                    "grey-copy" => shot.copy == Copy::Grey,
                    "moire" => matches!(shot.copy, Copy::Screen { .. }),
                    other => panic!("{other} has no judgement of its own here"),
                };
                assert!(bad, "{id}: {truth:?}");
                let alone = truth.glare_over == 0.0 || *id == "glare";
                assert!(
                    alone && (truth.fingers == 0.0 || *id == "fingers"),
                    "{id} has something else wrong: {truth:?}"
                );
            }
        }
    }

    #[test]
    fn the_good_of_the_frame_s_edge_are_near_it() {
        let near = |(_, _, shot, truth): &(&str, Kind, Shot, Truth)| {
            let (width, height) = (shot.width, shot.height);
            #[allow(clippy::cast_precision_loss, reason = "some thousand pixels")]
            let (width, height) = (width as f32, height as f32);
            let gap =
                truth.quad.iter().map(|corner| corner.x.min(corner.y).min(width - corner.x).min(height - corner.y));
            gap.fold(f32::MAX, f32::min) < 0.05 * width.min(height)
        };
        let all = truths(true);
        let edge: Vec<_> = all.iter().filter(|(id, ..)| *id == "cut-off").collect();
        assert!(edge.iter().filter(|one| near(one)).count() * 2 > edge.len());
    }
}
