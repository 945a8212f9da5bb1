//! Any text as two names, one under the other: no panic, an answer in time, the same from both sides; a name is itself, and
//! what its zone would be fits the field.

#![no_main]

use gatepass_core::identity::name::{Language, Level, Name, NameField, compare, preview};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (typed, document) = text.split_once('\n').unwrap_or((text, text));
    let (Ok(typed), Ok(document)) = (Name::from_document(typed), Name::from_document(document)) else { return };
    let found = compare(&typed, &document);
    if !typed.is_from_zone() && !document.is_from_zone() {
        assert_eq!(found.level(), compare(&document, &typed).level(), "the ladder has two sides");
    }
    if found.level() == Level::Different {
        assert!(found.difference().iter().any(|word| word.kind.code() != "same"), "nothing to show");
    }
    assert!(compare(&typed, &typed).level() <= Level::SameLetters, "a name is not itself");
    for field in [NameField::Td1, NameField::Td2, NameField::Td3] {
        for &language in Language::ALL {
            let shown = preview(&typed, field, language);
            assert!(shown.zone().len() <= field.width(), "longer than its field");
            assert!(
                shown.zone().bytes().all(|byte| byte == b'<' || byte.is_ascii_uppercase()),
                "not a zone's character"
            );
        }
    }
});
