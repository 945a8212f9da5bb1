//! Files to pixels: the way up, the colours, and what a hostile file costs.

use std::borrow::Cow;

use gatepass_core::image::{
    decode::{CHROMA_BLOCK, DecodeError, Limits, Picture, decode},
    luma::rgba_to_luma,
};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use proptest::prelude::*;

/// A picture without symmetry: each corner has its own grey, the left half is red and the right half blue.
fn drawn(width: usize, height: usize) -> Vec<u8> {
    let mut rgb = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            let corner = match (x < width / 4, y < height / 4) {
                (true, true) => 250,
                (false, true) => 180,
                (true, false) => 20,
                (false, false) => 90,
            };
            rgb.extend(if x < width / 2 { [corner, corner / 3, corner / 3] } else { [corner / 3, corner / 3, corner] });
        }
    }
    rgb
}

fn jpeg(rgb: &[u8], width: usize, height: usize, progressive: bool, exif: Option<&[u8]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 92);
    encoder.set_progressive(progressive);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    if let Some(exif) = exif {
        let mut segment = b"Exif\0\0".to_vec();
        segment.extend_from_slice(exif);
        encoder.add_app_segment(1, segment).unwrap();
    }
    encoder.encode(rgb, width.try_into().unwrap(), height.try_into().unwrap(), ColorType::Rgb).unwrap();
    bytes
}

pub(super) fn png(pixels: &[u8], width: usize, height: usize, colour: png::ColorType, exif: Option<&[u8]>) -> Vec<u8> {
    let mut info = png::Info::with_size(width.try_into().unwrap(), height.try_into().unwrap());
    info.color_type = colour;
    info.bit_depth = png::BitDepth::Eight;
    info.exif_metadata = exif.map(|exif| Cow::Owned(exif.to_vec()));
    let mut bytes = Vec::new();
    let mut writer = png::Encoder::with_info(&mut bytes, info).unwrap().write_header().unwrap();
    writer.write_image_data(pixels).unwrap();
    writer.finish().unwrap();
    bytes
}

