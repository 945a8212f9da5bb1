//! QR codes of pictures and of texts.

use alloc::string::String;
use alloc::vec::Vec;

use gatepass_core::qr::{self, DecodeOptions, Effort, Found, Luma, Matrix, Point, SvgOptions};
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use crate::error::Thrown;
use crate::names::EcLevel;

/// The code of a text.
///
/// # Errors
/// The codes of `QrEncodeError`; `unknown_level`.
#[wasm_bindgen(js_name = encodeQr)]
pub fn encode_qr(text: String, level: EcLevel) -> Result<MatrixDto, Thrown> {
    Ok(qr::encode(&Zeroizing::new(text), level.try_into()?)?.into())
}

/// Every code in a grey picture.
///
/// # Errors
/// The codes of `LumaError`.
#[wasm_bindgen(js_name = decodeLuma)]
pub fn decode_luma(luma: &[u8], width: usize, height: usize, stride: usize) -> Result<Vec<FoundDto>, Thrown> {
    let found = qr::decode(Luma::new(luma, width, height, stride)?, &DecodeOptions { effort: Effort::Still });
    Ok(found.iter().map(Into::into).collect())
}

/// Every code in a colour picture.
///
/// # Errors
/// The codes of `LumaError`.
#[wasm_bindgen(js_name = decodeRgba)]
pub fn decode_rgba(rgba: &[u8], width: usize, height: usize) -> Result<Vec<FoundDto>, Thrown> {
    let mut luma = alloc::vec![0; rgba.len() / 4];
    qr::rgba_to_luma(rgba, &mut luma)?;
    decode_luma(&luma, width, height, width)
}

#[wasm_bindgen]
extern "C" {
    /// The facade's `QrMatrix`.
    #[wasm_bindgen(js_name = Object, typescript_type = "object")]
    #[derive(Debug)]
    pub type MatrixDto;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> MatrixDto;
    #[wasm_bindgen(method, setter, structural)]
    fn set_size(this: &MatrixDto, size: usize);
    #[wasm_bindgen(method, setter, structural)]
    fn set_modules(this: &MatrixDto, modules: Vec<u8>);
    #[wasm_bindgen(method, setter, structural)]
    fn set_svg(this: &MatrixDto, svg: &str);

    /// The facade's `QrFound`.
    #[wasm_bindgen(js_name = Object, typescript_type = "object")]
    #[derive(Debug)]
    pub type FoundDto;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> FoundDto;
    #[wasm_bindgen(method, setter, structural)]
    fn set_text(this: &FoundDto, text: &str);
    #[wasm_bindgen(method, setter, structural)]
    fn set_corners(this: &FoundDto, corners: Vec<PointDto>);

    /// The facade's `Point`.
    #[wasm_bindgen(js_name = Object, typescript_type = "object")]
    #[derive(Debug)]
    pub type PointDto;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> PointDto;
    #[wasm_bindgen(method, setter, structural)]
    fn set_x(this: &PointDto, x: f32);
    #[wasm_bindgen(method, setter, structural)]
    fn set_y(this: &PointDto, y: f32);
}

impl From<Matrix> for MatrixDto {
    fn from(matrix: Matrix) -> Self {
        let dto = Self::new();
        dto.set_size(matrix.size());
        dto.set_modules(matrix.modules().iter().copied().map(u8::from).collect());
        dto.set_svg(&matrix.to_svg(&SvgOptions::default()));
        dto
    }
}

impl From<&Found> for FoundDto {
    fn from(found: &Found) -> Self {
        scaled(found, 1.0, 1.0)
    }
}

/// A code found in a picture that was made smaller: `across` and `down` lead back to the full size.
pub(crate) fn scaled(found: &Found, across: f32, down: f32) -> FoundDto {
    let dto = FoundDto::new();
    dto.set_text(&found.text);
    dto.set_corners(
        found
            .corners
            .iter()
            .map(|&Point { x, y }| {
                let point = PointDto::new();
                point.set_x(x * across);
                point.set_y(y * down);
                point
            })
            .collect(),
    );
    dto
}
