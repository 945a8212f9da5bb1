//! JPEG and PNG from bytes to the grey plane, so that a browser, a phone and a server judge the same pixels.
//!
//! The files are decoded by `zune-jpeg` and `png`, in integers and without the paths for vector units, whose upsampling
//! may round differently. Grey is the luma of ITU-R BT.601 in full range, as JFIF has it: a JPEG's own Y where it is
//! coded so, else `(77 R + 150 G + 29 B + 128) >> 8` as [`rgba_to_luma`](super::luma::rgba_to_luma).

use alloc::{vec, vec::Vec};

use png::{BitDepth, ColorType, Transformations};
use thiserror::Error;
use zune_jpeg::{
    JpegDecoder,
    errors::DecodeErrors,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

use super::chroma::{self, mean, on_paper};
pub use super::chroma::{CHROMA_BLOCK, Chroma};
use super::jpeg;
use super::luma::{Luma, MAX_SIDE};

// Both decoders bring the standard library.
extern crate std;

/// What a file may cost before it is refused. Judged by what its header declares, before anything is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most pixels. No side may be longer than [`MAX_SIDE`] in any case.
    pub pixels: usize,
    /// Most bytes of memory that decoding may take at one time, the result included, the file not.
    pub bytes: usize,
}

impl Limits {
    /// 24 binary megapixels, which the ordinary photographs of current phones have at most, and what a progressive JPEG
    /// of that size takes (11 bytes a pixel).
    pub const DEFAULT: Self = Self { pixels: 24 << 20, bytes: 272 << 20 };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// What kind of file a picture came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// JPEG (ISO/IEC 10918-1), baseline or progressive.
    Jpeg,
    /// PNG (ISO/IEC 15948).
    Png,
}

impl FileKind {
    /// Told by the first bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else {
            None
        }
    }
}

/// A decoded picture, the way up that it is shown.
///
/// Personal data: the pixels may show a document or a face. `Debug` prints the size only.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    height: usize,
    luma: Vec<u8>,
    /// Mean `[Cb, Cr]` of each block, 128 = no colour; `None` for a file without colour.
    chroma: Option<Vec<[u8; 2]>>,
}

impl Picture {
    /// Width in pixels, as shown.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels, as shown.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// The grey plane: `width × height` bytes without padding, 0 = black, sRGB-coded.
    #[must_use]
    pub fn luma(&self) -> Luma<'_> {
        Luma::new(&self.luma, self.width, self.height, self.width).expect("sides were checked before decoding")
    }

    /// The colour of a picture whose file has any.
    #[must_use]
    pub fn chroma(&self) -> Option<Chroma<'_>> {
        let columns = self.width.div_ceil(CHROMA_BLOCK);
        self.chroma.as_deref().and_then(|blocks| Chroma::new(blocks, columns))
    }
}

impl core::fmt::Debug for Picture {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Picture").field("width", &self.width).field("height", &self.height).finish_non_exhaustive()
    }
}

/// Why a file gave no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// Neither JPEG nor PNG, or a variant that no camera writes (arithmetic coding, lossless JPEG).
    #[error("the file is neither a JPEG nor a PNG that can be read")]
    Unsupported,
    /// Begins like a picture and is none, ends early, or a part of it is missing.
    #[error("the picture is damaged or not complete")]
    Damaged,
    /// More pixels than [`Limits`] allow, or it would take more memory; a side longer than [`MAX_SIDE`].
    #[error("the picture is too large")]
    TooLarge,
}

impl DecodeError {
    /// Every variant, in the order of the list of codes.
    pub const ALL: [Self; 3] = [Self::Unsupported, Self::Damaged, Self::TooLarge];

    /// The stable code that crosses every border.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unsupported => "picture_unsupported",
            Self::Damaged => "picture_damaged",
            Self::TooLarge => "picture_too_large",
        }
    }
}

/// Reads a JPEG or PNG. The orientation that the camera noted (Exif 2.32 tag 0x0112) is applied, everything else that
/// the file says about itself is ignored.
///
/// A transparent pixel counts as lying on white paper. Of an animation the first picture is read.
///
/// # Errors
/// See [`DecodeError`].
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Picture, DecodeError> {
    match FileKind::of(bytes).ok_or(DecodeError::Unsupported)? {
        FileKind::Jpeg => from_jpeg(bytes, limits),
        FileKind::Png => from_png(bytes, limits),
    }
}

/// The sides, when they and `each` bytes a pixel are within the limits.
fn within(width: usize, height: usize, each: usize, limits: &Limits) -> Result<(), DecodeError> {
    if width == 0 || height == 0 {
        return Err(DecodeError::Damaged);
    }
    if width > MAX_SIDE || height > MAX_SIDE {
        return Err(DecodeError::TooLarge);
    }
    let pixels = width * height;
    if pixels > limits.pixels || pixels.checked_mul(each).is_none_or(|bytes| bytes > limits.bytes) {
        return Err(DecodeError::TooLarge);
    }
    Ok(())
}

