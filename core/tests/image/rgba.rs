//! Frames off a canvas: a preview that is judged by other pixels than the photograph would be tells a person what is not so.

use gatepass_core::image::{
    decode::{Limits, decode},
    luma::{LumaError, MAX_SIDE},
    rgba::Planes,
};
use proptest::prelude::*;

use crate::decode::png;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Any colours, transparent or not, at any size and stride, after any other frame: what the decoder makes of the same
    /// pixels in a PNG.
    #[test]
    fn a_canvas_and_a_png_have_the_same_planes(
        (width, height, padding) in (1_usize..70, 1_usize..40, 0_usize..9),
        tile in prop::collection::vec(any::<[u8; 4]>(), 1..60),
        opaque: bool,
        before in (1_usize..90, 1_usize..90),
    ) {
        let mut pixels: Vec<[u8; 4]> = tile.iter().copied().cycle().take(width * height).collect();
        if opaque {
            pixels.iter_mut().for_each(|pixel| pixel[3] = 255);
        }
        let stride = 4 * width + padding;
        let mut rows: Vec<u8> = Vec::new();
        for row in pixels.chunks(width) {
            rows.extend(row.as_flattened());
            rows.extend(std::iter::repeat_n(77, padding));
        }
        rows.truncate(rows.len() - padding);
        let mut planes = Planes::new();
        planes.split(&vec![200; 4 * before.0 * before.1], before.0, before.1, 4 * before.0).unwrap();
        let (luma, chroma) = planes.split(&rows, width, height, stride).unwrap();

        let file = png(pixels.as_flattened(), width, height, png::ColorType::Rgba, None);
        let picture = decode(&file, &Limits::DEFAULT).unwrap();
        prop_assert_eq!((luma.width(), luma.height()), (width, height));
        for y in 0..height {
            prop_assert_eq!(luma.row(y), picture.luma().row(y));
        }
        prop_assert_eq!(chroma.size(), picture.chroma().unwrap().size());
        prop_assert_eq!(chroma.blocks(), picture.chroma().unwrap().blocks());
    }
}

#[test]
fn primary_colours_are_those_of_jfif() {
    // JFIF 1.02: red, green, blue and white, of which the last has no colour.
    let expected = [([255, 0, 0], 76, [85, 255]), ([0, 255, 0], 150, [43, 21]), ([0, 0, 255], 29, [255, 107])];
    for ([red, green, blue], grey, parts) in expected {
        let frame = [red, green, blue, 255].repeat(64);
        let mut planes = Planes::new();
        let (luma, chroma) = planes.split(&frame, 8, 8, 32).unwrap();
        assert!(luma.row(7)[7].abs_diff(grey) <= 1, "{}", luma.row(7)[7]);
        let found = chroma.at(7, 7);
        assert!(found.iter().zip(parts).all(|(&here, there)| here.abs_diff(there) <= 1), "{found:?} {parts:?}");
    }
    let mut planes = Planes::new();
    let (luma, chroma) = planes.split(&[255; 4], 1, 1, 4).unwrap();
    assert_eq!((luma.row(0)[0], chroma.at(0, 0)), (255, [128, 128]));
}

#[test]
fn numbers_that_do_not_fit_are_refused_by_name() {
    let mut planes = Planes::new();
    let frame = [0; 4 * 6 * 4];
    let mut code = |width, height, stride| planes.split(&frame, width, height, stride).err();
    assert_eq!(code(6, 4, 24), None);
    assert_eq!(code(0, 4, 24), Some(LumaError::Empty));
    assert_eq!(code(6, 5, 24), Some(LumaError::BufferTooShort));
    assert_eq!(code(6, 4, 25), Some(LumaError::BufferTooShort));
    assert_eq!(code(6, 4, 23), Some(LumaError::StrideTooSmall));
    assert_eq!(code(6, 4, usize::MAX), Some(LumaError::BufferTooShort));
    assert_eq!(code(MAX_SIDE + 1, 1, 4 * (MAX_SIDE + 1)), Some(LumaError::TooLarge));
}
