//! Shots drawn at random for a purpose, and ladders on which one thing alone changes.

use std::f32::consts::TAU;

use serde::Serialize;

use super::{Copy, Cut, Defocus, Finger, Glare, GlareShape, Light, Motion, Noise, Setting, Shape, Shot};
use crate::{
    backdrop::Backdrop,
    document::{AreaKind, Kind, SKIN, Sheet},
    maths::{Point, Rect, exp2, mix, pow},
    rng::Rng,
};

/// What kind of photographs to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Everything right: sharp, well lit, straight, plain ground.
    Clean,
    /// As a careful person does it: slight tilt and turn, any ground, good light.
    Careful,
    /// Good pictures on restless grounds with perspective to 35° and any rotation: for finding the document.
    Busy,
    /// Anything, all at once: blur, dark, glare, fingers, cut.
    Wild,
    /// A reflection over something that must be readable.
    GlareOver,
    /// A reflection over nothing: beside the document or on an empty part of it.
    GlareBeside,
    /// Fingers over an edge.
    Fingers,
    /// A part outside the frame.
    Cut,
    /// A copy in grey on white paper.
    GreyCopy,
    /// A display that shows the document.
    Screen,
    /// A flat-bed scan with its white border.
    Scanner,
    /// Too far away.
    Small,
    /// No document at all.
    Empty,
    /// A finger or a cover over the lens: hardly any light, and noise.
    Black,
}

impl Profile {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Clean,
        Self::Careful,
        Self::Busy,
        Self::Wild,
        Self::GlareOver,
        Self::GlareBeside,
        Self::Fingers,
        Self::Cut,
        Self::GreyCopy,
        Self::Screen,
        Self::Scanner,
        Self::Small,
        Self::Empty,
        Self::Black,
    ];
}

/// One thing that changes while everything else stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ladder {
    /// Sigma of the defocus in millimetres on the document, 0 to 0.6.
    Defocus,
    /// Length of the streak in millimetres on the document, 0 to 2.4.
    Motion,
    /// Exposure from 0 down to −4.5 stops.
    Dark,
    /// Exposure from 0 up to +5 stops.
    Bright,
    /// Size and strength of a reflection over the name, from nothing.
    Glare,
    /// The same reflection over nothing.
    GlareBeside,
    /// Pixels across, 3000 down to 320.
    Size,
    /// Tilt 0 to 50°.
    Tilt,
    /// Share outside the frame, 0 to 30 %.
    Cut,
    /// Reach of a finger, 0 to 25 mm.
    Fingers,
    /// Noise from daylight to candle light.
    Noise,
    /// JPEG quality 95 down to 40.
    Jpeg,
}

impl Ladder {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Defocus,
        Self::Motion,
        Self::Dark,
        Self::Bright,
        Self::Glare,
        Self::GlareBeside,
        Self::Size,
        Self::Tilt,
        Self::Cut,
        Self::Fingers,
        Self::Noise,
        Self::Jpeg,
    ];
}

impl Shot {
    /// A shot for a purpose. The frame is 1280 × 720 or 720 × 1280 pixels, a scan's is larger.
    #[must_use]
    pub fn draw(seed: u64, profile: Profile, sheet: &Sheet) -> Self {
        let mut rng = Rng::of(seed, "shot");
        let rng = &mut rng;
        let mut shot = Self::good(rng, seed, sheet);
        match profile {
            Profile::Clean => {
                shot.backdrop = *rng.pick(Backdrop::PLAIN);
                shot.turn = rng.within(-2.0, 2.0);
                shot.tilt = rng.within(0.0, 4.0);
                shot.light.gradient = rng.within(0.0, 0.12);
            }
            Profile::Careful => {}
            Profile::Busy => shot.busy(rng),
            Profile::Wild => shot.wild(rng, sheet),
            Profile::GlareOver => {
                let area = *rng.pick(&important(sheet));
                shot.glare = vec![Glare::over(rng, area, 1.0)];
            }
            Profile::GlareBeside => shot.glare = Glare::beside(rng, sheet, 1.0).into_iter().collect(),
            Profile::Fingers => {
                shot.fingers = (0..1 + rng.below(2)).map(|_| Finger::draw(rng)).collect();
            }
            Profile::Cut => shot.cut = Some(Cut { share: rng.within(0.02, 0.3), towards: rng.within(0.0, 360.0) }),
            Profile::GreyCopy => {
                shot.copy = Copy::Grey;
                shot.setting = Setting::Paper;
            }
            Profile::Screen => {
                let per_mm = shot.across / sheet.size().0;
                shot.copy = Copy::Screen { pitch: rng.within(0.85, 1.3) / per_mm, depth: rng.within(0.15, 0.45) };
                shot.setting = Setting::Lying;
                shot.backdrop = *rng.pick(&[Backdrop::DarkDesk, Backdrop::LightDesk]);
            }
            Profile::Scanner => shot.scanned(rng, sheet),
            Profile::Small => shot.across = rng.within(320.0, 640.0),
            Profile::Empty => {
                shot.busy(rng);
                shot.setting = Setting::Absent;
            }
            Profile::Black => {
                // What a camera turns up to see anything at all is the noise.
                shot.light.exposure = rng.within(-11.0, -7.0);
                shot.noise = Noise::of(exp2(rng.within(3.0, 6.0)));
            }
        }
        shot
    }

