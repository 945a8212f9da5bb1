//! The document's place: what the automatic shutter and every measure stand on.

use gatepass_core::image::{
    chroma::Chroma,
    find::{Format, Guide, Located, Scratch, Source, find, find_in},
    geometry::{Point, Quad},
    luma::Luma,
};
use proptest::prelude::*;

use crate::scene::{Numbers, Picture, ground, placed, shoot};

#[test]
fn a_document_is_found_on_any_table() {
    let mut numbers = Numbers(11);
    let mut scratch = Scratch::new();
    let (mut found, mut count) = (0, 0);
    for kind in 0..4 {
        for round in 0..6 {
            let format = if round % 2 == 0 { Format::Id1 } else { Format::Td3 };
            let angle = numbers.between(-0.6, 0.6);
            let length = (1.0 + angle * angle).sqrt();
            let centre = Point::new(numbers.between(300.0, 340.0), numbers.between(170.0, 190.0));
            let half = numbers.between(130.0, 180.0);
            let tilt = numbers.between(-0.57, 0.57);
            let truth = placed(format, centre, half, (1.0 / length, angle / length), tilt);
            let seed = numbers.next();
            let picture = shoot((640, 360), format, &truth, ground(kind, seed));
            count += 1;
            let located = find(picture.luma(), format, None, &mut scratch);
            found += usize::from(located.is_some_and(|located| located.quad.iou(&truth) >= 0.9));
        }
    }
    assert!(found * 100 >= count * 90, "{found} of {count}");
}

#[test]
fn the_long_sides_are_top_and_bottom() {
    let mut scratch = Scratch::new();
    // Upright, on its side, and a phone held upright.
    for (turn, size) in [((1.0, 0.05), (640, 360)), ((0.05, 1.0), (480, 640)), ((1.0, 0.0), (360, 640))] {
        let centre = Point::new(size.0 as f32 / 2.0, size.1 as f32 / 2.0);
        let truth = placed(Format::Id1, centre, 140.0, turn, 0.2);
        let picture = shoot(size, Format::Id1, &truth, ground(0, 5));
        let quad = find(picture.luma(), Format::Id1, None, &mut scratch).expect("a plain table").quad;
        assert!(quad.iou(&truth) > 0.95);
        let [a, b, c, _] = quad.0;
        assert!((b - a).length() > 1.3 * (c - b).length(), "{quad:?}");
        assert!(quad.is_convex());
    }
}

/// Who is told to go nearer while a part of the document is outside the picture never gets there.
#[test]
fn a_document_that_goes_on_beyond_the_border_is_known_to() {
    use gatepass_core::image::report::{self, Instruction, Measure, Mode, Request, examine};
    let mut scratch = report::Scratch::new();
    let (mut told, mut count) = (0, 0);
    for kind in 0..4 {
        for (place, centre) in [(60.0, 180.0), (580.0, 180.0), (320.0, 60.0), (320.0, 300.0)].into_iter().enumerate() {
            let truth = placed(Format::Id1, Point::new(centre.0, centre.1), 150.0, (1.0, 0.04), 0.1);
            let picture = shoot((640, 360), Format::Id1, &truth, ground(kind, 3 + place as u64));
            let request = Request { format: Format::Id1, mode: Mode::Live, guide: None };
            let report = examine(picture.luma(), None, &request, &mut scratch);
            count += 1;
            let beyond = report.get(Measure::CutOff).is_some_and(|measured| !measured.pass);
            told += usize::from(beyond && report.instruction == Some(Instruction::ShowWhole));
        }
    }
    assert!(told * 100 >= count * 85, "{told} of {count}");
}

#[test]
fn the_guide_stands_in_where_nothing_is_found() {
    let mut scratch = Scratch::new();
    let blank = Picture::plain(320, 240, 128);
    assert_eq!(find(blank.luma(), Format::Id1, None, &mut scratch), None);
    let guide = Guide::new(Quad::upright(40.0, 60.0, 280.0, 210.0), blank.luma()).unwrap();
    let located = find(blank.luma(), Format::Id1, Some(&guide), &mut scratch).unwrap();
    assert_eq!((located.source, located.quad, located.confidence), (Source::Guide, guide.corners(), 0.0));
}

#[test]
fn a_card_is_not_found_where_there_is_none() {
    let mut scratch = Scratch::new();
    let mut found = 0;
    for seed in 0..20 {
        let ground = ground(4, seed);
        let mut picture = Picture::plain(640, 360, 0);
        for (place, grey) in picture.grey.iter_mut().enumerate() {
            *grey = ground((place % 640) as f32, (place / 640) as f32) as u8;
        }
        found += usize::from(find(picture.luma(), Format::Id1, None, &mut scratch).is_some());
    }
    assert!(found <= 1, "{found} of 20 pictures of noise");
}

