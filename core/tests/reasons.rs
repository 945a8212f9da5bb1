//! The list of reasons and its texts. If one of these fails, a person is refused and not told what to do.
#![cfg(feature = "identity")]

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use gatepass_core::identity::name::{Advice, Name, Policy, compare};
use gatepass_core::identity::reasons::{ENGLISH, Fixer, Reason, Redo, Region, SWEDISH};
use serde_json::Value;

/// A pattern's text, its variables as `$name`.
fn text(pattern: &Pattern<&str>) -> String {
    pattern
        .elements
        .iter()
        .map(|element| match element {
            PatternElement::TextElement { value } => (*value).to_owned(),
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id }),
            } => format!("${}", id.name),
            PatternElement::Placeable { expression } => panic!("only variables are needed here: {expression:?}"),
        })
        .collect()
}

/// Every text of a language by its key.
fn texts(source: &str) -> BTreeMap<String, String> {
    let resource = fluent_syntax::parser::parse(source).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let mut texts = BTreeMap::new();
    for entry in resource.body {
        if let Entry::Message(message) = entry {
            let key = message.id.name;
            let of_attributes = message
                .attributes
                .iter()
                .map(|attribute| (format!("{key}.{}", attribute.id.name), text(&attribute.value)));
            let value = message.value.as_ref().map(|value| (key.to_owned(), text(value)));
            for (key, text) in of_attributes.chain(value) {
                assert_eq!(texts.insert(key.clone(), text), None, "{key} is there twice");
            }
        }
    }
    texts
}

#[test]
fn every_reason_has_a_sentence_and_a_remedy_in_both_languages() {
    let shared = ["measured-at-least", "measured-at-most", "attempt-of"].map(str::to_owned);
    let advice = Advice::KEYS.iter().map(|&key| key.to_owned());
    let needed: BTreeSet<_> = Reason::ALL
        .iter()
        .flat_map(|reason| [reason.text_key(), reason.remedy_key()])
        .chain(shared)
        .chain(advice)
        .collect();
    for (language, source) in [("en", ENGLISH), ("sv", SWEDISH)] {
        let there: BTreeSet<_> = texts(source).into_keys().collect();
        let missing: Vec<_> = needed.difference(&there).collect();
        let unused: Vec<_> = there.difference(&needed).collect();
        assert!(missing.is_empty() && unused.is_empty(), "{language}: missing {missing:?}, unused {unused:?}");
    }
}

/// The names of what is put into a text.
fn variables(text: &str) -> BTreeSet<String> {
    let rests = text.split('$').skip(1);
    rests.map(|rest| rest.chars().take_while(char::is_ascii_alphanumeric).collect()).collect()
}

/// A person would read `{$words}` where the missing name should stand.
#[test]
fn advice_about_a_name_brings_what_its_text_shows() {
    let mut tried = BTreeSet::new();
    for (typed, document) in [
        ("Jean Dupomt", "DUPONT, JEAN PIERRE"),
        ("Karin Ek Lind", "EK, KARIN"),
        ("Ek Karin", "KARIN EK"),
        ("Anna Bernadotte Wahlgren", "WAHLGREN<BERNADO<<ANNA<ALEXANDRA<VICTOR"),
        ("Anna Alexandra Victoria Wahlgren Bernadotte", "WAHLGREN<BERNADO<<ANNA<ALEXANDRA<VICTOR"),
    ] {
        let found = compare(&Name::parse(typed).unwrap(), &Name::from_document(document).unwrap());
        for advice in found.advice(Policy::default()) {
            let given: BTreeSet<_> = advice.arguments().iter().map(|&(name, _)| name.to_owned()).collect();
            for source in [ENGLISH, SWEDISH] {
                assert_eq!(variables(&texts(source)[advice.text_key()]), given, "{advice:?}");
            }
            tried.insert(advice.text_key());
        }
    }
    assert_eq!(tried, Advice::KEYS.iter().copied().collect());
}

