//! A name that was refused: the helpdesk sees by which letters.

use serde_json::json;

use super::inspect;

#[test]
fn a_missing_name_is_told_as_a_person_would() {
    let said = inspect(["name", "--json", "--typed", "Jean Dupont", "--document", "DUPONT, JEAN PIERRE"], b"");
    let answer = &said.json()[0];
    assert_eq!(
        (&answer["level"], &answer["accepted"], &answer["decision"]),
        (&json!("missing-middle"), &json!(false), &json!("refuse"))
    );
    let missing = answer["difference"].as_array().unwrap().iter().find(|word| word["kind"] == "missing").unwrap();
    assert_eq!((&missing["document"], &missing["typed"]), (&json!("PIERRE"), &json!(null)));
    let text = inspect(["name", "--typed", "Jean Dupont", "--document", "DUPONT, JEAN PIERRE"], b"").out;
    assert!(
        text.starts_with("missing-middle: refuse\n") && text.contains("you typed Jean Dupont. Add PIERRE."),
        "{text}"
    );
}

/// What a person cannot correct by typing, a reviewer settles.
#[test]
fn a_zone_that_is_cut_asks_for_a_reviewer_and_for_no_change() {
    let (typed, zone) = ("Anna Alexandra Victoria Wahlgren Bernadotte", "WAHLGREN<BERNADO<<ANNA<ALEXANDRA<VICTOR");
    let answer = &inspect(["name", "--json", "--typed", typed, "--document", zone], b"").json()[0];
    assert_eq!((&answer["level"], &answer["decision"]), (&json!("truncated-in-mrz"), &json!("review")));
    assert!(answer["advice"].as_str().unwrap().contains("A reviewer compares"), "{answer}");
    let accepted = &inspect(["name", "--json", "--typed", "Karin Ek", "--document", "EK, KARIN"], b"").json()[0];
    assert_eq!(accepted["advice"], json!(null));
}

#[test]
fn a_zone_is_compared_by_the_transliterations_of_icao() {
    let zone = "OESTROEM<<AAKE<<<<<<<<<<<<<<<<<<<<<<<<<";
    let answer = &inspect(["name", "--json", "--typed", "Åke Öström", "--document", zone], b"").json()[0];
    assert_eq!((&answer["level"], &answer["accepted"]), (&json!("icao-equal"), &json!(true)));
    let stricter = ["name", "--json", "--typed", "Åke Öström", "--document", zone, "--accept", "same-letters"];
    assert_eq!(inspect(stricter, b"").json()[0]["accepted"], json!(false));
}

#[test]
fn many_names_are_answered_line_by_line() {
    let lines =
        "Karin Ek\tEK, KARIN\r\nKarin Ek\tKARIN EKH\nKarin Ek\n\nKarin\u{202e}Ek\tEK, KARIN\nEk Karin\tKARIN EK\n";
    let mut lines = lines.as_bytes().to_vec();
    lines.extend_from_slice(b"K\xffrin\tEK, KARIN\n");
    let answers = inspect(["name", "--json", "--stdin"], &lines).json();
    let levels: Vec<_> = answers.iter().map(|answer| answer.get("level").or(answer.get("error")).unwrap()).collect();
    assert_eq!(
        levels,
        [
            "same-letters",
            "different",
            "name_empty",
            "name_empty",
            "name_direction_mark",
            "order-swapped",
            "name_not_a_letter"
        ]
    );
    assert_eq!((&answers[2]["of"], &answers[3]["of"]), (&json!("document"), &json!("typed")));
}

#[test]
fn a_name_without_end_is_refused_and_the_next_is_answered() {
    let mut lines = "a".repeat(4_000_000).into_bytes();
    lines.extend_from_slice(b"\tEK, KARIN\nKarin Ek\tEK, KARIN\n");
    let answers = inspect(["name", "--json", "--stdin"], &lines).json();
    assert_eq!((&answers[0]["error"], &answers[1]["level"]), (&json!("name_too_long"), &json!("same-letters")));
}

#[test]
fn a_name_alone_is_shown_as_a_zone_would_have_it() {
    let answer = &inspect(["name", "--json", "--typed", "Åke \"Lasse\" Öström"], b"").json()[0];
    let td3 = answer["zones"].as_array().unwrap().iter().find(|zone| zone["format"] == "td3").unwrap();
    assert_eq!(td3["zone"], "OESTROEM<<AAKE<LASSE");
    assert_eq!(td3["hints"], json!(["nickname", "surname_assumed"]));
    assert_eq!(inspect(["name", "--json", "--typed", "\u{7}"], b"").json()[0]["verdict"], "reject");
}

#[test]
fn a_call_that_cannot_be_meant_is_refused() {
    for args in [vec!["name"], vec!["name", "--document", "EK, KARIN"], vec!["name", "--stdin", "--typed", "Karin Ek"]]
    {
        assert_eq!(inspect(args, b"").code, Some(2));
    }
}

/// As `gatepass inspect … | head -1` does.
#[test]
fn a_reader_who_leaves_early_hears_no_complaint() {
    use std::{
        io::{BufRead as _, BufReader, Write as _},
        process::{Command, Stdio},
    };
    let mut child = Command::new(env!("CARGO_BIN_EXE_gatepass"))
        .args(["inspect", "name", "--json", "--stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || drop(stdin.write_all("Karin Ek\tEK, KARIN\n".repeat(50_000).as_bytes())));
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}
