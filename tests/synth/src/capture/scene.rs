//! The scene in linear light: the document on its ground, lit, with reflections on it and fingers over it.

use std::f32::consts::TAU;

use super::{Copy, Glare, GlareShape, Setting, Shot, optics::Plate, pose::Pose};
use crate::{
    backdrop,
    canvas::Colour,
    document::{Kind, Sheet},
    maths::{Homography, Point, Rect, radians, sin_cos, smoothstep, to_light},
    texture::{Level, Light, Texture},
};

/// Side of the square of sub-samples within a pixel.
const FINE: usize = 2;

/// Width of the rim that a card's round edge makes, millimetres.
const RIM: f32 = 0.3;

/// The ground as it is painted for one view, ready to be sampled.
pub(super) struct Ground {
    texture: Texture,
    view: Rect,
    scale: f32,
}

impl Ground {
    /// Paints what of the ground the frame shows.
    pub(super) fn paint(sheet: &Sheet, shot: &Shot, pose: &Pose) -> Self {
        let (width, height) = (shot.width as usize, shot.height as usize);
        let (document_width, _) = sheet.size();
        let view = view(&pose.map.inverse(), width as f32, height as f32, document_width);
        let ground = backdrop::paint(sheet, shot, view, pose.across / document_width, width * height);
        Self { texture: Texture::flat(&ground.raster), view, scale: ground.scale }
    }
}

/// Draws the scene as the lens sees it, without blur.
pub(super) fn draw(sheet: &Sheet, shot: &Shot, pose: &Pose, ground: &Ground) -> Plate {
    let (width, height) = (shot.width as usize, shot.height as usize);
    let back = pose.map.inverse();
    let (document_width, document_height) = sheet.size();
    let per_mm = pose.across / document_width;

    let (document, sx, sy) = sheet.texture().level(per_mm / sheet.scale * 1.2);
    let flat = Flat {
        sheet,
        shot,
        document,
        to_document: (sx * sheet.scale, sy * sheet.scale),
        ground: ground.texture.level(1.0).0,
        view: ground.view,
        ground_scale: ground.scale,
        rim: per_mm * FINE as f32,
        lit: sin_cos(radians(shot.light.from)),
        radius: if shot.setting == Setting::Scanner || shot.copy != Copy::None { 0.6 } else { sheet.kind.radius() },
        fingers: shot.fingers.iter().map(|finger| finger.place(document_width, document_height)).collect(),
    };

    let mut light = vec![[0.0; 4]; width * height];
    let step = 1.0 / FINE as f32;
    let offset = |index: usize| (index as f32 + 0.5) * step;
    // Between these distances from the document's edge lie pixels with both in them.
    let near = 1.5 / per_mm;
    let printed = shot.copy == Copy::None;
    for (row, line) in light.chunks_exact_mut(width).enumerate() {
        let rows: [RowMap; FINE] = std::array::from_fn(|part| RowMap::new(&back, row as f32 + offset(part)));
        let middle = RowMap::new(&back, row as f32 + 0.5);
        for (column, pixel) in line.iter_mut().enumerate() {
            let place = middle.at(column as f32 + 0.5);
            let distance = outside(place, document_width, document_height, flat.radius);
            let alone = !flat.fingered(place);
            let reflected = if alone && (distance > near || shot.setting == Setting::Absent) {
                // The ground is painted as fine as the frame: one sample is enough.
                flat.around(place, distance)
            } else if alone && printed && distance < -near - RIM {
                // Print and nothing else.
                let mut sum = [0.0; 4];
                for map in &rows {
                    for part in 0..FINE {
                        let sample = flat.print(map.at(column as f32 + offset(part)));
                        for (total, value) in sum.iter_mut().zip(sample) {
                            *total += value;
                        }
                    }
                }
                let [red, green, blue, _] = sum.map(|value| value * (1.0 / (FINE * FINE) as f32));
                [red, green, blue, 1.0]
            } else {
                let mut sum = [0.0; 4];
                for map in &rows {
                    for part in 0..FINE {
                        let sample = flat.sample(map.at(column as f32 + offset(part)));
                        for (total, value) in sum.iter_mut().zip(sample) {
                            *total += value;
                        }
                    }
                }
                sum.map(|value| value * (1.0 / (FINE * FINE) as f32))
            };
            *pixel = flat.light(place, distance, reflected);
        }
    }
    // Light that is scattered in the lens lies over everything as a veil.
    let mut sum = [0.0_f64; 3];
    for pixel in light.iter().step_by(61) {
        for (total, value) in sum.iter_mut().zip(pixel) {
            *total += f64::from(value.min(4.0));
        }
    }
    let veil = sum.map(|total| (total / light.len().div_ceil(61) as f64) as f32 * shot.light.flare);
    for pixel in &mut light {
        for (value, veil) in pixel.iter_mut().zip(veil) {
            *value += veil;
        }
    }
    Plate { width, height, light }
}

