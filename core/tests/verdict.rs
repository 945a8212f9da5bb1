//! What the server decides about a submission. If one of these fails, a person is refused for nothing, is not told all of
//! it at once, or is approved by no one.
#![cfg(feature = "identity")]

use gatepass_core::identity::case::{self, Event, Examined, Finding, Part, Parts, Refusal, Stage, State};
use gatepass_core::identity::country::Country;
use gatepass_core::identity::date::Date;
use gatepass_core::identity::document::{DocumentKind, Side};
use gatepass_core::identity::mrz::{self, Mrz, MrzDate, Record, Sex, TruncationStyle};
use gatepass_core::identity::name::{self, Comparison, Level, Name, compare};
use gatepass_core::identity::reasons::{Fixer, Reason, Redo};
use gatepass_core::identity::verdict::{Approval, Decision, Measured, Note, Photo, Policy, Submission, Turn, decide};
use serde_json::Value;
use std::sync::LazyLock;

fn today() -> Date {
    Date::new(2026, 11, 23).expect("exists")
}

fn passport(expiry: MrzDate) -> Mrz {
    let record = Record {
        format: mrz::Format::Td3,
        document_code: "PP",
        issuer: "SWE",
        document_number: "59000002",
        nationality: "SWE",
        birth_date: MrzDate::Full(Date::new(1986, 4, 7).expect("exists")),
        sex: Sex::Female,
        expiry_date: expiry,
        primary: &["EK"],
        secondary: &["KARIN", "ELSA"],
        truncation: TruncationStyle::Cut,
        personal_number: "",
        optional_1: "",
        optional_2: "",
    };
    mrz::parse(&mrz::emit(&record).expect("fits").to_text(), today()).expect("what we write we read")
}

fn valid() -> Mrz {
    passport(MrzDate::Full(Date::new(2030, 1, 31).expect("exists")))
}

