//! Any bytes as a picture, over a real code or without one: no panic, and no more than a second.

#![no_main]

use gatepass_core::qr::{DecodeOptions, EcLevel, Effort, Luma, Matrix, decode, encode, rgba_to_luma};
use libfuzzer_sys::fuzz_target;
use std::cell::LazyCell;

thread_local! {
    static CODE: LazyCell<Matrix> = LazyCell::new(|| encode("otpauth://totp/a?secret=GEZDGNBVGY3TQOJQ", EcLevel::Low).expect("fits"));
}

fuzz_target!(|data: &[u8]| {
    let Some((&[width, height, padding, way], rest)) = data.split_first_chunk() else { return };
    let (width, height) = (usize::from(width), usize::from(height));
    let stride = width + usize::from(padding % 8);
    let picture = match way % 4 {
        // As it is, whatever its size.
        0 => rest.to_vec(),
        // Repeated over the whole picture.
        1 if !rest.is_empty() => rest.iter().copied().cycle().take(stride * height).collect(),
        // As bits, which makes edges.
        2 => rest.iter().flat_map(|byte| (0..8).map(move |bit| if byte >> bit & 1 == 1 { 0 } else { 255 })).collect(),
        // Over a real code: each byte changes one row's beginning.
        _ => CODE.with(|code| {
            let scale = 1 + usize::from(way >> 2) % 6;
            let mut picture = vec![255; stride * height];
            for (place, grey) in picture.iter_mut().enumerate() {
                let (x, y) = (place % stride.max(1) / scale, place / stride.max(1) / scale);
                if code.dark(x.wrapping_sub(2), y.wrapping_sub(2)) {
                    *grey = 0;
                }
            }
            for (place, byte) in rest.iter().enumerate() {
                if let Some(grey) = picture.get_mut(place * 7) {
                    *grey ^= byte;
                }
            }
            picture
        }),
    };
    if let Ok(luma) = Luma::new(&picture, width, height, stride) {
        let _ = decode(luma, &DecodeOptions { effort: if way & 64 == 0 { Effort::Frame } else { Effort::Still } });
    }
    let mut grey = vec![0; rest.len() / 4];
    let _ = rgba_to_luma(&rest[..grey.len() * 4], &mut grey);
});