/// A TIFF header with one directory of two entries, the second being the orientation.
fn exif(orientation: u8, big: bool) -> Vec<u8> {
    let short = |value: u16| if big { value.to_be_bytes() } else { value.to_le_bytes() };
    let long = |value: u32| if big { value.to_be_bytes() } else { value.to_le_bytes() };
    let mut bytes = if big { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
    bytes.extend(long(8));
    bytes.extend(short(2));
    for (tag, value) in [(0x0100, 7), (0x0112, u16::from(orientation))] {
        bytes.extend(short(tag));
        bytes.extend(short(3));
        bytes.extend(long(1));
        bytes.extend(short(value));
        bytes.extend([0; 2]);
    }
    bytes.extend([0; 4]);
    bytes
}

fn grey_of(rgb: &[u8]) -> Vec<u8> {
    let rgba: Vec<u8> = rgb.as_chunks::<3>().0.iter().flat_map(|&[r, g, b]| [r, g, b, 255]).collect();
    let mut grey = vec![0; rgba.len() / 4];
    rgba_to_luma(&rgba, &mut grey).unwrap();
    grey
}

fn pixel(picture: &Picture, x: usize, y: usize) -> u8 {
    picture.luma().row(y)[x]
}

/// The greys two pixels from each corner: top left, top right, bottom right, bottom left.
fn corners(picture: &Picture) -> [u8; 4] {
    let (right, bottom) = (picture.width() - 3, picture.height() - 3);
    [pixel(picture, 2, 2), pixel(picture, right, 2), pixel(picture, right, bottom), pixel(picture, 2, bottom)]
}

#[test]
fn a_png_has_the_grey_that_a_canvas_gives() {
    let rgb = drawn(37, 23);
    let picture = decode(&png(&rgb, 37, 23, png::ColorType::Rgb, None), &Limits::DEFAULT).unwrap();
    assert_eq!((picture.width(), picture.height()), (37, 23));
    let expected = grey_of(&rgb);
    assert!((0..23).all(|y| picture.luma().row(y) == &expected[y * 37..][..37]));
}

#[test]
fn transparent_is_paper() {
    let grey = [0, 255, 0, 0, 200, 255, 90, 128];
    let picture = decode(&png(&grey, 4, 1, png::ColorType::GrayscaleAlpha, None), &Limits::DEFAULT).unwrap();
    assert_eq!(picture.luma().row(0), [0, 255, 200, 172]);
    assert!(picture.chroma().is_none(), "a grey file has no colour");
}

#[test]
fn a_jpeg_is_the_picture_it_was_made_of() {
    let rgb = drawn(64, 48);
    let expected = grey_of(&rgb);
    for progressive in [false, true] {
        let picture = decode(&jpeg(&rgb, 64, 48, progressive, None), &Limits::DEFAULT).unwrap();
        let worst = (0..48)
            .flat_map(|y| picture.luma().row(y).iter().zip(&expected[y * 64..]))
            .map(|(&here, &there)| here.abs_diff(there))
            .max();
        assert!(worst.is_some_and(|worst| worst < 16), "{worst:?} progressive: {progressive}");
    }
}

#[test]
fn the_camera_is_turned_and_the_picture_is_not() {
    // TIFF 6.0: where the first row and the first column of the file are shown.
    let shown: [[usize; 4]; 8] = [
        [0, 1, 2, 3],
        [1, 0, 3, 2],
        [2, 3, 0, 1],
        [3, 2, 1, 0],
        [0, 3, 2, 1],
        [3, 0, 1, 2],
        [2, 1, 0, 3],
        [1, 2, 3, 0],
    ];
    let (width, height) = (45, 26);
    let rgb = drawn(width, height);
    let straight = decode(&png(&rgb, width, height, png::ColorType::Rgb, None), &Limits::DEFAULT).unwrap();
    for (orientation, places) in (1..=8).zip(shown) {
        for big in [false, true] {
            let exif = exif(orientation, big);
            let from_png = png(&rgb, width, height, png::ColorType::Rgb, Some(&exif));
            let from_jpeg = jpeg(&rgb, width, height, false, Some(&exif));
            for (file, near) in [(from_png, 0), (from_jpeg, 24)] {
                let picture = decode(&file, &Limits::DEFAULT).unwrap();
                let sides = if orientation >= 5 { (height, width) } else { (width, height) };
                assert_eq!((picture.width(), picture.height()), sides, "orientation {orientation}");
                let expected = places.map(|place| corners(&straight)[place]);
                let equal = corners(&picture).iter().zip(expected).all(|(&here, there)| here.abs_diff(there) <= near);
                assert!(equal, "orientation {orientation}, big-endian {big}: {:?} {expected:?}", corners(&picture));
                // The file's top left corner is red, its bottom right one blue.
                let at = |place: usize| {
                    let (right, bottom) = (sides.0 - 1, sides.1 - 1);
                    let (x, y) = [(0, 0), (right, 0), (right, bottom), (0, bottom)][place];
                    picture.chroma().unwrap().at(x, y)
                };
                let (first, last) = (places.iter().position(|&at| at == 0), places.iter().position(|&at| at == 2));
                assert!(at(first.unwrap())[1] > 160, "orientation {orientation}: red where the file begins");
                assert!(at(last.unwrap())[0] > 140, "orientation {orientation}: blue where the file ends");
            }
        }
    }
}

#[test]
fn colour_is_the_mean_of_its_block() {
    let rgb: Vec<u8> =
        (0..16 * 8).flat_map(|place| if place % 16 < 8 { [200, 40, 40] } else { [90, 90, 90] }).collect();
    let picture = decode(&png(&rgb, 16, 8, png::ColorType::Rgb, None), &Limits::DEFAULT).unwrap();
    let chroma = picture.chroma().unwrap();
    assert_eq!(chroma.at(CHROMA_BLOCK, 0), [128, 128]);
    let [blue, red] = chroma.at(CHROMA_BLOCK - 1, 7);
    // JFIF: Cb = 128 − 0.1687 R − 0.3313 G + 0.5 B, Cr = 128 + 0.5 R − 0.4187 G − 0.0813 B.
    assert!(blue.abs_diff(101) <= 1 && red.abs_diff(208) <= 1, "{blue} {red}");
    assert_eq!(chroma.at(1000, 1000), [128, 128], "outside is the nearest block");
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    // Valid headers that declare 60,000 × 60,000 pixels.
    let mut bomb = png(&[0; 4], 2, 2, png::ColorType::Grayscale, None);
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let sum = crc32(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&sum.to_be_bytes());
    assert_eq!(decode(&bomb, &Limits::DEFAULT), Err(DecodeError::TooLarge));
    let mut bomb = jpeg(&drawn(16, 16), 16, 16, false, None);
    let frame = bomb.windows(2).position(|marker| marker == [0xff, 0xc0]).unwrap();
    bomb[frame + 5..frame + 9].copy_from_slice(&[0xea, 0x60, 0xea, 0x60]);
    assert_eq!(decode(&bomb, &Limits::DEFAULT), Err(DecodeError::TooLarge));
    // Within the sides and still more than is allowed.
    let large = png(&vec![9; 600 * 500], 600, 500, png::ColorType::Grayscale, None);
    assert!(decode(&large, &Limits::DEFAULT).is_ok());
    let few = Limits { pixels: 600 * 500 - 1, ..Limits::DEFAULT };
    assert_eq!(decode(&large, &few), Err(DecodeError::TooLarge));
    assert_eq!(decode(&large, &Limits { bytes: 600 * 500, ..Limits::DEFAULT }), Err(DecodeError::TooLarge));
}

/// PNG (ISO/IEC 15948), annex D.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, &byte| {
        (0..8).fold(sum ^ u32::from(byte), |sum, _| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 })
    })
}

