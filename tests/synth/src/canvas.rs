//! A flat raster drawn in millimetres: filled outlines, lines and text, all anti-aliased by exact coverage.

use std::{f32::consts::TAU, ops::Range};

use ab_glyph::{Font, OutlineCurve};
use ab_glyph_rasterizer::{Point as Dot, Rasterizer};

use crate::{
    fonts::{Face, Fonts},
    maths::{Point, Rect, clip, sin_cos},
    rng::Rng,
};

/// A colour in sRGB levels.
pub type Colour = [u8; 3];

/// Between two colours.
#[must_use]
pub fn blend(a: Colour, b: Colour, share: f32) -> Colour {
    std::array::from_fn(|c| (f32::from(a[c]) + (f32::from(b[c]) - f32::from(a[c])) * share + 0.5) as u8)
}

/// A raster of sRGB pixels, row by row, three bytes each, without gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// `width × height × 3` bytes: red, green, blue.
    pub rgb: Vec<u8>,
}

impl Raster {
    /// The colour of a pixel.
    #[must_use]
    pub fn pixel(&self, x: usize, y: usize) -> Colour {
        let at = (y * self.width + x) * 3;
        [self.rgb[at], self.rgb[at + 1], self.rgb[at + 2]]
    }

    /// Luma after ITU-R BT.601 in integers, as cameras and JPEG have it.
    #[must_use]
    pub fn luma(&self) -> Vec<u8> {
        self.rgb
            .chunks_exact(3)
            .map(|p| {
                ((u32::from(p[0]) * 19_595 + u32::from(p[1]) * 38_470 + u32::from(p[2]) * 7_471 + 32_768) >> 16) as u8
            })
            .collect()
    }
}

/// How text is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Type {
    pub(crate) face: Face,
    /// Height of a capital letter, millimetres.
    pub(crate) capital: f32,
    pub(crate) colour: Colour,
    /// 0 = invisible, 1 = opaque.
    pub(crate) ink: f32,
    /// Narrower (< 1) or wider.
    pub(crate) stretch: f32,
    /// Clockwise, radians.
    pub(crate) angle: f32,
}

impl Type {
    pub(crate) fn new(face: Face, capital: f32, colour: Colour) -> Self {
        Self { face, capital, colour, ink: 1.0, stretch: 1.0, angle: 0.0 }
    }

    pub(crate) fn ink(self, ink: f32) -> Self {
        Self { ink, ..self }
    }

    pub(crate) fn stretch(self, stretch: f32) -> Self {
        Self { stretch, ..self }
    }

    pub(crate) fn angle(self, angle: f32) -> Self {
        Self { angle, ..self }
    }
}

/// Something to draw on, measured in millimetres.
#[derive(Debug)]
pub(crate) struct Canvas<'f> {
    pub(crate) raster: Raster,
    pub(crate) scale: f32,
    fonts: &'f Fonts,
    /// Columns and rows that nobody will see.
    hidden: Option<(Range<usize>, Range<usize>)>,
}

impl<'f> Canvas<'f> {
    /// Empty, of this size in millimetres and pixels per millimetre.
    pub(crate) fn new(fonts: &'f Fonts, width: f32, height: f32, scale: f32, colour: Colour) -> Self {
        let (across, down) = ((width * scale).round().max(1.0) as usize, (height * scale).round().max(1.0) as usize);
        let rgb = colour.iter().copied().cycle().take(across * down * 3).collect();
        Self { raster: Raster { width: across, height: down, rgb }, scale, fonts, hidden: None }
    }

    fn put(&mut self, x: usize, y: usize, colour: Colour, cover: f32) {
        let at = (y * self.raster.width + x) * 3;
        for (level, wanted) in self.raster.rgb[at..at + 3].iter_mut().zip(colour) {
            let here = f32::from(*level);
            *level = (here + (f32::from(wanted) - here) * cover + 0.5) as u8;
        }
    }

    /// Leaves pixels of a rectangle (millimetres) out of all shading: something will lie over them.
    pub(crate) fn hide(&mut self, place: Rect) {
        let pixels = |from: f32, length: f32| {
            (from * self.scale).max(0.0) as usize..((from + length) * self.scale).max(0.0) as usize
        };
        self.hidden = Some((pixels(place.x, place.width), pixels(place.y, place.height)));
    }

    /// Every pixel by a function of its place in millimetres and its colour so far.
    pub(crate) fn shade(&mut self, mut colour: impl FnMut(f32, f32, Colour) -> Colour) {
        let (width, step) = (self.raster.width, 1.0 / self.scale);
        for (row, line) in self.raster.rgb.chunks_exact_mut(width * 3).enumerate() {
            let y = (row as f32 + 0.5) * step;
            let hidden = self.hidden.as_ref().filter(|(_, rows)| rows.contains(&row)).map(|(columns, _)| columns);
            for (column, pixel) in line.chunks_exact_mut(3).enumerate() {
                if hidden.is_some_and(|columns| columns.contains(&column)) {
                    continue;
                }
                let new = colour((column as f32 + 0.5) * step, y, [pixel[0], pixel[1], pixel[2]]);
                pixel.copy_from_slice(&new);
            }
        }
    }

