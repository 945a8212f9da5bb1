//! Which way up a document lies: whoever photographs it upside down must not be told that the name cannot be read.

use gatepass_core::image::{
    find::{Format, Guide, Scratch, Source, Upright, find, find_in},
    geometry::{Point, Quad},
    luma::Luma,
};
use gatepass_synth::{
    capture::{Profile, Shot, shoot},
    document::{Kind, Side, render_at},
    fonts::Fonts,
};

use crate::scene::{Numbers, Picture, ground, placed};

const SIDES: [(Kind, Side); 5] = [
    (Kind::Passport, Side::Front),
    (Kind::Licence, Side::Front),
    (Kind::Licence, Side::Back),
    (Kind::Permit, Side::Front),
    (Kind::Permit, Side::Back),
];

/// By how many quarters of a turn the corners that were found are off.
fn quarters(found: &Quad, truth: &Quad) -> usize {
    let away = |turn: usize| -> f32 {
        found.turned(turn).0.iter().zip(truth.0).map(|(&here, there)| (here - there).length()).sum()
    };
    (0..4).min_by(|&a, &b| away(a).total_cmp(&away(b))).unwrap()
}

#[test]
fn a_document_that_lies_any_way_round_is_put_upright() {
    let fonts = Fonts::debian().unwrap();
    let mut scratch = Scratch::new();
    let mut numbers = Numbers(31);
    let (mut found, mut known, mut wrong) = (0, 0, 0);
    for seed in 31_000..31_025 {
        let (kind, side) = SIDES[(seed % 5) as usize];
        let sheet = render_at(&fonts, seed, kind, side, 10.0);
        let mut shot = Shot::draw(seed, Profile::Careful, &sheet);
        // A frame that every way round fits into.
        (shot.width, shot.height, shot.across) = (800, 800, 620.0);
        shot.turn = numbers.between(-180.0, 180.0);
        let frame = shoot(&sheet, &shot);
        let truth = Quad(frame.truth.quad.map(|corner| Point::new(corner.x, corner.y)));
        let grey = frame.raster.luma();
        let luma = Luma::new(&grey, frame.raster.width, frame.raster.height, frame.raster.width).unwrap();
        let format = if kind == Kind::Passport { Format::Td3 } else { Format::Id1 };
        let Some(located) = find(luma, format, None, &mut scratch) else { continue };
        if located.quad.iou(&truth) < 0.9 {
            continue;
        }
        found += 1;
        let turned = quarters(&located.quad, &truth);
        assert!(turned.is_multiple_of(2), "{seed}: a long side is taken for a short one");
        if located.upright == Upright::Content {
            known += 1;
            wrong += usize::from(turned != 0);
        }
    }
    assert!(found >= 21, "{found} of 25 found");
    assert!(known * 10 >= found * 8, "{known} of {found} known by what is on them");
    assert_eq!(wrong, 0, "{wrong} of {known} upside down");
}

#[test]
fn what_has_nothing_on_it_has_no_known_top() {
    let mut scratch = Scratch::new();
    let truth = placed(Format::Id1, Point::new(320.0, 180.0), 150.0, (1.0, 0.04), 0.1);
    let ground = ground(0, 5);
    let mut picture = Picture::plain(640, 360, ground(0.0, 0.0) as u8);
    picture.paint(&truth, 220);
    let located = find(picture.luma(), Format::Id1, None, &mut scratch).unwrap();
    assert!(located.quad.iou(&truth) > 0.95);
    assert_eq!((located.upright, quarters(&located.quad, &truth)), (Upright::Assumed, 0));
    let blank = Picture::plain(320, 240, 128);
    let guide = Guide::new(Quad::upright(40.0, 60.0, 280.0, 210.0), blank.luma()).unwrap();
    let located = find_in(blank.luma(), None, Format::Id1, Some(&guide), &mut scratch).unwrap();
    assert_eq!((located.source, located.upright, located.quad), (Source::Guide, Upright::Assumed, guide.corners()));
}
