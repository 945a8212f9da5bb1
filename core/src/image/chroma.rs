//! What greys leave out of a picture: its colour, coarsely.

/// Side of the squares whose colour is kept as one mean, in pixels.
pub const CHROMA_BLOCK: usize = 8;

/// Mean colour differences of squares of [`CHROMA_BLOCK`] pixels, of the same picture as a grey plane.
#[derive(Clone, Copy)]
pub struct Chroma<'a> {
    blocks: &'a [[u8; 2]],
    columns: usize,
}

impl<'a> Chroma<'a> {
    /// Borrows means that were made elsewhere: `columns` to a row, rows from the top.
    ///
    /// `None` when `blocks` is no whole number of rows.
    #[must_use]
    pub fn new(blocks: &'a [[u8; 2]], columns: usize) -> Option<Self> {
        (columns > 0 && !blocks.is_empty() && blocks.len().is_multiple_of(columns)).then_some(Self { blocks, columns })
    }

    /// Squares across and down.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.columns, self.blocks.len() / self.columns)
    }

    /// `[Cb, Cr]` of every square, row by row.
    #[must_use]
    pub fn blocks(&self) -> &'a [[u8; 2]] {
        self.blocks
    }

    /// `[Cb, Cr]` of the block that holds a pixel (ITU-R BT.601, full range, 128 = no colour); the nearest block's for a
    /// pixel outside.
    #[must_use]
    pub fn at(&self, x: usize, y: usize) -> [u8; 2] {
        let column = (x / CHROMA_BLOCK).min(self.columns - 1);
        let row = (y / CHROMA_BLOCK).min(self.blocks.len() / self.columns - 1);
        self.blocks[row * self.columns + column]
    }
}

impl core::fmt::Debug for Chroma<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Chroma").field("columns", &self.columns).finish_non_exhaustive()
    }
}

/// Luma, Cb and Cr of ITU-R BT.601 in full range, as JFIF has them, in integers of 1/256: levels of 0 to 255 from such.
pub(super) fn ycbcr([red, green, blue]: [u32; 3]) -> [u32; 3] {
    // Half a level for rounding, and of the colours 128 levels: what is taken away is never more.
    let (half, middle) = (128, 128 * 256 + 128);
    [
        (77 * red + 150 * green + 29 * blue + half) >> 8,
        ((middle + 128 * blue - 43 * red - 85 * green) >> 8).min(255),
        ((middle + 128 * red - 107 * green - 21 * blue) >> 8).min(255),
    ]
}

/// A part of a transparent pixel that lies on white paper.
pub(super) fn on_paper(part: u8, alpha: u8) -> u8 {
    let (part, alpha) = (u32::from(part), u32::from(alpha));
    u8::try_from((part * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
}

/// The mean of a block's `count` pixels.
pub(super) fn mean(sum: u32, count: u32) -> u8 {
    u8::try_from((sum + count / 2) / count.max(1)).unwrap_or(u8::MAX)
}
