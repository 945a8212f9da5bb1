//! Turn evidence on pictures that are computed here: a ball with a pattern on it turns as a head does, a board with the same
//! pattern does not. Drawn heads and attacks are measured in the bench.

#![cfg(feature = "image")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "frames, pixels and levels, all of them small"
)]

use gatepass_core::image::{
    luma::Luma,
    turn::{Direction, Finding, Measure, Prompt, Script, ScriptError, Verdict, Watch, WatchError},
};

const WIDTH: usize = 320;
const HEIGHT: usize = 240;

/// A pattern without repetition, 0 to 1: some sines whose periods have nothing in common.
fn pattern(x: f64, y: f64) -> f64 {
    let waves = [(7.3, 2.1, 0.3), (-3.7, 8.9, 1.7), (13.1, 5.3, 2.9), (-9.7, 15.1, 4.1), (21.7, -17.3, 0.9)];
    0.5 + waves.iter().map(|(a, b, c)| (a * x + b * y + c).sin()).sum::<f64>() * 0.1
}

/// What stands before the camera.
#[derive(Clone, Copy)]
enum Thing {
    /// An ellipsoid of half width 50 pixels.
    Ball,
    /// Two ellipsoids of half width 42 pixels, side by side.
    Balls,
    /// A board that fills a third of the picture.
    Board,
}

/// A picture of the thing, turned by `yaw` degrees to its left and shifted by `shift` pixels.
fn picture(thing: Thing, yaw: f64, shift: f64, frame: usize) -> Vec<u8> {
    filmed(thing, yaw, shift, frame, 4.0)
}

