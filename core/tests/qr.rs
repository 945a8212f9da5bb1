//! What a user would lose if the reader failed: the scan, and with it the way in.

#![cfg(feature = "qr")]
#![allow(clippy::unwrap_used, reason = "a test that fails is what a test is for")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "small pictures drawn by hand"
)]

use gatepass_core::qr::{
    DecodeOptions, EcLevel, Effort, Found, Luma, LumaError, MAX_SIDE, Matrix, Point, QrEncodeError, Reading, Refusal,
    SvgOptions, decode, decode_all, encode, rgba_to_luma,
};
use proptest::prelude::*;
use serde_json::Value;

const URI: &str = "otpauth://totp/Gatepass:alice%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Gatepass&algorithm=SHA1&digits=6&period=30";

/// A grey picture in memory.
#[derive(Clone)]
struct Picture {
    grey: Vec<u8>,
    width: usize,
    height: usize,
}

impl Picture {
    fn plain(width: usize, height: usize, grey: u8) -> Self {
        Self { grey: vec![grey; width * height], width, height }
    }

    fn luma(&self) -> Luma<'_> {
        Luma::new(&self.grey, self.width, self.height, self.width).unwrap()
    }

    fn read(&self) -> Vec<Found> {
        decode(self.luma(), &DecodeOptions { effort: Effort::Still })
    }

    fn texts(&self) -> Vec<String> {
        self.read().into_iter().map(|found| found.text.to_string()).collect()
    }

    fn map(mut self, change: impl Fn(u8) -> u8) -> Self {
        self.grey.iter_mut().for_each(|grey| *grey = change(*grey));
        self
    }

    fn inverted(self) -> Self {
        self.map(|grey| 255 - grey)
    }

    /// Adds a level between −`most` and `most` to each pixel, the same in every run.
    fn noisy(mut self, most: i32) -> Self {
        let mut state = 12_345_u32;
        for grey in &mut self.grey {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = i32::from((state >> 16) as u16) % (2 * most + 1) - most;
            *grey = (i32::from(*grey) + noise).clamp(0, 255) as u8;
        }
        self
    }

    /// The mean of `2 r + 1` squared pixels.
    fn blurred(&self, r: usize) -> Self {
        let mut blurred = self.clone();
        for y in 0..self.height {
            for x in 0..self.width {
                let (mut sum, mut count) = (0_usize, 0);
                for near_y in y.saturating_sub(r)..(y + r + 1).min(self.height) {
                    for near_x in x.saturating_sub(r)..(x + r + 1).min(self.width) {
                        sum += usize::from(self.grey[near_y * self.width + near_x]);
                        count += 1;
                    }
                }
                blurred.grey[y * self.width + x] = (sum / count) as u8;
            }
        }
        blurred
    }

    fn put(&mut self, other: &Picture, left: usize, top: usize) {
        for y in 0..other.height {
            let row = &other.grey[y * other.width..][..other.width];
            self.grey[(top + y) * self.width + left..][..other.width].copy_from_slice(row);
        }
    }
}

/// A code with `module` pixels per module and `quiet` light modules around it.
fn drawn(code: &Matrix, module: usize, quiet: usize) -> Picture {
    let side = (code.size() + 2 * quiet) * module;
    let mut picture = Picture::plain(side, side, 255);
    for y in 0..code.size() * module {
        for x in 0..code.size() * module {
            if code.dark(x / module, y / module) {
                picture.grey[(y + quiet * module) * side + x + quiet * module] = 0;
            }
        }
    }
    picture
}

