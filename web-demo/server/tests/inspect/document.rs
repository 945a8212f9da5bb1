//! A photograph that was refused: the helpdesk sees by which measure, and what to say.

use std::{fs, path::PathBuf};

use gatepass_synth::{
    capture::{Frame, Ladder, Shot, shoot},
    document::{self, Kind, Sheet, Side},
    fonts::Fonts,
};
use serde_json::json;

use super::inspect;

fn sheet() -> Sheet {
    let fonts = Fonts::debian().unwrap();
    document::render(&fonts, 41, Kind::Licence, Side::Front)
}

/// A photograph at a place on a ladder, 0 (good) to 1.
fn photograph(ladder: Ladder, rung: f32) -> Frame {
    let sheet = sheet();
    shoot(&sheet, &Shot::ladder(77, ladder, rung, 1_150.0, &sheet))
}

struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn with(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

fn licence(json: bool, files: &[PathBuf]) -> super::Said {
    let mut args = vec!["document".to_owned(), "--kind".to_owned(), "licence".to_owned()];
    args.extend(["--side".to_owned(), "front".to_owned()]);
    if json {
        args.push("--json".to_owned());
    }
    args.extend(files.iter().map(|file| file.display().to_string()));
    inspect(args, b"")
}

#[test]
fn a_good_photograph_is_accepted_with_its_corners_and_every_number() {
    let files = Files::new();
    let frame = photograph(Ladder::Defocus, 0.0);
    let said = licence(true, &[files.with("good.jpg", &frame.jpeg())]);
    let answer = &said.json()[0];
    assert_eq!((said.code, &answer["verdict"], &answer["instruction"]), (Some(0), &json!("accept"), &json!(null)));
    for (corner, truth) in answer["corners"].as_array().unwrap().iter().zip(frame.truth.quad) {
        let apart = |at: usize, truth: f32| (corner[at].as_f64().unwrap() - f64::from(truth)).abs();
        assert!(apart(0, truth.x) < 12.0 && apart(1, truth.y) < 12.0, "{corner} is not {truth:?}");
    }
    let measures = answer["measures"].as_array().unwrap();
    for name in ["document", "resolution", "sharpness", "glare", "grey_copy"] {
        let measure = measures.iter().find(|measure| measure["name"] == name).unwrap();
        assert!(
            measure["value"].is_number() && measure["limit"].is_number() && measure["unit"].is_string(),
            "{measure}"
        );
        assert_eq!(measure["pass"], json!(true));
    }
}

#[test]
fn a_blurred_photograph_says_what_to_do() {
    let files = Files::new();
    let file = files.with("blurred.jpg", &photograph(Ladder::Defocus, 0.5).jpeg());
    let answer = &licence(true, std::slice::from_ref(&file)).json()[0];
    assert_eq!(answer["verdict"], "reject");
    let sharpness =
        answer["measures"].as_array().unwrap().iter().find(|measure| measure["name"] == "sharpness").unwrap();
    assert_eq!(sharpness["pass"], json!(false));
    let text = licence(false, &[file]).out;
    assert!(text.contains("blurred.jpg: reject") && text.contains("The text in the photo is blurred."), "{text}");
    assert!(text.contains("sharpness") && text.contains("FAILED"), "{text}");
}

/// Accepted and failed in one breath would leave the reader guessing.
#[test]
fn what_only_warns_is_no_reason_to_refuse() {
    let files = Files::new();
    let mut frame = photograph(Ladder::Defocus, 0.0);
    let width = frame.raster.width;
    for (place, level) in frame.raster.rgb.iter_mut().enumerate() {
        let (x, y) = (place / 3 % width, place / 3 / width);
        // What a display's grid leaves in the camera's: waves of some six pixels across and down.
        let wave = [(x * 10) % 63, (y * 10) % 63].map(|phase| if phase < 32 { 6 } else { 0 });
        *level = level.saturating_sub(wave[0] + wave[1]);
    }
    let file = files.with("display.png", &frame.png());
    let answer = &licence(true, std::slice::from_ref(&file)).json()[0];
    assert_eq!((&answer["verdict"], &answer["instruction"]), (&json!("accept"), &json!(null)));
    let measures = answer["measures"].as_array().unwrap();
    let moire = measures.iter().find(|measure| measure["name"] == "moire").unwrap();
    assert_eq!((&moire["pass"], &moire["warning"]), (&json!(false), &json!(true)));
    assert!(measures.iter().all(|measure| measure["warning"] == json!(measure["name"] == "moire")), "{measures:?}");
    let text = licence(false, &[file]).out;
    assert!(text.contains("display.png: accept") && text.contains("warns"), "{text}");
    assert!(!text.contains("FAILED") && !text.contains("    The "), "no reason to refuse: {text}");
}

/// A refused picture that is sent again, or a front that is sent for the back.
#[test]
fn a_photograph_that_came_before_is_named() {
    let files = Files::new();
    let fonts = Fonts::debian().unwrap();
    let back = document::render(&fonts, 41, Kind::Licence, Side::Back);
    let first = photograph(Ladder::Defocus, 0.0);
    let again = shoot(&sheet(), &Shot::ladder(78, Ladder::Defocus, 0.0, 1_150.0, &sheet()));
    let all = [
        files.with("front.jpg", &first.jpeg()),
        files.with("back.jpg", &shoot(&back, &Shot::ladder(79, Ladder::Defocus, 0.0, 1_150.0, &back)).jpeg()),
        files.with("text.jpg", b"not a picture"),
        files.with("saved.png", &first.png()),
        files.with("again.jpg", &again.jpeg()),
        files.with("twice.jpg", &again.jpeg()),
    ];
    let file = |place: usize| all[place].display().to_string();
    let relations: Vec<_> = licence(true, &all).json().iter().map(|answer| answer["relation"].clone()).collect();
    let same = |code: &str, place: usize| json!({"code": code, "file": file(place)});
    assert_eq!(
        relations,
        [json!(null), json!(null), json!(null), same("same_picture", 0), same("same_side", 0), same("same_picture", 4)]
    );
    let text = licence(false, &all).out;
    let told: Vec<_> = text.lines().filter(|line| line.starts_with("    the same ")).collect();
    assert_eq!(
        told,
        [
            format!("    the same picture as {}", file(0)),
            format!("    the same side as {}", file(0)),
            format!("    the same picture as {}", file(4))
        ]
    );
    assert!(
        !licence(true, &all[..1]).json()[0].as_object().unwrap().contains_key("relation"),
        "with nothing to compare"
    );
}

#[test]
fn files_that_are_no_photographs_are_named_and_the_others_go_on() {
    let files = Files::new();
    let jpeg = photograph(Ladder::Defocus, 0.0).jpeg();
    let bomb = bomb();
    let all = [
        files.folder.path().join("missing.jpg"),
        files.with("text.jpg", b"not a picture"),
        files.with("cut.jpg", &jpeg[..jpeg.len() / 2]),
        files.with("bomb.png", &bomb),
        files.with("good.jpg", &jpeg),
    ];
    let said = licence(true, &all);
    let answers = said.json();
    let errors: Vec<_> = answers.iter().map(|answer| answer["error"].as_str()).collect();
    let expected = ["file_unreadable", "picture_unsupported", "picture_damaged", "picture_too_large"].map(Some);
    assert_eq!((said.code, &errors[..4], errors[4]), (Some(1), &expected[..], None));
    assert_eq!(answers[4]["verdict"], "accept");
    assert_eq!(licence(true, &all[1..]).code, Some(0), "only a file that cannot be read fails the command");
    assert!(licence(false, &all).out.contains("The photo could not be opened."));
}

/// A PNG that declares 60,000 × 60,000 pixels.
fn bomb() -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend_from_slice(&60_000_u32.to_be_bytes());
    header.extend_from_slice(&60_000_u32.to_be_bytes());
    header.extend_from_slice(&[8, 0, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    file.extend_from_slice(&13_u32.to_be_bytes());
    file.extend_from_slice(&header);
    file.extend_from_slice(&crc(&header).to_be_bytes());
    file.extend_from_slice(b"\0\0\0\0IDAT");
    file
}

/// PNG (ISO/IEC 15948) annex D.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 })
    })
}

#[test]
fn a_call_that_cannot_be_meant_is_refused_with_what_can() {
    let back = inspect(["document", "--kind", "passport", "--side", "back", "x.jpg"], b"");
    assert_eq!(back.code, Some(1));
    assert!(back.err.contains("only the front"), "{}", back.err);
    let kind = inspect(["document", "--kind", "card", "x.jpg"], b"");
    assert_eq!(kind.code, Some(2));
    assert!(kind.err.contains("passport, licence, permit"), "{}", kind.err);
}
