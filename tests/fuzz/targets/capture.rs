//! Any bytes as a frame of any size and colour with a guide anywhere: a report whose numbers are numbers, never a panic.

#![no_main]

use gatepass_core::image::{
    chroma::{CHROMA_BLOCK, Chroma},
    find::{Format, Guide},
    geometry::{Point, Quad},
    luma::Luma,
    report::{Mode, Request, Scratch, examine},
    rgba::Planes,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((&[width, height, padding, way], rest)) = data.split_first_chunk() else { return };
    let Some((corners, rest)) = rest.split_first_chunk::<8>() else { return };
    if rest.is_empty() {
        return;
    }
    // A quarter of them larger than the plane in which the finder looks.
    let scale = if way & 0x30 == 0x30 { 3 } else { 1_u8 };
    let side = |side: u8| usize::from(side) * usize::from(scale) + usize::from(way >> 6);
    let (width, height) = (side(width), side(height));
    let rgba = way & 8 != 0;
    let each = if rgba { 4 } else { 1 };
    let stride = width * each + usize::from(padding % 8);
    let bytes: Vec<u8> = rest.iter().copied().cycle().take(stride * height).collect();
    let mut planes = Planes::new();
    let (luma, chroma) = if rgba {
        let Ok((luma, chroma)) = planes.split(&bytes, width, height, stride) else { return };
        (luma, Some(chroma))
    } else {
        let Ok(luma) = Luma::new(&bytes, width, height, stride) else { return };
        (luma, None)
    };
    // Also colours that are not the picture's own size.
    let (pairs, _) = bytes.as_chunks::<2>();
    let columns = if padding & 0x80 == 0 { width.div_ceil(CHROMA_BLOCK) } else { 1 + usize::from(padding >> 3) };
    let other = Chroma::new(&pairs[..pairs.len() / columns * columns], columns);
    let chroma = if padding & 0x40 == 0 { chroma } else { other };
    let place = |at: usize| (f32::from(corners[at]) * 2.0 - 128.0) * f32::from(scale);
    let corners = Quad(std::array::from_fn(|at| Point::new(place(2 * at), place(2 * at + 1))));
    // Few corners are a guide: all of the picture then.
    let end = |side: usize| u16::try_from(side).map_or(0.0, f32::from);
    let whole = Quad::upright(0.0, 0.0, end(width), end(height));
    let request = Request {
        format: if way & 1 == 0 { Format::Id1 } else { Format::Td3 },
        mode: if way & 2 == 0 { Mode::Live } else { Mode::Still },
        guide: (way & 4 == 0).then(|| Guide::new(corners, luma).or_else(|| Guide::new(whole, luma))).flatten(),
    };
    let report = examine(luma, chroma, &request, &mut Scratch::new());
    assert!(report.measures.iter().all(|measured| measured.value.is_finite()));
    assert_eq!(report.accepted(), report.instruction.is_none());
});