/// A number that stands in one language only would be shown to half of the people.
#[test]
fn both_languages_show_the_same_numbers() {
    let swedish = texts(SWEDISH);
    for (key, english) in texts(ENGLISH) {
        assert_eq!(variables(&english), variables(&swedish[&key]), "{key}");
        assert_ne!(english, swedish[&key], "{key} is not translated");
    }
}

/// How these texts are written: short, to the person, without shouting, pleading or blame.
#[test]
fn the_texts_are_plain() {
    for (key, text) in texts(ENGLISH).into_iter().chain(texts(SWEDISH)) {
        assert!(text.ends_with('.'), "{key} is no sentence: {text}");
        assert!(text.chars().count() <= 160, "{key} is long: {text}");
        let most = if key.ends_with(".remedy") { 3 } else { 2 };
        assert!(text.matches(". ").count() < most, "{key} has many sentences: {text}");
        let lower = text.to_lowercase();
        for word in [
            "!",
            "please",
            "vänligen",
            "invalid",
            "ogiltig",
            "error",
            "fel fil",
            "failed",
            "sorry",
            "tyvärr",
            "user",
            "_",
        ] {
            assert!(!lower.contains(word), "{key} says {word:?}: {text}");
        }
    }
}

#[test]
fn the_list_is_sound() {
    let codes: BTreeSet<_> = Reason::ALL.iter().map(|reason| reason.code()).collect();
    assert_eq!(codes.len(), Reason::ALL.len(), "a code is there twice");
    assert!(!codes.iter().any(|code| code.contains("other") && !["document_other", "face_other"].contains(code)));
    for &reason in Reason::ALL {
        let code = reason.code();
        assert_eq!(Reason::from_code(code), Some(reason));
        assert!(code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{code}");
        // Whoever may try again is told what; who may not, is sent to someone.
        assert_eq!(reason.retry(), reason.fixer() == Fixer::Technician, "{code}");
        // Nor is anyone told to try again with nothing to do: the same refusal would use up every attempt.
        assert_eq!(reason.retry(), reason.redo() != Redo::Nothing, "{code}");
        if reason.redo() == Redo::Data {
            assert_eq!(reason.region(), Region::Name, "{code}");
        }
        for measure in reason.measures() {
            let found = Reason::of_measure(measure);
            assert_eq!(found, if *measure == "name_level" { None } else { Some(reason) }, "{measure}");
        }
    }
    assert_eq!(Reason::from_code("other"), None);
}

/// A measure without a reason would be a warning that no one is told of.
#[cfg(feature = "image")]
#[test]
fn measures_lead_to_reasons() {
    use gatepass_core::image::{report, turn};
    // What only warns is for the reviewer to look at.
    let (warning, refusing): (Vec<_>, Vec<_>) =
        report::Measure::ALL.into_iter().partition(|measure| measure.is_warning());
    assert!(warning.iter().all(|measure| Reason::of_measure(measure.code()).is_none()), "{warning:?}");
    let photo = refusing.iter().map(|measure| (measure.code(), Redo::Photo));
    let turn = turn::Measure::ALL.iter().map(|measure| (measure.code(), Redo::Turn));
    for (code, redo) in photo.chain(turn) {
        assert!(Reason::of_measure(code).is_some_and(|reason| reason.redo() == redo), "{code}");
    }
}

/// A finding about the video without a reason would refuse a person without a word.
#[cfg(feature = "image")]
#[test]
fn findings_of_the_video_lead_to_reasons() {
    for finding in gatepass_core::image::turn::Finding::ALL {
        let code = finding.code();
        assert!(Reason::of_finding(code).is_some_and(|reason| reason.redo() == Redo::Turn), "{code}");
    }
    assert_eq!(Reason::of_finding("photo_dark"), None);
}

/// Every surface switches on these.
#[test]
fn the_codes_are_listed() {
    let file: Value = gatepass_tests::vectors::load("error-codes.json").expect("the list is there");
    let listed: Vec<&str> = file["reason"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert_eq!(listed, Reason::ALL.iter().map(|reason| reason.code()).collect::<Vec<_>>());
}
