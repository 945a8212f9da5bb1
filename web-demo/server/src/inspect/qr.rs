//! `gatepass inspect qr`: the codes in pictures.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use clap::Args;
use gatepass_core::qr::{self, DecodeOptions, Effort, Luma};
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};
use serde::Serialize;

use super::{
    file::{self, PictureError},
    lines::{json_line, printable},
};

/// `gatepass inspect qr`
#[derive(Debug, Args)]
pub struct QrArgs {
    /// Pictures.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print lines for people instead of JSON.
    #[arg(long)]
    text: bool,
    /// Stop at the first pass that reads something, as for a frame of a live camera.
    #[arg(long)]
    quick: bool,
}

impl QrArgs {
    pub(super) fn run(&self, out: &mut impl Write) -> io::Result<ExitCode> {
        let effort = if self.quick { Effort::Frame } else { Effort::Still };
        let mut code = ExitCode::SUCCESS;
        for file in &self.files {
            let report = qr_file(file, effort);
            if report.error == Some(PictureError::Unreadable.code()) {
                code = ExitCode::FAILURE;
            }
            if self.text { report.print(out)? } else { json_line(out, &report)? }
        }
        Ok(code)
    }
}

/// What is printed about one picture.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PictureReport {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    /// The texts alone, for those who want nothing else.
    texts: Vec<String>,
    found: Vec<FoundReport>,
    /// For finding and reading the codes, without reading the file.
    milliseconds: f64,
}

#[derive(Debug, Serialize)]
struct FoundReport {
    text: String,
    /// `[x, y]` in pixels: top left, top right, bottom right, bottom left of the code.
    corners: [[f32; 2]; 4],
}

/// Decodes one file. Whatever is wrong with it becomes a code in the report.
fn qr_file(file: &Path, effort: Effort) -> PictureReport {
    let mut report = PictureReport {
        file: file.display().to_string(),
        error: None,
        width: None,
        height: None,
        texts: Vec::new(),
        found: Vec::new(),
        milliseconds: 0.0,
    };
    match Picture::read(file) {
        Err(error) => report.error = Some(error.code()),
        Ok(picture) => {
            (report.width, report.height) = (Some(picture.pixels.width()), Some(picture.pixels.height()));
            match picture.codes(effort, &mut report.milliseconds) {
                Err(error) => report.error = Some(error.code()),
                Ok(found) if found.is_empty() && picture.cut => report.error = Some(PictureError::Damaged.code()),
                Ok(found) => report.found = found,
            }
            report.texts = report.found.iter().map(|one| one.text.clone()).collect();
        }
    }
    report
}

/// A decoded picture, the way up that it is shown.
struct Picture {
    pixels: DynamicImage,
    /// A JPEG that ends before its picture does; what is missing is grey.
    cut: bool,
}

impl Picture {
    fn read(file: &Path) -> Result<Self, PictureError> {
        let bytes = file::bytes(file)?;
        let mut reader =
            ImageReader::new(io::Cursor::new(&bytes)).with_guessed_format().map_err(|_| PictureError::Unreadable)?;
        let format = reader.format().ok_or(PictureError::Unsupported)?;
        let side = u32::try_from(qr::MAX_SIDE).unwrap_or(u32::MAX);
        let mut limits = Limits::default();
        limits.max_image_width = Some(side);
        limits.max_image_height = Some(side);
        limits.max_alloc = Some(LARGEST_PICTURE);
        reader.limits(limits.clone());
        let mut decoder = reader.into_decoder()?;
        limits.reserve(decoder.total_bytes())?;
        decoder.set_limits(limits)?;
        let orientation = decoder.orientation()?;
        let mut pixels = DynamicImage::from_decoder(decoder)?;
        pixels.apply_orientation(orientation);
        Ok(Self { pixels, cut: format == ImageFormat::Jpeg && !jpeg_ends(&bytes) })
    }

    /// The codes on white paper; where there are none and the picture is transparent somewhere, those on black: white
    /// modules on nothing. `milliseconds`: how long that took.
    fn codes(&self, effort: Effort, milliseconds: &mut f64) -> Result<Vec<FoundReport>, PictureError> {
        let (width, height) = (self.pixels.width(), self.pixels.height());
        let sides = usize::try_from(width).ok().zip(usize::try_from(height).ok());
        let (width, height) = sides.ok_or(PictureError::TooLarge)?;
        let mut decode = |grey: &[u8]| -> Result<Vec<FoundReport>, PictureError> {
            let luma = Luma::new(grey, width, height, width).map_err(|_| PictureError::TooLarge)?;
            let start = Instant::now();
            let found = qr::decode(luma, &DecodeOptions { effort });
            *milliseconds += (start.elapsed().as_secs_f64() * 1_000_000.0).round() / 1_000.0;
            Ok(found
                .iter()
                .map(|one| FoundReport {
                    text: one.text.to_string(),
                    corners: one.corners.map(|corner| [corner.x, corner.y]),
                })
                .collect())
        };
        if let DynamicImage::ImageLuma8(grey) = &self.pixels {
            return decode(grey);
        }
        // The browser sees the same colours through the same arithmetic.
        let mut rgba = self.pixels.to_rgba8();
        let mut grey = vec![0; rgba.len() / 4];
        qr::rgba_to_luma(&rgba, &mut grey).map_err(|_| PictureError::Damaged)?;
        let found = decode(&grey)?;
        if !found.is_empty() || rgba.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
            return Ok(found);
        }
        // Turned over, white paper is black.
        rgba.pixels_mut().for_each(|image::Rgba([red, green, blue, _])| {
            for part in [red, green, blue] {
                *part = u8::MAX - *part;
            }
        });
        qr::rgba_to_luma(&rgba, &mut grey).map_err(|_| PictureError::Damaged)?;
        decode(&grey)
    }
}

/// The most that a decoded picture may take, in bytes: [`qr::MAX_SIDE`] squared in colour with some room.
const LARGEST_PICTURE: u64 = 320 * 1024 * 1024;

/// Whether a JPEG's last scan has an end.
fn jpeg_ends(bytes: &[u8]) -> bool {
    let last_scan = bytes.windows(2).rposition(|marker| marker == [0xff, 0xda]).unwrap_or(0);
    bytes[last_scan..].windows(2).any(|marker| marker == [0xff, 0xd9])
}

impl PictureReport {
    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        match self.error {
            Some(error) => writeln!(out, "{}: {error}", self.file),
            None if self.found.is_empty() => writeln!(out, "{}: nothing found, {:.1} ms", self.file, self.milliseconds),
            None => {
                for one in &self.found {
                    let corners = one.corners.map(|[x, y]| format!("({x:.0}, {y:.0})")).join(" ");
                    let text = printable(&one.text);
                    writeln!(out, "{}: {text}\n    corners {corners}, {:.1} ms", self.file, self.milliseconds)?;
                }
                Ok(())
            }
        }
    }
}
