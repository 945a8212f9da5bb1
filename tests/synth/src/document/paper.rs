//! What all documents share: colours, security print, the word SPECIMEN, and things without a meaning.

use std::f32::consts::TAU;

use super::Desk;
use crate::{
    canvas::{Colour, Type, blend},
    fonts::Face,
    maths::{Point, Rect, sin_cos},
    rng::Rng,
};

/// The colours and typefaces of one seed's documents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) paper: Colour,
    pub(super) tint: Colour,
    pub(super) second: Colour,
    pub(super) ink: Colour,
    pub(super) label: Colour,
    pub(super) mark: Colour,
    face: Face,
    bold: Face,
    /// The portrait stands on the right.
    pub(super) mirrored: bool,
}

impl Look {
    pub(super) fn draw(rng: &mut Rng) -> Self {
        let (paper, tint, second): (Colour, Colour, Colour) = *rng.pick(&[
            ([236, 240, 238], [150, 196, 190], [206, 172, 190]),
            ([242, 238, 228], [214, 186, 134], [150, 176, 196]),
            ([234, 238, 246], [150, 176, 220], [190, 206, 160]),
            ([244, 234, 238], [222, 160, 178], [156, 182, 204]),
            ([238, 242, 230], [174, 200, 140], [214, 190, 150]),
            ([240, 240, 240], [180, 184, 190], [206, 196, 180]),
            ([230, 240, 244], [120, 186, 206], [214, 196, 130]),
            ([240, 234, 246], [180, 160, 214], [160, 204, 190]),
        ]);
        let (face, bold) = if rng.chance(0.75) { (Face::Sans, Face::SansBold) } else { (Face::Serif, Face::SerifBold) };
        let ink = *rng.pick(&[[28, 28, 34], [20, 24, 48], [40, 34, 34]]);
        Self {
            paper,
            tint,
            second,
            ink,
            label: blend(tint, [60, 66, 90], 0.72),
            mark: *rng.pick(&[[186, 30, 44], [30, 60, 150], [20, 110, 70], [120, 40, 130]]),
            face,
            bold,
            mirrored: rng.chance(0.3),
        }
    }

    pub(super) fn label_type(&self, capital: f32) -> Type {
        Type::new(self.face, capital, self.label)
    }

    pub(super) fn value_type(&self, capital: f32) -> Type {
        Type::new(self.bold, capital, self.ink).ink(0.96)
    }

    pub(super) fn title_type(&self, capital: f32) -> Type {
        Type::new(self.bold, capital, blend(self.tint, [20, 30, 70], 0.75))
    }

    pub(super) fn zone_type(&self, capital: f32) -> Type {
        Type::new(Face::OcrB, capital, [24, 24, 26])
    }
}

/// A gradient of two colours under bundles of fine waves.
pub(super) fn security_print(desk: &mut Desk<'_>, rng: &mut Rng) {
    let (width, height, look) = (desk.width, desk.height, desk.look);
    let (sin, cos) = sin_cos(rng.within(0.0, TAU));
    let depth = rng.within(0.25, 0.5);
    desk.canvas.shade(|x, y, _| {
        let along = ((x / width - 0.5) * cos + (y / height - 0.5) * sin + 0.7) / 1.4;
        let first = blend(look.paper, look.tint, depth * along);
        blend(first, look.second, depth * 0.6 * (1.0 - along))
    });
    for bundle in 0..2_u8 {
        let colour = if bundle == 0 { look.tint } else { look.second };
        let colour = blend(colour, [70, 80, 110], 0.25);
        let (lines, swing, long) = (14 + rng.below(12), rng.within(2.0, 7.0), rng.within(18.0, 55.0));
        let (phase, short) = (rng.within(0.0, TAU), rng.within(6.0, 14.0));
        for line in 0..lines {
            let middle = (line as f32 + 0.5) / lines as f32 * height;
            let shift = line as f32 * 0.21 + phase;
            desk.canvas.wave(0.0, width, 0.11, colour, 0.55, |x| {
                let (slow, fast) = (sin_cos(x / long * TAU + shift).0, sin_cos(x / short * TAU - shift).0);
                middle + swing * slow + 0.8 * fast
            });
        }
    }
    if rng.chance(0.7) {
        rosette(desk, rng);
    }
}

/// A rosette of turned ellipses.
fn rosette(desk: &mut Desk<'_>, rng: &mut Rng) {
    let centre = Point::new(rng.within(0.35, 0.8) * desk.width, rng.within(0.3, 0.6) * desk.height);
    let (radius, petals) = (rng.within(8.0, 16.0), 5 + rng.below(7));
    let colour = blend(desk.look.second, [60, 60, 120], 0.3);
    for ring in 0..5_u8 {
        let size = radius * (1.0 - f32::from(ring) * 0.15);
        let points: Vec<Point> = (0..=240_u16)
            .map(|step| {
                let angle = f32::from(step) / 240.0 * TAU;
                let bulge = 1.0 + 0.25 * sin_cos(angle * petals as f32 + f32::from(ring) * 0.5).0;
                let (sin, cos) = sin_cos(angle);
                centre.plus(size * bulge * cos, size * bulge * sin)
            })
            .collect();
        desk.canvas.line(&points, 0.12, colour, 0.5);
    }
}