/// The inverse map along one row of pixels.
struct RowMap {
    start: [f64; 3],
    step: [f64; 3],
}

impl RowMap {
    fn new(back: &Homography, y: f32) -> Self {
        Self { start: back.0.map(|row| row[1] * f64::from(y) + row[2]), step: back.0.map(|row| row[0]) }
    }

    #[inline]
    fn at(&self, x: f32) -> Point {
        let x = f64::from(x);
        let [a, b, c]: [f64; 3] = std::array::from_fn(|i| self.start[i] + self.step[i] * x);
        let one = 1.0 / c;
        Point::new((a * one) as f32, (b * one) as f32)
    }
}

/// What of the ground the frame can show, in millimetres of the document's plane.
fn view(back: &Homography, width: f32, height: f32, document: f32) -> Rect {
    let corners = Rect::new(0.0, 0.0, width, height).corners().map(|corner| back.map(corner));
    let most = document * 8.0;
    let of = |get: fn(&Point) -> f32| {
        corners.iter().map(get).fold((f32::MAX, f32::MIN), |(low, high), value| (low.min(value), high.max(value)))
    };
    let ((left, right), (top, bottom)) = (of(|p| p.x), of(|p| p.y));
    let (left, right) = (left.max(-most) - 2.0, right.min(most) + 2.0);
    let (top, bottom) = (top.max(-most) - 2.0, bottom.min(most) + 2.0);
    Rect::new(left, top, right - left, bottom - top)
}

/// Everything in the document's plane.
struct Flat<'a> {
    sheet: &'a Sheet,
    shot: &'a Shot,
    document: &'a Level,
    to_document: (f32, f32),
    ground: &'a Level,
    view: Rect,
    ground_scale: f32,
    rim: f32,
    lit: (f32, f32),
    radius: f32,
    fingers: Vec<FingerPlace>,
}

