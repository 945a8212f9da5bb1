//! A grey picture of one scale, and what is dark in it.

use alloc::{vec, vec::Vec};

use super::Luma;
use super::num::{Vector, pixel, real};

/// Side of the squares that get a threshold of their own, in pixels.
const BLOCK: usize = 8;
/// A block with less difference between its darkest and its lightest pixel says nothing by itself, in 8-bit levels.
const FLAT: u8 = 24;

/// One step of the pyramid.
pub(super) struct Layer {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Pixels of the original per pixel here.
    pub(super) scale: usize,
    grey: Vec<u8>,
}

impl Layer {
    pub(super) fn new(picture: Luma<'_>) -> Self {
        let mut grey = Vec::with_capacity(picture.width() * picture.height());
        for y in 0..picture.height() {
            grey.extend_from_slice(picture.row(y));
        }
        Self { width: picture.width(), height: picture.height(), scale: 1, grey }
    }

    /// Half the size, each pixel the mean of four.
    pub(super) fn halved(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut grey = Vec::with_capacity(width * height);
        for pair in self.grey.chunks_exact(2 * self.width).take(height) {
            let (upper, lower) = pair.split_at(self.width);
            let squares = upper.as_chunks::<2>().0.iter().zip(lower.as_chunks::<2>().0);
            grey.extend(squares.map(|(&[a, b], &[c, d])| {
                let sum = u16::from(a) + u16::from(b) + u16::from(c) + u16::from(d) + 2;
                // A mean of bytes is a byte: the high byte of a sum shifted there.
                (sum << 6).to_be_bytes()[0]
            }));
        }
        Self { width, height, scale: 2 * self.scale, grey }
    }

    /// The grey level at a place between pixels, by the four around it. Outside, the border goes on.
    pub(super) fn grey_at(&self, at: Vector) -> f32 {
        let (x, y) = ((at.x - 0.5).max(0.0), (at.y - 0.5).max(0.0));
        let (left, top) = (pixel(x).min(self.width - 1), pixel(y).min(self.height - 1));
        let (right, bottom) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let (part_x, part_y) = ((x - real(left)).min(1.0), (y - real(top)).min(1.0));
        let row = |y: usize| {
            let row = &self.grey[y * self.width..][..self.width];
            let (a, b) = (f32::from(row[left]), f32::from(row[right]));
            a + (b - a) * part_x
        };
        let (upper, lower) = (row(top), row(bottom));
        upper + (lower - upper) * part_y
    }

    /// What is darker than the middle between dark and light around it.
    pub(super) fn bitmap(&self) -> Bitmap {
        let (columns, rows) = (self.width.div_ceil(BLOCK), self.height.div_ceil(BLOCK));
        let thresholds = smoothed(&self.block_middles(columns, rows), columns, rows);
        let mut dark = vec![false; self.width * self.height];
        let lines = self.grey.chunks_exact(self.width).zip(dark.chunks_exact_mut(self.width));
        for (y, (grey, dark)) in lines.enumerate() {
            let thresholds = &thresholds[y / BLOCK * columns..][..columns];
            let blocks = grey.chunks(BLOCK).zip(dark.chunks_mut(BLOCK)).zip(thresholds);
            for ((grey, dark), &threshold) in blocks {
                for (grey, dark) in grey.iter().zip(dark) {
                    *dark = *grey <= threshold;
                }
            }
        }
        Bitmap { width: self.width, height: self.height, dark }
    }

    /// The middle between the darkest and the lightest pixel of each block; `None` where it is flat.
    fn block_middles(&self, columns: usize, rows: usize) -> Vec<Option<u8>> {
        let mut middles = Vec::with_capacity(columns * rows);
        for band in self.grey.chunks(BLOCK * self.width) {
            let mut extremes = vec![(u8::MAX, 0_u8); columns];
            for line in band.chunks(self.width) {
                for (block, (least, most)) in line.chunks(BLOCK).zip(&mut extremes) {
                    for &grey in block {
                        *least = (*least).min(grey);
                        *most = (*most).max(grey);
                    }
                }
            }
            middles.extend(extremes.into_iter().map(|(least, most)| {
                let range = most.saturating_sub(least);
                (range > FLAT).then(|| least + range / 2)
            }));
        }
        middles
    }
}

/// Each block's threshold as the mean of the known ones in the 5 × 5 around it; where none is known, of the nearest
/// block that has one.
fn smoothed(middles: &[Option<u8>], columns: usize, rows: usize) -> Vec<u8> {
    // Sums over the rectangle from the origin, so that each window costs four look-ups.
    let stride = columns + 1;
    let mut sums = vec![(0_u32, 0_u32); stride * (rows + 1)];
    for y in 0..rows {
        let mut line = (0, 0);
        for x in 0..columns {
            if let Some(middle) = middles[y * columns + x] {
                line = (line.0 + u32::from(middle), line.1 + 1);
            }
            let above = sums[y * stride + x + 1];
            sums[(y + 1) * stride + x + 1] = (above.0 + line.0, above.1 + line.1);
        }
    }
    let mut known: Vec<Option<u8>> = Vec::with_capacity(columns * rows);
    for y in 0..rows {
        let (top, bottom) = (y.saturating_sub(2), (y + 3).min(rows));
        for x in 0..columns {
            let (left, right) = (x.saturating_sub(2), (x + 3).min(columns));
            let at = |x: usize, y: usize| sums[y * stride + x];
            let (a, b, c, d) = (at(left, top), at(right, top), at(left, bottom), at(right, bottom));
            let (sum, count) = (d.0 + a.0 - b.0 - c.0, d.1 + a.1 - b.1 - c.1);
            known.push(sum.checked_div(count).and_then(|mean| u8::try_from(mean).ok()));
        }
    }
    // From the left, then from the right, then down, then up: what is still unknown takes its neighbour's.
    for line in known.chunks_exact_mut(columns) {
        carry(line.iter_mut());
        carry(line.iter_mut().rev());
    }
    for x in 0..columns {
        carry(known[x..].iter_mut().step_by(columns));
        let last = known.len() - columns + x;
        carry(known[..=last].iter_mut().rev().step_by(columns));
    }
    known.into_iter().map(|threshold| threshold.unwrap_or(127)).collect()
}

fn carry<'a>(thresholds: impl Iterator<Item = &'a mut Option<u8>>) {
    let mut last = None;
    for threshold in thresholds {
        match *threshold {
            Some(_) => last = *threshold,
            None => *threshold = last,
        }
    }
}

/// What is dark.
pub(super) struct Bitmap {
    pub(super) width: usize,
    pub(super) height: usize,
    dark: Vec<bool>,
}

impl Bitmap {
    pub(super) fn row(&self, y: usize) -> &[bool] {
        &self.dark[y * self.width..][..self.width]
    }

    /// The pixel that holds a place; outside, the border goes on.
    pub(super) fn at(&self, at: Vector) -> bool {
        let (x, y) = (pixel(at.x).min(self.width - 1), pixel(at.y).min(self.height - 1));
        self.dark[y * self.width + x]
    }

    pub(super) fn holds(&self, at: Vector) -> bool {
        at.x >= 0.0 && at.y >= 0.0 && at.x < real(self.width) && at.y < real(self.height)
    }
}
