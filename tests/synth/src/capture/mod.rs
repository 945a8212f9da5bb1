//! What a camera makes of a document: a pinhole at some distance and angle, a lamp, a lens, a sensor, a JPEG.
//!
//! All light is linear until the sensor's tone curve. The order is that of nature: reflection, lamp, lens, motion, exposure,
//! noise, clipping, sharpening, compression.

mod draw;
mod optics;
mod pose;
mod scene;
mod sensor;
mod truth;

use serde::Serialize;

pub use draw::{Ladder, Profile};
pub use sensor::WHITE;
pub use truth::{AreaTruth, Truth};

use crate::{
    backdrop::Backdrop,
    canvas::{Colour, Raster},
    document::Sheet,
    encode,
    maths::Point,
};

/// Every parameter of one photograph.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shot {
    /// What noise, ground and clutter are drawn from.
    pub seed: u64,
    /// Pixels of the frame across.
    pub width: u32,
    /// Pixels of the frame down.
    pub height: u32,
    /// Wanted length of the document's upper and lower edge (their mean), pixels. A document that would not fit becomes
    /// smaller; the truth says how large it is.
    pub across: f32,
    /// Turned in the frame, degrees clockwise; 0 = upright.
    pub turn: f32,
    /// Angle between the document and the sensor, degrees: perspective.
    pub tilt: f32,
    /// Direction in the frame of the axis about which it is tilted, degrees.
    pub axis: f32,
    /// Where the document's middle is, from the frame's middle, in shares of the frame's size.
    pub offset: Point,
    /// This much of the document's area lies outside the frame, and towards which direction (degrees, 0 = right, 90 = down).
    pub cut: Option<Cut>,
    /// What it lies on.
    pub backdrop: Backdrop,
    /// How it lies there.
    pub setting: Setting,
    /// Whether it is the document itself.
    pub copy: Copy,
    /// The lamp and the exposure.
    pub light: Light,
    /// Reflections.
    pub glare: Vec<Glare>,
    /// Fingers over its edge.
    pub fingers: Vec<Finger>,
    /// Spread of the sharp lens, sigma in pixels of the frame.
    pub lens: f32,
    /// Out of focus.
    pub defocus: Defocus,
    /// Shaken.
    pub motion: Motion,
    /// The sensor's noise.
    pub noise: Noise,
    /// Strength of the phone's own sharpening, 0 to 1.
    pub sharpen: f32,
    /// JPEG quality, 40 to 95.
    pub jpeg: u8,
}

/// A part of the document outside the frame.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Cut {
    /// Share of the document's area, 0 to 1.
    pub share: f32,
    /// Direction, degrees: 0 = over the frame's right edge, 45 = over its lower right corner.
    pub towards: f32,
}

/// How the document lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// On the ground, with its shadow.
    Lying,
    /// An open booklet: the other page above the data page. Passports only; a card lies.
    Booklet,
    /// Printed on a larger sheet of white paper.
    Paper,
    /// In a flat-bed scanner: white all around, no shadow.
    Scanner,
    /// Not at all: the ground without a document.
    Absent,
}

/// Whether it is the document itself.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Copy {
    /// The document itself.
    None,
    /// A copy in black, grey and white.
    Grey,
    /// A display that shows it.
    Screen {
        /// Distance of the display's pixels on the document's plane, millimetres.
        pitch: f32,
        /// Depth of the grid, 0 to 1.
        depth: f32,
    },
}

/// The lamp and the exposure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Light {
    /// Exposure in stops from the right one: −1 is half the light.
    pub exposure: f32,
    /// Difference of the light between the document's two ends, in parts of its mean.
    pub gradient: f32,
    /// Where the light comes from, degrees on the document's plane.
    pub from: f32,
    /// How hard its shadows are, 0 to 1.
    pub hard: f32,
    /// Fall of light at the frame's corners, 0 to 1.
    pub vignette: f32,
    /// Share of the frame's mean light that the lens scatters over everything: what makes black grey against a window.
    pub flare: f32,
    /// Gains of red, green, blue: a wrong white balance.
    pub cast: [f32; 3],
}

/// A lamp mirrored in the document.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Glare {
    /// A bulb or a tube.
    pub shape: GlareShape,
    /// Middle, millimetres on the document.
    pub centre: Point,
    /// Half width where the light has fallen to half, millimetres.
    pub across: f32,
    /// Half length, millimetres.
    pub along: f32,
    /// Turned, degrees.
    pub degrees: f32,
    /// Light in its middle, in units of white paper under the main lamp.
    pub peak: f32,
    /// Colour of the lamp.
    pub tint: [f32; 3],
    /// Phases of its wavering outline.
    pub waver: (f32, f32),
}

/// The shape of a lamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GlareShape {
    /// An ellipse.
    Spot,
    /// A strip with straight sides.
    Strip,
}

/// A finger over an edge.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Finger {
    /// 0 = top, 1 = right, 2 = bottom, 3 = left.
    pub edge: u8,
    /// Where on the edge, 0 to 1.
    pub along: f32,
    /// How far its tip reaches over the document, millimetres.
    pub reach: f32,
    /// How wide it is, millimetres.
    pub width: f32,
    /// Degrees from the right angle to the edge.
    pub slant: f32,
    /// Colour in sRGB levels.
    pub skin: Colour,
}

/// Out of focus.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Defocus {
    /// Standard deviation of the blur along each axis, pixels of the frame.
    pub sigma: f32,
    /// Its shape.
    pub shape: Shape,
}