/// A code whose corners (top left, top right, bottom right, bottom left) lie at `corners`, as a camera would see it.
fn seen(code: &Matrix, corners: [(f32, f32); 4], width: usize, height: usize) -> Picture {
    // The map from the unit square to the corners (Heckbert 1989), turned around by its cofactors.
    let [a, b, c, d] = corners;
    let (sum_x, sum_y) = (a.0 - b.0 + c.0 - d.0, a.1 - b.1 + c.1 - d.1);
    let (d1, d2) = ((b.0 - c.0, b.1 - c.1), (d.0 - c.0, d.1 - c.1));
    let det = d1.0 * d2.1 - d1.1 * d2.0;
    let g = (sum_x * d2.1 - sum_y * d2.0) / det;
    let h = (d1.0 * sum_y - d1.1 * sum_x) / det;
    let m =
        [[b.0 - a.0 + g * b.0, d.0 - a.0 + h * d.0, a.0], [b.1 - a.1 + g * b.1, d.1 - a.1 + h * d.1, a.1], [g, h, 1.0]];
    let cofactor = |i: usize, j: usize| {
        let (r1, r2, c1, c2) = ((i + 1) % 3, (i + 2) % 3, (j + 1) % 3, (j + 2) % 3);
        m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1]
    };
    let size = code.size() as f32;
    let mut picture = Picture::plain(width, height, 230);
    for y in 0..height {
        for x in 0..width {
            let mut dark = 0;
            for (part_x, part_y) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                let (x, y) = (x as f32 + part_x, y as f32 + part_y);
                let w = cofactor(0, 2) * x + cofactor(1, 2) * y + cofactor(2, 2);
                let u = (cofactor(0, 0) * x + cofactor(1, 0) * y + cofactor(2, 0)) / w * size;
                let v = (cofactor(0, 1) * x + cofactor(1, 1) * y + cofactor(2, 1)) / w * size;
                dark += i32::from(u >= 0.0 && v >= 0.0 && code.dark(u as usize, v as usize));
            }
            picture.grey[y * width + x] = (230 - dark * 50) as u8;
        }
    }
    picture
}

/// A code turned by `degrees` in the middle of a frame, its sides `side` pixels long.
fn turned(code: &Matrix, degrees: f32, side: f32) -> Picture {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let half = side / 2.0;
    let corner = |x: f32, y: f32| (320.0 + (x * cos - y * sin) * half, 240.0 + (x * sin + y * cos) * half);
    seen(code, [corner(-1.0, -1.0), corner(1.0, -1.0), corner(1.0, 1.0), corner(-1.0, 1.0)], 640, 480)
}

fn uri_code() -> Matrix {
    encode(URI, EcLevel::Medium).unwrap()
}

#[test]
fn what_is_written_is_read() {
    for (text, level) in [
        ("1", EcLevel::Low),
        ("HELLO WORLD", EcLevel::High),
        ("01234567890123456789", EcLevel::Quartile),
        ("åäö 鍵屋 🔑", EcLevel::Medium),
        (URI, EcLevel::Low),
        (URI, EcLevel::High),
    ] {
        let code = encode(text, level).unwrap();
        for module in [3, 4, 7] {
            assert_eq!(drawn(&code, module, 4).texts(), [text], "{level:?}, {module} pixels");
        }
    }
}

/// The codes of `tests/vectors/qr.json`, drawn by another program.
fn vectors() -> Value {
    serde_json::from_str(include_str!("../../tests/vectors/qr.json")).unwrap()
}

/// A code of the vectors, five pixels to a module, with its quiet zone.
fn vector(code: &Value) -> Picture {
    const MODULE: usize = 5;
    let size = code["size"].as_u64().unwrap() as usize;
    let bits: Vec<bool> = (code["modules"].as_str().unwrap().chars())
        .flat_map(|digit| (0..4).rev().map(move |bit| digit.to_digit(16).unwrap() >> bit & 1 == 1))
        .collect();
    let side = (size + 8) * MODULE;
    let mut picture = Picture::plain(side, side, 255);
    for (place, grey) in picture.grey.iter_mut().enumerate() {
        let module = |at: usize| (at / MODULE).checked_sub(4).filter(|&at| at < size);
        if let Some((x, y)) = module(place % side).zip(module(place / side)) {
            *grey = if bits[y * size + x] { 0 } else { 255 };
        }
    }
    picture
}

fn beside(pictures: &[Picture]) -> Picture {
    let height = pictures.iter().map(|one| one.height).max().unwrap();
    let mut sheet = Picture::plain(pictures.iter().map(|one| one.width).sum(), height, 255);
    let mut left = 0;
    for picture in pictures {
        sheet.put(picture, left, 0);
        left += picture.width;
    }
    sheet
}

