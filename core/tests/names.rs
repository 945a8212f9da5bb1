//! The ladder of names. If one of these fails, a technician is told to change a name that is right, or uploads photographs
//! under a name that is not the document's.

#![cfg(feature = "identity")]

use gatepass_core::identity::name::{
    Advice, Decision, Hint, Language, Level, MAX_LETTERS, Name, NameError, NameField, Part, Policy, WordKind, compare,
    preview, transliterations,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../tests/vectors/names.json")).expect("vectors are JSON")
}

fn list<'a>(file: &'a Value, key: &str) -> &'a [Value] {
    file[key].as_array().unwrap_or_else(|| panic!("{key} is not a list"))
}

fn text<'a>(case: &'a Value, key: &str) -> &'a str {
    case[key].as_str().unwrap_or_else(|| panic!("{key} is not text in {case}"))
}

fn typed(case: &Value) -> Name {
    let name = &case["typed"];
    let read = match name.as_str() {
        Some(text) => Name::parse(text),
        None => Name::from_parts(text(name, "given"), text(name, "surname")),
    };
    read.unwrap_or_else(|error| panic!("{}: {case}", error.code()))
}

fn document(text: &str) -> Name {
    Name::from_document(text).unwrap_or_else(|error| panic!("{}: {text}", error.code()))
}