/// The word SPECIMEN across the side, and once more small: no picture of ours can pass for a document.
pub(super) fn specimen(desk: &mut Desk<'_>, rng: &mut Rng, room: Rect) {
    let angle = rng.within(-0.42, -0.22);
    if !desk.marked {
        return;
    }
    let set = Type::new(Face::SansBold, 1.0, desk.look.mark).ink(0.34).angle(angle);
    let (sin, cos) = sin_cos(angle);
    // The slanted word fits into the room: its width and its own height both count.
    let unit = desk.canvas.measure("SPECIMEN", set);
    let capital = (room.width / (unit * cos + -sin)).min(room.height / (unit * -sin + cos)) * 0.94;
    let set = Type { capital, ..set };
    let width = unit * capital;
    let centre = room.centre();
    let at = centre.plus(-width / 2.0 * cos - capital / 2.0 * sin, -width / 2.0 * sin + capital / 2.0 * cos);
    desk.canvas.text(at, "SPECIMEN", set);
}

/// Head of the side: an invented state's name and what this is.
pub(super) fn title(desk: &mut Desk<'_>, text: &str, y: f32, capital: f32) {
    let set = desk.look.title_type(capital);
    let width = desk.canvas.measure(text, set);
    let set = set.stretch(((desk.width - 8.0) / width).min(1.0));
    let width = width.min(desk.width - 8.0);
    let left = (desk.width - width) / 2.0;
    desk.canvas.text(Point::new(left, y), text, set);
    desk.other("title", Rect::new(left, y - capital * 1.25, width, capital * 1.5));
}

/// A signature: one smooth stroke of the pen.
pub(super) fn signature(desk: &mut Desk<'_>, rng: &mut Rng, place: Rect) {
    let (swings, lean) = (rng.within(3.0, 6.0), rng.within(0.2, 0.8));
    let (first, second) = (rng.within(0.0, TAU), rng.within(0.0, TAU));
    let points: Vec<Point> = (0..=160_u16)
        .map(|step| {
            let t = f32::from(step) / 160.0;
            let (up, _) = sin_cos(t * swings * TAU + first);
            let (loops, _) = sin_cos(t * swings * 9.1 + second);
            let fade = 1.0 - 0.6 * t;
            Point::new(
                place.x + place.width * (t * 0.9 + 0.05) + loops * place.height * 0.22,
                place.y + place.height * (0.5 - 0.45 * up * fade - 0.08 * loops) - lean * t,
            )
        })
        .collect();
    desk.canvas.line(&points, 0.28, [24, 30, 90], 0.9);
    let ends = |of: fn(&Point) -> f32| {
        let (low, high) =
            points.iter().map(of).fold((f32::MAX, f32::MIN), |(low, high), at| (low.min(at), high.max(at)));
        (low - 0.14, high - low + 0.28)
    };
    let ((x, width), (y, height)) = (ends(|point| point.x), ends(|point| point.y));
    desk.other("signature", Rect::new(x, y, width, height));
}

/// Contacts of a chip.
pub(super) fn chip(desk: &mut Desk<'_>, at: Point) {
    let (gold, dark) = ([212, 180, 108], [120, 96, 48]);
    let place = Rect::new(at.x, at.y, 12.0, 10.5);
    desk.canvas.rounded(place, 1.6, gold, 1.0);
    desk.other("chip", place);
    for share in [0.33, 0.66_f32] {
        let y = place.y + place.height * share;
        desk.canvas.line(&[Point::new(place.x, y), Point::new(place.x + place.width, y)], 0.22, dark, 0.8);
    }
    for share in [0.34, 0.66_f32] {
        let x = place.x + place.width * share;
        desk.canvas.line(&[Point::new(x, place.y), Point::new(x, place.y + place.height)], 0.22, dark, 0.8);
    }
    desk.canvas.rounded(Rect::new(at.x + 4.1, at.y + 3.2, 3.8, 4.1), 0.8, gold, 1.0);
}

/// An emblem of no state: a ring of strokes round a letter.
pub(super) fn emblem(desk: &mut Desk<'_>, centre: Point, radius: f32, ink: f32) {
    let colour = blend(desk.look.tint, [40, 40, 110], 0.55);
    for step in 0..24_u8 {
        let (sin, cos) = sin_cos(f32::from(step) / 24.0 * TAU);
        let inner = if step % 2 == 0 { 0.62 } else { 0.74 };
        desk.canvas.line(
            &[centre.plus(radius * inner * cos, radius * inner * sin), centre.plus(radius * cos, radius * sin)],
            radius * 0.09,
            colour,
            ink,
        );
    }
    let set = Type::new(Face::SerifBold, radius * 0.7, colour).ink(ink);
    let width = desk.canvas.measure("U", set);
    desk.canvas.text(centre.plus(-width / 2.0, radius * 0.35), "U", set);
}
