//! Any bytes as a JPEG or PNG: a picture within the limits or a named error, never a panic.

#![no_main]

use gatepass_core::image::decode::{Limits, decode};
use libfuzzer_sys::fuzz_target;

const SMALL: Limits = Limits { pixels: 1 << 18, bytes: 4 << 20 };

fuzz_target!(|data: &[u8]| {
    if let Ok(picture) = decode(data, &SMALL) {
        assert!(picture.width() * picture.height() <= SMALL.pixels);
        assert_eq!(picture.luma().width(), picture.width());
    }
});
