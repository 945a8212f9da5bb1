//! Small scenes drawn by hand: a document of paper, print and a portrait on a ground, seen by a pinhole camera.

use gatepass_core::image::{
    find::Format,
    geometry::{Homography, Point, Quad},
    luma::Luma,
};

/// A grey picture without padding.
#[derive(Clone)]
pub(crate) struct Picture {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) grey: Vec<u8>,
}

impl Picture {
    pub(crate) fn plain(width: usize, height: usize, grey: u8) -> Self {
        Self { width, height, grey: vec![grey; width * height] }
    }

    pub(crate) fn luma(&self) -> Luma<'_> {
        Luma::new(&self.grey, self.width, self.height, self.width).unwrap()
    }

    /// Paints over every pixel whose middle is within.
    pub(crate) fn paint(&mut self, area: &Quad, grey: u8) {
        for y in 0..self.height {
            for x in 0..self.width {
                if area.holds(Point::new(x as f32 + 0.5, y as f32 + 0.5)) {
                    self.grey[y * self.width + x] = grey;
                }
            }
        }
    }

    /// Means of squares of `2 × radius + 1` pixels, three times: nearly a Gaussian.
    pub(crate) fn blurred(&self, across: usize, down: usize) -> Self {
        let mut picture = self.clone();
        for _ in 0..3 {
            for (radius, step, line, lines, count) in [
                (across, 1, picture.width, picture.height, picture.width),
                (down, picture.width, 1, picture.width, picture.height),
            ] {
                let before = picture.grey.clone();
                for other in 0..lines {
                    for place in 0..count {
                        let (from, to) = (place.saturating_sub(radius), (place + radius).min(count - 1));
                        let sum: usize = (from..=to).map(|at| usize::from(before[other * line + at * step])).sum();
                        picture.grey[other * line + place * step] = (sum / (to - from + 1)) as u8;
                    }
                }
            }
        }
        picture
    }

    /// As a camera sees it that moves by so many pixels to the right and as many down, or up.
    pub(crate) fn streaked(&self, length: usize, falls: bool) -> Self {
        let mut picture = self.clone();
        for y in 0..self.height {
            for x in 0..self.width {
                let place = |step: usize| {
                    let down = if falls { y + step } else { (y + length).saturating_sub(step) };
                    down.min(self.height - 1) * self.width + (x + step).min(self.width - 1)
                };
                let sum: usize = (0..length).map(|step| usize::from(self.grey[place(step)])).sum();
                picture.grey[y * self.width + x] = (sum / length) as u8;
            }
        }
        picture
    }
}

/// Numbers that are the same in every run (SplitMix64).
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From `low` to `high`.
    pub(crate) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * ((self.next() >> 40) as f32 / (1_u64 << 24) as f32)
    }
}

/// What a document's place is, in millimetres from its top left corner: 0 to 255.
pub(crate) fn print(format: Format, x: f32, y: f32) -> f32 {
    let (width, height) = format.millimetres();
    // A portrait on the left.
    let (portrait_w, portrait_h) = (width * 0.26, height * 0.5);
    if x > 4.0 && x < 4.0 + portrait_w && y > height * 0.22 && y < height * 0.22 + portrait_h {
        let (u, v) = ((x - 4.0) / portrait_w - 0.5, (y - height * 0.22) / portrait_h - 0.5);
        return if u * u + v * v < 0.12 { 170.0 - 60.0 * v } else { 120.0 };
    }
    // Rows of strokes 0.4 mm wide, up, down and across, like letters.
    let letters = |row: f32, capital: f32, from: f32, to: f32| {
        let (stroke, line) = ((x / 0.4) as u32, ((y - row).max(0.0) / 0.4) as u32);
        let ink = stroke.wrapping_mul(2_654_435_761) ^ line.wrapping_mul(40_503).wrapping_mul(row as u32 + 7);
        y > row && y < row + capital && x > from && x < to && (ink >> 7) % 5 < 2
    };
    let text = (0..6).any(|row| letters(height * 0.2 + row as f32 * height * 0.085, 2.0, width * 0.38, width * 0.9));
    let zone = (0..2).any(|row| letters(height * 0.82 + row as f32 * 4.2, 2.6, 4.0, width - 4.0));
    if text || zone { 40.0 } else { 215.0 - 10.0 * (x / width) }
}

