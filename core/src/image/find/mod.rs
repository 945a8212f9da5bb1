//! Where the document is in a picture: edges, straight lines, four of them that can be a card or a page.
//!
//! The search works on a plane of at most 320 pixels and refines the sides in full size.
//!
//! Where a constant of these files names no other source, it was set on photographs of `Profile::Busy` (seeds 1000 to
//! 1399 and 21000 to 21199), and those of documents that go on beyond the border on the ladder `Cut` (seed 3000):
//! `docs/decisions/0005-capture.md`. What they give on other documents is measured by `cargo xtask bench gates`.

mod complete;
mod directions;
mod edges;
mod lines;
mod outline;
mod quads;
mod refine;
mod shape;
mod small;
mod upright;

use alloc::vec::Vec;

use super::chroma::Chroma;
use super::geometry::{Homography, LEAST_SIDE, Point, Quad, real};
use super::luma::Luma;

/// What a document measures, which decides how it looks from any side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A card of 85.60 × 53.98 mm (ISO/IEC 7810 ID-1): licences and residence permits.
    Id1,
    /// A passport's data page of 125 × 88 mm (ICAO 9303-4 TD3).
    Td3,
}

impl Format {
    /// Width and height in millimetres.
    #[must_use]
    pub fn millimetres(self) -> (f32, f32) {
        match self {
            Self::Id1 => (85.60, 53.98),
            Self::Td3 => (125.0, 88.0),
        }
    }

    fn ratio(self) -> f32 {
        let (width, height) = self.millimetres();
        width / height
    }
}

#[cfg(feature = "identity")]
impl From<crate::identity::document::DocumentKind> for Format {
    fn from(kind: crate::identity::document::DocumentKind) -> Self {
        use crate::identity::document::DocumentKind;
        match kind {
            DocumentKind::Passport => Self::Td3,
            DocumentKind::DrivingLicence | DocumentKind::ResidencePermit => Self::Id1,
        }
    }
}

/// How a document's place is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Its edges were found.
    Edges,
    /// The person aligned it with the frame on the screen; its edges were not found.
    Guide,
}

impl Source {
    /// The stable code: `edges` or `guide`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Edges => "edges",
            Self::Guide => "guide",
        }
    }
}

/// How it is known which of a document's corners is the top left one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upright {
    /// By what is on it: a zone below, rows of text, a portrait.
    Content,
    /// Not at all: of the long sides, the one further up in the picture is taken for the top.
    Assumed,
}

impl Upright {
    /// The stable code: `content` or `assumed`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Assumed => "assumed",
        }
    }
}

/// The frame on the screen that the person aligns the document with, in pixels of a picture: clockwise, convex, within that
/// picture and large enough to measure anything in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guide(Quad);

impl Guide {
    /// `None` for corners that cannot be one.
    #[must_use]
    pub fn new(corners: Quad, luma: Luma<'_>) -> Option<Self> {
        let (right, bottom) = (real(luma.width()), real(luma.height()));
        let inside = |at: &Point| (0.0..=right).contains(&at.x) && (0.0..=bottom).contains(&at.y);
        let sound = corners.is_convex() && corners.shortest() >= LEAST_SIDE && corners.0.iter().all(inside);
        sound.then_some(Self(corners))
    }

    /// Its corners.
    #[must_use]
    pub fn corners(&self) -> Quad {
        self.0
    }
}

/// A document in a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Located {
    /// Its corners, in pixels of the picture, from the top left one as it reads. The long sides are top and bottom.
    pub quad: Quad,
    /// How the top is known.
    pub upright: Upright,
    /// 0 (nothing speaks for it) to 1 (all four sides seen throughout, the shape exact). Of a guide: what of such sides is seen
    /// along it.
    pub confidence: f32,
    /// How its place is known.
    pub source: Source,
    /// Sides that are not in the picture: the document goes on beyond its border.
    pub cut: u8,
}

/// Buffers of the search, kept by the caller so that a frame of a live camera allocates nothing.
pub struct Scratch {
    directions: directions::Directions,
    small: small::Small,
    /// Of grey, of paper, of colour.
    edges: [edges::Edges; 3],
    spare: Vec<u8>,
    lines: lines::Lines,
    quads: quads::Quads,
    page: upright::Page,
}

impl Scratch {
    /// Empty buffers, which grow with the first picture.
    #[must_use]
    pub fn new() -> Self {
        Self {
            directions: directions::Directions::new(),
            small: small::Small::default(),
            edges: Default::default(),
            spare: Vec::new(),
            lines: lines::Lines::default(),
            quads: quads::Quads::default(),
            page: upright::Page::default(),
        }
    }