/// The same under noise that reaches over so many levels.
fn filmed(thing: Thing, yaw: f64, shift: f64, frame: usize, noisy: f64) -> Vec<u8> {
    let (sin, cos) = yaw.to_radians().sin_cos();
    let mut grey = Vec::with_capacity(WIDTH * HEIGHT);
    for row in 0..HEIGHT {
        for column in 0..WIDTH {
            let (middle, half) = match thing {
                Thing::Balls => (if column < 160 { 100.0 } else { 220.0 }, 42.0),
                Thing::Ball | Thing::Board => (160.0, 50.0),
            };
            let (x, y) = ((column as f64 - middle - shift) / half, (row as f64 - 110.0) / half);
            let level = match thing {
                Thing::Ball | Thing::Balls => {
                    let across = x * x + (y / 1.35) * (y / 1.35);
                    (across < 1.0).then(|| {
                        let depth = 1.3 * (1.0 - across).sqrt();
                        // The place on the ball that is seen here, before it was turned.
                        let (side, front) = (x * cos - depth / 1.3 * sin, x * sin + depth / 1.3 * cos);
                        pattern(side.atan2(front) * 1.1, y)
                    })
                }
                Thing::Board => {
                    // Seen from six half widths away: x = 6 a cos / (6 - a sin), solved for a.
                    let along = 6.0 * x / (6.0 * cos + x * sin);
                    let near = 6.0 / (6.0 - along * sin);
                    let down = y / near;
                    (along.abs() < 1.6 && down.abs() < 2.0).then(|| pattern(along, down))
                }
            };
            let behind = 0.3 + 0.4 * pattern(column as f64 / 90.0, row as f64 / 90.0);
            // A sensor's noise, the same for every run.
            let word = (frame * 7_919 + row * 104_729 + column * 1_299_709) as u64;
            let mixed = word.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            // Twice: once alone spreads so evenly that the mean over a part of the frame has no noise.
            let mixed = (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let noise = (mixed >> 40) as f64 / 16_777_216.0 - 0.5;
            grey.push((level.unwrap_or(behind) * 230.0 + noisy * noise + 10.0).clamp(0.0, 255.0) as u8);
        }
    }
    grey
}

/// Out within 0.8 s from 0.4 s after the prompt, back within 0.8 s.
fn swing(since: f64) -> f64 {
    let ease = |from: f64, to: f64| {
        let part = ((since - from) / (to - from)).clamp(0.0, 1.0);
        part * part * (3.0 - 2.0 * part)
    };
    ease(0.4, 1.2) - ease(1.4, 2.2)
}

const ASKED: [Direction; 3] = [Direction::Left, Direction::Right, Direction::Left];

fn script() -> Script {
    let at = |place: u32| 500 + 2_600 * place;
    Script::new((0..3).zip(ASKED).map(|(place, direction)| Prompt { direction, at: at(place) }).collect()).unwrap()
}

/// A clip of ten frames a second in which the thing turns by these degrees after each prompt.
fn watched(thing: Thing, turns: [f64; 3], shift: f64) -> Watch {
    let mut watch = Watch::new(script());
    for frame in 0..83 {
        let time = frame as f64 / 10.0;
        let part = |place: usize| swing(time - 0.5 - 2.6 * place as f64);
        let yaw = turns.iter().enumerate().map(|(place, degrees)| degrees * part(place)).sum();
        let moved = (0..3).map(|place| shift * turns[place].signum() * part(place)).sum();
        let grey = picture(thing, yaw, moved, frame);
        watch.push(Luma::new(&grey, WIDTH, HEIGHT, WIDTH).unwrap(), frame as u32 * 100).unwrap();
    }
    watch
}

#[test]
fn a_head_that_turns_as_told_is_shown() {
    let evidence = watched(Thing::Ball, [30.0, -35.0, 25.0], 0.0).evidence();
    assert_eq!(evidence.verdict, Verdict::Shown, "{:?} {:?}", evidence.findings, evidence.measures);
    for (prompt, (asked, degrees)) in evidence.prompts.iter().zip(ASKED.into_iter().zip([30.0_f32, -35.0, 25.0])) {
        assert_eq!(prompt.asked, asked);
        assert_eq!(prompt.seen, Some(asked));
        assert!((prompt.extent - degrees).abs() < 0.35 * degrees.abs(), "{degrees}: {prompt:?}");
        assert!(prompt.solid > 0.5 * degrees.abs(), "{prompt:?}");
        // The farthest is reached 1.2 to 1.4 seconds after the prompt.
        assert!((1_100..=1_600).contains(&prompt.after), "{prompt:?}");
    }
    let head = evidence.head.unwrap();
    assert!((head.centre.x - 160.0).abs() < 12.0 && (head.centre.y - 110.0).abs() < 16.0, "{head:?}");
}

#[test]
fn the_other_way_is_the_wrong_way() {
    let evidence = watched(Thing::Ball, [30.0, 38.0, 24.0], 0.0).evidence();
    assert_eq!(evidence.prompts[1].seen, Some(Direction::Left));
    assert_eq!(evidence.findings, [Finding::TurnWrongWay]);
}

#[test]
fn a_turn_that_does_not_come_is_missed() {
    let evidence = watched(Thing::Ball, [30.0, 0.0, 25.0], 0.0).evidence();
    assert_eq!(evidence.prompts[1].seen, None);
    assert!(evidence.findings.contains(&Finding::TurnMissing), "{:?}", evidence.findings);
}

/// The photo of somebody else, turned or pushed in front of the camera, must not pass for a head.
#[test]
fn a_flat_thing_is_not_shown() {
    for (degrees, shift) in [(35.0, 0.0), (20.0, 25.0), (0.0, 40.0), (35.0, -30.0)] {
        let evidence = watched(Thing::Board, [degrees, -degrees, degrees], shift).evidence();
        assert_eq!(evidence.verdict, Verdict::NotShown, "{degrees} degrees, {shift} pixels: {evidence:?}");
    }
}

/// Whose turn it was would not be known.
#[test]
fn a_second_head_is_seen() {
    let evidence = watched(Thing::Balls, [30.0, -35.0, 25.0], 0.0).evidence();
    assert!(evidence.findings.contains(&Finding::FaceSecond), "{:?} {:?}", evidence.findings, evidence.measures);
}

#[test]
fn a_still_picture_is_frozen() {
    let mut watch = Watch::new(script());
    let grey = picture(Thing::Ball, 10.0, 0.0, 0);
    for frame in 0..83 {
        watch.push(Luma::new(&grey, WIDTH, HEIGHT, WIDTH).unwrap(), frame * 100).unwrap();
    }
    let evidence = watch.evidence();
    assert!(evidence.findings.contains(&Finding::Frozen), "{:?}", evidence.findings);
    assert!(evidence.prompts.iter().all(|prompt| prompt.seen.is_none()));
}

/// Seconds that come again are no proof of three turns, even when a camera films them anew each time, and in poor light.
#[test]
fn a_loop_is_found() {
    for noisy in [4.0, 11.0] {
        let mut watch = Watch::new(script());
        for frame in 0..83_usize {
            let of = frame % 26;
            let grey = filmed(Thing::Ball, 30.0 * swing(of as f64 / 10.0 - 0.5), 0.0, frame, noisy);
            watch.push(Luma::new(&grey, WIDTH, HEIGHT, WIDTH).unwrap(), frame as u32 * 100).unwrap();
        }
        let findings = watch.evidence().findings;
        assert!(findings.contains(&Finding::Repeated), "{noisy}: {findings:?}");
    }
}

#[test]
fn nothing_in_the_picture_is_no_face() {
    for grey in [0, 255] {
        let mut watch = Watch::new(script());
        let plain = vec![grey; 160 * 120];
        for frame in 0..20 {
            watch.push(Luma::new(&plain, 160, 120, 160).unwrap(), frame * 100).unwrap();
        }
        let evidence = watch.evidence();
        assert_eq!(evidence.verdict, Verdict::NotShown);
        assert!(evidence.findings.contains(&Finding::FaceMissing), "{:?}", evidence.findings);
        assert!(evidence.measures.iter().all(|measure| measure.value.is_none_or(f32::is_finite)));
    }
    let empty = Watch::new(script()).evidence();
    assert_eq!((empty.verdict, empty.prompts.len()), (Verdict::NotShown, 3));
}

#[test]
fn frames_that_do_not_fit_are_refused_by_name() {
    let grey = vec![90; 400 * 400];
    let luma = |width, height| Luma::new(&grey, width, height, 400).unwrap();
    let mut watch = Watch::new(script());
    assert_eq!(watch.push(luma(119, 240), 0), Err(WatchError::TooSmall));
    assert_eq!(watch.push(luma(320, 240), 5), Ok(()));
    assert_eq!(watch.push(luma(240, 320), 6), Err(WatchError::SizeChanged));
    assert_eq!(watch.push(luma(320, 240), 5), Err(WatchError::TimeBackwards));
    assert_eq!(watch.push(luma(320, 240), 6), Ok(()));
    assert_eq!(watch.frames(), 2);
    let mut small = Watch::new(script());
    for at in 0..600 {
        small.push(luma(120, 120), at).unwrap();
    }
    assert_eq!(small.push(luma(120, 120), 600), Err(WatchError::TooMany));
    assert_eq!(Script::new(Vec::new()), Err(ScriptError::Length));
}

/// Whatever a camera or a hostile page sends, there is an answer with finite numbers.
mod any_film {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    /// Blocks of noise that move about, at times that may go backwards.
    fn frame() -> impl Strategy<Value = (u64, i32, i32, u8, i64)> {
        (0_u64..4, -30_i32..30, -30_i32..30, 0_u8..=255, -50_i64..700)
    }

    fn drawn((seed, right, down, light, _): (u64, i32, i32, u8, i64), (width, height): (usize, usize)) -> Vec<u8> {
        let level = |x: i32, y: i32| {
            let block = (x.div_euclid(7) as u64) << 32 ^ (y.div_euclid(5) as u64 & 0xffff_ffff) ^ seed << 60;
            (block.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8
        };
        let places = (0..height as i32).flat_map(|y| (0..width as i32).map(move |x| (x, y)));
        places.map(|(x, y)| level(x + right, y + down) & light).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn has_an_answer(
            size in (120_usize..150, 120_usize..150),
            frames in vec(frame(), 0..14),
            begins in 0_u32..u32::MAX,
        ) {
            let prompt = |direction, at| Prompt { direction, at };
            let later = begins.saturating_add(1_500);
            let script = Script::new(vec![prompt(Direction::Left, begins), prompt(Direction::Right, later)]);
            let Ok(script) = script else { return Ok(()) };
            let mut watch = Watch::new(script);
            let mut at = i64::from(begins);
            for frame in frames {
                at = (at + frame.4).clamp(0, i64::from(u32::MAX));
                let grey = drawn(frame, size);
                let _ = watch.push(Luma::new(&grey, size.0, size.1, size.0).unwrap(), at as u32);
            }
            let evidence = watch.evidence();
            prop_assert_eq!(evidence.prompts.len(), 2);
            prop_assert_eq!(evidence.yaw.len(), watch.frames());
            let numbers = evidence.measures.iter().filter_map(|measured| measured.value).chain(evidence.yaw.iter().copied());
            let of_prompts = evidence.prompts.iter().flat_map(|prompt| [prompt.extent, prompt.solid, prompt.fastest]);
            prop_assert!(numbers.chain(of_prompts).all(f32::is_finite), "{:?}", evidence);
            prop_assert_eq!(evidence.findings.is_empty(), evidence.verdict == Verdict::Shown);
        }
    }
}

/// Codes cross borders: what the list does not name is told by nobody.
#[test]
fn every_code_stands_in_the_list() {
    let listed: serde_json::Value = gatepass_tests::vectors::load("error-codes.json").unwrap();
    let of = |kind: &str| -> Vec<&str> {
        listed[kind].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect()
    };
    assert_eq!(of("turn_script"), ScriptError::ALL.map(|error| error.code()));
    assert_eq!(of("turn_frame"), WatchError::ALL.map(|error| error.code()));
    assert_eq!(of("turn_finding"), Finding::ALL.map(Finding::code));
    assert_eq!(of("turn_measure"), Measure::ALL.map(Measure::code));
    assert_eq!(Direction::from_code("left"), Some(Direction::Left));
    assert_eq!(Direction::from_code("Left"), None);
}
