//! The photographs of one document that lie on the edge.

use gatepass_core::image::report::Mode;
use gatepass_synth::{
    backdrop::Backdrop,
    capture::{self, Copy, Ladder, Profile, Setting, Shot, Truth, foresee},
    document::{Kind, Sheet},
    maths::{Point, sin_cos},
    rng::Rng,
};

use crate::gate::{LOST, OVER, READ, SPREAD, STREAK, faultless, floor, framed, worst};

/// What one of them is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Taken {
    /// A lamp over nothing but the background.
    LampNothing,
    /// A lamp over print that nobody has to read.
    LampOther,
    /// A lamp over something that must be read: just too much, and more.
    GlareBad,
    GlareWorse,
    /// A finger over something that must be read: just too much, and more.
    FingersBad,
    FingersWorse,
    /// Shaken.
    MotionGood,
    MotionBad,
    MotionWorse,
    /// Out of focus.
    DefocusGood,
    DefocusBad,
    DefocusWorse,
    DarkGood,
    DarkBad,
    BrightGood,
    BrightBad,
    /// Nothing wrong.
    Clean,
    /// The same document another time.
    Again,
    /// As a careful person does it.
    Careful,
    /// A copy in greys.
    GreyCopy,
    /// JPEG quality 40.
    JpegGood,
    /// A display that shows it.
    Display,
    /// Whole, near the frame's edge.
    NearBorder,
    /// A part outside the frame.
    Cut,
    SizeGood,
    SizeBad,
    TiltGood,
    TiltBad,
    /// The ground alone.
    Absent,
}

/// Rungs of a ladder that are looked at, and of those on which sharpness is lost slowly.
const STEPS: u8 = 48;
const FINE: u8 = 192;
/// Pixels across the document in a preview frame.
const PREVIEW: f32 = 870.0;

fn share(step: u8, steps: u8) -> f32 {
    f32::from(step) / f32::from(steps)
}

/// One document before the camera.
struct Table<'a> {
    sheet: &'a Sheet,
    seed: u64,
    mode: Mode,
    base: Shot,
}

impl Table<'_> {
    fn framed(&self, shot: Shot) -> Shot {
        framed_for(self.mode, framed(shot, self.sheet))
    }

    fn ladder(&self, seed: u64, ladder: Ladder, position: f32) -> Shot {
        self.framed(Shot::ladder(seed, ladder, position, 1.15 * floor(self.sheet.kind), self.sheet))
    }

    fn truth(&self, shot: &Shot) -> Truth {
        foresee(self.sheet, shot)
    }

    /// The lamp of another photograph over this one.
    fn lamp(&self, seed: u64, ladder: Ladder, position: f32) -> Shot {
        Shot { glare: self.ladder(seed, ladder, position).glare, ..self.base.clone() }
    }

    /// The finger of another photograph over this one.
    fn finger(&self, seed: u64, position: f32) -> Shot {
        Shot { fingers: self.ladder(seed, Ladder::Fingers, position).fingers, ..self.base.clone() }
    }

    /// The last rung on which the finest strokes keep half of their contrast.
    fn readable(&self, ladder: Ladder) -> Option<Shot> {
        let rungs = (0..=FINE).rev().map(|step| self.ladder(self.seed, ladder, share(step, FINE)));
        rungs.into_iter().find(|shot| self.truth(shot).stroke_contrast >= READ)
    }

    fn changed(&self, change: impl FnOnce(&mut Shot)) -> Shot {
        let mut shot = self.base.clone();
        change(&mut shot);
        shot
    }
}

fn framed_for(mode: Mode, shot: Shot) -> Shot {
    if mode == Mode::Live { Shot { width: 1280, height: 720, across: PREVIEW, ..shot } } else { shot }
}

/// All of them. What has no room on the document is left out.
pub(super) fn of(sheet: &Sheet, seed: u64, mode: Mode) -> Vec<(Taken, Shot)> {
    let table = Table { sheet, seed, mode, base: framed_for(mode, faultless(seed, sheet)) };
    let mut shots = covered_or_blurred(&table);
    shots.extend(plain(&table));
    shots.extend(placed(&table));
    shots
}