    /// The small plane that was searched last, row by row, and how wide it is.
    pub(super) fn small(&self) -> (&[u8], usize) {
        (&self.small.grey, self.small.width)
    }
}

impl Default for Scratch {
    fn default() -> Self {
        Self::new()
    }
}

impl core::fmt::Debug for Scratch {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Scratch").finish_non_exhaustive()
    }
}

/// How many lines are looked at: of grey, of paper, of colour.
const LINES: [usize; 3] = [30, 30, 20];
/// How many quadrangles are looked at in full size.
const CANDIDATES: usize = 10;
/// Least confidence of a find.
const LEAST_CONFIDENCE: f32 = 0.25;
/// How much a difference of colour counts, and one of grey.
const TINT: f32 = 0.9;
const SIDED: f32 = 0.6;
/// How far from a guide a document's sides are looked for, in parts of its shortest side. A page of running text without a
/// document, still and moved, and ten frames of `Empty` have a confidence of 0.25 and less in 110 guides.
const ALIGNED: f32 = 0.05;
/// A quadrangle within another that is so many times as large is taken for a portrait where the other has half of what
/// speaks for it, nearly.
const PORTRAIT: f32 = 3.0;
const WHOLE: f32 = 1.8;
/// Unevenness that every sheet has.
const EVEN: f32 = 0.02;

/// Looks for the one document in a grey picture. See [`find_in`].
#[must_use]
pub fn find(luma: Luma<'_>, format: Format, guide: Option<&Guide>, scratch: &mut Scratch) -> Option<Located> {
    find_in(luma, None, format, guide, scratch)
}

/// Looks for the one document in a picture.
///
/// `chroma`: the picture's colour where there is one, by which white paper on white paper is found. `guide`: the frame on
/// the screen that the person aligned the document with, in pixels of the picture; it is the answer where no document is
/// found. `None` when nothing is found and there is no guide.
#[must_use]
pub fn find_in(
    luma: Luma<'_>,
    chroma: Option<Chroma<'_>>,
    format: Format,
    guide: Option<&Guide>,
    scratch: &mut Scratch,
) -> Option<Located> {
    let ratio = format.ratio();
    let ratios = [ratio, 1.0 / ratio];
    let Scratch { directions, small, edges: [grey, paper, colour], spare, lines, quads, page } = scratch;
    small.fill(luma);
    lines.clear();
    if small.width > 0 {
        grey.of_grey(small, directions);
        lines.add(small, grey, directions, LINES[0]);
        paper.of_paper(small, directions);
        lines.add(small, paper, directions, LINES[1]);
        if let Some(chroma) = chroma {
            colour.of_colour(small, chroma, spare, directions);
            lines.add(small, colour, directions, LINES[2]);
        }
        lines.add_borders(small, directions);
    }
    quads.fill(lines, small, &ratios, CANDIDATES);
    let mut best: Option<(f32, Located)> = None;
    for candidate in quads.found() {
        let Some((score, located)) = judged(candidate, luma, chroma, small, &ratios) else { continue };
        let better = best.is_none_or(|(best, other)| {
            // A portrait has a frame of its own.
            let (inner, outer) = (located.quad.shared_area(&other.quad), other.quad.area().min(located.quad.area()));
            let nested = inner > 0.93 * outer && other.quad.area().max(located.quad.area()) > PORTRAIT * outer;
            let larger = if !nested {
                1.0
            } else if located.quad.area() > other.quad.area() {
                WHOLE
            } else {
                1.0 / WHOLE
            };
            score * larger > best
        });
        if better {
            best = Some((score, located));
        }
    }
    let found = best.map(|(_, located)| located).filter(|located| located.confidence >= LEAST_CONFIDENCE);
    let mut located = found.or_else(|| guide.map(|guide| by_hand(guide, luma, ratio)))?;
    if located.source == Source::Edges {
        located.quad = upright(&located.quad, luma, ratio);
        if format == Format::Td3 && located.cut == 0 {
            located.quad = one_page(&located.quad, luma, ratio);
        }
    }
    if located.cut == 0 {
        let speaks = page.upright(luma, &located.quad, format);
        if speaks.abs() >= CERTAIN {
            located.upright = Upright::Content;
            located.quad = located.quad.turned(if speaks < 0.0 { 2 } else { 0 });
        }
    }
    Some(located)
}