#[test]
fn cases() {
    let file = vectors();
    let cases = list(&file, "cases");
    assert!(cases.len() >= 130);
    let mut failures = Vec::new();
    for case in cases {
        let document = document(text(case, "document"));
        let found = compare(&typed(case), &document);
        let said = (found.level().code(), found.accepted(Policy::default()), found.may_be_truncated());
        let expected = (text(case, "level"), case["accepted"] == true, case["mayBeTruncated"] == true);
        if said != expected {
            failures.push(format!("{said:?} for {case}"));
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

/// Whoever is refused is told which letters to change, and no one is told to change a name that is accepted.
#[test]
fn what_to_change_is_said_in_order() {
    let said = |typed: &str, document_name: &str, policy: Policy| -> Vec<String> {
        let found = compare(&Name::parse(typed).unwrap(), &document(document_name));
        let advice = found.advice(policy);
        assert!(!format!("{found:?} {advice:?}").contains("upont"), "a log holds no one's name");
        advice
            .iter()
            .map(|advice| {
                let values: Vec<_> = advice.arguments().into_iter().map(|(_, value)| value).collect();
                format!("{} {}", advice.text_key().trim_start_matches("name-advice-"), values.join(" | "))
            })
            .collect()
    };
    let default = Policy::default();
    assert_eq!(
        said("Jean Dupont", "DUPONT, JEAN PIERRE", default),
        ["written DUPONT JEAN PIERRE | Jean Dupont", "add PIERRE"]
    );
    assert_eq!(said("Jean Dupont", "DUPONT, JEAN PIERRE", Policy::up_to(Level::MissingMiddle)), [""; 0]);
    assert_eq!(said("Dupont Jean", "JEAN DUPONT", default), ["written JEAN DUPONT | Dupont Jean", "order "]);
    assert_eq!(
        said("Jean Paul Dupomt", "DUPONT, JEAN", default),
        ["written DUPONT JEAN | Jean Paul Dupomt", "leave-out Paul", "write DUPONT | Dupomt"]
    );
    assert_eq!(said("J. Dupont", "DUPONT, JEAN", default), ["written DUPONT JEAN | J Dupont", "write JEAN | J"]);
    assert_eq!(
        said("Ann-Marie Dupont", "DUPONT, ANN-MARIE PIA", default),
        ["written DUPONT ANN-MARIE PIA | Ann-Marie Dupont", "add PIA"]
    );
    // Any word of a zone that may be cut may be the beginning of a word: none is to be added or written.
    assert_eq!(
        said("Bo Ek", "EK<<BO<MARIA<ELISABETH<KRISTINA<ANNA<EV", default),
        ["written BO MARIA ELISABETH KRISTINA ANNA EV EK | Bo Ek", "stops EV"]
    );
    assert_eq!(
        said("Jonathan Warren Trevor James Papandropoulous", "PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR", default)[1..],
        ["stops TREVOR"]
    );
    let zone = "WAHLGREN<BERNADO<<ANNA<ALEXANDRA<VICTOR";
    let cut = "Anna Alexandra Victoria Wahlgren Bernadotte";
    assert_eq!(said(cut, zone, default), ["review "]);
    assert_eq!(said(cut, zone, default.refuse_truncated()), [""; 0]);
}

#[test]
fn errors_have_names() {
    let file = vectors();
    for case in list(&file, "errors") {
        let error = Name::parse(text(case, "text")).err().map(|error| error.code());
        assert_eq!(error, case["error"].as_str(), "{case}");
    }
    for case in list(&file, "zoneErrors") {
        let error = Name::from_zone_field(text(case, "field")).err().map(|error| error.code());
        assert_eq!(error, case["error"].as_str(), "{case}");
    }
    assert_eq!(Name::parse(&"Å".repeat(10_000)), Err(NameError::TooLong));
    assert_eq!(Name::parse(&"ﷺ".repeat(MAX_LETTERS)), Err(NameError::TooLong), "it grows when it is normalised");
    assert_eq!(Name::from_parts("Karin", "Екова"), Err(NameError::MixedScripts));
}

#[test]
fn previews() {
    let file = vectors();
    for case in list(&file, "previews") {
        let field = match text(case, "field") {
            "td1" => NameField::Td1,
            "td2" => NameField::Td2,
            _ => NameField::Td3,
        };
        let language =
            Language::ALL.iter().copied().find(|language| Some(language.code()) == case["language"].as_str());
        let shown = preview(&typed(case), field, language.unwrap_or_default());
        assert_eq!(shown.zone(), text(case, "zone"), "{case}");
        let hints: Vec<_> = shown.hints().iter().map(|hint| hint.code()).collect();
        let expected: Vec<_> = list(case, "hints").iter().filter_map(Value::as_str).collect();
        assert_eq!(hints, expected, "{case}");
    }
}

/// They have no form in a zone, but a name is a name in every script.
#[test]
fn names_of_other_scripts_are_names() {
    for text in [
        "สมศักดิ์ ใจดี",
        "देवेन्द्र शर्मा",
        "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
        "山田 太郎",
        "やまだ タロー",
        "김 민수",
        "דָּוִד כֹּהֵן",
        "გიორგი",
        "Հայկ",
        "សុខ",
        "ዳዊት",
        "நவீன்",
    ] {
        let name = Name::parse(text).unwrap_or_else(|error| panic!("{text}: {}", error.code()));
        assert_eq!(compare(&name, &name).level(), Level::Identical, "{text}");
        assert!(preview(&name, NameField::Td3, Language::default()).hints().contains(&Hint::NoZoneForm), "{text}");
    }
}

#[test]
fn codes_are_listed() {
    let file: Value = serde_json::from_str(include_str!("../../tests/vectors/error-codes.json")).unwrap();
    let listed = |key: &str| list(&file, key).iter().map(|code| code.as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(listed("name"), NameError::ALL.iter().map(|error| error.code().to_owned()).collect::<Vec<_>>());
    assert_eq!(listed("name_hint"), Hint::ALL.iter().map(|hint| hint.code().to_owned()).collect::<Vec<_>>());
    assert_eq!(listed("name_advice"), Advice::KEYS);
    assert_eq!(listed("name_level"), Level::ALL.iter().map(|level| level.code().to_owned()).collect::<Vec<_>>());
}

/// The mrz crate has the tables of letters too, from a transcription of its own.
#[test]
fn the_latin_and_cyrillic_tables_are_those_of_another_program() {
    let languages = [
        (Language::Russian, mrz_crate::CyrillicLanguage::Russian),
        (Language::Belarusian, mrz_crate::CyrillicLanguage::Belarusian),
        (Language::Bulgarian, mrz_crate::CyrillicLanguage::Bulgarian),
        (Language::Serbian, mrz_crate::CyrillicLanguage::Serbian),
        (Language::Ukrainian, mrz_crate::CyrillicLanguage::Ukrainian),
        (Language::Macedonian, mrz_crate::CyrillicLanguage::Macedonian),
    ];
    let mut seen = (0, 0);
    for letter in ('\u{C0}'..='\u{52F}').chain(['ẞ']) {
        let theirs = mrz_crate::transliterations(letter);
        if !theirs.is_empty() {
            assert_eq!(transliterations(letter, Language::Russian, false), theirs, "{letter}");
            seen.0 += 1;
        }
        for (own_language, their_language) in languages {
            for first in [false, true] {
                if let Some(theirs) = mrz_crate::transliterate_cyrillic_char(letter, their_language, first) {
                    // Serbian Г has a second form here, which its own Latin alphabet gives it.
                    let own = transliterations(letter, own_language, first);
                    assert_eq!(own.first(), Some(&theirs), "{letter} {own_language:?}");
                    seen.1 += 1;
                }
            }
        }
    }
    assert_eq!(seen, (95, 48 * 12));
}

#[test]
fn a_page_can_show_what_to_add() {
    let found = compare(&Name::parse("Jean Dupont").unwrap(), &document("DUPONT<<JEAN<PIERRE"));
    let words: Vec<_> = found
        .difference()
        .iter()
        .map(|word| (word.kind, word.part, word.typed.as_deref(), word.document.as_deref()))
        .collect();
    assert_eq!(
        words,
        [
            (WordKind::Same, Some(Part::Given), Some("Jean"), Some("JEAN")),
            (WordKind::Missing, Some(Part::Given), None, Some("PIERRE")),
            (WordKind::Same, Some(Part::Surname), Some("Dupont"), Some("DUPONT")),
        ]
    );
}

#[test]
fn a_page_can_show_the_letters_that_differ() {
    let letters = |typed: &str, zone: &str, word: usize| {
        let found = compare(&Name::parse(typed).unwrap(), &document(zone));
        let letters = &found.difference()[word].letters;
        letters.iter().map(|l| format!("{}:{}>{}", l.kind.code(), l.typed, l.document)).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(letters("Jon Smith", "SMITH<<JOHN", 0), "same:J>J same:o>O missing:>H same:n>N");
    assert_eq!(letters("Anna Karlson", "CARLSSON<<ANNA", 1).matches("same").count(), 6);
    assert!(letters("Anna Karlson", "CARLSSON<<ANNA", 1).starts_with("changed:K>C same:a>A"));
    assert_eq!(letters("Åke Ö", "OE<<AAKE", 0), "same:Å>AA same:k>K same:e>E");
    assert_eq!(letters("Mueller Å", "MÜLLER, Å", 0), "same:M>M same:ue>Ü same:l>L same:l>L same:e>E same:r>R");
}

#[test]
fn words_that_are_no_better_than_none_are_told_apart() {
    let found = compare(&Name::parse("Lasse Ek").unwrap(), &document("EK<<BIRGITTA"));
    let kinds: Vec<_> = found.difference().iter().map(|word| word.kind).collect();
    assert_eq!(found.level(), Level::Different);
    assert_eq!(kinds.iter().filter(|&&kind| kind == WordKind::Missing).count(), 1, "BIRGITTA is missing");
    assert_eq!(kinds.iter().filter(|&&kind| kind == WordKind::Extra).count(), 1, "Lasse was typed");
}

#[test]
fn a_word_is_shown_beside_its_like_though_another_is_missing_before_it() {
    let found = compare(&Name::parse("Anna Karin Ekk").unwrap(), &Name::parse("Karin Ek Berg").unwrap());
    let kinds: Vec<_> = found.difference().iter().map(|word| word.kind).collect();
    assert_eq!(found.level(), Level::Different);
    assert_eq!(kinds, [WordKind::Extra, WordKind::Same, WordKind::Letters, WordKind::Missing]);
}

#[test]
fn nothing_personal_is_printed() {
    let (typed, document) = (Name::parse("Karin Ek").unwrap(), document("EKLUND<<KARIN"));
    let found = compare(&typed, &document);
    let shown = preview(&typed, NameField::Td3, Language::default());
    let printed =
        format!("{typed:?} {document:?} {found:?} {:?} {shown:?}", found.difference()[1].letters).to_uppercase();
    assert!(!printed.contains("KARIN") && !printed.contains("EKL"), "{printed}");
}

#[test]
fn a_truncated_zone_is_for_a_reviewer() {
    let zone = document("NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K");
    let found = compare(&Name::parse("Chayapa Dejthamrong Krasuang Nilavadhanananda").unwrap(), &zone);
    assert_eq!(found.decide(Policy::default()), Decision::Review);
    // A licence of which only eight letters of the surname can be read.
    let licence = Name::from_zone("PAPANDRO", "", true).unwrap();
    let found = compare(&Name::parse("Jonathon Papandropoulous").unwrap(), &licence);
    assert_eq!(found.level(), Level::TruncatedInMrz);
}

/// Letters with several forms, without, with marks, and pieces of forms, so that chance meetings happen.
fn words() -> impl Strategy<Value = String> {
    let letters = "ÅÄÖÜÑØÆÞẞßåäöüñaeouxnAEOUXNS".chars().collect::<Vec<_>>();
    vec(select(letters), 1..6).prop_map(|letters| letters.into_iter().collect())
}

/// Every way to write a word, one by one.
fn all_forms(word: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for letter in word.chars() {
        let forms = transliterations(letter, Language::Russian, false);
        all = all.iter().flat_map(|start| forms.iter().map(move |form| format!("{start}{form}"))).collect();
    }
    all
}

/// Whether two printed words are equal when each letter is itself or spelt out by the other word.
fn spelt_out(own: &[char], theirs: &[char]) -> bool {
    let by_form = |letters: &[char], other: &[char], rest: &dyn Fn(&[char], &[char]) -> bool| {
        letters.split_first().is_some_and(|(letter, after)| {
            let forms = transliterations(*letter, Language::Russian, false);
            forms.iter().filter(|_| !letter.is_ascii()).any(|form| {
                let form: Vec<char> = form.to_lowercase().chars().collect();
                other.starts_with(&form) && rest(after, &other[form.len()..])
            })
        })
    };
    match (own, theirs) {
        ([], []) => true,
        ([a, own_rest @ ..], [b, their_rest @ ..]) if a == b && spelt_out(own_rest, their_rest) => true,
        _ => by_form(own, theirs, &spelt_out) || by_form(theirs, own, &|theirs, own| spelt_out(own, theirs)),
    }
}

/// The words as they are, or with some of them put together.
fn ways_to_join(words: &[String], may_join: bool) -> Vec<String> {
    let Some((first, rest)) = words.split_first() else { return vec![String::new()] };
    let mut all = vec![first.clone()];
    for word in rest {
        let glue: &[&str] = if may_join { &[" ", ""] } else { &[" "] };
        all = all.iter().flat_map(|start| glue.iter().map(move |glue| format!("{start}{glue}{word}"))).collect();
    }
    all
}

/// What can be left of a part of a name: of its first words, some put together, each group with at least a letter of its
/// last word and all of the others.
fn left_of(words: &[String], may_join: bool) -> Vec<String> {
    let mut all = vec![String::new()];
    for kept in 1..=words.len() {
        // A bit for each space: whether the words beside it are put together.
        for joints in 0..1_u32 << (kept - 1) {
            if joints != 0 && !may_join {
                continue;
            }
            let mut ways = vec![String::new()];
            for (place, word) in words[..kept].iter().enumerate() {
                let whole = place + 1 < kept && joints >> place & 1 == 1;
                let ends = if whole { word.len()..=word.len() } else { 1..=word.len() };
                let glue = if whole || place + 1 == kept { "" } else { " " };
                ways = ways
                    .iter()
                    .flat_map(|start| ends.clone().map(move |end| format!("{start}{}{glue}", &word[..end])))
                    .collect();
            }
            all.extend(ways);
        }
    }
    all
}

fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-ZÅÄÖa-zåäöé]{1,12}( [A-ZÅÄÖa-zåäöé'-]{1,12}){0,4}",
        "\\PC{0,30}",
        "[a-z., '\"-]{0,30}",
        vec(words(), 1..6).prop_map(|words| words.join(" ")),
    ]
}

proptest! {
    #[test]
    fn any_text_is_a_name_or_a_named_error(text in any::<String>()) {
        if let Err(error) = Name::parse(&text) {
            prop_assert!(NameError::ALL.contains(&error));
        }
    }

    #[test]
    fn a_name_is_itself(text in names()) {
        if let Ok(name) = Name::parse(&text) {
            prop_assert!(compare(&name, &name).level() <= Level::SameLetters);
        }
    }

    #[test]
    fn the_lattice_finds_what_listing_finds(own in words(), theirs in words()) {
        let letters = |text: &str| text.to_lowercase().chars().collect::<Vec<_>>();
        let listed = spelt_out(&letters(&own), &letters(&theirs));
        let found = compare(&Name::parse(&own).unwrap(), &Name::parse(&theirs).unwrap());
        prop_assert_eq!(found.level() <= Level::IcaoEqual, listed, "{} {}", own, theirs);
        let zone = &all_forms(&theirs)[0];
        let found = compare(&Name::parse(&own).unwrap(), &Name::from_zone(zone, "", false).unwrap());
        prop_assert_eq!(found.level() <= Level::IcaoEqual, all_forms(&own).contains(zone), "{} {}", own, zone);
    }

    #[test]
    fn every_form_in_a_zone_is_the_name(given in vec(words(), 1..3), surname in vec(words(), 1..3), pick in vec(any::<prop::sample::Index>(), 6)) {
        let mut pick = pick.into_iter();
        let mut zone = |words: &[String]| {
            let picked = words.iter().map(|word| pick.next().unwrap().get(&all_forms(word)).clone());
            picked.collect::<Vec<_>>().join("<")
        };
        let document = Name::from_zone(&zone(&surname), &zone(&given), false).unwrap();
        let typed = format!("{} {}", given.join(" "), surname.join(" "));
        prop_assert!(compare(&Name::parse(&typed).unwrap(), &document).level() <= Level::IcaoEqual);
        let turned = format!("{}, {}", surname.join(" "), given.join(" "));
        prop_assert!(compare(&Name::parse(&turned).unwrap(), &document).level() <= Level::IcaoEqual);
    }

    #[test]
    fn one_letter_more_is_another_name(own in "[a-z]{3,8} [a-z]{3,8}", at in any::<prop::sample::Index>(), letter in "[a-z]") {
        let mut other = own.clone();
        let at = at.index(own.len());
        other.insert_str(at, &letter);
        let found = compare(&Name::parse(&own).unwrap(), &Name::parse(&other).unwrap());
        prop_assert_eq!(found.level(), Level::Different);
        let differing = found.difference().iter().flat_map(|word| &word.letters).filter(|letter| letter.kind.code() != "same");
        prop_assert_eq!(differing.count(), 1);
    }

    #[test]
    fn a_space_that_moved_is_another_name(letters in "[a-z]{4,12}", cuts in vec(any::<prop::sample::Index>(), 2)) {
        let cut = |index: &prop::sample::Index| 1 + index.index(letters.len() - 1);
        let (one, other) = (cut(&cuts[0]), cut(&cuts[1]));
        prop_assume!(one != other);
        let name = |at: usize| Name::parse(&format!("{} {}", &letters[..at], &letters[at..])).unwrap();
        prop_assert!(compare(&name(one), &name(other)).level() > Level::IcaoEqual);
        prop_assert_eq!(compare(&name(one), &Name::parse(&letters).unwrap()).level(), Level::SameLetters);
    }

    #[test]
    fn words_in_another_order_are_swapped(mut words in vec("[A-Z][a-z]{2,6}", 3..6)) {
        let name = Name::parse(&words.join(" ")).unwrap();
        let before = words.clone();
        words.rotate_left(1);
        prop_assume!(words != before && words.concat() != before.concat());
        prop_assert_eq!(compare(&name, &Name::parse(&words.join(" ")).unwrap()).level(), Level::OrderSwapped);
    }

    #[test]
    fn a_preview_is_the_name(given in vec("[A-ZÅÄÖÜÑ][a-zåäöüñßøþ]{0,14}", 1..4), surname in vec("[A-ZÅÄÖÜÑ][a-zåäöüñßøþ]{0,14}", 1..4)) {
        let name = Name::from_parts(&given.join(" "), &surname.join(" ")).unwrap();
        for field in [NameField::Td1, NameField::Td2, NameField::Td3] {
            let shown = preview(&name, field, Language::default());
            prop_assert!(shown.zone().len() <= field.width());
            let truncated = shown.hints().contains(&Hint::Truncated);
            let (primary, secondary) = shown.zone().split_once("<<").expect("both parts");
            let zone = Name::from_zone(primary, secondary, truncated).unwrap();
            let level = compare(&name, &zone).level();
            if truncated {
                // What is left may by chance be a shorter way to write the same letters.
                prop_assert!(level <= Level::IcaoEqual || level == Level::TruncatedInMrz, "{:?} {}", level, shown.zone());
                prop_assert!(shown.zone().len() == field.width() && !shown.zone().ends_with('<'));
            } else {
                prop_assert!(level <= Level::IcaoEqual, "{:?} {}", level, shown.zone());
            }
        }
    }

    /// The words that may go are named here once more: one that is added to the lists is added here too.
    #[test]
    fn a_word_less_is_another_name(
        mut words in vec(prop_oneof![
            "[A-Z][a-z]{1,6}",
            select(vec!["Ing", "Ing.", "Dame", "Mag", "Mag.", "Herr", "Fru", "Sir", "Ms", "Iv", "Ii", "Dr.", "Jr", "Sr", "Mr"])
                .prop_map(str::to_owned),
        ], 2..6),
        joints in vec(select(vec![" ", " ", "-", ", "]), 5),
        at in any::<prop::sample::Index>(),
    ) {
        let title = ["dipl", "dr", "mr", "mrs", "prof", "jr", "phd", "sr", "ing.", "mag.", "ms."];
        let name = |words: &[String]| {
            let joined: String = words.iter().zip(&joints).map(|(word, joint)| format!("{word}{joint}")).collect();
            Name::parse(joined.trim_end_matches([' ', '-', ','])).unwrap()
        };
        let whole = name(&words);
        let gone = words.remove(at.index(words.len()));
        let small = gone.to_lowercase();
        prop_assume!(!title.contains(&small.as_str()) && !title.contains(&small.trim_end_matches('.')));
        // `Ing. Ing Ek` without its title is `Ing. Ek` as it is.
        let letters = |word: &String| word.trim_end_matches('.').to_lowercase();
        prop_assume!(!words.iter().any(|word| letters(word) == letters(&gone)));
        let level = compare(&name(&words), &whole).level();
        prop_assert!(level > Level::IcaoEqual, "{} without {gone}: {}", words.join(" "), level.code());
    }

    /// Every word of a part whole but the last, which is cut; the zone joins the words of one part or of both.
    #[test]
    fn a_joined_name_that_is_cut_is_for_a_reviewer(
        given in vec("[A-Z]{2,6}", 2..5),
        surname in vec("[A-Z]{2,6}", 1..4),
        join in any::<(bool, bool)>(),
        kept in any::<prop::sample::Index>(),
        cut in any::<prop::sample::Index>(),
    ) {
        let words = 2 + kept.index(given.len() - 1);
        let mut left = given[..words].to_vec();
        let last = left.last_mut().unwrap();
        last.truncate(1 + cut.index(last.len()));
        let joined = |words: &[String], joined: bool| words.join(if joined { "" } else { "<" });
        let zone = Name::from_zone(&joined(&surname, join.0), &joined(&left, join.1), true).unwrap();
        for typed in [format!("{} {}", given.join(" "), surname.join(" ")), format!("{}, {}", surname.join(" "), given.join(" "))] {
            let level = compare(&Name::parse(&typed).unwrap(), &zone).level();
            prop_assert!(level <= Level::TruncatedInMrz, "{typed}: {}", level.code());
        }
    }

    /// A zone holds the beginning of a name or it does not, by listing all that can be cut of it and joined.
    #[test]
    fn the_cut_finds_what_listing_finds(typed in vec("[AB]{1,2}", 1..4), given in vec("[AB]{1,3}", 1..3), surname in vec("[AB]{1,3}", 1..3)) {
        let zone = Name::from_zone(&surname.join("<"), &given.join("<"), true).unwrap();
        let found = compare(&Name::parse(&typed.join(" ")).unwrap(), &zone).level();
        prop_assume!(found > Level::OrderSwapped);
        let listed = (0..=typed.len()).any(|at| {
            let (first, second) = typed.split_at(at);
            [(first, second), (second, first)].iter().any(|(own_given, own_surname)| {
                [false, true].into_iter().any(|zone_joins| {
                    let holds = |own: &[String], theirs: &[String]| {
                        left_of(own, zone_joins).iter().any(|left| ways_to_join(theirs, !zone_joins).contains(left))
                    };
                    holds(own_given, &given) && holds(own_surname, &surname)
                })
            })
        });
        prop_assert_eq!(found == Level::TruncatedInMrz, listed, "{:?} {:?} {:?}", typed, given, surname);
    }

    #[test]
    fn any_two_names_are_compared(own in names(), theirs in names()) {
        if let (Ok(own), Ok(theirs)) = (Name::parse(&own), Name::parse(&theirs)) {
            let there = compare(&own, &theirs).level();
            prop_assert_eq!(there, compare(&theirs, &own).level(), "the ladder is the same from both sides");
        }
    }
}