fn reading(picture: &Picture, effort: Effort) -> (Vec<String>, Vec<Refusal>) {
    let Reading { found, refused } = decode_all(picture.luma(), &DecodeOptions { effort });
    (
        found.into_iter().map(|found| found.text.to_string()).collect(),
        refused.into_iter().map(|one| one.refusal).collect(),
    )
}

/// A label in the wrong letters is an account that nobody finds again; a secret in them makes wrong codes.
#[test]
fn a_character_set_is_honoured_or_the_code_is_refused() {
    for case in vectors()["codes"].as_array().unwrap() {
        let expected = match case["text"].as_str() {
            Some(text) => (vec![text.to_owned()], vec![]),
            None => (vec![], vec![Refusal::Encoding]),
        };
        assert_eq!(reading(&vector(case), Effort::Still), expected, "{}", case["what"]);
    }
}

/// The first part of an account is an account with a shorter secret, whose codes no service takes.
#[test]
fn a_part_of_a_text_is_no_text_and_all_parts_together_are() {
    for case in vectors()["sequences"].as_array().unwrap() {
        let parts: Vec<Picture> = case["parts"].as_array().unwrap().iter().map(vector).collect();
        let total = parts.len() as u8;
        for effort in [Effort::Frame, Effort::Still] {
            for (number, part) in (1..).zip(&parts) {
                assert_eq!(reading(part, effort), (vec![], vec![Refusal::Part { number, total }]), "{}", case["what"]);
            }
            let whole = (vec![case["text"].as_str().unwrap().to_owned()], vec![]);
            assert_eq!(reading(&beside(&parts), effort), whole, "{}", case["what"]);
            let turned: Vec<Picture> = parts.iter().rev().chain(&parts[..1]).cloned().collect();
            assert_eq!(reading(&beside(&turned), effort), whole, "{}, in another order, one twice", case["what"]);
            let (texts, refused) = reading(&beside(&parts[1..]), effort);
            assert_eq!((texts.len(), refused.len()), (0, parts.len() - 1), "{}, one missing", case["what"]);
        }
    }
    // Parts of two texts are not put together; a whole text beside a part is read.
    let first = |case: &Value| vector(&case["parts"][0]);
    let [one, other] = [&vectors()["sequences"][0], &vectors()["sequences"][1]].map(first);
    assert_eq!(reading(&beside(&[one.clone(), other]), Effort::Still).0, Vec::<String>::new());
    let code = drawn(&encode("OTP", EcLevel::High).unwrap(), 5, 4);
    assert_eq!(reading(&beside(&[one, code]), Effort::Still).0, ["OTP"]);
}

/// Pages switch on these codes.
#[test]
fn refusals_have_the_listed_codes() {
    let file: Value = serde_json::from_str(include_str!("../../tests/vectors/error-codes.json")).unwrap();
    let codes: Vec<_> = Refusal::ALL.iter().map(|refusal| refusal.code()).collect();
    assert_eq!(file["qr_refusal"], Value::from(codes));
}

/// One account that is too large for a code must not cost the others theirs.
#[test]
fn every_code_of_an_export_can_be_drawn() {
    use gatepass_core::{
        migration::{LeftOut, export},
        otpauth::{Kind, Otpauth},
        secret::Secret,
    };
    // In Base64 all of it is `/`, which takes three letters.
    let account = |bytes: usize| {
        Otpauth::new(Kind::default(), "ACME", "alice", Secret::from_bytes(&vec![0xff; bytes]).unwrap()).unwrap()
    };
    let accounts = [20, 1000, 500, 20, 300, 300, 100, 480, 200].map(account);
    let exported = export(&accounts);
    assert_eq!(exported.left_out, [(1, LeftOut::TooLarge)]);
    let texts = exported.uris.iter().map(|uri| uri.to_string());
    assert!(texts.clone().all(|text| encode(&text, EcLevel::Medium).is_ok()));
    let entries: usize = texts.map(|text| gatepass_core::migration::parse(&text).unwrap().entries().len()).sum();
    assert_eq!(entries, accounts.len() - 1);
}

