//! The helpdesk reads the code on a picture that somebody sent.

use std::{
    fs,
    process::{Command, Output},
};

use serde_json::{Value, json};

#[test]
fn a_picture_that_cannot_be_read_is_named_and_the_others_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("good.png");
    picture("otpauth://totp/ACME:alice?secret=GEZDGNBVGY3TQOJQ").save(&good).unwrap();
    let (text, cut, empty) =
        (folder.path().join("text.png"), folder.path().join("cut.png"), folder.path().join("empty.png"));
    fs::write(&text, "not a picture").unwrap();
    fs::write(&cut, &fs::read(&good).unwrap()[..60]).unwrap();
    image::GrayImage::from_pixel(100, 100, image::Luma([255])).save(&empty).unwrap();
    let missing = folder.path().join("missing.png");

    let run = |files: &[&std::path::Path]| {
        let Output { status, stdout, .. } =
            Command::new(env!("CARGO_BIN_EXE_gatepass")).args(["inspect", "qr"]).args(files).output().unwrap();
        let lines: Vec<Value> =
            String::from_utf8(stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        (status.success(), lines)
    };
    let (success, lines) = run(&[&text, &cut, &empty, &good]);
    assert!(success);
    let errors: Vec<_> = lines.iter().map(|line| line["error"].as_str()).collect();
    assert_eq!(errors, [Some("picture_unsupported"), Some("picture_damaged"), None, None]);
    assert_eq!(lines[2]["texts"], json!([]));
    assert_eq!(lines[3]["texts"], json!(["otpauth://totp/ACME:alice?secret=GEZDGNBVGY3TQOJQ"]));
    let corner = lines[3]["found"][0]["corners"][0].as_array().unwrap();
    assert!(
        corner.iter().all(|at| (at.as_f64().unwrap() - 16.0).abs() < 4.0),
        "top left at the edge of the quiet zone: {corner:?}"
    );
    assert!(lines[3]["milliseconds"].as_f64().unwrap() > 0.0);

    let (success, lines) = run(&[&missing, &good]);
    assert!(!success, "a file that cannot be read fails the command");
    assert_eq!((lines[0]["error"].as_str(), lines.len()), (Some("file_unreadable"), 2));
}

/// A code, four pixels to a module, with its quiet zone.
fn picture(text: &str) -> image::GrayImage {
    use gatepass_core::qr::{self, EcLevel};
    let matrix = qr::encode(text, EcLevel::Medium).unwrap();
    let side = u32::try_from(matrix.size() + 8).unwrap() * 4;
    image::GrayImage::from_fn(side, side, |x, y| {
        let module = |at: u32| usize::try_from(at / 4).unwrap().checked_sub(4).filter(|at| *at < matrix.size());
        let dark = module(x).zip(module(y)).is_some_and(|(x, y)| matrix.dark(x, y));
        image::Luma([if dark { 0 } else { 255 }])
    })
}

fn qr(args: &[&std::path::Path]) -> Vec<Value> {
    let Output { stdout, .. } =
        Command::new(env!("CARGO_BIN_EXE_gatepass")).args(["inspect", "qr"]).args(args).output().unwrap();
    String::from_utf8(stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_usual_kinds_of_pictures_are_read() {
    use image::{DynamicImage, GrayAlphaImage, ImageFormat, LumaA};
    const TEXT: &str = "otpauth://totp/ACME:alice?secret=GEZDGNBVGY3TQOJQ";
    let folder = tempfile::tempdir().unwrap();
    let grey = picture(TEXT);
    let deep = DynamicImage::ImageLuma8(grey.clone()).into_luma16();
    let (width, height) = grey.dimensions();
    let on_nothing = |ink: u8, of_light: bool| {
        GrayAlphaImage::from_fn(width, height, |x, y| {
            let light = grey.get_pixel(x, y).0[0] == 255;
            LumaA([ink, if light == of_light { 255 } else { 0 }])
        })
    };
    let pictures = [
        ("grey.png", DynamicImage::from(grey.clone()), ImageFormat::Png),
        ("deep.png", deep.into(), ImageFormat::Png),
        ("black-on-nothing.png", on_nothing(0, false).into(), ImageFormat::Png),
        ("white-on-nothing.png", on_nothing(255, false).into(), ImageFormat::Png),
        ("colour.jpg", DynamicImage::from(grey.clone()).into_rgb8().into(), ImageFormat::Jpeg),
        ("colour.webp", DynamicImage::from(grey.clone()).into_rgb8().into(), ImageFormat::WebP),
        ("colour.gif", DynamicImage::from(grey.clone()).into_rgba8().into(), ImageFormat::Gif),
        ("colour.bmp", DynamicImage::from(grey.clone()).into_rgb8().into(), ImageFormat::Bmp),
        ("a-png-by-another-name.jpg", DynamicImage::from(grey), ImageFormat::Png),
    ];
    let files = pictures.map(|(name, picture, format)| {
        let file = folder.path().join(name);
        picture.save_with_format(&file, format).unwrap();
        file
    });
    for line in qr(&files.each_ref().map(std::path::PathBuf::as_path)) {
        assert_eq!(line["texts"], json!([TEXT]), "{line}");
    }
}

/// A phone stores what its sensor saw and writes beside it how to turn it.
#[test]
fn corners_are_told_in_the_picture_as_it_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let mut wide = image::GrayImage::from_pixel(300, 200, image::Luma([255]));
    image::imageops::overlay(&mut wide, &picture("OTP"), 0, 0);
    let mut jpeg = Vec::new();
    wide.write_to(&mut std::io::Cursor::new(&mut jpeg), image::ImageFormat::Jpeg).unwrap();
    // An EXIF segment whose only field is the orientation, 6: to be turned a quarter clockwise.
    let exif = [
        &b"\xff\xe1\x00\x22Exif\0\0MM\x00\x2a\x00\x00\x00\x08\x00\x01"[..],
        b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00",
    ]
    .concat();
    jpeg.splice(2..2, exif);
    let file = folder.path().join("turned.jpg");
    fs::write(&file, jpeg).unwrap();
    let line = &qr(&[&file])[0];
    assert_eq!((&line["width"], &line["height"]), (&json!(200), &json!(300)));
    // The code's own top left is now at the top right.
    let corner = line["found"][0]["corners"][0].as_array().unwrap();
    assert!((corner[0].as_f64().unwrap() - 184.0).abs() < 4.0, "{line}");
    assert!((corner[1].as_f64().unwrap() - 16.0).abs() < 4.0, "{line}");
}

#[test]
fn a_hostile_or_broken_picture_costs_nothing_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (huge, cut) = (folder.path().join("huge.png"), folder.path().join("cut.jpg"));
    // 9000 pixels wide, a few kilobytes: refused by its header.
    image::GrayImage::from_pixel(9000, 9000, image::Luma([255])).save(&huge).unwrap();
    let mut jpeg = Vec::new();
    picture("OTP").write_to(&mut std::io::Cursor::new(&mut jpeg), image::ImageFormat::Jpeg).unwrap();
    fs::write(&cut, &jpeg[..jpeg.len() / 2]).unwrap();
    let endless = std::path::Path::new("/dev/zero");
    let errors: Vec<_> = qr(&[&huge, &cut, endless]).iter().map(|line| line["error"].clone()).collect();
    assert_eq!(errors, ["picture_too_large", "picture_damaged", "picture_too_large"]);
}
