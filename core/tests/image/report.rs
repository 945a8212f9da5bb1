//! What is said about a picture: right for a good one, the one thing to do for a bad one, and never a panic.

use gatepass_core::image::{
    chroma::{CHROMA_BLOCK, Chroma},
    find::{Format, Guide, Source},
    geometry::{Point, Quad},
    luma::Luma,
    measure::fingerprint::Relation,
    report::{CaptureReport, Instruction, Measure, Mode, Request, Scratch, examine, examine_at},
};
use gatepass_synth::{
    capture::{Profile, Shot},
    document::{Kind, Side, render},
    fonts::Fonts,
};
use proptest::prelude::*;

use crate::scene::{Picture, ground, placed, shoot};

const FRAME: (usize, usize) = (1400, 1000);

fn request(mode: Mode) -> Request {
    Request { format: Format::Id1, mode, guide: None }
}

fn place() -> Quad {
    placed(Format::Id1, Point::new(700.0, 500.0), 560.0, (1.0, 0.02), 0.1)
}

fn good() -> Picture {
    shoot(FRAME, Format::Id1, &place(), ground(0, 3))
}

/// As a document has them: two tints side by side everywhere, of which the finder sees the mean.
fn colours() -> Vec<[u8; 2]> {
    let columns = FRAME.0.div_ceil(CHROMA_BLOCK);
    let tint =
        |block: usize| if (block % columns + block / columns).is_multiple_of(2) { [122, 134] } else { [134, 122] };
    (0..columns * FRAME.1.div_ceil(CHROMA_BLOCK)).map(tint).collect()
}

fn chroma(blocks: &[[u8; 2]]) -> Option<Chroma<'_>> {
    Chroma::new(blocks, FRAME.0.div_ceil(CHROMA_BLOCK))
}

fn judged(picture: &Picture) -> CaptureReport {
    examine(picture.luma(), chroma(&colours()), &request(Mode::Still), &mut Scratch::new())
}

fn instruction(picture: &Picture) -> Option<&'static str> {
    judged(picture).instruction.map(Instruction::code)
}

fn changed(mut picture: Picture, change: impl Fn(f32) -> f32) -> Picture {
    for grey in &mut picture.grey {
        *grey = change(f32::from(*grey)).clamp(0.0, 255.0) as u8;
    }
    picture
}

#[test]
fn a_good_photograph_is_accepted() {
    let report = judged(&good());
    assert!(report.accepted(), "{report:#?}");
    assert_eq!(report.instruction, None);
    let document = report.document.unwrap();
    assert_eq!(document.source, Source::Edges);
    assert!(document.quad.iou(&place()) > 0.98);
    let across = report.get(Measure::Resolution).unwrap().value;
    assert!((across - 1120.0).abs() < 80.0, "{across}");
}

/// Where a person marked the corners, nothing that lies in the ground is searched or measured.
#[test]
fn corners_that_are_known_are_believed() {
    let (picture, other) = (good(), Quad::upright(100.0, 100.0, 600.0, 420.0));
    let blocks = colours();
    let at = |corners: &Quad| {
        examine_at(picture.luma(), chroma(&blocks), corners, &request(Mode::Still), &mut Scratch::new())
    };
    let (right, wrong) = (at(&place()), at(&other));
    assert!(right.accepted(), "{right:#?}");
    assert_eq!(right.document.unwrap().quad, place());
    assert_eq!(wrong.document.unwrap().quad, other);
    assert_eq!(wrong.get(Measure::Document).unwrap().value, 1.0);
    assert!(!wrong.accepted());
}

#[test]
fn each_fault_gets_its_instruction() {
    assert_eq!(instruction(&Picture::plain(1400, 1000, 4)), Some("uncover_lens"));
    assert_eq!(instruction(&Picture::plain(1400, 1000, 160)), Some("show_document"));
    assert_eq!(instruction(&changed(good(), |grey| grey * 0.3)), Some("more_light"));
    assert_eq!(instruction(&changed(good(), |grey| grey * 1.6)), Some("less_light"));
    assert_eq!(instruction(&changed(good(), |grey| grey * 0.33 + 60.0)), Some("clear_haze"));
    let small = placed(Format::Id1, Point::new(700.0, 500.0), 380.0, (1.0, 0.02), 0.1);
    assert_eq!(instruction(&shoot(FRAME, Format::Id1, &small, ground(0, 3))), Some("move_closer"));
    assert_eq!(instruction(&good().blurred(3, 3)), Some("focus"));
}