#[test]
fn codes_of_every_size_are_read() {
    /// Sizes with what they hold at the lowest level, in bytes (ISO/IEC 18004 table 7): from one step of the alignment
    /// patterns to the next, 32 with its irregular one, and the largest.
    const SIZES: [(usize, usize); 10] = [
        (21, 17),
        (25, 32),
        (41, 134),
        (45, 154),
        (57, 271),
        (73, 458),
        (101, 929),
        (129, 1528),
        (145, 1952),
        (177, 2953),
    ];
    for (size, capacity) in SIZES {
        let text = "x".repeat(capacity);
        let code = encode(&text, EcLevel::Low).unwrap();
        assert_eq!(code.size(), size);
        let found = decode(drawn(&code, 3, 4).luma(), &DecodeOptions { effort: Effort::Frame });
        assert!(found.len() == 1 && *found[0].text == text, "{size} modules");
    }
}

#[test]
fn a_code_of_a_dark_page_is_read() {
    let code = uri_code();
    assert_eq!(drawn(&code, 4, 4).inverted().texts(), [URI]);
    assert_eq!(turned(&code, 20.0, 330.0).inverted().texts(), [URI]);
}

#[test]
fn a_turned_code_is_read_and_its_corners_are_told() {
    let code = uri_code();
    for degrees in (0..360).step_by(15) {
        let picture = turned(&code, degrees as f32, 320.0);
        let found = picture.read();
        assert_eq!(found.len(), 1, "{degrees} degrees");
        assert_eq!(*found[0].text, URI, "{degrees} degrees");
        let (sin, cos) = (degrees as f32).to_radians().sin_cos();
        let signs = [(-160.0, -160.0), (160.0, -160.0), (160.0, 160.0), (-160.0, 160.0)];
        for (corner, (x, y)) in found[0].corners.iter().zip(signs) {
            let want = Point { x: 320.0 + x * cos - y * sin, y: 240.0 + x * sin + y * cos };
            let off = (corner.x - want.x).hypot(corner.y - want.y);
            assert!(off < 4.0, "{degrees} degrees: {corner:?} instead of {want:?}");
        }
    }
}

#[test]
fn a_tilted_code_is_read() {
    let code = uri_code();
    for (name, corners) in [
        ("from the left", [(150.0, 60.0), (500.0, 120.0), (500.0, 360.0), (150.0, 430.0)]),
        ("from above", [(140.0, 80.0), (500.0, 80.0), (450.0, 400.0), (190.0, 400.0)]),
        ("from a corner", [(130.0, 70.0), (480.0, 110.0), (450.0, 380.0), (170.0, 440.0)]),
    ] {
        assert_eq!(seen(&code, corners, 640, 480).texts(), [URI], "{name}");
    }
}

#[test]
fn blur_noise_and_little_contrast_are_read_through() {
    let code = uri_code();
    let plain = drawn(&code, 5, 4);
    assert_eq!(plain.blurred(2).texts(), [URI], "blurred over a module");
    assert_eq!(plain.clone().noisy(60).texts(), [URI], "noise");
    assert_eq!(plain.clone().map(|grey| 100 + grey / 6).texts(), [URI], "42 levels between dark and light");
    assert_eq!(plain.blurred(1).map(|grey| grey / 3).noisy(10).texts(), [URI], "dark and noisy");
    // A shadow over one half.
    let mut shaded = plain.clone();
    let width = shaded.width;
    for (place, grey) in shaded.grey.iter_mut().enumerate() {
        if place % width < width / 2 {
            *grey = *grey / 3 + 5;
        }
    }
    assert_eq!(shaded.texts(), [URI], "half in the shadow");
}

/// Grain looks like finder patterns here and there; a list full of them kept the code's own out.
#[test]
fn a_code_below_a_noisy_ground_is_read() {
    let mut photograph = Picture::plain(800, 900, 128);
    photograph.put(&drawn(&uri_code(), 5, 4).map(|grey| 60 + grey / 2), 300, 580);
    assert_eq!(photograph.noisy(40).texts(), [URI]);
}