#[test]
fn what_is_no_whole_picture_is_named() {
    for nothing in [&b""[..], b"GIF89a", b"%PDF-1.7", b"\xff\xd8", b"<svg/>"] {
        assert_eq!(decode(nothing, &Limits::DEFAULT), Err(DecodeError::Unsupported));
    }
    let rgb = drawn(120, 80);
    for file in [jpeg(&rgb, 120, 80, false, None), jpeg(&rgb, 120, 80, true, None)].into_iter().chain([png(
        &rgb,
        120,
        80,
        png::ColorType::Rgb,
        None,
    )]) {
        assert!(decode(&file, &Limits::DEFAULT).is_ok());
        for part in [30, 50, 80, 97] {
            let cut = &file[..file.len() * part / 100];
            assert_eq!(decode(cut, &Limits::DEFAULT), Err(DecodeError::Damaged), "{part} % of a file");
        }
    }
}

/// Every way in which cameras and programs write a picture of these sides, with something to code in every block.
fn written(width: u16, height: u16) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for (colour, parts) in [(ColorType::Luma, 1), (ColorType::Rgb, 3), (ColorType::Cmyk, 4), (ColorType::CmykAsYcck, 4)]
    {
        let mut state = 1_u32;
        let mut level = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        let pixels = usize::from(width) * usize::from(height) * parts;
        let pixels: Vec<u8> = (0..pixels).map(|at| (level() >> 2) + if at / 100 % 2 == 0 { 150 } else { 20 }).collect();
        for sampling in [SamplingFactor::R_4_4_4, SamplingFactor::R_4_2_2, SamplingFactor::R_4_2_0] {
            for (scans, tables, restart) in [
                (None, false, 0),
                (None, true, 0),
                (None, false, 1),
                (None, false, 3),
                (Some(4), true, 0),
                (Some(9), true, 0),
                (Some(4), false, 2),
            ] {
                // The encoder's own tables miss codes of a fourth colour; the decoder refuses restarts in scans of four.
                if parts == 4 && (tables || scans.is_some() && restart > 0) {
                    continue;
                }
                let mut bytes = Vec::new();
                let mut encoder = Encoder::new(&mut bytes, 85);
                encoder.set_sampling_factor(sampling);
                encoder.set_optimized_huffman_tables(tables);
                encoder.set_restart_interval(restart);
                if let Some(scans) = scans {
                    encoder.set_progressive_scans(scans);
                }
                encoder.add_icc_profile(&[0xff, 0xda, 0xff, 0xd9].repeat(50)).unwrap();
                encoder.encode(&pixels, width, height, colour).unwrap();
                let name = format!("{colour:?} {sampling:?} scans {scans:?} own tables {tables} restart {restart}");
                files.push((name, bytes));
            }
        }
    }
    files
}