/// Scans of a progressive JPEG: encoders write about ten, and each costs a pass over the picture.
const MOST_SCANS: usize = 40;

fn from_jpeg(bytes: &[u8], limits: &Limits) -> Result<Picture, DecodeError> {
    let options = DecoderOptions::default()
        .set_use_unsafe(false)
        .set_strict_mode(false)
        // Its own check could not be told from damage; the header allocates nothing, and `within` comes before the pixels.
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_max_scans(MOST_SCANS);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers()?;
    let info = decoder.info().ok_or(DecodeError::Damaged)?;
    let (width, height) = (usize::from(info.width), usize::from(info.height));
    let coded = decoder.input_colorspace().ok_or(DecodeError::Damaged)?;
    let wanted = match coded {
        ColorSpace::Luma => ColorSpace::Luma,
        ColorSpace::YCbCr => ColorSpace::YCbCr,
        _ => ColorSpace::RGB,
    };
    // Coefficients of two bytes each are kept for the whole picture of a progressive file, and the result beside them.
    within(width, height, 3 * wanted.num_components() + 2, limits)?;
    if !jpeg::is_whole(bytes, MOST_SCANS) {
        return Err(DecodeError::Damaged);
    }
    let orientation = decoder.exif().map_or(1, |exif| orientation(exif));
    decoder.set_options(options.jpeg_set_out_colorspace(wanted));
    let mut coded = vec![0; width * height * wanted.num_components()];
    decoder.decode_into(&mut coded)?;
    let mut turned = Turned::new(width, height, orientation, wanted != ColorSpace::Luma);
    match wanted {
        ColorSpace::Luma => turned.grey(&coded),
        ColorSpace::YCbCr => turned.colour::<3>(&coded, |&[y, blue, red]| (y, blue, red)),
        _ => turned.colour::<3>(&coded, |&[red, green, blue]| ycbcr(red, green, blue)),
    }
    Ok(turned.finish())
}

impl From<DecodeErrors> for DecodeError {
    fn from(error: DecodeErrors) -> Self {
        match error {
            DecodeErrors::Unsupported(_) => Self::Unsupported,
            DecodeErrors::LargeDimensions(_) => Self::TooLarge,
            _ => Self::Damaged,
        }
    }
}

fn from_png(bytes: &[u8], limits: &Limits) -> Result<Picture, DecodeError> {
    let mut decoder = png::Decoder::new_with_limits(std::io::Cursor::new(bytes), png::Limits { bytes: limits.bytes });
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let header = decoder.read_header_info()?;
    let side = |side: u32| usize::try_from(side).map_err(|_| DecodeError::TooLarge);
    let (width, height) = (side(header.width)?, side(header.height)?);
    // Four bytes as decoded, one of grey, and the decoder's own rows.
    within(width, height, 6, limits)?;
    let mut reader = decoder.read_info()?;
    let (colour, depth) = reader.output_color_type();
    if depth != BitDepth::Eight {
        return Err(DecodeError::Unsupported);
    }
    let orientation = reader.info().exif_metadata.as_deref().map_or(1, orientation);
    let mut coded = vec![0; reader.output_buffer_size().ok_or(DecodeError::TooLarge)?];
    let frame = reader.next_frame(&mut coded)?;
    if (side(frame.width)?, side(frame.height)?) != (width, height) {
        return Err(DecodeError::Damaged);
    }
    coded.truncate(frame.buffer_size());
    let mut turned = Turned::new(width, height, orientation, matches!(colour, ColorType::Rgb | ColorType::Rgba));
    match colour {
        ColorType::Grayscale => turned.grey(&coded),
        ColorType::GrayscaleAlpha => turned.colour::<2>(&coded, |&[grey, alpha]| (on_paper(grey, alpha), 128, 128)),
        ColorType::Rgb => turned.colour::<3>(&coded, |&[red, green, blue]| ycbcr(red, green, blue)),
        ColorType::Rgba => turned.colour::<4>(&coded, |&[red, green, blue, alpha]| {
            ycbcr(on_paper(red, alpha), on_paper(green, alpha), on_paper(blue, alpha))
        }),
        // Palettes are expanded.
        ColorType::Indexed => return Err(DecodeError::Unsupported),
    }
    Ok(turned.finish())
}

impl From<png::DecodingError> for DecodeError {
    fn from(error: png::DecodingError) -> Self {
        match error {
            png::DecodingError::LimitsExceeded => Self::TooLarge,
            _ => Self::Damaged,
        }
    }
}

fn ycbcr(red: u8, green: u8, blue: u8) -> (u8, u8, u8) {
    let byte = |level| u8::try_from(level).unwrap_or(u8::MAX);
    let [luma, to_blue, to_red] = chroma::ycbcr([red, green, blue].map(u32::from));
    (byte(luma), byte(to_blue), byte(to_red))
}