/// The middle of a finder pattern lies between two pixels where a module is an even number of them.
#[test]
fn small_codes_with_modules_of_two_pixels_are_read() {
    for length in [10, 20, 40, 60, 90] {
        let text = "k".repeat(length);
        let code = encode(&text, EcLevel::Low).unwrap();
        assert_eq!(drawn(&code, 2, 4).texts(), [text], "{} modules", code.size());
    }
}

#[test]
fn a_code_without_a_quiet_zone_on_a_dark_page_is_read() {
    let code = uri_code();
    let mut page = Picture::plain(640, 480, 20);
    page.put(&drawn(&code, 5, 1), 200, 100);
    assert_eq!(page.texts(), [URI]);
}

#[test]
fn a_mirrored_code_is_read() {
    let plain = drawn(&uri_code(), 4, 4);
    let mut mirrored = plain.clone();
    for row in mirrored.grey.chunks_mut(plain.width) {
        row.reverse();
    }
    assert_eq!(mirrored.texts(), [URI]);
}

#[test]
fn several_codes_in_one_picture_are_all_read() {
    let texts = ["the first", "the second one", "and a third"];
    let mut page = Picture::plain(900, 400, 255);
    for (place, text) in texts.iter().enumerate() {
        page.put(&drawn(&encode(text, EcLevel::Medium).unwrap(), 4 + place, 4), 20 + place * 280, 30 + place * 20);
    }
    let mut read = page.texts();
    read.sort_by_key(String::len);
    let mut wanted = texts.map(str::to_owned);
    wanted.sort_by_key(String::len);
    assert_eq!(read, wanted);
    // Twice the same text is two codes.
    let mut page = Picture::plain(700, 400, 255);
    let code = drawn(&encode("twice", EcLevel::Low).unwrap(), 5, 4);
    page.put(&code, 20, 20);
    page.put(&code, 400, 150);
    assert_eq!(page.texts(), ["twice", "twice"]);
}

#[test]
fn a_code_that_fills_a_large_photograph_is_read_once() {
    let code = uri_code();
    let picture = drawn(&code, 40, 3).blurred(3);
    assert!(picture.width > 2000);
    assert_eq!(picture.texts(), [URI]);
}

#[test]
fn a_damaged_code_is_read_as_far_as_its_level_allows() {
    let code = encode(URI, EcLevel::High).unwrap();
    let mut picture = drawn(&code, 4, 4);
    // A logo over a seventh of the side.
    let logo = Picture::plain(picture.width / 7, picture.width / 7, 128);
    let middle = picture.width / 2 - logo.width / 2;
    picture.put(&logo, middle, middle);
    assert_eq!(picture.texts(), [URI]);
    // Half of the data: nothing is better than something wrong.
    let wall = Picture::plain(picture.width * 3 / 5, picture.width * 3 / 5, 128);
    picture.put(&wall, picture.width / 3, picture.width / 3);
    assert_eq!(picture.texts(), [""; 0]);
}

#[test]
fn nothing_is_read_where_nothing_is() {
    for (width, height) in [(1, 1), (1, 100), (7, 7), (20, 21), (64, 48), (640, 480)] {
        for grey in [0, 128, 255] {
            assert!(Picture::plain(width, height, grey).texts().is_empty());
        }
        assert!(Picture::plain(width, height, 128).noisy(127).texts().is_empty(), "noise {width} x {height}");
    }
    // Finder patterns without a code: three of them, and a page full of them.
    let code = encode("x", EcLevel::Low).unwrap();
    let mut three = drawn(&code, 4, 4);
    for y in 8..13 {
        for x in 8..21 {
            for pixel in 0..16 {
                three.grey[((y + 4) * 4 + pixel / 4) * three.width + (x + 4) * 4 + pixel % 4] = 255;
            }
        }
    }
    assert!(three.texts().is_empty());
}

