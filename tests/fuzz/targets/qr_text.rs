//! Any text that fits: no panic, and the code that is drawn of it is read as the same text.

#![no_main]

use gatepass_core::qr::{DecodeOptions, EcLevel, Effort, Luma, SvgOptions, decode, encode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((choice, text)) = data.split_first() else { return };
    let Ok(text) = str::from_utf8(text) else { return };
    let level = [EcLevel::Low, EcLevel::Medium, EcLevel::Quartile, EcLevel::High][usize::from(choice & 3)];
    let Ok(code) = encode(text, level) else { return };
    assert!(code.level() >= level);
    let _ = code.to_svg(&SvgOptions { quiet_zone: *choice });
    // Large codes take long to draw and to read, and show nothing new.
    if code.size() > 61 {
        return;
    }
    let (scale, quiet) = (3 + usize::from(choice >> 6), 4);
    let side = (code.size() + 2 * quiet) * scale;
    let mut picture = vec![255; side * side];
    for (place, grey) in picture.iter_mut().enumerate() {
        let (x, y) = (place % side / scale, place / side / scale);
        if x >= quiet && y >= quiet && code.dark(x - quiet, y - quiet) {
            *grey = 0;
        }
    }
    let luma = Luma::new(&picture, side, side, side).expect("as large as it says");
    let found = decode(luma, &DecodeOptions { effort: Effort::Still });
    assert!(found.iter().any(|found| *found.text == text), "drawn and read again it is another text");
});