/// The picture being put together the way up that it is shown.
struct Turned {
    /// Sides as in the file.
    width: usize,
    height: usize,
    /// Exif: 1 as it is … 8.
    orientation: u8,
    luma: Vec<u8>,
    /// Sums of Cb and Cr, and pixels, of each block.
    sums: Option<Vec<[u32; 3]>>,
}

impl Turned {
    fn new(width: usize, height: usize, orientation: u8, colour: bool) -> Self {
        let (shown_width, shown_height) = if orientation >= 5 { (height, width) } else { (width, height) };
        let blocks = shown_width.div_ceil(CHROMA_BLOCK) * shown_height.div_ceil(CHROMA_BLOCK);
        Self { width, height, orientation, luma: vec![0; width * height], sums: colour.then(|| vec![[0; 3]; blocks]) }
    }

    fn shown(&self) -> (usize, usize) {
        if self.orientation >= 5 { (self.height, self.width) } else { (self.width, self.height) }
    }

    /// Where a pixel of the file is shown.
    fn place(&self, x: usize, y: usize) -> (usize, usize) {
        let (right, down) = (self.width - 1 - x, self.height - 1 - y);
        match self.orientation {
            2 => (right, y),
            3 => (right, down),
            4 => (x, down),
            5 => (y, x),
            6 => (down, x),
            7 => (down, right),
            8 => (y, right),
            _ => (x, y),
        }
    }

    fn grey(&mut self, coded: &[u8]) {
        if self.orientation == 1 {
            self.luma.copy_from_slice(coded);
            return;
        }
        let (across, _) = self.shown();
        for (row, y) in coded.chunks_exact(self.width).zip(0..) {
            for (&grey, x) in row.iter().zip(0..) {
                let (to_x, to_y) = self.place(x, y);
                self.luma[to_y * across + to_x] = grey;
            }
        }
    }

    fn colour<const N: usize>(&mut self, coded: &[u8], of: impl Fn(&[u8; N]) -> (u8, u8, u8)) {
        let (across, _) = self.shown();
        let columns = across.div_ceil(CHROMA_BLOCK);
        for (row, y) in coded.chunks_exact(self.width * N).zip(0..) {
            let (pixels, _) = row.as_chunks::<N>();
            // Pixels of a block lie side by side in the file too, whatever the orientation.
            let mut start = 0;
            while start < self.width {
                // Counted from the side that the shown picture counts from, so that no group crosses a border of blocks.
                let mirrored = matches!(self.orientation, 2 | 3 | 7 | 8);
                let first = if mirrored { (self.width - start) % CHROMA_BLOCK } else { 0 };
                let length = if first == 0 { CHROMA_BLOCK } else { first }.min(self.width - start);
                let mut sum = [0; 3];
                for (pixel, x) in pixels[start..start + length].iter().zip(start..) {
                    let (grey, blue, red) = of(pixel);
                    let (to_x, to_y) = self.place(x, y);
                    self.luma[to_y * across + to_x] = grey;
                    sum[0] += u32::from(blue);
                    sum[1] += u32::from(red);
                    sum[2] += 1;
                }
                let (to_x, to_y) = self.place(start, y);
                if let Some(sums) = &mut self.sums {
                    let block = &mut sums[to_y / CHROMA_BLOCK * columns + to_x / CHROMA_BLOCK];
                    for (total, part) in block.iter_mut().zip(sum) {
                        *total += part;
                    }
                }
                start += length;
            }
        }
    }

    fn finish(self) -> Picture {
        let (width, height) = self.shown();
        let chroma = self
            .sums
            .map(|sums| sums.iter().map(|&[blue, red, count]| [mean(blue, count), mean(red, count)]).collect());
        Picture { width, height, luma: self.luma, chroma }
    }
}

/// The orientation in Exif data (a TIFF header and its first directory), 1 to 8; 1 for what cannot be read.
fn orientation(exif: &[u8]) -> u8 {
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    let big = match exif.first_chunk() {
        Some(b"II*\0") => false,
        Some(b"MM\0*") => true,
        _ => return 1,
    };
    let short = |at: usize| {
        let two = exif.get(at..)?.first_chunk()?;
        Some(usize::from(if big { u16::from_be_bytes(*two) } else { u16::from_le_bytes(*two) }))
    };
    let long = |at: usize| {
        let four = exif.get(at..)?.first_chunk()?;
        usize::try_from(if big { u32::from_be_bytes(*four) } else { u32::from_le_bytes(*four) }).ok()
    };
    let found = || {
        let directory = long(4)?;
        let entries = short(directory)?;
        let entry = (0..entries)
            .filter_map(|entry| directory.checked_add(2 + 12 * entry))
            .find(|&entry| short(entry) == Some(0x0112))?;
        // Type 3: one 16-bit number, which stands at the beginning of the value.
        (short(entry.checked_add(2)?)? == 3).then(|| short(entry + 8)).flatten()
    };
    found().and_then(|value| u8::try_from(value).ok()).filter(|value| (1..=8).contains(value)).unwrap_or(1)
}
