//! The planes of pictures, and the buffers that frames are copied into.

use alloc::vec::Vec;

use gatepass_core::image::chroma::Chroma;
use gatepass_core::image::luma::{self, Luma};
use gatepass_core::image::rgba::Planes;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::Thrown;

/// The grey plane of a colour picture.
///
/// # Errors
/// `picture_buffer_too_short`.
#[wasm_bindgen(js_name = lumaOfRgba)]
pub fn luma_of_rgba(rgba: &[u8]) -> Result<Vec<u8>, Thrown> {
    let mut grey = alloc::vec![0; rgba.len() / 4];
    luma::rgba_to_luma(rgba, &mut grey)?;
    Ok(grey)
}

/// Where frames are copied to, one over the other. Personal data: `Debug` shows none of it.
#[derive(Default)]
pub(crate) struct Frames {
    rgba: Vec<u8>,
    luma: Vec<u8>,
    planes: Planes,
}

impl core::fmt::Debug for Frames {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Frames").finish_non_exhaustive()
    }
}

impl Frames {
    /// Takes a grey frame: `stride` bytes a row.
    pub(crate) fn grey(
        &mut self,
        luma: &Uint8Array,
        width: usize,
        height: usize,
        stride: usize,
    ) -> Result<Luma<'_>, Thrown> {
        copy(luma, &mut self.luma);
        Ok(Luma::new(&self.luma, width, height, stride)?)
    }

    /// Takes a frame in colour: four bytes a pixel.
    pub(crate) fn colour(
        &mut self,
        rgba: &Uint8Array,
        width: usize,
        height: usize,
    ) -> Result<(Luma<'_>, Chroma<'_>), Thrown> {
        copy(rgba, &mut self.rgba);
        Ok(self.planes.split(&self.rgba, width, height, width.saturating_mul(4))?)
    }

    /// The grey plane of a frame in colour.
    pub(crate) fn grey_of(&mut self, rgba: &Uint8Array, width: usize, height: usize) -> Result<Luma<'_>, Thrown> {
        copy(rgba, &mut self.rgba);
        self.luma.resize(self.rgba.len() / 4, 0);
        luma::rgba_to_luma(&self.rgba, &mut self.luma)?;
        Ok(Luma::new(&self.luma, width, height, width)?)
    }
}

/// The one copy that a frame costs.
fn copy(from: &Uint8Array, into: &mut Vec<u8>) {
    into.resize(usize::try_from(from.length()).unwrap_or_default(), 0);
    from.copy_to(into);
}