impl Flat<'_> {
    /// The document's own light.
    #[inline]
    fn print(&self, place: Point) -> Light {
        self.document.at(Point::new(place.x * self.to_document.0, place.y * self.to_document.1))
    }

    /// Whether a finger or its shadow may be at a place.
    #[inline]
    fn fingered(&self, place: Point) -> bool {
        self.fingers.iter().any(|finger| finger.share(place) < 1.6)
    }

    /// Light reflected at a place under even light of strength 1; the fourth lane says how glossy it is.
    #[inline]
    fn sample(&self, place: Point) -> Light {
        let (width, height) = self.sheet.size();
        let distance = outside(place, width, height, self.radius);
        let cover =
            if self.shot.setting == Setting::Absent { 0.0 } else { (0.5 - distance * self.rim).clamp(0.0, 1.0) };
        let mut light = if cover < 1.0 { self.around(place, distance) } else { [0.0; 4] };
        if cover > 0.0 {
            let mut print = self.print(place);
            match self.shot.copy {
                Copy::None => {
                    // A card's edge is round: the side towards the lamp shines, the other one is dark.
                    if distance > -RIM && self.shot.setting != Setting::Scanner {
                        let (nx, ny) = (place.x / width - 0.5, place.y / height - 0.5);
                        let facing =
                            if nx.abs() > ny.abs() { nx.signum() * self.lit.1 } else { ny.signum() * self.lit.0 };
                        let share = (1.0 + distance / RIM).clamp(0.0, 1.0) * 0.16;
                        let bend = 1.0 + share * facing;
                        print = print.map(|value| value * bend);
                    }
                }
                Copy::Grey => {
                    // Toner: no colour, little between black and white.
                    let grey = 0.25 * print[0] + 0.6 * print[1] + 0.15 * print[2];
                    let toner = 0.03 + 0.82 * smoothstep(0.06, 0.62, grey);
                    print = [toner; 4];
                }
                Copy::Screen { .. } => print = print.map(|value| value * 1.15 + 0.012),
            }
            print[3] = if self.shot.copy == Copy::Grey { 0.15 } else { 1.0 };
            for (all, own) in light.iter_mut().zip(print) {
                *all += (own - *all) * cover;
            }
        }
        for finger in &self.fingers {
            finger.over(place, &mut light);
        }
        light
    }

    /// The ground beside the document, with the document's shadow on it.
    #[inline]
    fn around(&self, place: Point, distance: f32) -> Light {
        let texel =
            Point::new((place.x - self.view.x) * self.ground_scale, (place.y - self.view.y) * self.ground_scale);
        let mut light = self.ground.tiled(texel);
        light[3] = self.shot.backdrop.gloss();
        let throws = matches!(self.shot.setting, Setting::Lying | Setting::Booklet) && self.shot.copy == Copy::None;
        if throws && distance < 8.0 {
            let (width, height) = self.sheet.size();
            let (reach, thick) = if self.sheet.kind == Kind::Passport { (1.8, 1.1) } else { (1.1, 0.7) };
            let from = Point::new(place.x + self.lit.1 * thick, place.y + self.lit.0 * thick);
            let shade = outside(from, width, height, self.radius);
            let dark = 1.0 - 0.42 * self.shot.light.hard * (1.0 - smoothstep(-reach, reach, shade));
            let contact = 1.0 - 0.3 * (1.0 - smoothstep(0.0, 0.9, distance));
            for value in &mut light[..3] {
                *value *= dark * contact;
            }
        }
        light
    }

    /// The lamps: uneven light over everything, reflections where it is glossy, a screen's grid.
    #[inline]
    fn light(&self, place: Point, distance: f32, reflected: Light) -> Light {
        let (width, height) = self.sheet.size();
        let lamp = &self.shot.light;
        let (x, y) = (place.x / width - 0.5, place.y / height - 0.5);
        let even = (1.0 + lamp.gradient * (x * self.lit.1 + y * self.lit.0)).clamp(0.15, 2.5);
        let mut light = reflected.map(|value| value * even);
        if let Copy::Screen { pitch, depth } = self.shot.copy
            && distance < backdrop::DISPLAY_MARGIN
        {
            // One sample per pixel on purpose: a sensor that samples a display's grid is what makes moiré.
            let wave = |at: f32| sin_cos(at / pitch * TAU).0;
            let (across, down) = (wave(place.x), wave(place.y));
            for (c, value) in light[..3].iter_mut().enumerate() {
                let shift = wave(place.x + pitch * c as f32 / 3.0);
                *value *= 1.0 + depth * (0.5 * shift + 0.3 * down + 0.2 * across);
            }
        }
        let gloss = reflected[3];
        if gloss > 0.0 {
            for glare in &self.shot.glare {
                let shine = glare.at(place) * gloss;
                for (value, tint) in light[..3].iter_mut().zip(glare.tint) {
                    *value += shine * tint;
                }
            }
        }
        light
    }
}

impl Glare {
    /// The lamp's light that is mirrored at a place, in units of white paper.
    #[must_use]
    pub fn at(&self, place: Point) -> f32 {
        let local = place.plus(-self.centre.x, -self.centre.y).turned(-radians(self.degrees));
        let (mut x, mut y) = (local.x / self.across, local.y / self.along);
        if x.abs() > 3.2 || y.abs() > 3.2 {
            return 0.0;
        }
        // Plastic is never quite flat: the reflection's outline wavers.
        let waver = sin_cos(y * 3.1 + self.waver.0).0 * 0.16 + sin_cos(y * 7.3 + self.waver.1).0 * 0.07;
        x += waver;
        y += 0.1 * sin_cos(x * 4.0 + self.waver.1).0;
        let q = match self.shape {
            GlareShape::Spot => x * x + y * y,
            GlareShape::Strip => x * x + (y * y) * (y * y) * (y * y),
        };
        let fall = 1.0 / (1.0 + q * q * q);
        // No edge where the reflection ends.
        self.peak * fall * (1.0 - smoothstep(1.9, 3.0, x.abs().max(y.abs())))
    }
}

