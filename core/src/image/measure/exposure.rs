//! Light: too dark, too bright, clipped, flat.

use super::cells::{Cells, ratio};

/// How a document is lit, in 8-bit levels of sRGB and parts of its area.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Exposure {
    /// The level of its paper: nine tenths of the pixels are darker.
    pub(crate) paper: f32,
    /// From the darkest hundredth to the paper.
    pub(crate) contrast: f32,
    /// Share of the pixels that are clipped.
    pub(crate) white: f32,
}

pub(crate) fn exposure(cells: &Cells) -> Exposure {
    let (count, white) =
        cells.cells.iter().fold((0, 0), |(count, white), cell| (count + cell.count, white + cell.white));
    let paper = cells.percentile(0.9);
    Exposure { paper, contrast: paper - cells.percentile(0.01), white: ratio(white, count) }
}
