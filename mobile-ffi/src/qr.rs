//! QR codes: to and from a picture.

use gatepass_core::qr::{self, DecodeOptions, EcLevel, Luma, SvgOptions};

use crate::error::GatepassError;

/// A corner of a code in pixels of the picture.
#[derive(Debug, Clone, Copy, PartialEq, uniffi::Record)]
pub struct Point {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
}

impl From<qr::Point> for Point {
    fn from(qr::Point { x, y }: qr::Point) -> Self {
        Self { x, y }
    }
}

/// A code in a picture. Its text may be a secret: keep the record out of logs.
#[derive(Clone, PartialEq, uniffi::Record)]
pub struct QrFound {
    /// What it says.
    pub text: String,
    /// Top left, top right, bottom right, bottom left.
    pub corners: Vec<Point>,
}

impl From<qr::Found> for QrFound {
    fn from(found: qr::Found) -> Self {
        Self { text: (*found.text).clone(), corners: found.corners.into_iter().map(Into::into).collect() }
    }
}

/// A code to show.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct QrMatrix {
    /// Modules along a side.
    pub size: u32,
    /// `size × size`, row by row, true = dark.
    pub modules: Vec<bool>,
    /// The same as an SVG with a quiet zone of four modules.
    pub svg: String,
}

/// The codes in a luma plane: 8 bits a pixel, `stride` bytes a row, as a camera's Y plane. In Kotlin `luma` is a direct
/// `ByteBuffer`, as `Image.Plane` gives it, read where it lies.
///
/// # Errors
/// The codes of a plane that its numbers do not fit.
#[uniffi::export]
pub fn decode_qr(luma: &[u8], width: u32, height: u32, stride: u32) -> Result<Vec<QrFound>, GatepassError> {
    let plane = Luma::new(luma, pixels(width), pixels(height), pixels(stride))?;
    Ok(qr::decode(plane, &DecodeOptions::default()).into_iter().map(Into::into).collect())
}

/// A text as a code of at least error correction level M.
///
/// # Errors
/// The codes of an empty text and of one that does not fit.
#[uniffi::export]
pub fn encode_qr(text: &str) -> Result<QrMatrix, GatepassError> {
    let matrix = qr::encode(text, EcLevel::Medium)?;
    Ok(QrMatrix {
        size: u32::try_from(matrix.size()).expect("a code has at most 177 modules a side"),
        modules: matrix.modules().to_vec(),
        svg: matrix.to_svg(&SvgOptions::default()),
    })
}

/// Exact: every target of ours has pointers of 32 bits or more.
fn pixels(value: u32) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}