    /// One rung: everything but one thing is the same for all `position`s from 0 (good) to 1 (worst). `pixels` is the
    /// document's width in the frame, which is as large as that needs.
    #[must_use]
    pub fn ladder(seed: u64, ladder: Ladder, position: f32, pixels: f32, sheet: &Sheet) -> Self {
        let mut rng = Rng::of(seed, "ladder");
        let rng = &mut rng;
        let mut shot = Self::good(rng, seed, sheet);
        shot.tilt = rng.within(0.0, 8.0);
        shot.turn = rng.within(-6.0, 6.0);
        shot.offset = Point::new(rng.within(-0.015, 0.015), rng.within(-0.015, 0.015));
        shot.light.exposure = 0.0;
        (shot.width, shot.height) = (1280, 720);
        shot.fit(pixels, sheet);
        let per_mm = pixels / sheet.size().0;
        match ladder {
            Ladder::Defocus => {
                shot.defocus = Defocus {
                    sigma: 0.6 * position * per_mm,
                    shape: *rng.pick(&[Shape::Gauss, Shape::Disc, Shape::Disc]),
                };
            }
            Ladder::Motion => {
                shot.motion = Motion { length: 2.4 * position * per_mm, degrees: rng.within(0.0, 180.0) };
            }
            Ladder::Dark => shot.light.exposure = -4.5 * position,
            Ladder::Bright => shot.light.exposure = 5.0 * position,
            Ladder::Glare => {
                let area = *rng.pick(&important(sheet));
                let glare = Glare::over(rng, area, position);
                shot.glare = if position > 0.0 { vec![glare] } else { Vec::new() };
            }
            Ladder::GlareBeside => {
                let glare = Glare::beside(rng, sheet, position);
                shot.glare = if position > 0.0 { glare.into_iter().collect() } else { Vec::new() };
            }
            Ladder::Size => {
                let across = 3_000.0 * pow(320.0 / 3_000.0, position);
                shot.fit(across, sheet);
            }
            Ladder::Tilt => shot.tilt = 50.0 * position,
            Ladder::Cut => {
                let towards = rng.within(0.0, 360.0);
                shot.cut = (position > 0.0).then_some(Cut { share: 0.3 * position, towards });
            }
            Ladder::Fingers => {
                let finger = Finger { reach: 25.0 * position, ..Finger::draw(rng) };
                shot.fingers = if position > 0.0 { vec![finger] } else { Vec::new() };
            }
            Ladder::Noise => shot.noise = Noise::of(0.4 * exp2(7.5 * position)),
            Ladder::Jpeg => shot.jpeg = mix(95.0, 40.0, position).round() as u8,
        }
        shot
    }

