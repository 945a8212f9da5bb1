//! The borrowed grey picture and how colour becomes grey.

use thiserror::Error;

/// Longest accepted side of a picture, in pixels. A 50-megapixel photograph of a phone is 8192 wide.
pub const MAX_SIDE: usize = 8192;

/// A borrowed grey picture: `height` rows of `width` bytes, each row `stride` bytes after the one before;
/// 0 = black, 255 = white, sRGB-coded.
///
/// A camera's Y plane fits as it is. Bytes between `width` and `stride` are never looked at.
#[derive(Clone, Copy)]
pub struct Luma<'a> {
    bytes: &'a [u8],
    width: usize,
    height: usize,
    stride: usize,
}

impl<'a> Luma<'a> {
    /// Borrows a grey picture.
    ///
    /// `width`, `height`: pixels, each 1 to [`MAX_SIDE`]. `stride`: bytes from one row to the next, at least
    /// `width`. `bytes`: at least `stride × (height − 1) + width` long; anything after that is ignored.
    ///
    /// # Errors
    /// See [`LumaError`].
    pub fn new(bytes: &'a [u8], width: usize, height: usize, stride: usize) -> Result<Self, LumaError> {
        fits(bytes.len(), width, height, stride, 1)?;
        Ok(Self { bytes, width, height, stride })
    }

    /// Width in pixels.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// One row of exactly [`width`](Self::width) bytes.
    ///
    /// # Panics
    /// When `y` is not below [`height`](Self::height).
    #[must_use]
    pub fn row(&self, y: usize) -> &'a [u8] {
        assert!(y < self.height, "row outside the picture");
        &self.bytes[y * self.stride..][..self.width]
    }
}

/// The size only: a picture of a code can hold a secret.
impl core::fmt::Debug for Luma<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Luma")
            .field("width", &self.width)
            .field("height", &self.height)
            .field("stride", &self.stride)
            .finish_non_exhaustive()
    }
}

/// Whether `length` bytes hold `height` rows of `width` pixels of `each` bytes, `stride` bytes apart, the last one without
/// its padding.
pub(super) fn fits(length: usize, width: usize, height: usize, stride: usize, each: usize) -> Result<(), LumaError> {
    if width == 0 || height == 0 {
        return Err(LumaError::Empty);
    }
    if width > MAX_SIDE || height > MAX_SIDE {
        return Err(LumaError::TooLarge);
    }
    let row = width * each;
    if stride < row {
        return Err(LumaError::StrideTooSmall);
    }
    let needed =
        stride.checked_mul(height - 1).and_then(|rows| rows.checked_add(row)).ok_or(LumaError::BufferTooShort)?;
    if length < needed { Err(LumaError::BufferTooShort) } else { Ok(()) }
}

/// Why bytes are not a grey picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LumaError {
    /// Width or height is zero.
    #[error("the picture is empty")]
    Empty,
    /// A side is longer than [`MAX_SIDE`].
    #[error("the picture is too large")]
    TooLarge,
    /// The row stride is smaller than the width.
    #[error("the row stride is smaller than the width")]
    StrideTooSmall,
    /// There are fewer bytes than the dimensions ask for.
    #[error("there are fewer bytes than the size of the picture asks for")]
    BufferTooShort,
}

impl LumaError {
    /// Every variant, in the order of the list of codes.
    pub const ALL: [Self; 4] = [Self::Empty, Self::TooLarge, Self::StrideTooSmall, Self::BufferTooShort];

    /// The stable code that crosses every border.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "picture_empty",
            Self::TooLarge => "picture_too_large",
            Self::StrideTooSmall => "picture_stride_too_small",
            Self::BufferTooShort => "picture_buffer_too_short",
        }
    }
}

/// Converts colour to grey in integers: `(77 R + 150 G + 29 B + 128) >> 8`, the luma of ITU-R BT.601.
///
/// `rgba`: four bytes per pixel, not premultiplied, as a canvas' `ImageData` gives them. `luma`: one byte
/// per pixel. A transparent pixel counts as lying on white paper: the usual transparent picture of a code is
/// black modules on nothing.
///
/// # Errors
/// [`LumaError::BufferTooShort`] when `rgba` is not exactly four times as long as `luma`.
pub fn rgba_to_luma(rgba: &[u8], luma: &mut [u8]) -> Result<(), LumaError> {
    let (pixels, rest) = rgba.as_chunks::<4>();
    if !rest.is_empty() || pixels.len() != luma.len() {
        return Err(LumaError::BufferTooShort);
    }
    for (&[red, green, blue, alpha], out) in pixels.iter().zip(luma) {
        let grey = (77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue) + 128) >> 8;
        let alpha = u32::from(alpha);
        let on_paper = if alpha == 255 { grey } else { (grey * alpha + 255 * (255 - alpha) + 127) / 255 };
        // Both weights sum to their divisor, so the result is at most 255.
        *out = u8::try_from(on_paper).unwrap_or(u8::MAX);
    }
    Ok(())
}
