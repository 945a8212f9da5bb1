//! Grey picture to texts.

use alloc::{string::String, vec, vec::Vec};

use zeroize::{Zeroize as _, Zeroizing};

use super::layer::Layer;
use super::num::{Vector, real};
use super::symbol::{self, Symbol};
use super::{Luma, Point, codewords, finder};
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
/// for most frames of a camera and no error.
#[must_use]
pub fn decode(picture: Luma<'_>, options: &DecodeOptions) -> Vec<Found> {
    let mut found = Vec::new();
    let (mut budget, triples) = match options.effort {
        Effort::Frame => (LOOKS_FRAME, TRIPLES_FRAME),
        Effort::Still => (LOOKS_STILL, TRIPLES_STILL),
    };
    let pyramid = pyramid(picture);
    for layer in order(&pyramid) {
        search(layer, triples, &mut budget, &mut found);
        if options.effort == Effort::Frame && !found.is_empty() {
            break;
        }
    }
    found
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

fn search(layer: &Layer, most: usize, budget: &mut usize, found: &mut Vec<Found>) {
    let bitmap = layer.bitmap();
    let [dark, light] = finder::find(&bitmap);
    for (mut finders, colour) in [(dark, true), (light, false)] {
        finders.retain(|finder| !found.iter().any(|known| known.holds(finder.centre * real(layer.scale))));
        let mut used = vec![false; finders.len()];
        for triple in finder::triples(&finders).into_iter().take(most) {
            if triple.places.iter().any(|&place| used[place]) {
                continue;
            }
            for symbol in symbol::symbols(&bitmap, &triple, colour, budget) {
                let Some(text) = read(&symbol, layer, colour) else { continue };
                for place in triple.places {
                    used[place] = true;
                }
                let scale = real(layer.scale);
                let corners = symbol.corners().map(|corner| corner * scale);
                found.push(Found { text, corners });
                break;
            }
        }
    }
}

fn read(symbol: &Symbol, layer: &Layer, colour: bool) -> Option<Zeroizing<String>> {
    let levels = symbol.sample(layer, colour);
    for sharpen in [0.0, 0.15, 0.3, 0.5] {
        let modules = symbol::modules(&levels, symbol.size, sharpen);
        if let Some(bytes) = codewords::read(&modules, symbol.size) {
            return Some(text_of(bytes));
        }
    }
    None
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
    /// What the code says. Bytes that are not UTF-8 are taken as Latin-1 (ISO/IEC 8859-1).
    pub text: Zeroizing<String>,
    /// The corners of the code without its quiet zone, in pixels of the picture: top left, top right,
    /// bottom right, bottom left as the code itself has them (the corner without a finder pattern is
    /// bottom right).
    pub corners: [Point; 4],
}

impl Found {
    /// Whether a place of the picture lies within the code.
    fn holds(&self, at: Vector) -> bool {
        Quad(self.corners).holds(at)
    }
}

impl core::fmt::Debug for Found {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Found").field("corners", &self.corners).finish_non_exhaustive()
    }
}

/// The bytes of a code as text: UTF-8, else Latin-1.
fn text_of(bytes: Vec<u8>) -> Zeroizing<String> {
    Zeroizing::new(String::from_utf8(bytes).unwrap_or_else(|not_utf8| {
        let mut bytes = not_utf8.into_bytes();
        let text = bytes.iter().copied().map(char::from).collect();
        bytes.zeroize();
        text
    }))
}
