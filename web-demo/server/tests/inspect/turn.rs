//! A video that was refused: the helpdesk sees which turn it was.

use std::fs;

use gatepass_synth::{
    corpus,
    head::{Act, film},
};
use serde_json::json;

use super::inspect;

#[test]
fn a_head_that_turned_as_asked_is_shown_with_its_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let clip = film(3, Act::Genuine);
    corpus::write_film(&clip, folder.path()).unwrap();
    let said = inspect(["turn".as_ref(), "--json".as_ref(), folder.path().as_os_str()], b"");
    let answer = &said.json()[0];
    assert_eq!((said.code, &answer["verdict"], &answer["findings"]), (Some(0), &json!("shown"), &json!([])));
    let prompts = answer["prompts"].as_array().unwrap();
    assert_eq!(prompts.len(), clip.prompts.len());
    for prompt in prompts {
        assert_eq!((&prompt["asked"], &prompt["pass"]), (&prompt["seen"], &json!(true)));
        assert!(prompt["extent"].as_f64().unwrap().abs() > 10.0 && prompt["after"].as_u64().unwrap() > 0, "{prompt}");
    }
    let turn = answer["measures"].as_array().unwrap().iter().find(|measure| measure["name"] == "least_turn").unwrap();
    assert_eq!((&turn["unit"], &turn["pass"]), (&json!("deg"), &json!(true)));
    assert_eq!(answer["frames"].as_u64().unwrap(), u64::try_from(clip.frames.len()).unwrap());
}

#[test]
fn a_head_that_did_not_turn_is_told_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    corpus::write_film(&film(3, Act::NoTurn), folder.path()).unwrap();
    let said = inspect(["turn".as_ref(), folder.path().as_os_str()], b"");
    assert_eq!(said.code, Some(0));
    assert!(said.out.contains(": not-shown (") && said.out.contains("seen nothing"), "{}", said.out);
    assert!(said.out.contains("least_turn") && said.out.contains("FAILED"), "{}", said.out);
}

#[test]
fn a_folder_that_is_no_film_is_named_and_the_others_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let clip = |name: &str, json: &str| {
        let path = folder.path().join(name);
        fs::create_dir(&path).unwrap();
        fs::write(path.join("clip.json"), json).unwrap();
        path
    };
    let prompt = r#""prompts": [{"direction": "left", "at": 0}]"#;
    let film = |frames: &str| format!("{{{prompt}, \"frames\": [{frames}]}}");
    let small = clip("small", &film(r#"{"file": "0.png", "at": 0}"#));
    image::GrayImage::new(100, 100).save(small.join("0.png")).unwrap();
    let backwards = clip("backwards", &film(r#"{"file": "0.png", "at": 5}, {"file": "0.png", "at": 5}"#));
    image::GrayImage::new(160, 120).save(backwards.join("0.png")).unwrap();
    let folders = [
        (clip("text", "not JSON"), "clip_damaged"),
        (clip("way", r#"{"prompts": [{"direction": "up", "at": 0}], "frames": []}"#), "clip_damaged"),
        (clip("asks-nothing", r#"{"prompts": [], "frames": []}"#), "turn_script_length"),
        (clip("elsewhere", &film(r#"{"file": "../small/0.png", "at": 0}"#)), "clip_damaged"),
        (small, "turn_frame_too_small"),
        (backwards, "turn_frame_time_backwards"),
    ];
    let args = |paths: &[std::path::PathBuf]| {
        let paths = paths.iter().map(|path| path.display().to_string());
        ["turn".to_owned(), "--json".to_owned()].into_iter().chain(paths).collect::<Vec<_>>()
    };
    let paths: Vec<_> = folders.iter().map(|(path, _)| path.clone()).collect();
    let said = inspect(args(&paths), b"");
    let errors: Vec<_> = said.json().iter().map(|answer| answer["error"].as_str().unwrap().to_owned()).collect();
    assert_eq!(errors, folders.map(|(_, error)| error));
    assert_eq!((said.code, &said.json()[4]["frame"]), (Some(0), &json!("0.png")));
    // A film without a frame is a film that shows nothing.
    let said = inspect(args(&[folder.path().join("nowhere"), clip("empty", &film(""))]), b"");
    assert_eq!((said.code, &said.json()[0]["error"]), (Some(1), &json!("clip_unreadable")));
    assert_eq!((&said.json()[1]["verdict"], &said.json()[1]["frames"]), (&json!("not-shown"), &json!(0)));
}
