//! Stillness: what makes the shutter wait, and what must not.

use gatepass_core::image::{
    geometry::{Point, Quad},
    steady::{LEAST_MS, Steady},
};

use crate::scene::Numbers;

const CARD: Quad = Quad([
    Point { x: 100.0, y: 100.0 },
    Point { x: 500.0, y: 100.0 },
    Point { x: 500.0, y: 350.0 },
    Point { x: 100.0, y: 350.0 },
]);

fn moved(by: f32) -> Quad {
    Quad(CARD.0.map(|corner| corner + Point::new(by, 0.0)))
}

#[test]
fn the_shutter_waits_for_half_a_second_of_stillness() {
    let quad = CARD;
    let mut steady = Steady::new();
    assert!(!steady.push(1_000, Some(&quad)));
    assert!(!steady.push(1_499, Some(&moved(4.0))));
    assert!(steady.push(1_500, Some(&quad)));
    // Lost for one frame: from the beginning.
    assert!(!steady.push(1_600, None));
    assert!(!steady.push(1_700, Some(&quad)));
    assert!(!steady.push(2_100, Some(&moved(20.0))), "400 × 250 pixels moved by 20: intersection over union 0.905");
    assert!(!steady.push(2_599, Some(&moved(20.0))));
    assert!(steady.push(2_600, Some(&moved(20.0))));
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
        if steady.push(now, Some(&Quad(place))) && since.is_none() {
            since = Some(now);
        }
    }
    assert!(since.is_some_and(|since| since <= LEAST_MS + 33), "{since:?}");
}

#[test]
fn a_jump_begins_the_wait_anew() {
    let mut steady = Steady::new();
    for now in (0..=600).step_by(100) {
        steady.push(now, Some(&CARD));
    }
    assert!(steady.push(700, Some(&CARD)));
    // Pushed by a quarter of its width, once.
    assert!(!steady.push(800, Some(&moved(100.0))));
    assert!(!steady.push(1_299, Some(&moved(100.0))));
    assert!(steady.push(1_300, Some(&moved(100.0))));
    // There and back between two frames that are not still is no stillness of the first place.
    assert!(!steady.push(1_400, Some(&CARD)));
    assert!(!steady.push(1_500, Some(&moved(100.0))));
    assert!(!steady.push(1_950, Some(&moved(100.0))));
}

#[test]
fn how_long_it_was_held_is_told() {
    let mut steady = Steady::new();
    assert_eq!(steady.held(1_000), 0);
    steady.push(1_000, Some(&CARD));
    // Found to be upside down meanwhile: the same place.
    assert!(!steady.push(1_300, Some(&CARD.turned(2))));
    assert_eq!(steady.held(1_300), 300);
    assert!(steady.push(1_500, Some(&CARD)));
    steady.push(1_600, Some(&moved(100.0)));
    assert_eq!(steady.held(1_600), 0);
    steady.push(1_700, None);
    assert_eq!(steady.held(1_700), 0);
}