/// Where no document is found: the document lies there, and another ground would not help.
#[test]
fn what_is_wrong_with_the_whole_picture_is_named() {
    let failed = |picture: &Picture| {
        let report = judged(picture);
        assert_eq!(report.document, None);
        let failed: Vec<_> = report.measures.iter().filter(|one| !one.pass).map(|one| one.measure.code()).collect();
        (report.instruction.unwrap().code(), failed)
    };
    assert_eq!(failed(&Picture::plain(1400, 1000, 255)), ("less_light", vec!["brightness"]));
    assert_eq!(failed(&Picture::plain(1400, 1000, 28)), ("more_light", vec!["darkness"]));
    assert_eq!(failed(&good().blurred(40, 40)), ("focus", vec!["sharpness"]));
    assert_eq!(failed(&Picture::plain(1400, 1000, 4)), ("uncover_lens", vec!["black_frame", "document"]));
}

/// A picture whose corners are seen was not taken through a cover.
#[test]
fn a_document_in_the_dark_needs_light_and_no_other_lens() {
    for light in [0.1, 0.07] {
        let report = judged(&changed(good(), |grey| grey * light));
        assert_eq!(report.instruction, Some(Instruction::MoreLight), "{report:#?}");
    }
}

/// Whoever has not shown a document yet is asked for one, on any table, and not for a lamp.
#[test]
fn an_ordinary_table_is_neither_dark_nor_bright_nor_blurred() {
    let fonts = Fonts::debian().unwrap();
    let mut empty = 0;
    for seed in 0..24 {
        let sheet = render(&fonts, seed, Kind::Licence, Side::Front);
        let profile = if seed % 3 == 2 { Profile::Busy } else { Profile::Empty };
        let shot = Shot::draw(4_000 + seed, profile, &sheet);
        let frame = gatepass_synth::capture::shoot(&sheet, &shot).raster;
        let (width, height, grey) = (frame.width, frame.height, frame.luma());
        let report = judged(&Picture { width, height, grey });
        if report.document.is_none() {
            assert_eq!(report.instruction, Some(Instruction::ShowDocument), "{seed}: {report:#?}");
            empty += 1;
        }
    }
    assert!(empty >= 8, "{empty}");
    for kind in 0..5 {
        let ground = ground(kind, 7);
        let mut picture = Picture::plain(1400, 1000, 0);
        for (place, grey) in picture.grey.iter_mut().enumerate() {
            *grey = ground((place % 1400) as f32, (place / 1400) as f32) as u8;
        }
        let report = judged(&picture);
        let asked = report.document.is_some() || report.instruction == Some(Instruction::ShowDocument);
        assert!(asked, "{kind}: {report:#?}");
    }
}

/// Nearer, the document would be cut off.
#[test]
fn a_camera_with_too_few_pixels_is_not_moved_closer() {
    let still = |(width, height): (usize, usize), format, half: f32, mode| {
        let middle = Point::new(width as f32 / 2.0, height as f32 / 2.0);
        let quad = placed(format, middle, half, (1.0, 0.0), 0.0);
        let picture = shoot((width, height), format, &quad, ground(0, 3));
        examine(picture.luma(), None, &Request { format, mode, guide: None }, &mut Scratch::new())
    };
    let full = still((900, 604), Format::Id1, 391.0, Mode::Still);
    assert_eq!(full.instruction, Some(Instruction::MorePixels), "{full:#?}");
    assert!(full.get(Measure::Resolution).is_none(), "one reason, and not two that differ");
    assert!(!full.accepted());
    for size in [(1280, 720), (720, 1280)] {
        let passport = still(size, Format::Td3, 320.0, Mode::Still);
        assert_eq!(passport.instruction, Some(Instruction::MorePixels), "no passport has 1300 pixels in 1280 × 720");
        assert_ne!(still(size, Format::Td3, 320.0, Mode::Live).instruction, Some(Instruction::MorePixels));
    }
    let card = still((1280, 720), Format::Id1, 320.0, Mode::Still);
    assert_eq!(card.instruction, Some(Instruction::MoveCloser), "a card has room for 1118");
    assert!(card.get(Measure::FrameSize).is_none());
    let nothing = Picture::plain(900, 604, 160);
    assert_eq!(instruction(&nothing), Some("more_pixels"), "before anything is looked for");
}

