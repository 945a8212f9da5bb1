//! What the README shows is what a newcomer sees.

use std::{env, fs, path::Path, process::Command};

use gatepass_synth::{
    capture::shoot,
    corpus::{self, plan},
    document::{self, Kind, Side},
    fonts::Fonts,
    head::{Act, film},
};

/// The seed of the set that the README writes with `cargo xtask synth`.
const SEED: u64 = 5;

/// The commands of a section with what is printed under each.
fn examples(readme: &str) -> Vec<(String, String)> {
    let mut examples: Vec<(String, String)> = Vec::new();
    for block in readme.split("```console\n").skip(1) {
        for line in block.split("```").next().unwrap().lines() {
            match (line.strip_prefix("$ "), examples.last_mut()) {
                (Some(command), _) => examples.push((command.to_owned(), String::new())),
                (None, Some((_, printed))) => printed.push_str(&format!("{line}\n")),
                (None, None) => panic!("{line} is under no command"),
            }
        }
    }
    examples
}

/// Times are of the machine.
fn without_times(text: &str) -> String {
    let words = text.split_inclusive([' ', '\n', '(']);
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    for at in 1..words.len() {
        if words[at].starts_with("ms)") && words[at - 1].trim().parse::<u32>().is_ok() {
            words[at - 1] = "… ".to_owned();
        }
    }
    words.concat()
}

/// What `cargo xtask synth --seed 5 --out set` writes, as far as the README looks at it.
fn set(folder: &Path, readme: &str) {
    let fonts = Fonts::debian().unwrap();
    let sheet = document::render(&fonts, SEED * 1_000_003, Kind::Licence, Side::Front);
    fs::create_dir_all(folder.join("frames")).unwrap();
    for (index, (_, shot)) in plan(SEED, &sheet).enumerate() {
        let file = format!("frames/000-licence-front-{index:03}.jpg");
        if readme.contains(&file) {
            fs::write(folder.join(file), shoot(&sheet, &shot).jpeg()).unwrap();
        }
    }
    let clip = film(SEED * 1_000_003, Act::Genuine);
    corpus::write_film(&clip, &folder.join("heads/genuine-000")).unwrap();
}

#[test]
fn every_example_prints_what_the_readme_shows() {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    set(&folder.path().join("set"), &readme);
    let programs = Path::new(env!("CARGO_BIN_EXE_gatepass")).parent().unwrap();
    let path =
        env::join_paths([programs.to_owned()].into_iter().chain(env::split_paths(&env::var_os("PATH").unwrap())));
    let path = path.unwrap();
    let mut ran = 0;
    for (command, printed) in examples(&readme) {
        if !command.contains("gatepass inspect") {
            continue;
        }
        let mut shell = Command::new("sh");
        let output = shell.args(["-c", &command]).current_dir(folder.path()).env("PATH", &path).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(without_times(&said), without_times(&printed), "{command}");
        ran += 1;
    }
    assert!(ran >= 5, "only {ran} examples");
}
