//! QR codes: to and from a picture.

use std::fmt;

use gatepass_core::qr::{self, DecodeOptions, EcLevel, Effort, Luma, SvgOptions};

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

/// A code in a picture. Its text may be a secret; `toString` does not show it.
#[derive(Clone, PartialEq, uniffi::Record)]
#[uniffi::export(Display)]
pub struct QrFound {
    /// What it says.
    pub text: String,
    /// Top left, top right, bottom right, bottom left.
    pub corners: Vec<Point>,
}

impl fmt::Display for QrFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("QrFound(…)")
    }
}

impl From<qr::Found> for QrFound {
    fn from(found: qr::Found) -> Self {
        Self { text: (*found.text).clone(), corners: found.corners.into_iter().map(Into::into).collect() }
    }
}

/// A code to show. It may be a secret; `toString` does not draw it.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Display)]
pub struct QrMatrix {
    /// Modules along a side.
    pub size: u32,
    /// `size × size`, row by row, true = dark.
    pub modules: Vec<bool>,
    /// The same as an SVG with a quiet zone of four modules.
    pub svg: String,
}

impl fmt::Display for QrMatrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "QrMatrix({} modules a side)", self.size)
    }
}

/// Where a picture comes from, which sets how hard it is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum PictureSource {
    /// A live camera: the next frame comes in a moment.
    Frame,
    /// A file or a photograph, that will not come again.
    Still,
}

impl From<PictureSource> for Effort {
    fn from(source: PictureSource) -> Self {
        match source {
            PictureSource::Frame => Self::Frame,
            PictureSource::Still => Self::Still,
        }
    }
}

/// The codes in a luma plane: 8 bits a pixel, `stride` bytes a row, as a camera's Y plane. In Kotlin `luma` is a direct
/// `ByteBuffer`, as `Image.Plane` gives it, read where it lies. Left out are parts of a text whose other parts are not in
/// the picture, and texts in other character sets than UTF-8, ISO/IEC 8859-1 and ASCII.
///
/// # Errors
/// The codes of a plane that its numbers do not fit.
#[uniffi::export]
pub fn decode_qr(
    luma: &[u8],
    width: u32,
    height: u32,
    stride: u32,
    source: PictureSource,
) -> Result<Vec<QrFound>, GatepassError> {
    let plane = Luma::new(luma, pixels(width), pixels(height), pixels(stride))?;
    Ok(qr::decode(plane, &DecodeOptions { effort: source.into() }).into_iter().map(Into::into).collect())
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