#[test]
fn a_reflection_counts_where_it_covers_print() {
    let at = |left: f32, top: f32| Quad::upright(left, top, left + 130.0, top + 90.0);
    let mut over = good();
    over.paint(&at(700.0, 400.0), 255);
    let report = judged(&over);
    assert_eq!(report.instruction, Some(Instruction::MoveLamp), "{report:#?}");
    let region = report.get(Measure::Glare).unwrap().region.unwrap();
    assert!(region.iou(&at(700.0, 400.0)) > 0.6, "the region is the reflection: {region:?}");
    // Above the portrait there is nothing.
    let mut beside = good();
    beside.paint(&Quad::upright(300.0, 190.0, 430.0, 240.0), 255);
    assert!(judged(&beside).get(Measure::Glare).unwrap().pass);
}

#[test]
fn a_camera_that_moves_is_told_to_hold_still_and_nothing_else() {
    // Along both diagonals: most hands move so.
    for falls in [true, false] {
        let shaken = good().streaked(22, falls);
        let report = examine(shaken.luma(), None, &request(Mode::Live), &mut Scratch::new());
        assert_eq!(report.instruction, Some(Instruction::HoldStill), "{report:#?}");
        let failed: Vec<_> = report.measures.iter().filter(|one| !one.pass).map(|one| one.measure).collect();
        assert_eq!(failed, [Measure::Motion, Measure::Sharpness]);
    }
}

#[test]
fn fingers_over_the_edge_are_seen() {
    let mut picture = good();
    let [top_left, _, _, bottom_left] = place().0;
    let side = top_left.x.min(bottom_left.x);
    picture.paint(&Quad::upright(side - 120.0, 560.0, side + 120.0, 760.0), 130);
    let report = judged(&picture);
    assert!(!report.get(Measure::Fingers).unwrap().pass, "{report:#?}");
}

#[test]
fn a_dark_finger_is_seen_though_its_nail_ends_at_the_edge() {
    let mut picture = good();
    let [top_left, _, _, bottom_left] = place().0;
    let side = top_left.x.max(bottom_left.x);
    picture.paint(&Quad::upright(side - 160.0, 560.0, side + 150.0, 760.0), 45);
    picture.paint(&Quad::upright(side - 8.0, 585.0, side + 130.0, 735.0), 95);
    let report = judged(&picture);
    assert!(!report.get(Measure::Fingers).unwrap().pass, "{report:#?}");
}

#[test]
fn where_there_is_no_print_the_whole_document_is_not_sharp() {
    let mut blank = good();
    blank.paint(&place(), 205);
    let report = judged(&blank);
    let sharpness = report.get(Measure::Sharpness).unwrap();
    assert!(!sharpness.pass && sharpness.region.unwrap().iou(&report.document.unwrap().quad) > 0.999, "{report:#?}");
}

#[test]
fn a_copy_in_greys_is_told_by_its_colour() {
    let picture = good();
    let blocks = colours().len();
    let report =
        |blocks: &[[u8; 2]]| examine(picture.luma(), chroma(blocks), &request(Mode::Still), &mut Scratch::new());
    let toned = vec![[120, 134]; blocks];
    assert_eq!(report(&toned).instruction, Some(Instruction::UseOriginal), "one colour for each grey is a toned copy");
    let grey = vec![[128, 128]; blocks];
    assert_eq!(report(&grey).instruction, Some(Instruction::UseOriginal));
    let coloured: Vec<[u8; 2]> = (0..blocks).map(|block| if block % 7 < 3 { [120, 140] } else { [132, 122] }).collect();
    assert_eq!(report(&coloured).instruction, None);
}

/// A file in greys alone is such a copy too, whereas a camera's frames may be their grey planes alone.
#[test]
fn a_still_without_colour_is_a_copy_and_a_frame_is_not() {
    let report = |mode: Mode| examine(good().luma(), None, &request(mode), &mut Scratch::new());
    let still = report(Mode::Still);
    assert_eq!(still.get(Measure::GreyCopy).map(|one| (one.value, one.pass)), Some((0.0, false)));
    assert_eq!(still.instruction, Some(Instruction::UseOriginal));
    assert!(report(Mode::Live).get(Measure::GreyCopy).is_none());
}