/// The frame as the lens sees it: the document at `quad`, around it the `ground` at a pixel.
pub(crate) fn shoot(
    (width, height): (usize, usize),
    format: Format,
    quad: &Quad,
    ground: impl Fn(f32, f32) -> f32,
) -> Picture {
    let (across, down) = format.millimetres();
    let flat = Quad::upright(0.0, 0.0, across, down);
    let back = Homography::between(quad.0, flat.0).unwrap();
    let mut picture = Picture::plain(width, height, 0);
    for y in 0..height {
        for x in 0..width {
            let mut sum = 0.0;
            for (u, v) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                let at = Point::new(x as f32 + u, y as f32 + v);
                sum += if quad.holds(at) {
                    let place = back.map(at.x, at.y);
                    print(format, place.x, place.y)
                } else {
                    ground(at.x, at.y)
                };
            }
            picture.grey[y * width + x] = (sum / 4.0) as u8;
        }
    }
    picture
}

/// Where a document lies that is turned by a rotation and seen from a side by a camera whose focal length is 640 pixels:
/// `half` its half width in pixels, `turn` as (cosine, sine), `sine` of the tilt, positive when its right side is nearer.
pub(crate) fn placed(format: Format, centre: Point, half: f32, turn: (f32, f32), sine: f32) -> Quad {
    let (width, height) = format.millimetres();
    let other = half * height / width;
    let cosine = (1.0 - sine * sine).sqrt();
    Quad([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].map(|(u, v): (f32, f32)| {
        let depth = 1.0 - sine * u * half / 640.0;
        let (x, y) = (u * half * cosine / depth, v * other / depth);
        centre + Point::new(x * turn.0 - y * turn.1, x * turn.1 + y * turn.0)
    }))
}

/// Grounds that a table can be: plain, wood, squares, leaflets and cables, noise.
pub(crate) fn ground(kind: usize, seed: u64) -> impl Fn(f32, f32) -> f32 {
    let mut numbers = Numbers(seed);
    let base = numbers.between(30.0, 160.0);
    let (a, b) = (numbers.between(-1.0, 1.0), numbers.between(0.2, 1.0));
    let boxes: Vec<(f32, f32, f32, f32, f32)> = (0..24)
        .map(|_| {
            let (x, y) = (numbers.between(-100.0, 1300.0), numbers.between(-100.0, 800.0));
            (x, y, numbers.between(30.0, 300.0), numbers.between(30.0, 300.0), numbers.between(10.0, 240.0))
        })
        .collect();
    move |x, y| match kind {
        0 => base,
        1 => {
            let line = (x * a + y * b) * 0.11;
            let wave = line - line.floor();
            base + 50.0 * (wave - 0.5) * (1.0 + 0.3 * ((y * 0.013) - (y * 0.013).floor()))
        }
        2 => {
            let (u, v) = (x * b + y * a, y * b - x * a);
            let square = ((u / 46.0).floor() as i64 + (v / 46.0).floor() as i64).rem_euclid(2);
            if square == 0 { base } else { base + 70.0 }
        }
        3 => boxes
            .iter()
            .rev()
            .find(|one| {
                let (u, v) = ((x - one.0) * b + (y - one.1) * a, (y - one.1) * b - (x - one.0) * a);
                u > 0.0 && u < one.2 && v > 0.0 && v < one.3
            })
            .map_or(base, |one| one.4),
        _ => {
            let cell = Numbers(((x as i64 / 3) as u64) << 20 ^ (y as i64 / 3) as u64 ^ seed).next();
            base + (cell % 60) as f32
        }
    }
}
