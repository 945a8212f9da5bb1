//! Flat documents: a raster and the truth about what is where.
//!
//! The layouts are this crate's own. They follow what documents have in common (sizes of ISO/IEC 7810 and ICAO 9303, a
//! portrait, rows of labels and values, fine lines, a machine-readable zone) and imitate no state's design; every side says
//! SPECIMEN in large letters.

mod card;
mod page;
mod paper;
mod portrait;

pub use portrait::SKIN;

use std::sync::OnceLock;

use serde::Serialize;

use crate::{
    canvas::{Canvas, Raster, Type},
    fonts::Fonts,
    maths::{Point, Rect},
    people::Holder,
    rng::Rng,
    texture::Texture,
};

/// Pixels per millimetre of a sheet where nothing else is asked.
pub const SCALE: f32 = 24.0;

/// Which document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A passport's data page, TD3 (ICAO 9303-4): 125 × 88 mm.
    Passport,
    /// A driving licence, ID-1 (ISO/IEC 7810): 85.60 × 53.98 mm, without a machine-readable zone.
    Licence,
    /// A residence permit, ID-1, TD1 zone on its back (ICAO 9303-5).
    Permit,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Passport, Self::Licence, Self::Permit];

    /// Width and height in millimetres.
    #[must_use]
    pub fn size(self) -> (f32, f32) {
        match self {
            Self::Passport => (125.0, 88.0),
            Self::Licence | Self::Permit => (85.60, 53.98),
        }
    }

    /// Radius of the corners in millimetres.
    #[must_use]
    pub fn radius(self) -> f32 {
        match self {
            Self::Passport => 3.0,
            Self::Licence | Self::Permit => 3.18,
        }
    }

    /// The sides that are photographed.
    #[must_use]
    pub fn sides(self) -> &'static [Side] {
        match self {
            Self::Passport => &[Side::Front],
            Self::Licence | Self::Permit => &[Side::Front, Side::Back],
        }
    }
}

/// Which side of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The side with the portrait.
    Front,
    /// The other one.
    Back,
}

/// What an area holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AreaKind {
    /// One row of text that must be read: a value, not its label.
    Text,
    /// The machine-readable zone's lines.
    Mrz,
    /// The large portrait.
    Portrait,
    /// Print that nobody has to read: the title, a label, a signature, bars, the table of classes, a chip, the second portrait.
    Other,
}

impl AreaKind {
    /// Whether it must be readable.
    #[must_use]
    pub fn is_required(self) -> bool {
        self != Self::Other
    }
}

/// Something printed on the document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Area {
    /// What it is.
    pub kind: AreaKind,
    /// Which field, `surname`, `given`, `number` …, or what else: `title`, `label`, `bars` …
    pub name: &'static str,
    /// What must be read there; empty for a portrait and for other print. Lines of a zone are separated by a line feed.
    pub text: String,
    /// Where it is, millimetres from the document's left top corner.
    pub place: Rect,
    /// Height of a capital letter in millimetres; 0 for a portrait and for other print.
    pub capital: f32,
}

/// A flat document and the truth about it.
#[derive(Debug)]
pub struct Sheet {
    /// What it was drawn from.
    pub seed: u64,
    /// Which document.
    pub kind: Kind,
    /// Which side.
    pub side: Side,
    /// Its picture, `scale` pixels per millimetre.
    pub raster: Raster,
    /// Pixels per millimetre.
    pub scale: f32,
    /// Whom it is made out to.
    pub holder: Holder,
    /// The lines of its machine-readable zone; none where there is no zone.
    pub mrz: Vec<String>,
    /// What is printed where, but for the background (fine lines, emblem, the word SPECIMEN) and the table's empty rows.
    pub areas: Vec<Area>,
    pub(crate) fonts: Fonts,
    texture: OnceLock<Texture>,
}

impl Sheet {
    /// Width and height in millimetres.
    #[must_use]
    pub fn size(&self) -> (f32, f32) {
        self.kind.size()
    }

