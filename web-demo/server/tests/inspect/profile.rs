//! A profile that the form does not take: every reason at once.

use serde_json::{Value, json};

use super::inspect;

fn good() -> Value {
    json!({
        "company": "Eks Bilverkstad AB", "number": "SE556036079301", "street": "Verkstadsgatan 1", "postal_code": "411 04",
        "city": "Göteborg", "province": "SE", "country": "SE", "phone": "+46 31 701 00 00", "given_names": "Karin Maria",
        "surname": "Ek", "role": "technician", "language": "sv",
    })
}

#[test]
fn a_complete_profile_is_shown_as_it_is_kept() {
    let mut typed = good();
    typed["city"] = json!("  Göteborg ");
    let said = inspect(["profile", "--json"], typed.to_string().as_bytes());
    let answer = &said.json()[0];
    assert_eq!((&answer["verdict"], &answer["errors"]), (&json!("accept"), &json!([])));
    let kept = &answer["profile"];
    assert_eq!(
        (&kept["city"], &kept["province"], &kept["province_offer"]),
        (&json!("Göteborg"), &json!("SE"), &json!("SE"))
    );
    assert_eq!(kept["number_kind"], "vat");
}

#[test]
fn every_field_that_is_not_right_is_named_at_once() {
    let said = inspect(["profile", "--json", "--given-names", "Karin Maria", "--surname", "Ek"], b"{}");
    let errors = said.json()[0]["errors"].as_array().unwrap().clone();
    assert_eq!(errors.len(), 12, "{errors:?}");
    assert!(errors.iter().all(|error| error["error"] == "profile_missing"), "{errors:?}");

    let mut typed = good();
    (typed["postal_code"], typed["surname"]) = (json!("41"), json!("Ekh"));
    let arguments = ["profile", "--given-names", "Karin Maria", "--surname", "Ek"];
    let said = inspect(arguments, typed.to_string().as_bytes());
    assert!(said.out.starts_with("reject\n"), "{}", said.out);
    for part in ["postal_code", "profile_not_a_postal_code", "surname", "profile_not_verified"] {
        assert!(said.out.contains(part), "{part} is not in\n{}", said.out);
    }
}

/// Without a name to compare with, the name in the profile is taken for the verified one; without both there is none.
#[test]
fn a_profile_without_a_name_is_not_complete() {
    let mut typed = good();
    (typed["given_names"], typed["surname"]) = (json!(""), json!(""));
    let said = inspect(["profile", "--json"], typed.to_string().as_bytes());
    let answer = &said.json()[0];
    assert_eq!((&answer["verdict"], &answer["profile"]), (&json!("reject"), &Value::Null));
    let errors = answer["errors"].as_array().unwrap();
    assert_eq!(
        (errors.len(), &errors[0]["field"], &errors[0]["error"]),
        (1, &json!("surname"), &json!("profile_missing"))
    );
}

#[test]
fn what_is_no_profile_says_so_and_fails() {
    for input in ["", "[]", "{\"company\": 1}", "{\"compagny\": \"x\"}", "{}{}"] {
        let said = inspect(["profile", "--json"], input.as_bytes());
        assert_eq!(said.code, Some(1), "{input}");
        assert!(said.err.contains("profile") && said.out.is_empty(), "{}", said.err);
    }
}