/// Distance to a rectangle with round corners at (0, 0): below 0 inside.
#[inline]
fn outside(place: Point, width: f32, height: f32, radius: f32) -> f32 {
    let x = (place.x - width / 2.0).abs() - width / 2.0 + radius;
    let y = (place.y - height / 2.0).abs() - height / 2.0 + radius;
    let (ox, oy) = (x.max(0.0), y.max(0.0));
    (ox * ox + oy * oy).sqrt() + x.max(y).min(0.0) - radius
}

/// Length of a finger with what of the hand is straight behind it, millimetres.
const FINGER: f32 = 170.0;

/// A finger in millimetres.
#[derive(Debug, Clone, Copy)]
pub(super) struct FingerPlace {
    tip: Point,
    root: Point,
    half: f32,
    skin: [f32; 3],
}

impl super::Finger {
    /// From beyond the document's edge inwards.
    pub(super) fn place(&self, width: f32, height: f32) -> FingerPlace {
        let (edge, inwards) = match self.edge % 4 {
            0 => (Point::new(self.along * width, 0.0), Point::new(0.0, 1.0)),
            1 => (Point::new(width, self.along * height), Point::new(-1.0, 0.0)),
            2 => (Point::new(self.along * width, height), Point::new(0.0, -1.0)),
            _ => (Point::new(0.0, self.along * height), Point::new(1.0, 0.0)),
        };
        let way = inwards.turned(radians(self.slant));
        let (half, skin) = (self.width / 2.0, skin(self.skin));
        let tip = self.reach - half;
        FingerPlace {
            tip: edge.plus(inwards.x * tip, inwards.y * tip),
            root: edge.plus(inwards.x * tip - way.x * FINGER, inwards.y * tip - way.y * FINGER),
            half,
            skin,
        }
    }
}

fn skin(tone: Colour) -> [f32; 3] {
    tone.map(|level| to_light(f32::from(level) / 255.0))
}

impl FingerPlace {
    /// Distance from the finger's middle line over half its width: below 1 it covers the place.
    pub(super) fn share(&self, place: Point) -> f32 {
        self.nearest(place).0 / self.half
    }

    fn nearest(&self, place: Point) -> (f32, f32) {
        let (dx, dy) = (self.root.x - self.tip.x, self.root.y - self.tip.y);
        let along = ((place.x - self.tip.x) * dx + (place.y - self.tip.y) * dy) / (dx * dx + dy * dy);
        let along = along.clamp(0.0, 1.0);
        (place.distance(self.tip.plus(dx * along, dy * along)), along * FINGER)
    }

    #[inline]
    fn over(&self, place: Point, light: &mut Light) {
        let (distance, along) = self.nearest(place);
        let share = distance / self.half;
        if share > 1.5 {
            return;
        }
        // Its shadow, which goes on under its edge.
        let dark = 1.0 - 0.45 * (1.0 - smoothstep(1.0, 1.5, share));
        light[..3].iter_mut().for_each(|value| *value *= dark);
        if share > 1.0 {
            return;
        }
        let round = (1.0 - share * share).max(0.0).sqrt();
        let crease = 1.0 - 0.12 * (1.0 - smoothstep(0.0, 0.9, (along - 22.0).abs()));
        let shade = (0.35 + 0.65 * round) * crease;
        // The nail, seen from above: an oval near the tip, lighter and with a rim.
        let nail = {
            let (n, a) = (distance / (self.half * 0.62), (along - self.half * 0.1) / (self.half * 0.85));
            1.0 - smoothstep(0.85, 1.0, n * n + a * a)
        };
        let edge = 1.0 - smoothstep(0.95, 1.0, share);
        for (c, value) in light[..3].iter_mut().enumerate() {
            let tone = self.skin[c] * shade;
            let tone = tone + (self.skin[c] * 0.5 + 0.32 - tone) * nail * 0.35;
            *value += (tone - *value) * edge;
        }
        light[3] = 0.08 + 0.25 * nail;
    }
}