#[test]
fn a_page_full_of_finder_patterns_does_not_take_for_ever() {
    let mut page = Picture::plain(640, 480, 255);
    for (place, grey) in page.grey.iter_mut().enumerate() {
        let (x, y) = (place % 640 % 16 / 2, place / 640 % 16 / 2);
        let ring = x.abs_diff(3).max(y.abs_diff(3));
        if ring <= 1 || ring == 3 {
            *grey = 0;
        }
    }
    let started = std::time::Instant::now();
    for effort in [Effort::Frame, Effort::Still] {
        assert!(decode(page.luma(), &DecodeOptions { effort }).is_empty());
    }
    // Far above what it takes (half a second unoptimised), far below what a search without limits takes.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn only_the_pixels_of_the_rows_are_looked_at() {
    let code = drawn(&uri_code(), 3, 4);
    let stride = code.width + 13;
    let mut wide = Vec::new();
    for row in code.grey.chunks(code.width) {
        wide.extend_from_slice(row);
        wide.extend((0..13_u8).map(|place| place.wrapping_mul(97)));
    }
    wide.truncate(stride * (code.height - 1) + code.width);
    let luma = Luma::new(&wide, code.width, code.height, stride).unwrap();
    let found = decode(luma, &DecodeOptions::default());
    assert_eq!(*found[0].text, URI);
    assert_eq!(found[0].corners, code.read()[0].corners);
}

#[test]
fn what_is_no_picture_is_refused_with_its_cause() {
    let bytes = [0; 100];
    let new = |width, height, stride| Luma::new(&bytes, width, height, stride).map(drop);
    assert_eq!(new(0, 10, 10), Err(LumaError::Empty));
    assert_eq!(new(10, 0, 10), Err(LumaError::Empty));
    assert_eq!(new(10, 10, 9), Err(LumaError::StrideTooSmall));
    assert_eq!(new(10, 11, 10), Err(LumaError::BufferTooShort));
    assert_eq!(new(10, 10, 11), Err(LumaError::BufferTooShort));
    assert_eq!(new(1, 10, 11), Ok(()), "the last row needs no padding");
    assert_eq!(new(1, 2, usize::MAX), Err(LumaError::BufferTooShort));
    assert_eq!(new(MAX_SIDE, 3, usize::MAX), Err(LumaError::BufferTooShort));
    assert_eq!(new(MAX_SIDE + 1, 1, MAX_SIDE + 1), Err(LumaError::TooLarge));
    assert_eq!(new(1, MAX_SIDE + 1, 1), Err(LumaError::TooLarge));
    assert_eq!(new(10, 10, 10), Ok(()));
}

#[test]
fn colour_becomes_grey_in_integers_and_nothing_is_white_paper() {
    let grey = |rgba: [u8; 4]| {
        let mut luma = [0];
        rgba_to_luma(&rgba, &mut luma).unwrap();
        luma[0]
    };
    assert_eq!(grey([0, 0, 0, 255]), 0);
    assert_eq!(grey([255, 255, 255, 255]), 255);
    assert_eq!(grey([255, 0, 0, 255]), 77);
    assert_eq!(grey([0, 255, 0, 255]), 149);
    assert_eq!(grey([0, 0, 255, 255]), 29);
    assert_eq!(grey([0, 0, 0, 0]), 255, "a transparent picture of a code has modules on nothing");
    assert_eq!(grey([0, 0, 0, 128]), 127);
    assert_eq!(rgba_to_luma(&[0; 7], &mut [0; 2]), Err(LumaError::BufferTooShort));
    assert_eq!(rgba_to_luma(&[0; 12], &mut [0; 2]), Err(LumaError::BufferTooShort));
}

#[test]
fn text_that_does_not_fit_is_refused() {
    assert_eq!(encode("", EcLevel::Low), Err(QrEncodeError::Empty));
    assert!(encode(&"x".repeat(2953), EcLevel::Low).is_ok());
    assert_eq!(encode(&"x".repeat(2954), EcLevel::Low), Err(QrEncodeError::TooLong));
    assert_eq!(encode(&"x".repeat(2000), EcLevel::High), Err(QrEncodeError::TooLong));
    assert_eq!(encode(&"x".repeat(1 << 20), EcLevel::Low), Err(QrEncodeError::TooLong));
}

#[test]
fn room_to_spare_corrects_more() {
    let code = encode("1", EcLevel::Low).unwrap();
    assert_eq!((code.size(), code.level()), (21, EcLevel::High));
    assert!(encode(URI, EcLevel::High).unwrap().size() > encode(URI, EcLevel::Low).unwrap().size());
}