#[test]
fn the_same_side_looks_alike_and_another_does_not() {
    let first = judged(&good()).fingerprint.unwrap();
    let moved = placed(Format::Id1, Point::new(720.0, 480.0), 520.0, (1.0, -0.05), -0.2);
    let again =
        judged(&changed(shoot(FRAME, Format::Id1, &moved, ground(1, 9)), |grey| grey * 0.8)).fingerprint.unwrap();
    assert!(first.distance(&again) < 0.2, "{}", first.distance(&again));
    assert!(first.distance(&again.turned()) < 0.2, "whichever way up");
    let mut other = good();
    other.paint(
        &Quad(place().0.map(|corner| Point::new(700.0, 500.0) + (corner - Point::new(700.0, 500.0)) * 0.95)),
        200,
    );
    other.paint(&Quad::upright(300.0, 300.0, 1000.0, 420.0), 60);
    other.paint(&Quad::upright(800.0, 500.0, 1200.0, 700.0), 90);
    let other = judged(&other).fingerprint.unwrap();
    assert!(first.distance(&other) > 0.25, "{}", first.distance(&other));
}

#[test]
fn one_picture_twice_and_one_side_twice_are_told_from_two_sides() {
    let first = judged(&good());
    // Saved anew: a little noise, the same place.
    let mut saved = good();
    let mut numbers = crate::scene::Numbers(5);
    for grey in &mut saved.grey {
        *grey = grey.saturating_add((numbers.next() % 5) as u8);
    }
    assert_eq!(first.relation(&judged(&saved)), Some(Relation::SamePicture));
    let moved = placed(Format::Id1, Point::new(720.0, 480.0), 520.0, (1.0, -0.05), -0.2);
    let again = judged(&shoot(FRAME, Format::Id1, &moved, ground(1, 9)));
    assert_eq!(first.relation(&again), Some(Relation::SameSide));
    let mut back = good();
    back.paint(&place(), 205);
    back.paint(&Quad::upright(300.0, 300.0, 1000.0, 420.0), 60);
    back.paint(&Quad::upright(800.0, 500.0, 1200.0, 700.0), 90);
    assert_eq!(first.relation(&judged(&back)), Some(Relation::Different));
    assert_eq!(first.relation(&judged(&Picture::plain(1400, 1000, 160))), None);
}

#[test]
fn the_dots_of_a_display_warn_and_refuse_nothing() {
    assert_eq!(judged(&good()).warnings().count(), 0);
    let mut shown = good();
    for (place, grey) in shown.grey.iter_mut().enumerate() {
        let (x, y) = (place % FRAME.0, place / FRAME.0);
        // What a display's grid leaves in the camera's: waves of some six pixels across and down.
        let wave = [(x * 10) % 63, (y * 10) % 63].map(|phase| if phase < 32 { 6 } else { 0 });
        *grey = grey.saturating_sub(wave[0] + wave[1]);
    }
    let report = judged(&shown);
    let warnings: Vec<_> = report.warnings().map(|one| one.measure).collect();
    assert_eq!(warnings, [Measure::Moire], "{report:#?}");
    assert!(report.accepted());
    assert_eq!(report.instruction, None);
}

#[test]
fn live_and_still_measure_the_same_things_but_what_only_warns() {
    let picture = good();
    let still = judged(&picture);
    let live = examine(picture.luma(), chroma(&colours()), &request(Mode::Live), &mut Scratch::new());
    assert!(live.accepted(), "{live:#?}");
    let names = |report: &CaptureReport| report.measures.iter().map(|one| one.measure).collect::<Vec<_>>();
    assert_eq!(names(&still), [&names(&live)[..], &[Measure::Moire]].concat());
}

#[test]
fn buffers_do_not_remember() {
    let mut scratch = Scratch::new();
    let good = good();
    let blocks = colours();
    let first = examine(good.luma(), chroma(&blocks), &request(Mode::Still), &mut scratch);
    let dark = changed(good.clone(), |grey| grey * 0.3);
    let _ = examine(dark.luma(), None, &request(Mode::Live), &mut scratch);
    assert_eq!(examine(good.luma(), chroma(&blocks), &request(Mode::Still), &mut scratch), first);
}