    /// A good photograph: sharp, lit, whole.
    fn good(rng: &mut Rng, seed: u64, sheet: &Sheet) -> Self {
        let upright = rng.chance(0.3);
        let (width, height) = if upright { (720, 1280) } else { (1280, 720) };
        let room = (width as f32).min(height as f32 * sheet.size().0 / sheet.size().1);
        let booklet = sheet.kind == Kind::Passport && rng.chance(0.6);
        Self {
            seed,
            width,
            height,
            across: room * rng.within(0.68, 0.9),
            turn: rng.within(-8.0, 8.0),
            tilt: rng.within(0.0, 12.0),
            axis: rng.within(0.0, 360.0),
            offset: Point::new(rng.within(-0.05, 0.05), rng.within(-0.05, 0.05)),
            cut: None,
            backdrop: *rng.pick(&Backdrop::ALL),
            setting: if booklet { Setting::Booklet } else { Setting::Lying },
            copy: Copy::None,
            light: Light {
                exposure: rng.within(-0.5, 0.35),
                gradient: rng.within(0.0, 0.35),
                from: rng.within(0.0, 360.0),
                hard: rng.within(0.2, 1.0),
                vignette: rng.within(0.02, 0.25),
                flare: rng.within(0.004, 0.03),
                cast: cast(rng),
            },
            glare: Vec::new(),
            fingers: Vec::new(),
            lens: rng.within(0.4, 0.65),
            defocus: Defocus { sigma: 0.0, shape: Shape::Gauss },
            motion: Motion { length: 0.0, degrees: 0.0 },
            noise: Noise::of(exp2(rng.within(-1.0, 2.5))),
            sharpen: rng.within(0.0, 0.8),
            jpeg: 78 + rng.below(18) as u8,
        }
    }

    /// The frame of a common size in which the document takes some three quarters of the width.
    fn fit(&mut self, across: f32, sheet: &Sheet) {
        let (document_width, document_height) = sheet.size();
        let upright = self.height > self.width;
        let sizes: [(u32, u32); 5] = [(640, 480), (1280, 720), (2000, 1500), (2560, 1920), (4000, 3000)];
        let need = across * 1.12;
        let fits = |&&(long, short): &&(u32, u32)| {
            let (width, height) = if upright { (short, long) } else { (long, short) };
            width as f32 >= need && height as f32 >= need * document_height / document_width
        };
        let &(long, short) = sizes.iter().find(fits).unwrap_or(&sizes[4]);
        (self.width, self.height) = if upright { (short, long) } else { (long, short) };
        self.across = across;
    }

    fn busy(&mut self, rng: &mut Rng) {
        self.backdrop = *rng.pick(Backdrop::BUSY);
        self.turn = if rng.chance(0.5) { rng.within(-20.0, 20.0) } else { rng.within(-180.0, 180.0) };
        self.tilt = rng.within(0.0, 35.0);
        self.across *= rng.within(0.6, 1.0);
        self.offset = Point::new(rng.within(-0.12, 0.12), rng.within(-0.1, 0.1));
        self.light.gradient = rng.within(0.0, 0.6);
        self.light.exposure = rng.within(-1.0, 0.5);
    }

    fn wild(&mut self, rng: &mut Rng, sheet: &Sheet) {
        self.busy(rng);
        self.backdrop = *rng.pick(&Backdrop::ALL);
        let per_mm = self.across / sheet.size().0;
        if rng.chance(0.35) {
            let shape = *rng.pick(&[Shape::Gauss, Shape::Disc]);
            self.defocus = Defocus { sigma: rng.within(0.03, 0.5) * per_mm, shape };
        }
        if rng.chance(0.25) {
            self.motion = Motion { length: rng.within(0.1, 2.0) * per_mm, degrees: rng.within(0.0, 180.0) };
        }
        if rng.chance(0.3) {
            self.light.exposure = rng.within(-4.0, 3.0);
        }
        if rng.chance(0.3) {
            let area = *rng.pick(&important(sheet));
            self.glare.push(Glare::over(rng, area, 1.0));
        }
        if rng.chance(0.25) {
            self.glare.extend(Glare::beside(rng, sheet, 1.0));
        }
        if rng.chance(0.25) {
            self.fingers.push(Finger::draw(rng));
        }
        if rng.chance(0.15) {
            self.cut = Some(Cut { share: rng.within(0.0, 0.3), towards: rng.within(0.0, 360.0) });
        }
        self.noise = Noise::of(exp2(rng.within(-1.0, 6.0)));
        self.jpeg = 40 + rng.below(56) as u8;
    }

    fn scanned(&mut self, rng: &mut Rng, sheet: &Sheet) {
        let (width, height) = sheet.size();
        let dots = rng.within(8.0, 12.0);
        let border = rng.within(1.03, 1.5);
        self.across = width * dots;
        (self.width, self.height) = ((width * dots * border) as u32, (height * dots * border) as u32);
        self.setting = Setting::Scanner;
        self.turn = rng.within(-2.5, 2.5);
        (self.tilt, self.offset) = (0.0, Point::default());
        self.light = Light {
            exposure: rng.within(0.1, 0.3),
            gradient: 0.0,
            vignette: 0.0,
            flare: 0.002,
            hard: 0.0,
            cast: [1.0; 3],
            ..self.light
        };
        self.noise = Noise::of(0.4);
    }
}

