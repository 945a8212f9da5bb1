//! The document as if it lay flat under the camera: every measure is taken here, never on the ground around it.

use alloc::vec::Vec;

use super::find::Format;
use super::geometry::{Homography, LEAST_SIDE, Point, Quad, pixel, real};
use super::luma::Luma;
use super::shrink::shrink;

/// How finely the flat document is sampled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// 5 pixels a millimetre, for the frames of a live camera.
    Coarse,
    /// 10 pixels a millimetre, for the final photograph: a letter of a machine-readable zone is 18 × 26 pixels. A picture
    /// at the floor of 1000 pixels across a card has 11.7.
    Fine,
}

impl Detail {
    /// Pixels per millimetre.
    #[must_use]
    pub fn per_mm(self) -> usize {
        match self {
            Self::Coarse => 5,
            Self::Fine => 10,
        }
    }
}

/// The flat document. Its buffers are kept from picture to picture.
///
/// Personal data: it shows a document. `Debug` prints the size only.
#[derive(Default)]
pub struct Flat {
    width: usize,
    height: usize,
    per_mm: usize,
    grey: Vec<u8>,
    /// From the flat document to the picture, both in pixels.
    map: Option<Homography>,
    small: Vec<u8>,
    sums: Vec<u16>,
}

impl Flat {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Samples the document within `quad`. What lies outside the picture repeats its border. Returns whether the corners
    /// are those of a document at all: convex, clockwise, at least 16 pixels long and wide.
    pub fn fill(&mut self, luma: Luma<'_>, quad: &Quad, format: Format, detail: Detail) -> bool {
        let (across, down) = format.millimetres();
        self.per_mm = detail.per_mm();
        let scale = real(self.per_mm);
        (self.width, self.height) = (pixel(across * scale), pixel(down * scale));
        self.grey.clear();
        self.map = None;
        if !(quad.is_convex() && (LEAST_SIDE..65_536.0).contains(&quad.shortest())) {
            return false;
        }
        let size = (real(self.width), real(self.height));
        let flat = Quad::upright(0.0, 0.0, size.0, size.1);
        let Some(map) = Homography::between(flat.0, quad.0) else { return false };
        self.map = Some(map);
        // More than one and a half pixels to a sample: means first, or fine patterns would come out as coarse ones.
        let [top, right, bottom, left] = quad.sides().map(|(from, to)| (to - from).length());
        let ratio = ((top + bottom) / (2.0 * size.0)).min((left + right) / (2.0 * size.1));
        let factor = pixel(ratio + 0.5).max(1);
        if factor == 1 || luma.width() < 2 * factor || luma.height() < 2 * factor {
            self.sample(luma, &map);
            return true;
        }
        let mut small = core::mem::take(&mut self.small);
        let (width, height) = shrink(luma, factor, &mut self.sums, &mut small);
        let by = 1.0 / real(factor);
        let nearer = Homography::between(flat.0, quad.scaled(by).0);
        if let (Ok(plane), Some(nearer)) = (Luma::new(&small, width, height, width), nearer) {
            self.sample(plane, &nearer);
        }
        self.small = small;
        !self.grey.is_empty()
    }

    /// Bilinear, weights in 1/256.
    fn sample(&mut self, luma: Luma<'_>, map: &Homography) {
        self.grey.resize(self.width * self.height, 0);
        let last = (real(luma.width() - 1), real(luma.height() - 1));
        // The middle of the first pixel is half a pixel in.
        let half = Point::new(0.5, 0.5);
        let length = real(self.width);
        for (row, y) in self.grey.chunks_exact_mut(self.width).zip(0..) {
            let mut walk = map.row(real(y) + 0.5);
            // A straight row whose ends have room for rounding around them lies within the picture between them too.
            let inside = |at: Point| at.x > 1.0 && at.y > 1.0 && at.x < last.0 - 1.0 && at.y < last.1 - 1.0;
            if inside(map.map(0.5, real(y) + 0.5)) && inside(map.map(length - 0.5, real(y) + 0.5)) {
                for out in row {
                    *out = mean_of_four(luma, walk.next() - half, |at| at + 1, |at| at + 1);
                }
            } else {
                for out in row {
                    let at = walk.next() - half;
                    let at = Point::new(at.x.max(0.0).min(last.0), at.y.max(0.0).min(last.1));
                    let (columns, rows) = (luma.width() - 1, luma.height() - 1);
                    *out = mean_of_four(luma, at, |at| (at + 1).min(columns), |at| (at + 1).min(rows));
                }
            }
        }
    }

    /// Width in pixels.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// Pixels per millimetre.
    #[must_use]
    pub fn per_mm(&self) -> usize {
        self.per_mm
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.grey.is_empty()
    }

    /// One row of grey.
    ///
    /// # Panics
    /// When `y` is not below [`height`](Self::height), or nothing was sampled.
    #[must_use]
    pub fn row(&self, y: usize) -> &[u8] {
        &self.grey[y * self.width..][..self.width]
    }

    /// Where a place of the flat document, in pixels of it, is in the picture.
    #[must_use]
    pub fn in_picture(&self, x: f32, y: f32) -> Point {
        self.map.map_or_else(Point::default, |map| map.map(x, y))
    }

    /// Where an upright rectangle of the flat document is in the picture.
    #[must_use]
    pub fn area_in_picture(&self, left: f32, top: f32, right: f32, bottom: f32) -> Quad {
        Quad(Quad::upright(left, top, right, bottom).0.map(|corner| self.in_picture(corner.x, corner.y)))
    }
}

/// The mean of the four pixels around a place that is not negative, by nearness.
#[inline(always)]
fn mean_of_four(luma: Luma<'_>, at: Point, right: impl Fn(usize) -> usize, below: impl Fn(usize) -> usize) -> u8 {
    // One conversion for the pixel and its weight: a multiplication by 256 is exact.
    #[allow(clippy::cast_possible_truncation, reason = "sides are below 2^14, and the cast saturates")]
    let fixed = |part: f32| u32::try_from((part * 256.0) as i32).unwrap_or(0);
    let (x, y) = (fixed(at.x), fixed(at.y));
    let (across, down) = (x & 0xFF, y & 0xFF);
    let [column, line] = [x >> 8, y >> 8].map(|place| usize::try_from(place).unwrap_or(0));
    let (above, under) = (luma.row(line), luma.row(below(line)));
    let right = right(column);
    let mix = |row: &[u8]| u32::from(row[column]) * (256 - across) + u32::from(row[right]) * across;
    let sum = mix(above) * (256 - down) + mix(under) * down;
    u8::try_from((sum + (1 << 15)) >> 16).unwrap_or(u8::MAX)
}

impl core::fmt::Debug for Flat {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Flat").field("width", &self.width).field("height", &self.height).finish_non_exhaustive()
    }
}