#[test]
fn iou_is_what_it_is_by_hand() {
    let one = Quad::upright(0.0, 0.0, 10.0, 10.0);
    assert!((one.iou(&Quad::upright(5.0, 0.0, 15.0, 10.0)) - 1.0 / 3.0).abs() < 1e-6);
    assert!((one.iou(&one) - 1.0).abs() < 1e-6);
    assert_eq!(one.iou(&Quad::upright(20.0, 20.0, 30.0, 30.0)), 0.0);
    // A diamond of half the area, within.
    let diamond = Quad([(5.0, 0.0), (10.0, 5.0), (5.0, 10.0), (0.0, 5.0)].map(|(x, y)| Point::new(x, y)));
    assert!((one.iou(&diamond) - 0.5).abs() < 1e-6);
    assert_eq!(one.iou(&Quad(one.0.map(|_| Point::new(f32::NAN, 0.0)))), 0.0);
}

#[test]
fn white_paper_on_squared_paper_is_found_by_its_colour() {
    // A pale document nearly as light as the paper, which is ruled in strong lines: its colour tells them apart.
    let mut scratch = Scratch::new();
    let truth = placed(Format::Id1, Point::new(330.0, 175.0), 150.0, (0.96, 0.28), 0.2);
    let mut picture = Picture::plain(640, 360, 226);
    for y in 0..360 {
        for x in 0..640 {
            let inside = truth.holds(Point::new(x as f32 + 0.5, y as f32 + 0.5));
            let line = x % 24 < 2 || y % 24 < 2;
            picture.grey[y * 640 + x] = if inside {
                221
            } else if line {
                170
            } else {
                226
            };
        }
    }
    let tint = |x: usize, y: usize| {
        let inside = truth.holds(Point::new(x as f32 * 8.0 + 4.0, y as f32 * 8.0 + 4.0));
        if inside { [120, 136] } else { [128, 128] }
    };
    let blocks: Vec<[u8; 2]> = (0..80 * 45).map(|place| tint(place % 80, place / 80)).collect();
    let chroma = Chroma::new(&blocks, 80).unwrap();
    let iou = |located: Option<Located>| located.map_or(0.0, |located| located.quad.iou(&truth));
    let coloured = iou(find_in(picture.luma(), Some(chroma), Format::Id1, None, &mut scratch));
    let grey = iou(find(picture.luma(), Format::Id1, None, &mut scratch));
    assert!(coloured > 0.9, "{coloured} with its colour, {grey} without");
}

/// What every answer holds, whatever the picture is.
fn is_sound(located: &Located) -> bool {
    located.quad.is_convex()
        && located.quad.0.iter().all(|corner| corner.x.is_finite() && corner.y.is_finite())
        && (0.0..=1.0).contains(&located.confidence)
}

#[test]
fn black_white_and_noise_have_an_answer() {
    let mut scratch = Scratch::new();
    let mut numbers = Numbers(7);
    for (width, height) in [(1, 1), (7, 900), (8, 8), (33, 9), (321, 320), (1280, 720), (720, 1280)] {
        let mut picture = Picture::plain(width, height, 0);
        for levels in [[0, 0], [255, 255], [0, 255], [118, 138]] {
            let [low, high] = levels.map(|level: u8| f32::from(level));
            picture.grey.iter_mut().for_each(|grey| *grey = numbers.between(low, high) as u8);
            // Colour of another picture, too large and too small.
            let blocks: Vec<[u8; 2]> = (0..40 * 20).map(|_| [numbers.next() as u8, numbers.next() as u8]).collect();
            for chroma in [None, Chroma::new(&blocks, 40), Chroma::new(&blocks[..3], 1)] {
                for format in [Format::Id1, Format::Td3] {
                    let located = find_in(picture.luma(), chroma, format, None, &mut scratch);
                    assert!(located.is_none_or(|located| is_sound(&located)), "{width} × {height}, {levels:?}");
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// A page would lose its camera to a frame that makes the search panic.
    #[test]
    fn any_picture_has_an_answer(
        width in 1_usize..200,
        height in 1_usize..200,
        padding in 0_usize..9,
        tile in prop::collection::vec(any::<u8>(), 1..40),
        passport: bool,
    ) {
        let stride = width + padding;
        let bytes: Vec<u8> = tile.iter().copied().cycle().take(stride * height).collect();
        let luma = Luma::new(&bytes, width, height, stride).unwrap();
        let format = if passport { Format::Td3 } else { Format::Id1 };
        if let Some(located) = find(luma, format, None, &mut Scratch::new()) {
            prop_assert!(is_sound(&located));
        }
    }
}