#[test]
fn the_drawing_is_the_code_and_nothing_else() {
    let code = uri_code();
    let svg = code.to_svg(&SvgOptions::default());
    let side = code.size() + 8;
    assert!(svg.starts_with(&format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\"")));
    for forbidden in ["style", "script", "currentColor", "href", "<?xml", " id="] {
        assert!(!svg.contains(forbidden), "{forbidden}");
    }
    // Drawn by the path's own rules: each M x y h w v1h-w z is a rectangle.
    let path = svg.split("d=\"").nth(2).unwrap().split('"').next().unwrap();
    let mut picture = Picture::plain(side * 3, side * 3, 255);
    for run in path.split('z').filter(|run| !run.is_empty()) {
        let (start, rest) = run[1..].split_once('h').unwrap();
        let (x, y) = start.split_once(' ').unwrap();
        let width: usize = rest.split_once('v').unwrap().0.parse().unwrap();
        let dark = Picture::plain(width * 3, 3, 0);
        picture.put(&dark, x.parse::<usize>().unwrap() * 3, y.parse::<usize>().unwrap() * 3);
    }
    assert_eq!(picture.texts(), [URI]);
    assert!(code.to_svg(&SvgOptions { quiet_zone: 255 }).contains("viewBox=\"0 0 "));
}

#[test]
fn a_text_that_is_not_utf_8_is_taken_as_latin_1() {
    let code = qrcode::QrCode::new([b'a', 0xe5, b'b']).unwrap();
    let size = code.width();
    let colours = code.into_colors();
    let mut picture = Picture::plain((size + 8) * 4, (size + 8) * 4, 255);
    for (place, colour) in colours.iter().enumerate() {
        if *colour == qrcode::Color::Dark {
            picture.put(&Picture::plain(4, 4, 0), (place % size + 4) * 4, (place / size + 4) * 4);
        }
    }
    assert_eq!(picture.texts(), ["aåb"]);
}

#[test]
fn nothing_that_is_printed_shows_a_text() {
    let code = uri_code();
    let picture = drawn(&code, 3, 4);
    let printed = format!("{code:?} {:?} {:?}", picture.luma(), picture.read());
    assert!(!printed.contains("otpauth") && !printed.contains("GEZD"), "{printed}");
    assert!(printed.len() < 1000, "no modules, no pixels");
}

#[test]
fn the_lists_of_codes_are_complete() {
    let listed: serde_json::Value = gatepass_tests::vectors::load("error-codes.json").unwrap();
    let luma: Vec<_> = LumaError::ALL.iter().map(LumaError::code).collect();
    let encode: Vec<_> = QrEncodeError::ALL.iter().map(QrEncodeError::code).collect();
    assert_eq!(serde_json::json!(luma), listed["luma"]);
    assert_eq!(serde_json::json!(encode), listed["qr_encode"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Random bytes and random blocks, in every size: no panic, and nothing read.
    #[test]
    fn no_picture_makes_it_panic(
        width in 1_usize..90, height in 1_usize..90, padding in 0_usize..5, block in 1_usize..9,
        seed in prop::collection::vec(any::<u8>(), 1..400), still: bool,
    ) {
        let stride = width + padding;
        let bytes: Vec<u8> = (0..stride * height)
            .map(|place| seed[(place % stride / block * 31 + place / stride / block) % seed.len()])
            .collect();
        let effort = if still { Effort::Still } else { Effort::Frame };
        let luma = Luma::new(&bytes, width, height, stride).unwrap();
        let found = decode(luma, &DecodeOptions { effort });
        prop_assert!(found.is_empty());
    }

    /// Any text that a scanner could meet, in any turn and polarity.
    #[test]
    fn any_text_is_read(text in "\\PC{1,60}", degrees in 0_u16..360, dark_page: bool) {
        let code = encode(&text, EcLevel::Medium).unwrap();
        let picture = turned(&code, f32::from(degrees), 330.0);
        let picture = if dark_page { picture.inverted() } else { picture };
        prop_assert_eq!(picture.texts(), [text]);
    }
}
