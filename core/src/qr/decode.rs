//! Grey picture to texts.

use alloc::{string::String, vec, vec::Vec};

use zeroize::Zeroizing;

use super::codewords::Content;
use super::layer::Layer;
use super::num::real;
use super::symbol::{self, Symbol};
use super::{Luma, Point, codewords, finder, parts};
use crate::image::geometry::Quad;

/// No layer has a shorter long side, in pixels.
const SMALLEST_LAYER: usize = 160;
/// The first layer that is looked at has at most this long side, in pixels.
const FIRST_LAYER: usize = 1300;
/// How often the place of a code may be worked out closely, about a millisecond each.
const LOOKS_FRAME: usize = 24;
const LOOKS_STILL: usize = 120;
/// Of how many triples of finder patterns of one layer and polarity the dotted lines are looked at, some ten microseconds
/// each.
const TRIPLES_FRAME: usize = 300;
const TRIPLES_STILL: usize = 2000;

/// Reads every QR code that is found in `picture`.
///
/// Dark codes on light ground and light ones on dark ground are read, and mirrored ones. A code that occurs
/// in several passes is reported once. An empty list means that none was read: that is the ordinary answer
/// for most frames of a camera and no error. A code that is found but does not give a whole text is left out:
/// [`decode_all`] says why.
#[must_use]
pub fn decode(picture: Luma<'_>, options: &DecodeOptions) -> Vec<Found> {
    parts::joined(&codes(picture, options), |_| ())
}

/// As [`decode`], and which codes were found that do not give a whole text.
#[must_use]
pub fn decode_all(picture: Luma<'_>, options: &DecodeOptions) -> Reading {
    let mut refused = Vec::new();
    let found = parts::joined(&codes(picture, options), |one| refused.push(one));
    Reading { found, refused }
}

fn codes(picture: Luma<'_>, options: &DecodeOptions) -> Vec<Code> {
    let mut codes = Vec::new();
    let (mut budget, triples) = match options.effort {
        Effort::Frame => (LOOKS_FRAME, TRIPLES_FRAME),
        Effort::Still => (LOOKS_STILL, TRIPLES_STILL),
    };
    let pyramid = pyramid(picture);
    for layer in order(&pyramid) {
        search(layer, triples, &mut budget, &mut codes);
        // A part alone is nothing yet.
        if options.effort == Effort::Frame && codes.iter().any(|code| code.content.part.is_none()) {
            break;
        }
    }
    codes
}

/// What [`decode_all`] gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The texts. One that several codes of the picture hold together comes once, with the corners of its first code.
    pub found: Vec<Found>,
    /// Codes without a whole text.
    pub refused: Vec<Refused>,
}

/// A code that does not give a whole text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Refused {
    /// Why not.
    pub refusal: Refusal,
    /// As [`Found::corners`].
    pub corners: [Point; 4],
}

/// Why a code that can be read does not give a whole text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is one part of a text, and the other parts are not in the picture.
    Part {
        /// Which part, from 1.
        number: u8,
        /// How many there are, up to 16.
        total: u8,
    },
    /// Its text is in a character set that is not decoded: others than UTF-8, ISO/IEC 8859-1 and ASCII. What it
    /// would be in one of these is another text.
    Encoding,
}

impl Refusal {
    /// One of each variant, in the order of declaration.
    pub const ALL: &[Self] = &[Self::Part { number: 1, total: 2 }, Self::Encoding];

    /// The stable code of this reason, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Part { .. } => "qr_part",
            Self::Encoding => "qr_encoding",
        }
    }
}

/// A code that was read, whatever it says.
pub(super) struct Code {
    pub(super) content: Content,
    pub(super) corners: [Point; 4],
}

/// The picture and its halves, down to where no code has modules of a pixel.
fn pyramid(picture: Luma<'_>) -> Vec<Layer> {
    let mut layers = vec![Layer::new(picture)];
    while let Some(last) = layers.last()
        && last.width.max(last.height) >= 2 * SMALLEST_LAYER
        && last.width.min(last.height) >= 42
    {
        let half = last.halved();
        layers.push(half);
    }
    layers
}

/// The layer of a camera's usual frame first, then the smaller ones, then the larger ones.
fn order(pyramid: &[Layer]) -> impl Iterator<Item = &Layer> {
    let first = pyramid.iter().position(|layer| layer.width.max(layer.height) <= FIRST_LAYER).unwrap_or(0);
    pyramid[first..].iter().chain(pyramid[..first].iter().rev())
}

fn search(layer: &Layer, most: usize, budget: &mut usize, codes: &mut Vec<Code>) {
    let bitmap = layer.bitmap();
    let [dark, light] = finder::find(&bitmap);
    for (mut finders, colour) in [(dark, true), (light, false)] {
        finders.retain(|finder| {
            let centre = finder.centre * real(layer.scale);
            !codes.iter().any(|known| Quad(known.corners).holds(centre))
        });
        let mut used = vec![false; finders.len()];
        for triple in finder::triples(&finders).into_iter().take(most) {
            if triple.places.iter().any(|&place| used[place]) {
                continue;
            }
            for symbol in symbol::symbols(&bitmap, &triple, colour, budget) {
                let Some(content) = read(&symbol, layer, colour) else { continue };
                for place in triple.places {
                    used[place] = true;
                }
                let scale = real(layer.scale);
                let corners = symbol.corners().map(|corner| corner * scale);
                codes.push(Code { content, corners });
                break;
            }
        }
    }
}

fn read(symbol: &Symbol, layer: &Layer, colour: bool) -> Option<Content> {
    let levels = symbol.sample(layer, colour);
    [0.0, 0.15, 0.3, 0.5]
        .into_iter()
        .find_map(|sharpen| codewords::read(&symbol::modules(&levels, symbol.size, sharpen), symbol.size))
}

/// What [`decode`] may spend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DecodeOptions {
    /// How hard to try.
    pub effort: Effort,
}

/// How hard [`decode`] tries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Effort {
    /// One of many frames of a live camera: the next one comes in a moment. Stops at the first layer that
    /// gives a code.
    #[default]
    Frame,
    /// A picture that will not come again: every pass is tried.
    Still,
}

/// A code that was read.
///
/// Personal data: `text` may be an otpauth URI with its secret. It is erased when dropped and not printed.
#[derive(Clone, PartialEq)]
pub struct Found {
    /// What the code says. Bytes of no named character set that are not UTF-8 are taken as Latin-1 (ISO/IEC 8859-1).
    pub text: Zeroizing<String>,
    /// The corners of the code without its quiet zone, in pixels of the picture: top left, top right,
    /// bottom right, bottom left as the code itself has them (the corner without a finder pattern is
    /// bottom right).
    pub corners: [Point; 4],
}

impl core::fmt::Debug for Found {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Found").field("corners", &self.corners).finish_non_exhaustive()
    }
}
