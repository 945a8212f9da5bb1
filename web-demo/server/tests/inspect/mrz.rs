//! Zones of ICAO Doc 9303, as somebody reads them out to the helpdesk.

use serde_json::json;

use super::inspect;

/// ICAO Doc 9303-4, appendix B.
const UTOPIAN: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n";

#[test]
fn the_specimen_passport_is_read_field_by_field() {
    let said = inspect(["mrz", "--json", "--today", "2010-06-01"], UTOPIAN.as_bytes());
    let zone = &said.json()[0];
    assert_eq!((said.code, zone["verdict"].as_str(), zone["format"].as_str()), (Some(0), Some("accept"), Some("td3")));
    assert_eq!(
        zone["fields"],
        json!({
            "document_code": "P", "issuer": "UTO", "document_number": "L898902C3", "nationality": "UTO",
            "birth_date": "1974-08-12", "sex": "female", "expiry_date": "2012-04-15", "personal_number": "ZE184226B",
            "name": { "surname": "ERIKSSON", "given_names": "ANNA MARIA" },
        })
    );
    let checks = zone["checks"].as_array().unwrap();
    assert_eq!(checks.len(), 5);
    assert!(checks.iter().all(|check| check["outcome"] == "pass"), "{checks:?}");
    assert_eq!(zone["truncated"], json!(false));
}

#[test]
fn people_get_the_same_in_lines() {
    let said = inspect(["mrz", "--today", "2010-06-01"], UTOPIAN.as_bytes());
    for part in ["td3: accept", "ERIKSSON, ANNA MARIA", "UTO (Utopia", "1974-08-12", "check composite"] {
        assert!(said.out.contains(part), "{part} is not in\n{}", said.out);
    }
}

#[test]
fn an_issuer_that_nobody_knows_is_named() {
    let text = UTOPIAN.replace("P<UTO", "P<ZZZ");
    let zone = &inspect(["mrz", "--json"], text.as_bytes()).json()[0];
    assert_eq!(zone["verdict"], "accept");
    let warnings = zone["warnings"].as_array().unwrap();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert_eq!((&warnings[0]["field"], &warnings[0]["warning"]), (&json!("issuer"), &json!("mrz_unknown_code")));
    let said = inspect(["mrz"], text.as_bytes());
    assert!(said.out.contains("warning: issuer: ") && said.out.contains("(mrz_unknown_code)"), "{}", said.out);
    assert_eq!(inspect(["mrz", "--json"], UTOPIAN.as_bytes()).json()[0]["warnings"], json!([]));
}

#[test]
fn a_wrong_digit_is_named_by_its_check_digit() {
    let said = inspect(["mrz", "--json"], UTOPIAN.replace("740812", "740813").as_bytes());
    let zone = &said.json()[0];
    assert_eq!(zone["verdict"], "reject");
    let failed = zone["checks"].as_array().unwrap().iter().filter(|check| check["outcome"] == "fail");
    assert_eq!(failed.map(|check| check["name"].clone()).collect::<Vec<_>>(), ["birth_date", "composite"]);
}

/// ICAO Doc 9303-4 §4.2.3.1, the second example: the name fills its field.
#[test]
fn a_name_that_may_be_cut_off_is_marked() {
    let name = "P<UTOBENNELONG<WOOLOOMOOLOO<WARRANDYTE<WARNA";
    let lower = UTOPIAN.lines().nth(1).unwrap();
    let zone = &inspect(["mrz", "--json"], format!("{name}\n{lower}").as_bytes()).json()[0];
    assert_eq!(zone["truncated"], json!(true), "{zone}");
}

#[test]
fn a_letter_read_for_a_digit_is_mended_only_when_asked_and_says_so() {
    // The month of birth with an O for its zero.
    let read = UTOPIAN.replace("740812", "74O812");
    let plain = &inspect(["mrz", "--json"], read.as_bytes()).json()[0];
    assert_eq!((&plain["verdict"], &plain["repairs"]), (&json!("reject"), &json!([])));
    let mended = &inspect(["mrz", "--json", "--repair"], read.as_bytes()).json()[0];
    assert_eq!(mended["verdict"], "accept");
    assert_eq!(
        mended["repairs"],
        json!([{ "line": 2, "column": 16, "read": "O", "meant": "0", "field": "birth_date" }])
    );
}

#[test]
fn what_is_no_zone_is_refused_by_name() {
    for (text, error) in [
        ("", "mrz_empty"),
        ("P<UTO", "mrz_wrong_length"),
        (&UTOPIAN.to_lowercase(), "mrz_lower_case"),
        (&UTOPIAN.replace('L', "Ł"), "mrz_illegal_character"),
        (&UTOPIAN.repeat(2), "mrz_too_many_lines"),
        (&"<".repeat(100_000), "mrz_too_long"),
    ] {
        let said = inspect(["mrz", "--json"], text.as_bytes());
        assert_eq!(said.code, Some(0));
        let answer = &said.json()[0];
        assert_eq!((&answer["verdict"], &answer["error"]), (&json!("reject"), &json!(error)));
        assert!(inspect(["mrz"], text.as_bytes()).out.contains(error));
    }
    let said = inspect(["mrz", "--json"], b"\xff\xfe\n");
    assert_eq!(said.json()[0]["error"], "mrz_illegal_character");
}

#[test]
fn a_day_that_does_not_exist_is_no_day() {
    for day in ["2026-02-30", "2026", "tomorrow", "2026-11-23-1"] {
        let said = inspect(["mrz", "--today", day], UTOPIAN.as_bytes());
        assert_eq!(said.code, Some(2), "{day}");
        assert!(said.err.contains("2026-11-23"), "{}", said.err);
    }
}