/// The picture of a point out of focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// A bell.
    Gauss,
    /// A disc of radius 2 sigma, as an open lens gives.
    Disc,
}

/// Shaken along a straight line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Motion {
    /// Pixels of the frame; its standard deviation is the length divided by √12.
    pub length: f32,
    /// Direction in the frame.
    pub degrees: f32,
}

/// Noise in parts of the sensor's range.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Noise {
    /// Variance per light: 1 / electrons that fill a pixel.
    pub shot: f32,
    /// Standard deviation in the dark.
    pub read: f32,
}

/// A photograph with the truth about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// The picture before compression.
    pub raster: Raster,
    /// What is where in it, and how good it is.
    pub truth: Truth,
    /// How it was taken.
    pub shot: Shot,
}

impl Frame {
    /// As a JPEG of the shot's quality, chroma halved in both directions as phones do.
    ///
    /// # Panics
    /// Where a side is longer than 65,535 pixels.
    #[must_use]
    pub fn jpeg(&self) -> Vec<u8> {
        encode::jpeg(&self.raster, self.shot.jpeg)
    }

    /// As a PNG.
    #[must_use]
    pub fn png(&self) -> Vec<u8> {
        encode::png(&self.raster)
    }
}

/// Takes the photograph.
#[must_use]
pub fn shoot(sheet: &Sheet, shot: &Shot) -> Frame {
    let pose = shot.wanted(sheet).solve();
    let ground = scene::Ground::paint(sheet, shot, &pose);
    develop(sheet, shot, &pose, scene::draw(sheet, shot, &pose, &ground))
}

/// From the light before the lens to the photograph.
fn develop(sheet: &Sheet, shot: &Shot, pose: &pose::Pose, plate: optics::Plate) -> Frame {
    let plate = plate.blurred(shot.lens, shot.defocus, shot.motion);
    let raster = sensor::expose(&plate, shot);
    let truth = truth::tell(sheet, shot, pose, &raster);
    Frame { raster, truth, shot: shot.clone() }
}

/// Takes many photographs of one document: the same ones as [`shoot`], and quicker where they share the ground or all
/// light before the lens, as those of a ladder do.
pub struct Studio<'s> {
    sheet: &'s Sheet,
    grounds: Shelf<scene::Ground>,
    plates: Shelf<optics::Plate>,
}

impl<'s> Studio<'s> {
    /// A studio for a document.
    #[must_use]
    pub fn new(sheet: &'s Sheet) -> Self {
        Self { sheet, grounds: Shelf::default(), plates: Shelf::default() }
    }

    /// Takes a photograph.
    #[must_use]
    pub fn shoot(&mut self, shot: &Shot) -> Frame {
        let pose = shot.wanted(self.sheet).solve();
        let plate = self.plates.get(shot.before_the_lens(), || {
            let ground = self.grounds.get(shot.of_the_ground(), || scene::Ground::paint(self.sheet, shot, &pose));
            scene::draw(self.sheet, shot, &pose, ground)
        });
        develop(self.sheet, shot, &pose, plate.clone())
    }
}

impl std::fmt::Debug for Studio<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Studio").finish_non_exhaustive()
    }
}

/// The two things that were used last, each with the part of a shot that decides it.
struct Shelf<T>(Vec<(Shot, T)>);

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Shelf<T> {
    fn get(&mut self, key: Shot, make: impl FnOnce() -> T) -> &T {
        match self.0.iter().position(|(known, _)| *known == key) {
            Some(place) => self.0[place..].rotate_left(1),
            None => {
                // Before the next one is made: these are large.
                if self.0.len() == 2 {
                    self.0.remove(0);
                }
                let made = make();
                self.0.push((key, made));
            }
        }
        &self.0[self.0.len() - 1].1
    }
}

/// The truth about a photograph without taking it: its geometry and everything that does not need the pixels; the measured
/// levels are 0.
#[must_use]
pub fn foresee(sheet: &Sheet, shot: &Shot) -> Truth {
    truth::foretell(sheet, shot, &shot.wanted(sheet).solve())
}

impl Shot {
    /// With everything left out that comes after the light has reached the lens.
    fn before_the_lens(&self) -> Self {
        let Self { light, .. } = *self;
        Self {
            light: Light { exposure: 0.0, vignette: 0.0, cast: [1.0; 3], ..light },
            lens: 0.0,
            defocus: Defocus { sigma: 0.0, shape: Shape::Gauss },
            motion: Motion { length: 0.0, degrees: 0.0 },
            noise: Noise { shot: 0.0, read: 0.0 },
            sharpen: 0.0,
            jpeg: 0,
            ..self.clone()
        }
    }

    /// With everything left out that does not change how the ground is painted.
    fn of_the_ground(&self) -> Self {
        let dark = Light { gradient: 0.0, from: 0.0, hard: 0.0, flare: 0.0, ..self.before_the_lens().light };
        Self { light: dark, glare: Vec::new(), fingers: Vec::new(), ..self.before_the_lens() }
    }

    fn wanted(&self, sheet: &Sheet) -> pose::Wanted {
        pose::Wanted {
            frame: (self.width, self.height),
            document: sheet.size(),
            across: self.across,
            turn: self.turn,
            tilt: self.tilt,
            axis: self.axis,
            offset: self.offset,
            cut: self.cut.map(|cut| (cut.share, cut.towards)),
        }
    }
}
