//! Frames in colour, as a canvas has them, to the two planes that are judged: the very pixels that [`decode`](super::decode)
//! makes of a PNG with the same colours.

use alloc::vec::Vec;

use super::chroma::{CHROMA_BLOCK, Chroma, mean, on_paper, ycbcr};
use super::luma::{Luma, LumaError, fits};

/// The planes of one frame after another, each in the place of the one before: frames of one size allocate nothing.
///
/// Personal data: the pixels of the last frame. `Debug` shows none of it.
#[derive(Default)]
pub struct Planes {
    luma: Vec<u8>,
    /// `[Cb, Cr]` of each block.
    blocks: Vec<[u8; 2]>,
    /// Both of each pixel of the row at hand, [`together`].
    row: Vec<u32>,
    /// Their sums in each block of the row of blocks at hand: a block's pixels have room in half a number.
    sums: Vec<u32>,
    /// The row at hand on white paper.
    paper: Vec<[u8; 4]>,
}

impl Planes {
    /// Empty buffers, which grow with the first frame.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a frame apart into its grey plane and its colour.
    ///
    /// `width`, `height`: pixels, each 1 to [`MAX_SIDE`](super::luma::MAX_SIDE). `stride`: bytes from one row to the next, at
    /// least `4 × width`. `rgba`: red, green, blue and alpha of each pixel, not premultiplied, as a canvas' `ImageData` gives
    /// them; at least `stride × (height − 1) + 4 × width` bytes. A transparent pixel counts as lying on white paper.
    ///
    /// # Errors
    /// See [`LumaError`].
    pub fn split(
        &mut self,
        rgba: &[u8],
        width: usize,
        height: usize,
        stride: usize,
    ) -> Result<(Luma<'_>, Chroma<'_>), LumaError> {
        fits(rgba.len(), width, height, stride, 4)?;
        let Self { luma, blocks, row, sums, paper } = self;
        let columns = width.div_ceil(CHROMA_BLOCK);
        luma.resize(width * height, 0);
        blocks.resize(columns * height.div_ceil(CHROMA_BLOCK), [0; 2]);
        row.resize(width, 0);
        let mut rows = rgba.chunks(stride).zip(luma.chunks_exact_mut(width));
        for (place, blocks) in blocks.chunks_exact_mut(columns).enumerate() {
            let down = CHROMA_BLOCK.min(height - place * CHROMA_BLOCK);
            sums.clear();
            sums.resize(columns, 0);
            for (pixels, greys) in rows.by_ref().take(down) {
                let (pixels, _) = pixels[..4 * width].as_chunks();
                split_row(opaque(pixels, paper), greys, row);
                add_row(row, sums);
            }
            for (column, (block, sum)) in blocks.iter_mut().zip(&*sums).enumerate() {
                let across = CHROMA_BLOCK.min(width - column * CHROMA_BLOCK);
                let count = u32::try_from(across * down).unwrap_or(u32::MAX);
                *block = [mean(sum & 0xffff, count), mean(sum >> 16, count)];
            }
        }
        let luma = Luma::new(luma, width, height, width)?;
        // There is a column and a row, for the frame is not empty.
        Ok((luma, Chroma::new(blocks, columns).ok_or(LumaError::Empty)?))
    }
}

impl core::fmt::Debug for Planes {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Planes").finish_non_exhaustive()
    }
}

/// A row without transparent pixels: as it is, or on paper.
fn opaque<'a>(pixels: &'a [[u8; 4]], paper: &'a mut Vec<[u8; 4]>) -> &'a [[u8; 4]] {
    if pixels.iter().fold(u8::MAX, |all, &[.., alpha]| all & alpha) == u8::MAX {
        return pixels;
    }
    paper.clear();
    paper.extend(pixels.iter().map(|&[red, green, blue, alpha]| {
        let [red, green, blue] = [red, green, blue].map(|part| on_paper(part, alpha));
        [red, green, blue, u8::MAX]
    }));
    paper
}

/// The greys of a row, and the colours of its pixels. Pixels are taken as numbers of 32 bits, four of which a vector unit does
/// at a time: by bytes it takes four times as long.
fn split_row(pixels: &[[u8; 4]], greys: &mut [u8], colours: &mut [u32]) {
    for ((pixel, grey), colour) in pixels.iter().zip(greys).zip(colours) {
        let pixel = u32::from_le_bytes(*pixel);
        let [luma, blue, red] = ycbcr([pixel & 0xff, pixel >> 8 & 0xff, pixel >> 16 & 0xff]);
        *grey = u8::try_from(luma).unwrap_or(u8::MAX);
        *colour = together(blue, red);
    }
}

/// Cb and Cr in one number, the second in its upper half.
fn together(blue: u32, red: u32) -> u32 {
    blue | red << 16
}

/// The colours of a row added to the sums of its blocks.
fn add_row(colours: &[u32], sums: &mut [u32]) {
    let (whole, rest) = colours.as_chunks::<CHROMA_BLOCK>();
    let mut sums = sums.iter_mut();
    for (colours, sum) in whole.iter().zip(sums.by_ref()) {
        *sum += colours.iter().sum::<u32>();
    }
    for sum in sums {
        *sum += rest.iter().sum::<u32>();
    }
}
