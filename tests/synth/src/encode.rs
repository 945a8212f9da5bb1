//! Pictures as bytes.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::canvas::Raster;

/// A baseline JPEG, chroma halved in both directions.
///
/// # Panics
/// Where a side is longer than 65,535 pixels.
#[must_use]
pub fn jpeg(raster: &Raster, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    let side = |pixels: usize| u16::try_from(pixels).expect("a frame is shorter than a JPEG may be");
    encoder
        .encode(&raster.rgb, side(raster.width), side(raster.height), ColorType::Rgb)
        .expect("the raster has as many bytes as its size says, and memory can be written");
    bytes
}

/// A PNG in colour.
///
/// # Panics
/// Where a side is longer than a PNG may be.
#[must_use]
pub fn png(raster: &Raster) -> Vec<u8> {
    packed(raster.width, raster.height, png::ColorType::Rgb, &raster.rgb)
}

/// A PNG in grey from `width × height` levels.
///
/// # Panics
/// Where there are not as many levels as the size says, or a side is longer than a PNG may be.
#[must_use]
pub fn png_grey(width: usize, height: usize, luma: &[u8]) -> Vec<u8> {
    packed(width, height, png::ColorType::Grayscale, luma)
}

fn packed(width: usize, height: usize, colour: png::ColorType, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let side = |pixels: usize| u32::try_from(pixels).expect("a frame is shorter than a PNG may be");
    let mut encoder = png::Encoder::new(&mut bytes, side(width), side(height));
    encoder.set_color(colour);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().expect("memory can be written");
    writer.write_image_data(data).expect("the raster has as many bytes as its size says");
    writer.finish().expect("memory can be written");
    bytes
}
