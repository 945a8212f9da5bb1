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
    /// Of the row of blocks at hand.
    sums: Vec<[u32; 2]>,
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
        let columns = width.div_ceil(CHROMA_BLOCK);
        self.luma.resize(width * height, 0);
        self.blocks.resize(columns * height.div_ceil(CHROMA_BLOCK), [0; 2]);
        let mut rows = rgba.chunks(stride).zip(self.luma.chunks_exact_mut(width));
        for (row, blocks) in self.blocks.chunks_exact_mut(columns).enumerate() {
            let down = CHROMA_BLOCK.min(height - row * CHROMA_BLOCK);
            self.sums.clear();
            self.sums.resize(columns, [0; 2]);
            for (pixels, greys) in rows.by_ref().take(down) {
                let (pixels, _) = pixels[..4 * width].as_chunks();
                split_row(pixels, greys, &mut self.sums);
            }
            for (column, (block, [blue, red])) in blocks.iter_mut().zip(&self.sums).enumerate() {
                let across = CHROMA_BLOCK.min(width - column * CHROMA_BLOCK);
                let count = u32::try_from(across * down).unwrap_or(u32::MAX);
                *block = [mean(*blue, count), mean(*red, count)];
            }
        }
        let luma = Luma::new(&self.luma, width, height, width)?;
        // There is a column and a row, for the frame is not empty.
        Ok((luma, Chroma::new(&self.blocks, columns).ok_or(LumaError::Empty)?))
    }
}

impl core::fmt::Debug for Planes {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Planes").finish_non_exhaustive()
    }
}

/// One row: its greys, and its colours added to the sums of its blocks.
fn split_row(pixels: &[[u8; 4]], greys: &mut [u8], sums: &mut [[u32; 2]]) {
    let (whole, rest) = pixels.as_chunks::<CHROMA_BLOCK>();
    let (whole_greys, rest_greys) = greys.as_chunks_mut::<CHROMA_BLOCK>();
    let mut sums = sums.iter_mut();
    for ((pixels, greys), sum) in whole.iter().zip(whole_greys).zip(sums.by_ref()) {
        split_part(pixels, greys, sum);
    }
    for sum in sums {
        split_part(rest, rest_greys, sum);
    }
}

/// At most a block's width. Inlined, so that a whole one is a loop of known length, which vector units can do.
#[inline(always)]
fn split_part(pixels: &[[u8; 4]], greys: &mut [u8], sum: &mut [u32; 2]) {
    if pixels.iter().any(|&[.., alpha]| alpha != u8::MAX) {
        for (&[red, green, blue, alpha], grey) in pixels.iter().zip(greys) {
            add(on_paper(red, alpha), on_paper(green, alpha), on_paper(blue, alpha), grey, sum);
        }
        return;
    }
    for (&[red, green, blue, _], grey) in pixels.iter().zip(greys) {
        add(red, green, blue, grey, sum);
    }
}

#[inline(always)]
fn add(red: u8, green: u8, blue: u8, grey: &mut u8, sum: &mut [u32; 2]) {
    let (luma, to_blue, to_red) = ycbcr(red, green, blue);
    *grey = luma;
    sum[0] += u32::from(to_blue);
    sum[1] += u32::from(to_red);
}