impl Noise {
    /// The noise of so many times the light that daylight lacks: 1 = a bright room, 16 = dusk, 60 = a candle.
    #[must_use]
    pub fn of(gain: f32) -> Self {
        Self { shot: 1.2e-4 * gain, read: 7e-4 * gain.sqrt() * (1.0 + gain / 40.0) }
    }
}

impl Glare {
    fn lamp(rng: &mut Rng, centre: Point, size: f32, strength: f32) -> Self {
        let shape = if rng.chance(0.6) { GlareShape::Spot } else { GlareShape::Strip };
        let (across, along) = match shape {
            GlareShape::Spot => (rng.within(0.7, 1.2), rng.within(0.8, 1.5)),
            GlareShape::Strip => (rng.within(0.35, 0.6), rng.within(2.5, 4.5)),
        };
        let grown = 0.35 + 0.65 * strength;
        Self {
            shape,
            centre,
            across: across * size * grown,
            along: along * size * grown,
            degrees: rng.within(0.0, 180.0),
            peak: rng.within(2.5, 12.0) * strength,
            tint: cast(rng),
            waver: (rng.within(0.0, TAU), rng.within(0.0, TAU)),
        }
    }

    /// A lamp over an area.
    fn over(rng: &mut Rng, area: Rect, strength: f32) -> Self {
        let centre =
            Point::new(area.x + area.width * rng.within(0.15, 0.85), area.y + area.height * rng.within(0.3, 0.7));
        let size = rng.within(3.0, 9.0);
        Self::lamp(rng, centre, size, strength)
    }

    /// A lamp that meets nothing that must be readable; none where there is no room for one.
    fn beside(rng: &mut Rng, sheet: &Sheet, strength: f32) -> Option<Self> {
        let (width, height) = sheet.size();
        // Mostly on an empty part of the document: that is what must not be refused.
        let on = rng.chance(0.75);
        for attempt in 0..600_u16 {
            let (centre, size) = if on && attempt < 400 {
                let centre = Point::new(rng.within(0.02, 0.98) * width, rng.within(0.03, 0.97) * height);
                (centre, rng.within(1.0, 3.6))
            } else {
                let centre = Point::new(rng.within(-0.2, 1.2) * width, rng.within(-0.25, 1.25) * height);
                (centre, rng.within(1.6, 6.0))
            };
            // Judged at full strength, so that a ladder's lamp is beside everything on every rung.
            let mut full = Self::lamp(&mut rng.clone(), centre, size, 1.0);
            full.peak = full.peak.max(6.0);
            let clear = sheet.required().all(|area| {
                let Rect { x, y, width, height } = area.place;
                (0..=24_u8).all(|i| {
                    (0..=8_u8).all(|j| {
                        let at = Point::new(x + width * f32::from(i) / 24.0, y + height * f32::from(j) / 8.0);
                        full.at(at) < 0.02
                    })
                })
            });
            if clear {
                return Some(Self::lamp(rng, centre, size, strength));
            }
        }
        None
    }
}

impl Finger {
    fn draw(rng: &mut Rng) -> Self {
        Self {
            edge: rng.below(4) as u8,
            along: rng.within(0.12, 0.88),
            reach: rng.within(2.0, 18.0),
            width: rng.within(13.0, 19.0),
            slant: rng.within(-35.0, 35.0),
            skin: *rng.pick(&SKIN),
        }
    }
}

/// Areas whose loss costs a person the case: names, number, dates, zone, portrait.
fn important(sheet: &Sheet) -> Vec<Rect> {
    sheet
        .areas
        .iter()
        .filter(|area| {
            matches!(area.kind, AreaKind::Mrz | AreaKind::Portrait)
                || ["surname", "given", "number", "born", "expires", "category-dates"].contains(&area.name)
        })
        .map(|area| area.place)
        .collect()
}

/// A white balance that is a little off.
fn cast(rng: &mut Rng) -> [f32; 3] {
    let warm = rng.within(-0.1, 0.12);
    [1.0 + warm, 1.0, 1.0 - warm]
}