fn measured(name: &'static str, pass: bool) -> Measured<'static> {
    let region = Some([[1.0, 2.0], [3.0, 2.0], [3.0, 4.0], [1.0, 4.0]]);
    Measured { name, value: Some(if pass { 1.0 } else { 0.25 }), unit: "1", limit: 0.5, at_least: true, pass, region }
}

const GOOD: &[Photo<'_>] = &[Photo { side: Side::Front, readable: true, from_file: false, measures: &[] }];
const UNREADABLE: &[Photo<'_>] = &[Photo { side: Side::Front, readable: false, from_file: false, measures: &[] }];

/// A typed name beside the one in a zone.
fn compared(typed: &str, zone: &Mrz) -> Comparison {
    let document = zone.name().and_then(mrz::MrzName::to_name).expect("a whole name");
    compare(&Name::parse(typed).expect("a name"), &document)
}

static KARIN: LazyLock<Comparison> = LazyLock::new(|| compared("Karin Elsa Ek", &valid()));

fn country(code: &str) -> Country {
    Country::from_alpha2(code).expect("a country")
}

fn submission<'a>(zone: &'a Mrz) -> Submission<'a> {
    Submission {
        country: country("SE"),
        kind: DocumentKind::Passport,
        photos: GOOD,
        turn: Some(Turn { findings: &[], measures: &[] }),
        name: Some(&*KARIN),
        zone: Some(zone),
        person_known: false,
        client_agrees: true,
        today: today(),
    }
}

fn reasons(decision: &Decision<'_>) -> Vec<(Reason, Option<Side>)> {
    match decision {
        Decision::Refuse(refused) => {
            refused.iter().map(|refused| (refused.finding.reason, refused.finding.side)).collect()
        }
        other => panic!("not refused: {other:?}"),
    }
}

fn notes(decision: &Decision<'_>) -> Vec<Note> {
    match decision {
        Decision::Review(evidence) => evidence.notes.clone(),
        other => panic!("not for a reviewer: {other:?}"),
    }
}

/// No one is approved by a machine because a setting was forgotten.
#[test]
fn a_reviewer_decides_unless_the_operator_says_otherwise() {
    let zone = valid();
    assert_eq!(notes(&decide(&submission(&zone), &Policy::default())), []);
    let automatic = Policy { approval: Approval::WithoutReviewer, ..Policy::default() };
    assert_eq!(decide(&submission(&zone), &automatic), Decision::Approve);
    // Nor by one that was asked for while a question is open: equal to what the zone had room for is not equal.
    let mut full = zone.zone().to_text();
    full.replace_range(5..44, "PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR");
    let long = compared("Jonathon Warren Trevor Papandropoulous", &mrz::parse(&full, today()).expect("a zone"));
    assert!(name::Policy::default().accepts(long.level()));
    let open = [
        Submission { name: None, ..submission(&zone) },
        Submission { name: Some(&long), ..submission(&zone) },
        Submission { zone: None, ..submission(&zone) },
        Submission { client_agrees: false, ..submission(&zone) },
        Submission { photos: &[Photo { from_file: true, ..GOOD[0] }], ..submission(&zone) },
        Submission { turn: Some(Turn { findings: &["turn_of_a_later_version"], measures: &[] }), ..submission(&zone) },
    ];
    let expected = [
        Note::NameNotCompared,
        Note::NameCutInZone,
        Note::ZoneNotRead,
        Note::ReportsDiffer,
        Note::PhotoFromFile,
        Note::Unexplained,
    ];
    for (submission, note) in open.iter().zip(expected) {
        assert_eq!(notes(&decide(submission, &automatic)), [note]);
    }
    let moire = [measured("moire", false)];
    let photos = [Photo { measures: &moire, ..GOOD[0] }];
    let Decision::Review(evidence) = decide(&Submission { photos: &photos, ..submission(&zone) }, &automatic) else {
        panic!("a warning refuses no one and is not overlooked");
    };
    assert_eq!((evidence.notes, evidence.warnings), (vec![Note::Warning], moire.to_vec()));
}

/// All causes at once, with the numbers: a person who hears of them one by one loses a day for each.
#[test]
fn everything_that_fails_is_told_with_its_numbers() {
    let front = [measured("sharpness", false), measured("darkness", true), measured("glare", false)];
    let back = [measured("brightness", false), measured("contrast", true)];
    let photos = [
        Photo { side: Side::Front, readable: true, from_file: false, measures: &front },
        Photo { side: Side::Back, readable: true, from_file: false, measures: &back },
    ];
    let turn = [measured("face_lost_at_once", false)];
    let middle = compared("Karin Ek", &valid());
    let licence = Submission {
        country: country("SE"),
        kind: DocumentKind::DrivingLicence,
        photos: &photos,
        turn: Some(Turn { findings: &["turn_too_fast", "turn_round_moves"], measures: &turn }),
        name: Some(&middle),
        zone: None,
        person_known: false,
        client_agrees: true,
        today: today(),
    };
    let decision = decide(&licence, &Policy::default());
    assert_eq!(
        reasons(&decision),
        [
            (Reason::PhotoBright, Some(Side::Back)),
            (Reason::PhotoGlare, Some(Side::Front)),
            (Reason::PhotoBlurred, Some(Side::Front)),
            (Reason::NameIncomplete, None),
            (Reason::TurnTooFast, None),
            (Reason::TurnFlat, None),
        ]
    );
    let Decision::Refuse(refused) = &decision else { unreachable!("was compared") };
    assert_eq!(refused[0].measures, [back[0]]);
    assert_eq!(refused[1].measures, [front[2]]);
    assert_eq!(refused[4].measures, turn);
    let findings: Vec<Finding> = refused.iter().map(|refused| refused.finding).collect();
    let refusal = Refusal::of(&findings).expect("hard");
    assert_eq!(format!("{:?}", refusal.redo()), "{Data, Front, Back, Turn}");
    assert!(refusal.retry());
}

#[test]
fn what_the_document_says() {
    let refused = |zone: &Mrz, change: fn(Submission<'_>) -> Submission<'_>| {
        reasons(&decide(&change(submission(zone)), &Policy::default()))
    };
    let day = |year, month, day| MrzDate::Full(Date::new(year, month, day).expect("exists"));
    assert_eq!(refused(&passport(day(2026, 11, 22)), |it| it), [(Reason::DocumentExpired, None)]);
    let lasts = passport(day(2026, 11, 23));
    assert_eq!(notes(&decide(&submission(&lasts), &Policy::default())), [], "valid on its last day");
    let endless = passport(MrzDate::Unknown);
    assert_eq!(notes(&decide(&submission(&endless), &Policy::default())), [Note::NoExpiryDate]);

    assert_eq!(refused(&valid(), |it| Submission { country: country("FI"), ..it }), [(Reason::DocumentOther, None)]);
    // Chosen was a card, of which the back is missing too.
    assert_eq!(
        refused(&valid(), |it| Submission { kind: DocumentKind::ResidencePermit, ..it }),
        [(Reason::PhotoNotArrived, Some(Side::Back)), (Reason::DocumentOther, None)]
    );
    assert_eq!(refused(&valid(), |it| Submission { person_known: true, ..it }), [(Reason::PersonKnown, None)]);
    assert_eq!(refused(&valid(), |it| Submission { turn: None, ..it }), [(Reason::TurnNotArrived, None)]);
    assert_eq!(
        refused(&valid(), |it| Submission { photos: &[], ..it }),
        [(Reason::PhotoNotArrived, Some(Side::Front))]
    );
    assert_eq!(
        refused(&valid(), |it| Submission { photos: UNREADABLE, ..it }),
        [(Reason::PhotoFileUnusable, Some(Side::Front))]
    );

    let text = valid().zone().to_text();
    let wrong = mrz::parse(&text.replace("SWE8604", "SWE8605"), today()).expect("a zone");
    assert_eq!(refused(&wrong, |it| it), [(Reason::ZoneInconsistent, Some(Side::Front))]);
    let misread = mrz::parse(&text.replace("SWE8604", "SWE86O4"), today()).expect("a zone");
    let mended = mrz::repair(&misread, today()).expect("proven");
    assert_eq!(notes(&decide(&submission(&mended), &Policy::default())), [Note::ZoneMended]);
    let sample = mrz::parse(&text.replace("PPSWE", "PPUTO"), today()).expect("a zone");
    assert_eq!(refused(&sample, |it| it), [(Reason::DocumentSpecimen, None)]);
    for unclear in ["UNO", "SWF"] {
        let zone = mrz::parse(&text.replace("PPSWE", &format!("PP{unclear}")), today()).expect("a zone");
        assert_eq!(notes(&decide(&submission(&zone), &Policy::default())), [Note::IssuerUnclear]);
    }
    // Germany's own code.
    let german = mrz::parse(&text.replace("PPSWE", "PPD<<"), today()).expect("a zone");
    let submitted = Submission { country: country("DE"), ..submission(&german) };
    assert_eq!(notes(&decide(&submitted, &Policy::default())), []);
    // Sweden's licence has no zone, the Dutch one has, with no name.
    let both = [GOOD[0], Photo { side: Side::Back, ..GOOD[0] }];
    let licence = |code| Submission {
        country: country(code),
        kind: DocumentKind::DrivingLicence,
        photos: &both,
        zone: None,
        name: None,
        ..submission(&german)
    };
    assert_eq!(notes(&decide(&licence("SE"), &Policy::default())), [Note::NameNotCompared]);
    assert_eq!(notes(&decide(&licence("NL"), &Policy::default())), [Note::NameNotCompared, Note::ZoneNotRead]);
}

#[test]
fn the_name_by_the_operators_policy() {
    let zone = valid();
    let with = |typed: &str, policy: Policy| {
        let compared = compared(typed, &zone);
        let decision = decide(&Submission { name: Some(&compared), ..submission(&zone) }, &policy);
        match decision {
            Decision::Refuse(refused) => Err(refused[0].finding.reason),
            Decision::Review(evidence) => Ok(evidence.notes),
            Decision::Approve => panic!("approved by no one"),
        }
    };
    let default = Policy::default();
    for (typed, expected) in [
        ("Karin Elsa Ek", Ok(vec![])),
        ("KARIN ELSA EK", Ok(vec![])),
        ("Karin Ek", Err(Reason::NameIncomplete)),
        ("Karin E. Ek", Err(Reason::NameIncomplete)),
        ("Elsa Karin Ek", Err(Reason::NameOrder)),
        ("Carin Elsa Ek", Err(Reason::NameDifferent)),
    ] {
        assert_eq!(with(typed, default), expected, "{typed}");
    }
    let lenient = Policy { name: name::Policy::up_to(Level::OrderSwapped), ..default };
    assert_eq!(with("Elsa Karin Ek", lenient), Ok(vec![]));
    // A French licence has eight letters of the surname and no given name: nothing to compare with.
    let licence = mrz::parse("D1FRA13AA000026181231MARTIN<<9", today()).expect("a zone");
    assert!(licence.name().is_some_and(|name| name.to_name().is_none()));
}

/// What is wrong decides what is said: "a part is missing" to someone who typed too much costs an attempt.
#[test]
fn the_reason_agrees_with_the_advice() {
    let zone = valid();
    for (typed, document, expected, advice) in [
        ("Karin Maria Ek", "EK<<KARIN", Reason::NameTooMuch, "name-advice-leave-out"),
        ("Karin Ek", "EK<<KARIN<ELSA", Reason::NameIncomplete, "name-advice-add"),
        ("Karin E Ek", "EK<<KARIN<ELSA", Reason::NameIncomplete, "name-advice-write"),
        ("Karin Elsa Ek", "EK<<KARIN<E", Reason::NameTooMuch, "name-advice-write"),
        ("Karin E Maria Ek", "EK<<KARIN<ELSA", Reason::NameDifferent, "name-advice-leave-out"),
    ] {
        let compared = compare(&Name::parse(typed).expect("a name"), &Name::from_document(document).expect("a name"));
        let submission = Submission { name: Some(&compared), ..submission(&zone) };
        assert_eq!(reasons(&decide(&submission, &Policy::default())), [(expected, None)], "{typed} {document}");
        let said: Vec<_> = compared.advice(name::Policy::default()).iter().map(name::Advice::text_key).collect();
        assert!(said.contains(&advice), "{typed} {document}: {said:?}");
    }
}

/// A photo or a film that did not arrive is asked for again: without, every attempt ends alike until the case is closed.
#[test]
fn what_did_not_arrive_is_taken_again() {
    let zone = valid();
    let missing = [
        (Submission { photos: &[], ..submission(&zone) }, Part::Front, Reason::PhotoNotArrived),
        (Submission { turn: None, ..submission(&zone) }, Part::Turn, Reason::TurnNotArrived),
    ];
    let apply = |state, event| case::apply(state, event, 0).expect("happens").0;
    for (submitted, part, reason) in missing {
        let decision = decide(&submitted, &Policy::default());
        let Decision::Refuse(refused) = &decision else { panic!("not refused: {decision:?}") };
        let findings: Vec<Finding> = refused.iter().map(|refused| refused.finding).collect();
        assert_eq!(findings.iter().map(|finding| finding.reason).collect::<Vec<_>>(), [reason]);
        let refusal = Refusal::of(&findings).expect("hard");
        let mut state = State::unconfirmed(0);
        for event in [
            Event::AddressConfirmed,
            Event::DataChecked,
            Event::CountryChosen,
            Event::DocumentChosen(DocumentKind::Passport),
            Event::ContinuedHere,
            Event::PartReceived(Part::Front),
            Event::PartReceived(Part::Turn),
            Event::Submitted,
            Event::Examined(Examined::Refuse(refusal)),
            Event::RedoStarted,
        ] {
            state = apply(state, event);
        }
        assert_eq!((state.stage(), state.wanted()), (Stage::HandOff, Parts::only(part)), "{reason:?}");
        let state = apply(state, Event::ContinuedHere);
        assert!(case::apply(state, Event::Submitted, 0).is_err(), "as long as it is not there");
        assert_eq!(apply(state, Event::PartReceived(part)).stage(), Stage::Ready);
    }
}

/// Digits that agree are not blamed, and whoever has an odd document is not locked out by photo after photo of it.
#[test]
fn what_of_a_zone_is_refused_and_what_a_reviewer_settles() {
    let text = valid().zone().to_text();
    let with = |from: &str, to: &str| mrz::parse(&text.replacen(from, to, 1), today()).expect("a zone");
    let notes = |zone: &Mrz| notes(&decide(&submission(zone), &Policy::default()));
    // The sex as it is printed, which no digit covers.
    let unspecified = with("F3001", "X3001");
    assert!(unspecified.consistent());
    assert_eq!(unspecified.sex(), Some(Sex::Unspecified));
    assert_eq!(notes(&unspecified), []);
    assert_eq!(notes(&with("F3001", "Q3001")), [Note::ZoneFieldUnclear]);
    // A name in three parts, and one with a digit.
    for odd in ["EK<<KARIN<<ELSA<", "EK<<KAR1N<ELSA<<"] {
        let zone = with("EK<<KARIN<ELSA<<", odd);
        let submission = Submission { name: None, ..submission(&zone) };
        let decision = decide(&submission, &Policy::default());
        assert_eq!(self::notes(&decision), [Note::NameNotCompared, Note::ZoneFieldUnclear], "{odd}");
    }
    // A day that does not exist under a digit that passes was printed or misread so: the lines are to be seen again.
    let mut lines = valid().zone().lines().to_vec();
    lines[1].replace_range(13..20, "8604317");
    let digit = |cells: &str| char::from(b'0' + mrz::check_digit(cells)).to_string();
    let of_day = digit(&lines[1][13..19]);
    lines[1].replace_range(19..20, &of_day);
    let over = [&lines[1][0..10], &lines[1][13..20], &lines[1][21..43]].concat();
    lines[1].replace_range(43..44, &digit(&over));
    let zone = mrz::parse(&lines.join("\n"), today()).expect("a zone");
    assert!(zone.checks().iter().all(|check| check.outcome() != mrz::Outcome::Fail), "{zone:?}");
    assert_eq!(reasons(&decide(&submission(&zone), &Policy::default())), [(Reason::ZoneUnreadable, Some(Side::Front))]);
    // Kosovo's and Macao's people choose where they are from.
    for (issuer, chosen) in [("RKS", "XK"), ("CHN", "HK"), ("CHN", "MO"), ("CHN", "CN"), ("GBR", "IM"), ("GBD", "BM")] {
        let zone = with("PPSWE", &format!("PP{issuer}"));
        let submission = Submission { country: country(chosen), ..submission(&zone) };
        assert_eq!(self::notes(&decide(&submission, &Policy::default())), [], "{issuer} {chosen}");
    }
    for (issuer, chosen) in [("CHN", "TW"), ("HKG", "CN"), ("SRB", "XK"), ("RKS", "RS")] {
        let zone = with("PPSWE", &format!("PP{issuer}"));
        let submission = Submission { country: country(chosen), ..submission(&zone) };
        assert_eq!(reasons(&decide(&submission, &Policy::default())), [(Reason::DocumentOther, None)], "{issuer}");
    }
}

/// Every measure that has a reason leads to it, whichever photo or video it was made on.
#[test]
fn every_measure_with_a_reason_refuses() {
    let zone = valid();
    for &reason in Reason::ALL {
        for &name in reason.measures() {
            if Reason::of_measure(name).is_none() || !matches!(reason.redo(), Redo::Photo | Redo::Turn) {
                continue;
            }
            let failed = [measured(name, false)];
            let photos = [Photo { measures: &failed, ..GOOD[0] }];
            let turn = Some(Turn { findings: &[], measures: &failed });
            let submission = match reason.redo() {
                Redo::Photo => Submission { photos: &photos, ..submission(&zone) },
                _ => Submission { turn, ..submission(&zone) },
            };
            let found = reasons(&decide(&submission, &Policy::default()));
            assert_eq!(found.iter().map(|(reason, _)| *reason).collect::<Vec<_>>(), [reason], "{name}");
            assert_eq!(reason.fixer(), Fixer::Technician);
        }
    }
}

#[test]
fn the_codes_are_listed() {
    let file: Value = gatepass_tests::vectors::load("error-codes.json").expect("the list is there");
    let listed: Vec<&str> = file["verdict_note"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert_eq!(listed, Note::ALL.iter().map(|note| note.code()).collect::<Vec<_>>());
}

/// The way from a camera to a refusal: what a picture or a film measures arrives with its number and its limit.
#[cfg(feature = "image")]
#[test]
fn what_was_measured_is_what_is_decided_about() {
    use gatepass_core::image::{
        find::Format,
        luma::Luma,
        report::{Mode, Request, Scratch, examine},
        turn::{Direction, Prompt, Script, Watch},
    };
    let black = vec![4; 640 * 480];
    let luma = Luma::new(&black, 640, 480, 640).expect("a picture");
    let request = Request { format: Format::Td3, mode: Mode::Still, guide: None };
    let report = examine(luma, None, &request, &mut Scratch::new());
    let of_photo: Vec<Measured<'_>> = report.measures.iter().map(Measured::from).collect();

    let script = Script::new(vec![Prompt { direction: Direction::Left, at: 0 }]).expect("a script");
    let evidence = Watch::new(script).evidence();
    let of_turn: Vec<Measured<'_>> = evidence.measures.iter().map(Measured::from).collect();
    let findings: Vec<&str> = evidence.findings.iter().map(|finding| finding.code()).collect();

    let zone = valid();
    let photos = [Photo { measures: &of_photo, ..GOOD[0] }];
    let turn = Some(Turn { findings: &findings, measures: &of_turn });
    let decision = decide(&Submission { photos: &photos, turn, ..submission(&zone) }, &Policy::default());
    let found = reasons(&decision);
    for reason in
        [(Reason::PhotoBlack, Some(Side::Front)), (Reason::TurnFramesFew, None), (Reason::TurnFaceMissing, None)]
    {
        assert!(found.contains(&reason), "{reason:?} is not among {found:?}");
    }
    let Decision::Refuse(refused) = &decision else { panic!("{decision:?}") };
    let black = refused.iter().find(|refused| refused.finding.reason == Reason::PhotoBlack).expect("refused for it");
    let [measured] = black.measures.as_slice() else { panic!("{black:?}") };
    assert_eq!((measured.name, measured.value, measured.unit), ("black_frame", Some(4.0), "level"));
    assert!(measured.at_least && measured.limit > 4.0);
}