    /// Fine noise of the material, ± `depth` levels, the same for all three colours.
    pub(crate) fn grain(&mut self, rng: &mut Rng, depth: f32) {
        let mut bits = 0_u64;
        for (index, pixel) in self.raster.rgb.chunks_exact_mut(3).enumerate() {
            if index % 8 == 0 {
                bits = rng.bits();
            }
            let change = ((bits & 0xff) as f32 / 127.5 - 1.0) * depth;
            bits >>= 8;
            for level in pixel {
                *level = (f32::from(*level) + change + 0.5).clamp(0.0, 255.0) as u8;
            }
        }
    }

    /// A closed outline, filled.
    pub(crate) fn fill(&mut self, outline: &[Point], colour: Colour, ink: f32) {
        let scale = self.scale;
        let pixels: Vec<Point> = outline.iter().map(|p| Point::new(p.x * scale, p.y * scale)).collect();
        let (width, height) = (self.raster.width as f32, self.raster.height as f32);
        let reaches_out = pixels.iter().any(|p| p.x < 0.0 || p.y < 0.0 || p.x > width || p.y > height);
        let pixels = if reaches_out { clip(&pixels, width, height) } else { pixels };
        let lines = pixels.iter().zip(pixels.iter().cycle().skip(1)).map(|(a, b)| Piece::Line([*a, *b]));
        self.cover(&lines.collect::<Vec<_>>(), colour, ink);
    }

    /// An upright rectangle, filled.
    pub(crate) fn rect(&mut self, rect: Rect, colour: Colour, ink: f32) {
        self.fill(&rect.corners(), colour, ink);
    }

    /// A rectangle with round corners, filled.
    pub(crate) fn rounded(&mut self, rect: Rect, radius: f32, colour: Colour, ink: f32) {
        self.fill(&rounded(rect, radius), colour, ink);
    }

    /// An ellipse turned by `angle`, filled.
    pub(crate) fn ellipse(&mut self, centre: Point, across: f32, down: f32, angle: f32, colour: Colour, ink: f32) {
        self.fill(&ellipse(centre, across, down, angle), colour, ink);
    }

    /// A line through these points.
    pub(crate) fn line(&mut self, points: &[Point], width: f32, colour: Colour, ink: f32) {
        for pair in points.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let length = a.distance(b);
            if length < 1e-4 {
                continue;
            }
            let (x, y) = ((b.x - a.x) / length * width / 2.0, (b.y - a.y) / length * width / 2.0);
            // In pieces: a slanted line's box is mostly empty.
            let pieces = (length * self.scale / 48.0).ceil().max(1.0) as usize;
            let at = |piece: usize| {
                let share = piece as f32 / pieces as f32;
                Point::new(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
            };
            for piece in 0..pieces {
                let (a, b) = (at(piece), at(piece + 1));
                self.fill(&[a.plus(-y, x), a.plus(y, -x), b.plus(y, -x), b.plus(-y, x)], colour, ink);
            }
        }
    }

    /// The line y = f(x) over a range of x; exact and quick for the many fine lines of security print.
    pub(crate) fn wave(&mut self, from: f32, to: f32, width: f32, colour: Colour, ink: f32, y: impl Fn(f32) -> f32) {
        let (scale, step) = (self.scale, 1.0 / self.scale);
        let first = (from * scale).max(0.0) as usize;
        let last = ((to * scale).max(0.0) as usize).min(self.raster.width);
        let mut before = y(first as f32 * step);
        for column in first..last {
            let after = y((column + 1) as f32 * step);
            let slope = (after - before) * scale;
            let half = width / 2.0 * scale * (1.0 + slope * slope).sqrt();
            let middle = (before + after) / 2.0 * scale;
            before = after;
            let (top, bottom) = (middle - half, middle + half);
            if bottom <= 0.0 || top >= self.raster.height as f32 {
                continue;
            }
            let rows = (top.max(0.0) as usize)..=(bottom as usize).min(self.raster.height - 1);
            for row in rows {
                let cover = (bottom.min(row as f32 + 1.0) - top.max(row as f32)).clamp(0.0, 1.0);
                self.put(column, row, colour, cover * ink);
            }
        }
    }

    /// How wide a text will be, millimetres.
    pub(crate) fn measure(&self, text: &str, set: Type) -> f32 {
        let font = self.fonts.face(set.face);
        let unit = set.capital / capital(font) * set.stretch;
        text.chars().map(|letter| font.h_advance_unscaled(font.glyph_id(letter)) * unit).sum()
    }