    /// The area of a field, where this side has it.
    #[must_use]
    pub fn area(&self, name: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.name == name)
    }

    /// Everything that must be readable.
    pub fn required(&self) -> impl Iterator<Item = &Area> {
        self.areas.iter().filter(|area| area.kind.is_required())
    }

    pub(crate) fn texture(&self) -> &Texture {
        self.texture.get_or_init(|| Texture::pyramid(&self.raster))
    }
}

/// Draws a document with [`SCALE`] pixels per millimetre.
#[must_use]
pub fn render(fonts: &Fonts, seed: u64, kind: Kind, side: Side) -> Sheet {
    render_at(fonts, seed, kind, side, SCALE)
}

/// Draws a document with so many pixels per millimetre. Front and back of one seed belong to one holder. A passport has
/// its data page only, whichever side is asked.
#[must_use]
pub fn render_at(fonts: &Fonts, seed: u64, kind: Kind, side: Side, scale: f32) -> Sheet {
    draw(fonts, seed, kind, side, scale, true)
}

/// Only a test draws without the mark, to see that the mark is there.
fn draw(fonts: &Fonts, seed: u64, kind: Kind, side: Side, scale: f32, marked: bool) -> Sheet {
    let holder = Holder::draw(&mut Rng::of(seed, "holder"));
    let look = paper::Look::draw(&mut Rng::of(seed, "look"));
    let (width, height) = kind.size();
    let mut desk = Desk {
        canvas: Canvas::new(fonts, width, height, scale, look.paper),
        look,
        holder,
        areas: Vec::new(),
        mrz: Vec::new(),
        width,
        height,
        marked,
    };
    let mut rng = Rng::of(seed, if side == Side::Front { "front" } else { "back" });
    match (kind, side) {
        (Kind::Passport, _) => page::passport(&mut desk, &mut rng),
        (Kind::Licence, Side::Front) => card::licence_front(&mut desk, &mut rng),
        (Kind::Licence, Side::Back) => card::licence_back(&mut desk, &mut rng),
        (Kind::Permit, Side::Front) => card::permit_front(&mut desk, &mut rng),
        (Kind::Permit, Side::Back) => card::permit_back(&mut desk, &mut rng),
    }
    desk.canvas.grain(&mut rng, 1.5);
    Sheet {
        seed,
        kind,
        side,
        raster: desk.canvas.raster,
        scale,
        holder: desk.holder,
        mrz: desk.mrz,
        areas: desk.areas,
        fonts: fonts.clone(),
        texture: OnceLock::new(),
    }
}

/// A document while it is being drawn.
struct Desk<'f> {
    canvas: Canvas<'f>,
    look: paper::Look,
    holder: Holder,
    areas: Vec<Area>,
    mrz: Vec<String>,
    width: f32,
    height: f32,
    marked: bool,
}