/// A guide, and what of a document's sides is seen along it.
fn by_hand(&Guide(quad): &Guide, luma: Luma<'_>, ratio: f32) -> Located {
    let refined = refine::refine(luma, &quad, ALIGNED * quad.shortest());
    let confidence = refined.and_then(|refined| {
        let (_, fit) = shape::best(&refined.quad, luma.width(), luma.height(), &[ratio, 1.0 / ratio])?;
        Some((0.7 * refined.seen + 0.3 * refined.least) * fit)
    });
    let confidence = confidence.unwrap_or_default();
    Located { quad, upright: Upright::Assumed, confidence, source: Source::Guide, cut: 0 }
}

/// What speaks for a candidate, and what it would be.
fn judged(
    candidate: &quads::Candidate,
    luma: Luma<'_>,
    chroma: Option<Chroma<'_>>,
    small: &small::Small,
    ratios: &[f32],
) -> Option<(f32, Located)> {
    let factor = real(small.factor);
    let refined = refine::refine(luma, &candidate.quad.scaled(factor), 1.5 * factor + 1.5)?;
    let (width, height) = (luma.width(), luma.height());
    let fit = if candidate.borders > 0 { 0.4 } else { shape::best(&refined.quad, width, height, ratios)?.1 };
    let frame = Quad::upright(0.0, 0.0, real(width), real(height));
    let area = refined.quad.shared_area(&frame) / frame.area();
    let confidence = (0.7 * refined.seen + 0.3 * refined.least) * fit;
    let outline = outline::look(small, chroma, &refined.quad.scaled(1.0 / factor));
    let apart = (1.0 + TINT * outline.tint) * (1.0 + SIDED * outline.sided) / (EVEN + outline.uneven).sqrt();
    let score = candidate.score * confidence.sqrt() * apart * area.max(0.0).sqrt().sqrt().sqrt();
    let (quad, cut) = (refined.quad, candidate.borders);
    Some((score, Located { quad, upright: Upright::Assumed, confidence, source: Source::Edges, cut }))
}

/// From where on what is on a document tells which way up it is: odds of twenty to one.
const CERTAIN: f32 = 3.0;

/// Least part of a spine that must be seen, 0 to 1.
const SPINE: f32 = 0.6;

/// The page with more on it, where two lie side by side: an open booklet of two pages has nearly the shape of one.
fn one_page(quad: &Quad, luma: Luma<'_>, ratio: f32) -> Quad {
    let unit = Quad::upright(0.0, 0.0, 1.0, 1.0);
    let Some(map) = Homography::between(unit.0, quad.0) else { return *quad };
    let (top, bottom) = (map.map(0.5, 0.0), map.map(0.5, 1.0));
    let reach = 0.04 * (quad.0[1] - quad.0[0]).length();
    if refine::side(luma, top, bottom, reach).seen < SPINE {
        return *quad;
    }
    let [a, b, c, d] = quad.0;
    let pages = [(Quad([a, top, bottom, d]), 0.0), (Quad([top, b, c, bottom]), 0.5)];
    let print = |from: f32| {
        let mut sum = 0.0;
        for row in 0..48 {
            let mut before = None;
            for column in 0..96 {
                let at = map.map(from + 0.02 + 0.46 * real(column) / 96.0, 0.04 + 0.92 * real(row) / 48.0);
                let here = f32::from(refine::grey(luma, at));
                sum += before.map_or(0.0, |before: f32| (here - before).abs());
                before = Some(here);
            }
        }
        sum
    };
    let [left, right] = pages;
    let page = if print(left.1) >= print(right.1) { left.0 } else { right.0 };
    upright(&page, luma, ratio)
}

/// Counts the corners so that the long sides are top and bottom and the top is the upper one.
fn upright(quad: &Quad, luma: Luma<'_>, ratio: f32) -> Quad {
    let lying = shape::best(quad, luma.width(), luma.height(), &[ratio]).map_or(0.0, |(_, fit)| fit);
    let turned = quad.turned(1);
    let standing = shape::best(&turned, luma.width(), luma.height(), &[ratio]).map_or(0.0, |(_, fit)| fit);
    let mut quad = if standing > lying { turned } else { *quad };
    let [a, b, c, d] = quad.0;
    // A document on its side is read with its top to the left or to the right; to the left is taken.
    let (up, left) = (a.y + b.y - c.y - d.y, a.x + b.x - c.x - d.x);
    if if up.abs() >= left.abs() { up > 0.0 } else { left > 0.0 } {
        quad = quad.turned(2);
    }
    quad
}
