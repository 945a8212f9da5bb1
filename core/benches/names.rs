//! Time of comparing names in the worst cases that were found: every letter has three forms and the difference comes last.
//!
//! `cargo bench -p gatepass-core --features identity --bench names`. Every line that starts with `bench` is for programs:
//!
//! ```text
//! bench <tab> NAME <tab> MEDIAN_NS <tab> - <tab> - <tab> TARGET
//! ```
//!
//! The target is set for sixty letters; the longest names that are read at all have two hundred.

#![expect(clippy::print_stdout, reason = "a bench prints")]

use std::hint::black_box;
use std::time::Instant;

use gatepass_core::identity::name::{Level, Name, compare};

const RUNS: usize = 301;
/// One millisecond for sixty letters.
const TARGET: Option<u128> = Some(1_000_000);

fn main() {
    let word = |letters: &str, count: usize| letters.chars().cycle().take(count).collect::<String>();
    let words = |letters: &str, length: usize, count: usize| vec![word(letters, length); count].join(" ");
    let zone = |letters: &str, count: usize| Name::from_zone(&letters.repeat(count), "", false).expect("A to Z");
    let text = |text: &str| Name::parse(text).expect("letters");

    run("60 ü, zone UXX", &text(&word("ü", 60)), &zone("UXX", 60), Level::IcaoEqual, TARGET);
    run(
        "60 ü, zone UXX, last letter differs",
        &text(&format!("{}a", word("ü", 59))),
        &zone("UXX", 60),
        Level::Different,
        TARGET,
    );
    run("60 ü, printed", &text(&word("ü", 60)), &text(&format!("{}u", word("ü", 59))), Level::IcaoEqual, TARGET);
    run(
        "60 ü, printed, last letter differs",
        &text(&word("ü", 60)),
        &text(&format!("{}z", word("ü", 59))),
        Level::Different,
        TARGET,
    );
    run(
        "12 words of 5, all equal but one",
        &text(&words("äöüåñ", 5, 12)),
        &text(&format!("{} äöüåz", words("äöüåñ", 5, 11))),
        Level::Different,
        TARGET,
    );
    run(
        "30 words of 2, all equal but one",
        &text(&words("üä", 2, 30)),
        &text(&format!("{} üz", words("üä", 2, 29))),
        Level::Different,
        TARGET,
    );
    // Every border between the words is tried, in both orders, with the words of either joined.
    let cut = |end: &str| {
        let given = "UEAE<UXXAE<UEA<UA<U";
        Name::from_zone("UEAE<UAE<UXXA<UA", &format!("{given}{end}"), true).expect("A to Z")
    };
    run("30 words of 2, cut zone", &text(&words("üä", 2, 30)), &cut("E"), Level::TruncatedInMrz, TARGET);
    run(
        "30 words of 2, cut zone, last letter differs",
        &text(&words("üä", 2, 30)),
        &cut("Z"),
        Level::Different,
        TARGET,
    );
    run(
        "30 Cyrillic words of 2, cut zone, six languages, last letter differs",
        &text(&words("щж", 2, 30)),
        &Name::from_zone("SHCHZH<SHCHZH<SHCHZH", "SHCHZH<SHCHZH<SHCHX", true).expect("A to Z"),
        Level::Different,
        TARGET,
    );
    run("60 Cyrillic letters, six languages", &text(&word("щгжхцчш", 60)), &zone("SHCH", 50), Level::Different, TARGET);
    run(
        "60 Arabic letters, doubled or not, last letter differs",
        &text(&word("شصضطظ", 60)),
        &text(&format!("{}ع", word("شصضطظ", 59))),
        Level::Different,
        TARGET,
    );
    run(
        "200 ü, printed, last letter differs",
        &text(&word("ü", 200)),
        &text(&format!("{}z", word("ü", 199))),
        Level::Different,
        None,
    );
    run(
        "an ordinary name",
        &text("Åke Johan Öström"),
        &Name::from_zone("OESTROEM", "AAKE<JOHAN", false).expect("A to Z"),
        Level::IcaoEqual,
        None,
    );
}

fn run(name: &str, typed: &Name, document: &Name, level: Level, target: Option<u128>) {
    let mut times: Vec<u128> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            let found = compare(black_box(typed), black_box(document));
            let time = start.elapsed().as_nanos();
            assert_eq!(black_box(found).level(), level, "{name}");
            time
        })
        .collect();
    times.sort_unstable();
    let median = times.get(RUNS / 2).copied().unwrap_or_default();
    let target = target.map_or_else(|| String::from("-"), |target| format!("<={target}ns"));
    println!("bench\t{name}\t{median}\t-\t-\t{target}");
}