/// A guide that is none would leave every measure of the document out, and what remains could be accepted.
#[test]
fn a_guide_is_convex_and_clockwise_and_within_the_picture() {
    let picture = Picture::plain(640, 480, 128);
    let guide = |corners| Guide::new(corners, picture.luma());
    let sound = Quad::upright(100.0, 80.0, 540.0, 390.0);
    assert_eq!(guide(sound).unwrap().corners(), sound);
    assert!(guide(Quad::upright(0.0, 0.0, 640.0, 480.0)).is_some(), "all of the picture");
    let concave = Quad([(100.0, 80.0), (540.0, 80.0), (200.0, 150.0), (100.0, 390.0)].map(|(x, y)| Point::new(x, y)));
    let mut reversed = sound;
    reversed.0.reverse();
    let crossed = Quad([sound.0[0], sound.0[2], sound.0[1], sound.0[3]]);
    let no_number = Quad(sound.0.map(|corner| Point::new(corner.x, f32::NAN)));
    let narrow = Quad::upright(100.0, 80.0, 115.0, 390.0);
    let outside = Quad::upright(100.0, 80.0, 641.0, 390.0);
    for none in [concave, reversed, crossed, no_number, narrow, outside, outside.scaled(9.0)] {
        assert_eq!(guide(none), None, "{none:?}");
    }
}

/// Who aligns a document by hand is told what is seen of it there: its sides, or that there is nothing.
#[test]
fn a_guide_says_what_is_seen_within_it() {
    let report = |picture: &Picture, corners: Quad| {
        let request = Request { guide: Guide::new(corners, picture.luma()), ..request(Mode::Live) };
        examine(picture.luma(), None, &request, &mut Scratch::new())
    };
    let nothing = report(&Picture::plain(1400, 1000, 160), place());
    assert_eq!(
        (nothing.document.unwrap().source, nothing.instruction),
        (Source::Guide, Some(Instruction::ShowDocument))
    );
    assert_eq!(nothing.document.unwrap().confidence, 0.0);
    let found = report(&good(), Quad::upright(100.0, 80.0, 540.0, 390.0));
    assert_eq!(found.document.unwrap().source, Source::Edges, "a document that is found stands for itself");
}

#[test]
fn the_lists_of_codes_are_complete() {
    let listed: serde_json::Value = gatepass_tests::vectors::load("error-codes.json").unwrap();
    let measures: Vec<_> = Measure::ALL.iter().map(|one| one.code()).collect();
    let instructions: Vec<_> = Instruction::ALL.iter().map(|one| one.code()).collect();
    assert_eq!(serde_json::json!(measures), listed["capture_measure"]);
    assert_eq!(serde_json::json!(instructions), listed["capture_instruction"]);
    assert_eq!(serde_json::json!(Relation::ALL.map(Relation::code)), listed["capture_relation"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// All black, all white, stripes, noise, any size and stride: a report, and every number in it is one.
    #[test]
    fn any_picture_has_a_report(
        width in 1_usize..240,
        height in 1_usize..240,
        padding in 0_usize..9,
        tile in prop::collection::vec(any::<u8>(), 1..30),
        live: bool,
        corners in prop::array::uniform8(-400.0_f32..600.0),
        colour in prop::option::of((1_usize..40, prop::collection::vec(any::<[u8; 2]>(), 1..200))),
    ) {
        let stride = width + padding;
        let bytes: Vec<u8> = tile.iter().copied().cycle().take(stride * height).collect();
        let luma = Luma::new(&bytes, width, height, stride).unwrap();
        let corners = Quad(std::array::from_fn(|at| Point::new(corners[2 * at], corners[2 * at + 1])));
        // Most corners are no guide: an upright one then, so that half of the pictures have one.
        let upright = Quad::upright(0.0, 0.0, width as f32, height as f32);
        let guide = Guide::new(corners, luma).or_else(|| Guide::new(upright, luma).filter(|_| colour.is_some()));
        let mode = if live { Mode::Live } else { Mode::Still };
        let request = Request { format: Format::Id1, mode, guide };
        // Colour of any size, also of another picture.
        let chroma = colour.as_ref().and_then(|(columns, blocks)| {
            Chroma::new(&blocks[..blocks.len() / columns * columns], *columns)
        });
        let report = examine(luma, chroma, &request, &mut Scratch::new());
        for measured in &report.measures {
            prop_assert!(measured.value.is_finite() && measured.limit.is_finite(), "{measured:?}");
        }
        prop_assert_eq!(report.accepted(), report.instruction.is_none());
    }
}