/// Lamps, fingers, movement and blur, two rounds of each.
fn covered_or_blurred(table: &Table<'_>) -> Vec<(Taken, Shot)> {
    // The word with which the documented runs were drawn.
    let rng = &mut Rng::of(table.seed, "g-lab");
    let capital = table.truth(&table.base).capital;
    let mut shots = Vec::new();
    for round in 0..2_u8 {
        shots.extend(lamp_over_nothing(table, round, rng).map(|shot| (Taken::LampNothing, shot)));
        let other = (0..60).map(|_| table.lamp(rng.bits(), Ladder::GlareBeside, 1.0)).find(|shot| {
            let truth = table.truth(shot);
            truth.glare_over == 0.0 && truth.glare_other > 0.0
        });
        shots.extend(other.map(|shot| (Taken::LampOther, shot)));
        let lamp = |seed, position| table.lamp(seed, Ladder::Glare, position);
        let lost = |shot: &Shot| worst(&table.truth(shot), |area| area.lost) >= LOST;
        shots.extend(first_and_worse(round, rng, (Taken::GlareBad, Taken::GlareWorse), lamp, lost));
        let finger = |seed, position| table.finger(seed, position);
        let over = |shot: &Shot| table.truth(shot).fingers_over >= OVER;
        shots.extend(first_and_worse(round, rng, (Taken::FingersBad, Taken::FingersWorse), finger, over));
        let more = if round == 0 { 1.0 } else { rng.within(1.0, 2.0) };
        let mut shaken = table.ladder(table.seed, Ladder::Motion, 0.5);
        shaken.motion.length = STREAK * more * capital;
        shaken.motion.degrees = rng.within(0.0, 180.0);
        let mut blurred = table.ladder(table.seed, Ladder::Defocus, 0.5);
        let sigma = SPREAD * more * capital;
        blurred.defocus.sigma = (sigma * sigma - blurred.lens * blurred.lens).max(0.0).sqrt();
        let names =
            if round == 0 { [Taken::MotionBad, Taken::DefocusBad] } else { [Taken::MotionWorse, Taken::DefocusWorse] };
        shots.extend(names.into_iter().zip([shaken, blurred]));
    }
    shots
}

/// The strongest rung on which a lamp still covers nothing, in the second round any.
fn lamp_over_nothing(table: &Table<'_>, round: u8, rng: &mut Rng) -> Option<Shot> {
    (0..60).find_map(|_| {
        let seed = rng.bits();
        let nothing = |step: u8| {
            let truth = table.truth(&table.lamp(seed, Ladder::GlareBeside, share(step, STEPS)));
            truth.glare > 0.0 && truth.glare_over == 0.0 && truth.glare_other == 0.0
        };
        let rungs: Vec<u8> = (0..=STEPS).filter(|&step| nothing(step)).collect();
        let last = *rungs.last()?;
        let step = if round == 0 { last } else { *rng.pick(&rungs) };
        Some(table.lamp(seed, Ladder::GlareBeside, share(step, STEPS)))
    })
}

/// The first rung that is bad, and in the first round one that is as bad or worse.
fn first_and_worse(
    round: u8,
    rng: &mut Rng,
    (bad, worse): (Taken, Taken),
    at: impl Fn(u64, f32) -> Shot,
    is_bad: impl Fn(&Shot) -> bool,
) -> Vec<(Taken, Shot)> {
    for _ in 0..20 {
        let seed = rng.bits();
        let Some(first) = (0..=STEPS).find(|&step| is_bad(&at(seed, share(step, STEPS)))) else { continue };
        let mut shots = vec![(bad, at(seed, share(first, STEPS)))];
        if round == 0 {
            let further = rng.below(usize::from(STEPS - first) + 1);
            let step = first + u8::try_from(further).unwrap_or(0);
            shots.push((worse, at(seed, share(step, STEPS))));
        }
        return shots;
    }
    Vec::new()
}

/// What is readable or not by its light, its sharpness or what was photographed.
fn plain(table: &Table<'_>) -> Vec<(Taken, Shot)> {
    let Table { sheet, seed, .. } = *table;
    let exposed = |stops: f32| table.changed(|shot| shot.light.exposure = stops);
    let mut careful = Shot::draw(seed + 700_000, Profile::Careful, sheet);
    careful.across = 1.15 * floor(sheet.kind);
    let mut shots = Vec::new();
    shots.extend(table.readable(Ladder::Defocus).map(|shot| (Taken::DefocusGood, shot)));
    shots.extend(table.readable(Ladder::Motion).map(|shot| (Taken::MotionGood, shot)));
    shots.extend([
        (Taken::DarkGood, exposed(-1.2)),
        (Taken::BrightGood, exposed(0.7)),
        (Taken::DarkBad, exposed(-2.6)),
        (Taken::BrightBad, exposed(2.0)),
        (Taken::Clean, table.base.clone()),
        (Taken::Again, table.ladder(seed + 500_000, Ladder::Defocus, 0.0)),
        (Taken::Careful, table.framed(careful)),
        (Taken::GreyCopy, table.changed(|shot| (shot.copy, shot.setting) = (Copy::Grey, Setting::Paper))),
        (Taken::JpegGood, table.changed(|shot| shot.jpeg = 40)),
    ]);
    shots
}