const END: [u8; 2] = [0xff, 0xd9];

/// Where each scan begins.
fn scans(file: &[u8]) -> Vec<usize> {
    // The profile holds what looks like one.
    let profile = file.windows(4).rposition(|four| four == [0xff, 0xda, 0xff, 0xd9]).unwrap_or(0);
    (profile + 4..file.len() - 1).filter(|&at| file[at..at + 2] == [0xff, 0xda]).collect()
}

#[test]
fn a_whole_photograph_is_never_called_damaged() {
    for (width, height) in [(61, 43), (64, 48), (9, 1), (1, 17)] {
        for (name, file) in written(width, height) {
            let plain =
                decode(&file, &Limits::DEFAULT).unwrap_or_else(|error| panic!("{width} × {height} {name}: {error}"));
            let (body, frame) = (&file[..file.len() - 2], file.windows(2).position(|two| two == [0xff, 0xdb]).unwrap());
            let film = [&file[..], b"\0\0\0\x18ftypmp42", &[0xff, 0xda, 0, 1, 2], &[7; 300]].concat();
            let changed = [
                ("film", film),
                ("second picture", [&file[..], &file].concat()),
                ("zeros before the end", [body, &[0; 3], &END].concat()),
                ("many zeros before the end", [body, &[0; 5000], &END].concat()),
                ("fill before the end", [body, &[0xff; 9], &END].concat()),
                ("fill before a table", [&file[..frame], &[0xff; 5], &file[frame..]].concat()),
            ];
            for (what, changed) in changed {
                assert_eq!(decode(&changed, &Limits::DEFAULT).as_ref(), Ok(&plain), "{name}, {what}");
            }
        }
    }
}

#[test]
fn a_photograph_that_misses_a_part_is_damaged() {
    for (name, file) in written(160, 120) {
        let scans = scans(&file);
        for part in [10, 30, 50, 70, 90, 97] {
            let at = scans[0] + (file.len() - scans[0]) * part / 100;
            let mut cut = file[..at].to_vec();
            assert_eq!(decode(&cut, &Limits::DEFAULT), Err(DecodeError::Damaged), "{name}, cut at {part} %");
            cut.extend(END);
            assert_eq!(decode(&cut, &Limits::DEFAULT), Err(DecodeError::Damaged), "{name}, cut and closed at {part} %");
            let zeros = file.len() - at - 2;
            if scans.len() == 1 && part < 90 {
                let erased = [&file[..at], &vec![0; zeros], &END].concat();
                assert_eq!(
                    decode(&erased, &Limits::DEFAULT),
                    Err(DecodeError::Damaged),
                    "{name}, erased from {part} %"
                );
            }
        }
        for scan in &scans[1..] {
            let without = [&file[..*scan], &END].concat();
            assert_eq!(decode(&without, &Limits::DEFAULT), Err(DecodeError::Damaged), "{name}, scans missing");
        }
    }
}

#[test]
fn the_list_of_codes_is_complete() {
    let listed: serde_json::Value = gatepass_tests::vectors::load("error-codes.json").unwrap();
    let codes: Vec<_> = DecodeError::ALL.iter().map(DecodeError::code).collect();
    assert_eq!(serde_json::json!(codes), listed["picture"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// A server would lose its worker to a picture that makes the decoder panic.
    #[test]
    fn a_damaged_file_is_an_error_or_a_picture(
        kind in 0..3,
        hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let rgb = drawn(40, 30);
        let mut file = match kind {
            0 => jpeg(&rgb, 40, 30, false, Some(&exif(6, true))),
            1 => jpeg(&rgb, 40, 30, true, None),
            _ => png(&rgb, 40, 30, png::ColorType::Rgb, Some(&exif(3, false))),
        };
        for (place, byte) in hits {
            let at = place.index(file.len());
            file[at] = byte;
        }
        let small = Limits { pixels: 1 << 16, bytes: 1 << 20 };
        if let Ok(picture) = decode(&file, &small) {
            prop_assert!(picture.width() * picture.height() <= small.pixels);
        }
    }
}
