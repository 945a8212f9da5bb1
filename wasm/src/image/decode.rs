//! JPEG and PNG from bytes.

use alloc::vec::Vec;

use gatepass_core::image::decode::{self, Limits, Picture};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::Thrown;
use crate::object::object;

/// The pixels of a JPEG or PNG that are judged.
///
/// # Errors
/// The codes of `DecodeError`.
#[wasm_bindgen(js_name = decodePicture)]
pub fn decode_picture(bytes: &[u8]) -> Result<PictureDto, Thrown> {
    Ok((&decode::decode(bytes, &Limits::DEFAULT)?).into())
}

object! {
    /// The facade's `LumaImage`.
    PictureDto {
        luma = luma: Vec<u8>,
        width = width: usize,
        height = height: usize,
        stride = stride: usize,
    }
}

impl From<&Picture> for PictureDto {
    fn from(picture: &Picture) -> Self {
        let dto = Self::new();
        let plane = picture.luma();
        dto.luma((0..plane.height()).flat_map(|y| plane.row(y)).copied().collect());
        dto.width(picture.width());
        dto.height(picture.height());
        dto.stride(picture.width());
        dto
    }
}
