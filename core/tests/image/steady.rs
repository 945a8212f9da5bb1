//! Stillness: what makes the shutter wait, and what must not.

use gatepass_core::image::{
    find::{Format, Guide, Located, Source, Upright},
    geometry::{Point, Quad},
    report::{Mode, Request, Scratch, examine},
    steady::{LEAST_MS, LONGEST_GAP_MS, Steady},
};

use crate::scene::{Numbers, Picture};

const CARD: Quad = Quad([
    Point { x: 100.0, y: 100.0 },
    Point { x: 500.0, y: 100.0 },
    Point { x: 500.0, y: 350.0 },
    Point { x: 100.0, y: 350.0 },
]);

fn at(quad: Quad) -> Located {
    Located { quad, upright: Upright::Assumed, confidence: 0.9, source: Source::Edges, cut: 0 }
}

fn moved(by: f32) -> Located {
    at(Quad(CARD.0.map(|corner| corner + Point::new(by, 0.0))))
}

/// Frames at these times, the card in the same place: at which of them the shutter would go.
fn shutter(steady: &mut Steady, times: &[u64], card: &Located) -> Vec<bool> {
    times.iter().map(|&now| steady.push(now, Some(card))).collect()
}

#[test]
fn the_shutter_waits_for_half_a_second_of_stillness() {
    let quad = at(CARD);
    let mut steady = Steady::new();
    assert!(!steady.push(1_000, Some(&quad)));
    assert!(!steady.push(1_250, Some(&quad)));
    assert!(!steady.push(1_499, Some(&moved(4.0))));
    assert!(steady.push(1_500, Some(&quad)));
    // Lost for one frame: from the beginning.
    assert!(!steady.push(1_600, None));
    assert!(!steady.push(1_700, Some(&quad)));
    assert!(!steady.push(1_900, Some(&quad)));
    assert!(!steady.push(2_100, Some(&moved(20.0))), "400 × 250 pixels moved by 20: intersection over union 0.905");
    assert_eq!(shutter(&mut steady, &[2_350, 2_599, 2_600], &moved(20.0)), [false, false, true]);
    // A slow drift.
    let mut steady = Steady::new();
    let mut still = false;
    for frame in 0_u16..40 {
        still |= steady.push(u64::from(frame) * 33, Some(&moved(f32::from(frame) * 2.0)));
    }
    assert!(!still);
}

#[test]
fn corners_that_tremble_are_still() {
    // Every corner is placed anew within two pixels, as it is from frame to frame of a hand that holds still.
    let mut numbers = Numbers(3);
    let mut steady = Steady::new();
    let mut since = None;
    for frame in 0..60 {
        let now = frame * 33;
        let place = CARD.0.map(|corner| corner + Point::new(numbers.between(-2.0, 2.0), numbers.between(-2.0, 2.0)));
        if steady.push(now, Some(&at(Quad(place)))) && since.is_none() {
            since = Some(now);
        }
    }
    assert!(since.is_some_and(|since| since <= LEAST_MS + 33), "{since:?}");
}

#[test]
fn a_jump_begins_the_wait_anew() {
    let mut steady = Steady::new();
    for now in (0..=600).step_by(100) {
        steady.push(now, Some(&at(CARD)));
    }
    assert!(steady.push(700, Some(&at(CARD))));
    // Pushed by a quarter of its width, once.
    assert_eq!(shutter(&mut steady, &[800, 1_050, 1_299, 1_300], &moved(100.0)), [false, false, false, true]);
    // There and back between two frames that are not still is no stillness of the first place.
    assert!(!steady.push(1_400, Some(&at(CARD))));
    assert_eq!(shutter(&mut steady, &[1_500, 1_750, 1_950], &moved(100.0)), [false, false, false]);
}

/// Between two frames far apart anything may have happened: a page that was in the background, a clock that was set.
#[test]
fn frames_far_apart_show_no_stillness() {
    let card = at(CARD);
    assert_eq!(shutter(&mut Steady::new(), &[0, 1_000_000_000], &card), [false, false]);
    assert_eq!(shutter(&mut Steady::new(), &[0, 250, 250 + LONGEST_GAP_MS + 1, 900], &card), [false; 4]);
    // A phone that gives four frames a second, and not all of them in time.
    assert_eq!(shutter(&mut Steady::new(), &[0, 250, 250 + LONGEST_GAP_MS], &card), [false, false, true]);
    // Back in time, and on from there.
    assert_eq!(shutter(&mut Steady::new(), &[1_000, 1_250, 1_200, 1_450, 1_500], &card), [false; 5]);
    assert_eq!(
        shutter(&mut Steady::new(), &[1_000, 1_250, 1_200, 1_450, 1_700], &card),
        [false, false, false, false, true]
    );
}

/// The camera would go off by itself over a table: the guide is on the screen and never moves.
#[test]
fn a_guide_is_no_document_that_is_held_still() {
    let guide = Located { source: Source::Guide, ..at(CARD) };
    assert_eq!(shutter(&mut Steady::new(), &[0, 250, 500, 750], &guide), [false; 4]);
    // Rows of text from edge to edge, and no document.
    let mut page = Picture::plain(1280, 720, 205);
    for (place, grey) in page.grey.iter_mut().enumerate() {
        let (x, y) = (place % 1280, place / 1280);
        let ink = (x / 5).wrapping_mul(2_654_435_761) ^ (y / 5).wrapping_mul(40_503);
        if y % 26 > 7 && (ink >> 7) % 5 < 2 {
            *grey = 40;
        }
    }
    let (mut steady, mut scratch) = (Steady::new(), Scratch::new());
    for (now, by) in [(0, 0), (250, 0), (500, 0), (750, 37)] {
        page.grey.rotate_left(by);
        let guide = Guide::new(Quad::upright(180.0, 70.0, 1100.0, 650.0), page.luma());
        let request = Request { format: Format::Id1, mode: Mode::Live, guide };
        let report = examine(page.luma(), None, &request, &mut scratch);
        assert_eq!(report.document.unwrap().source, Source::Guide);
        assert!(!report.accepted(), "{report:#?}");
        assert!(!steady.push(now, report.document.as_ref()));
    }
}

#[test]
fn how_long_it_was_held_is_told() {
    let mut steady = Steady::new();
    assert_eq!(steady.held(1_000), 0);
    steady.push(1_000, Some(&at(CARD)));
    // Found to be upside down meanwhile: the same place.
    assert!(!steady.push(1_300, Some(&at(CARD.turned(2)))));
    assert_eq!(steady.held(1_300), 300);
    assert!(steady.push(1_500, Some(&at(CARD))));
    steady.push(1_600, Some(&moved(100.0)));
    assert_eq!(steady.held(1_600), 0);
    steady.push(1_700, None);
    assert_eq!(steady.held(1_700), 0);
}