    /// One line of text from its left end on the baseline; gives its width in millimetres.
    pub(crate) fn text(&mut self, at: Point, text: &str, set: Type) -> f32 {
        let font = self.fonts.face(set.face);
        let unit = set.capital / capital(font);
        let (sin, cos) = sin_cos(set.angle);
        let mut pen = 0.0;
        for letter in text.chars() {
            let glyph = font.glyph_id(letter);
            if let Some(outline) = font.outline(glyph) {
                let place = |p: ab_glyph::Point| {
                    let (x, y) = (pen + p.x * unit * set.stretch, -p.y * unit);
                    Point::new((at.x + x * cos - y * sin) * self.scale, (at.y + x * sin + y * cos) * self.scale)
                };
                let pieces: Vec<Piece> = outline
                    .curves
                    .iter()
                    .map(|curve| match curve {
                        OutlineCurve::Line(a, b) => Piece::Line([place(*a), place(*b)]),
                        OutlineCurve::Quad(a, b, c) => Piece::Quad([place(*a), place(*b), place(*c)]),
                        OutlineCurve::Cubic(a, b, c, d) => Piece::Cubic([place(*a), place(*b), place(*c), place(*d)]),
                    })
                    .collect();
                self.cover(&pieces, set.colour, set.ink);
            }
            pen += font.h_advance_unscaled(glyph) * unit * set.stretch;
        }
        pen
    }

    fn cover(&mut self, pieces: &[Piece], colour: Colour, ink: f32) {
        let points = || pieces.iter().flat_map(|piece| piece.points().iter());
        let fold = |of: fn(&Point) -> f32, start: f32, best: fn(f32, f32) -> f32| points().map(of).fold(start, best);
        let left = fold(|p| p.x, f32::MAX, f32::min).floor().max(-1e6) - 1.0;
        let top = fold(|p| p.y, f32::MAX, f32::min).floor().max(-1e6) - 1.0;
        let right = fold(|p| p.x, f32::MIN, f32::max).ceil() + 1.0;
        let bottom = fold(|p| p.y, f32::MIN, f32::max).ceil() + 1.0;
        // Outside the raster on the left an outline still decides what is inside; above and below it does not matter.
        let (width, height) = (self.raster.width as f32, self.raster.height as f32);
        if pieces.is_empty() || right <= 0.0 || bottom <= 0.0 || left >= width || top >= height {
            return;
        }
        let (across, down) = ((right - left) as usize, (bottom - top) as usize);
        if across > 40_000 || down > 40_000 {
            return;
        }
        let mut rasterizer = Rasterizer::new(across + 1, down + 1);
        let dot = |p: &Point| Dot { x: p.x - left, y: p.y - top };
        for piece in pieces {
            match piece {
                Piece::Line([a, b]) => rasterizer.draw_line(dot(a), dot(b)),
                Piece::Quad([a, b, c]) => rasterizer.draw_quad(dot(a), dot(b), dot(c)),
                Piece::Cubic([a, b, c, d]) => rasterizer.draw_cubic(dot(a), dot(b), dot(c), dot(d)),
            }
        }
        rasterizer.for_each_pixel_2d(|x, y, cover| {
            let (x, y) = (x as f32 + left, y as f32 + top);
            if cover > 0.002 && x >= 0.0 && y >= 0.0 && x < width && y < height {
                self.put(x as usize, y as usize, colour, cover.min(1.0) * ink);
            }
        });
    }
}

enum Piece {
    Line([Point; 2]),
    Quad([Point; 3]),
    Cubic([Point; 4]),
}

impl Piece {
    fn points(&self) -> &[Point] {
        match self {
            Self::Line(points) => points,
            Self::Quad(points) => points,
            Self::Cubic(points) => points,
        }
    }
}

/// The outline of a rectangle with round corners.
pub(crate) fn rounded(rect: Rect, radius: f32) -> Vec<Point> {
    let inner = [
        (rect.x + radius, rect.y + radius, 180.0),
        (rect.x + rect.width - radius, rect.y + radius, 270.0),
        (rect.x + rect.width - radius, rect.y + rect.height - radius, 0.0),
        (rect.x + radius, rect.y + rect.height - radius, 90.0_f32),
    ];
    inner
        .iter()
        .flat_map(|&(x, y, from)| {
            (0..=8_u8).map(move |step| {
                let (sin, cos) = sin_cos((from + f32::from(step) * 11.25).to_radians());
                Point::new(x + radius * cos, y + radius * sin)
            })
        })
        .collect()
}

/// The outline of an ellipse.
pub(crate) fn ellipse(centre: Point, across: f32, down: f32, angle: f32) -> Vec<Point> {
    (0..64_u8)
        .map(|step| {
            let (sin, cos) = sin_cos(f32::from(step) / 64.0 * TAU);
            Point::new(across * cos, down * sin).turned(angle).plus(centre.x, centre.y)
        })
        .collect()
}

/// Height of a capital in the font's units.
fn capital(font: &impl Font) -> f32 {
    font.outline(font.glyph_id('H')).map_or(1.0, |outline| (outline.bounds.max.y - outline.bounds.min.y).abs())
}