impl Desk<'_> {
    /// A value with its small label above; `at` is the left end of the value's baseline. Too long a text is set narrower.
    fn field(&mut self, name: &'static str, label: &str, text: &str, at: Point, room: f32, capital: f32) {
        let small = (capital * 0.52).clamp(0.85, 1.25);
        let (labels, values) = (self.look.label_type(small), self.look.value_type(capital));
        self.label(at.plus(0.0, -capital - small * 0.75), label, labels);
        let width = self.canvas.measure(text, values);
        let values = values.stretch((room / width).min(1.0));
        self.canvas.text(at, text, values);
        self.areas.push(Area {
            kind: AreaKind::Text,
            name,
            text: text.to_owned(),
            place: Rect::new(at.x, at.y - capital * 1.25, width.min(room), capital * 1.5),
            capital,
        });
    }

    /// A small text that says what a value is, or heads a column.
    fn label(&mut self, at: Point, text: &str, set: Type) {
        let width = self.canvas.text(at, text, set);
        if width > 0.0 {
            self.other("label", Rect::new(at.x, at.y - set.capital * 1.25, width, set.capital * 1.5));
        }
    }

    /// Notes print that nobody has to read.
    fn other(&mut self, name: &'static str, place: Rect) {
        self.areas.push(Area { kind: AreaKind::Other, name, text: String::new(), place, capital: 0.0 });
    }

    /// Lines of a zone on the grid of ICAO 9303-3: 2.54 mm from letter to letter, 6.35 mm from line to line. `bottom` is the
    /// last line's baseline.
    fn zone(&mut self, lines: Vec<String>, bottom: f32) {
        const PITCH: f32 = 2.54;
        const CAPITAL: f32 = 2.45;
        let set = self.look.zone_type(CAPITAL);
        let longest = lines.iter().map(|line| line.len()).max().unwrap_or(0) as f32;
        let left = (self.width - longest * PITCH) / 2.0;
        let first = bottom - 6.35 * (lines.len() as f32 - 1.0);
        for (row, line) in lines.iter().enumerate() {
            for (column, letter) in line.chars().enumerate() {
                let letter = letter.to_string();
                let inset = (PITCH - self.canvas.measure(&letter, set)) / 2.0;
                let at = Point::new(left + column as f32 * PITCH + inset, first + row as f32 * 6.35);
                self.canvas.text(at, &letter, set);
            }
        }
        self.areas.push(Area {
            kind: AreaKind::Mrz,
            name: "mrz",
            text: lines.join("\n"),
            place: Rect::new(left, first - CAPITAL * 1.1, longest * PITCH, bottom - first + CAPITAL * 1.3),
            capital: CAPITAL,
        });
        self.mrz = lines;
    }

    fn portrait(&mut self, place: Rect, rng: &mut Rng) {
        portrait::draw(&mut self.canvas, place, rng, 1.0);
        self.areas.push(Area { kind: AreaKind::Portrait, name: "portrait", text: String::new(), place, capital: 0.0 });
    }

    /// The second portrait, small and pale.
    fn ghost(&mut self, place: Rect, rng: &mut Rng, ink: f32) {
        portrait::draw(&mut self.canvas, place, rng, ink);
        self.other("second-portrait", place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_side_says_specimen_across_it() {
        let fonts = Fonts::debian().expect("the typefaces are installed");
        for seed in 0..12 {
            for kind in Kind::ALL {
                for &side in kind.sides() {
                    let with = draw(&fonts, seed, kind, side, 4.0, true).raster;
                    let without = draw(&fonts, seed, kind, side, 4.0, false).raster;
                    let changed: Vec<usize> = with
                        .rgb
                        .chunks_exact(3)
                        .zip(without.rgb.chunks_exact(3))
                        .enumerate()
                        .filter(|(_, (a, b))| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > 20))
                        .map(|(index, _)| index % with.width)
                        .collect();
                    let share = changed.len() as f32 / (with.width * with.height) as f32;
                    let (left, right) = (changed.iter().min(), changed.iter().max());
                    let across = right.zip(left).map_or(0, |(right, left)| right - left) as f32 / with.width as f32;
                    assert!(share > 0.02 && across > 0.4, "{kind:?} {side:?} {seed}: {share} of it, {across} across");
                }
            }
        }
    }

    #[test]
    fn what_must_be_readable_lies_on_the_document_and_apart() {
        let fonts = Fonts::debian().expect("the typefaces are installed");
        for seed in 0..40 {
            for kind in Kind::ALL {
                for &side in kind.sides() {
                    let sheet = render_at(&fonts, seed, kind, side, 2.0);
                    let (width, height) = sheet.size();
                    for (index, area) in sheet.areas.iter().enumerate() {
                        let Rect { x, y, width: w, height: h } = area.place;
                        assert!(
                            x > 0.0 && y > 0.0 && x + w < width && y + h < height,
                            "{kind:?} {side:?} {seed}: {} leaves the document: {:?}",
                            area.name,
                            area.place
                        );
                        for other in &sheet.areas[index + 1..] {
                            let both = area.kind.is_required() && other.kind.is_required();
                            assert!(
                                !both || !area.place.meets(other.place),
                                "{kind:?} {side:?} {seed}: {} meets {}",
                                area.name,
                                other.name
                            );
                        }
                    }
                }
            }
        }
    }
}
