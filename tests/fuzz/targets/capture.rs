//! Any bytes as a frame with a guide anywhere: a report whose numbers are numbers, never a panic.

#![no_main]

use gatepass_core::image::{
    find::Format,
    geometry::{Point, Quad},
    luma::Luma,
    report::{Mode, Request, Scratch, examine},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((&[width, height, padding, way], rest)) = data.split_first_chunk() else { return };
    let Some((corners, rest)) = rest.split_first_chunk::<8>() else { return };
    if rest.is_empty() {
        return;
    }
    let (width, height) = (usize::from(width), usize::from(height));
    let stride = width + usize::from(padding % 8);
    let bytes: Vec<u8> = rest.iter().copied().cycle().take(stride * height).collect();
    let Ok(luma) = Luma::new(&bytes, width, height, stride) else { return };
    let place = |at: usize| f32::from(corners[at]) * 2.0 - 128.0;
    let guide = Quad(std::array::from_fn(|at| Point::new(place(2 * at), place(2 * at + 1))));
    let request = Request {
        format: if way & 1 == 0 { Format::Id1 } else { Format::Td3 },
        mode: if way & 2 == 0 { Mode::Live } else { Mode::Still },
        guide: (way & 4 == 0).then_some(guide),
    };
    let report = examine(luma, None, &request, &mut Scratch::new());
    assert!(report.measures.iter().all(|measured| measured.value.is_finite()));
    assert_eq!(report.accepted(), report.instruction.is_none());
});