/// What is right or wrong by where the document lies, and displays.
fn placed(table: &Table<'_>) -> Vec<(Taken, Shot)> {
    let Table { sheet, seed, mode, .. } = *table;
    let rng = &mut Rng::of(seed, "edge");
    let (sin, cos) = sin_cos(rng.within(0.0, std::f32::consts::TAU));
    let per_mm = table.base.across / sheet.size().0;
    let (pitch, depth) = (rng.within(0.85, 1.3) / per_mm, rng.within(0.15, 0.45));
    let desk = *rng.pick(&[Backdrop::DarkDesk, Backdrop::LightDesk]);
    let ground = *rng.pick(Backdrop::BUSY);
    let towards = rng.within(0.0, 360.0);
    let cut = |share| table.changed(|shot| shot.cut = Some(capture::Cut { share, towards }));
    let tilt = |degrees: f32| table.changed(|shot| shot.tilt = degrees);
    let size = |across: f32| table.changed(|shot| shot.across = across);
    // The shorter one of the long sides counts, which a document that leans has shorter than their mean.
    let enough = |least: f32| {
        let [a, b, c, d] = table.truth(&size(least)).quad;
        let length = |from: Point, to: Point| ((to.x - from.x).powi(2) + (to.y - from.y).powi(2)).sqrt();
        1.02 * least * least / length(a, b).min(length(d, c))
    };
    let capital = table.truth(&table.base).capital;
    let (least, too_few) = match mode {
        Mode::Still => (floor(sheet.kind), table.base.across * 8.0 / capital),
        Mode::Live => {
            let least = if sheet.kind == Kind::Passport { 520.0 } else { 400.0 };
            (least, 0.8 * least)
        }
    };
    vec![
        (
            Taken::Display,
            table.changed(|shot| {
                shot.copy = Copy::Screen { pitch, depth };
                (shot.setting, shot.backdrop) = (Setting::Lying, desk);
            }),
        ),
        (Taken::NearBorder, table.changed(|shot| shot.offset = Point::new(0.3 * cos, 0.3 * sin))),
        (Taken::Cut, cut(0.04)),
        (Taken::Cut, cut(0.12)),
        (Taken::Cut, cut(0.3)),
        (Taken::SizeGood, size(enough(least))),
        (Taken::SizeBad, size(too_few)),
        (Taken::TiltGood, tilt(30.0)),
        (Taken::TiltBad, tilt(45.0)),
        (Taken::Absent, table.changed(|shot| (shot.setting, shot.backdrop) = (Setting::Absent, ground))),
    ]
}

#[cfg(test)]
mod tests {
    use gatepass_synth::{
        document::{Side, render_at},
        fonts::Fonts,
    };

    use super::*;

    /// A limit that is set on an edge is only as right as the edge: by the truth alone, each photograph lies on its side of it.
    #[test]
    fn each_photograph_lies_on_its_side_of_the_edge() {
        let fonts = Fonts::debian().expect("the typefaces are installed");
        for (kind, mode) in [(Kind::Passport, Mode::Still), (Kind::Licence, Mode::Live)] {
            let sheet = render_at(&fonts, 12, kind, Side::Front, 2.0);
            let shots = of(&sheet, 12, mode);
            let least = if mode == Mode::Live { 400.0 } else { 1_300.0 };
            for (taken, shot) in &shots {
                let truth = foresee(&sheet, shot);
                let nothing = truth.glare_over == 0.0 && truth.fingers_over == 0.0;
                let lost = worst(&truth, |area| area.lost);
                let holds = match taken {
                    Taken::LampNothing => nothing && truth.glare > 0.0 && truth.glare_other == 0.0,
                    Taken::LampOther => nothing && truth.glare_other > 0.0,
                    Taken::GlareBad | Taken::GlareWorse => lost >= 0.2,
                    Taken::FingersBad | Taken::FingersWorse => truth.fingers_over >= 0.15,
                    Taken::MotionGood | Taken::DefocusGood => {
                        nothing && truth.stroke_contrast >= 0.5 && truth.stroke_contrast < 0.55
                    }
                    Taken::MotionBad => (truth.motion / truth.capital - 0.52).abs() < 0.01,
                    Taken::DefocusBad => (truth.sigma / truth.capital - 0.16).abs() < 0.01,
                    Taken::MotionWorse => truth.motion / truth.capital > 0.51,
                    Taken::DefocusWorse => truth.sigma / truth.capital > 0.155,
                    Taken::DarkGood => nothing && truth.exposure == -1.2,
                    Taken::DarkBad => truth.exposure == -2.6,
                    Taken::BrightGood => nothing && truth.exposure == 0.7,
                    Taken::BrightBad => truth.exposure == 2.0,
                    Taken::Clean | Taken::Again | Taken::Careful | Taken::JpegGood | Taken::NearBorder => {
                        nothing && truth.present && truth.visible > 0.999 && truth.stroke_contrast >= 0.5
                    }
                    Taken::GreyCopy => shot.copy == Copy::Grey,
                    Taken::Display => matches!(shot.copy, Copy::Screen { .. }),
                    Taken::Cut => (0.69..=0.97).contains(&truth.visible),
                    Taken::SizeGood => truth.across >= 1.01 * least,
                    Taken::SizeBad => truth.capital <= 8.01 || truth.across < 0.85 * least,
                    Taken::TiltGood => truth.tilt == 30.0,
                    Taken::TiltBad => truth.tilt == 45.0,
                    Taken::Absent => !truth.present,
                };
                assert!(holds, "{taken:?}, {kind:?}, {mode:?}: {truth:?}");
            }
            // Nothing that an edge asks for is missing, but what one document has no room for.
            assert!(shots.len() >= 28, "{}", shots.len());
        }
    }
}
