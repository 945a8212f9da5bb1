//! Any text as Base32: no panic, and what is accepted survives being written and read again.

#![no_main]

use gatepass_core::secret::Secret;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok((secret, _)) = Secret::from_base32(text) else { return };
    let written = secret.to_base32();
    let (again, warnings) = Secret::from_base32(&written).expect("what we write we read");
    assert_eq!(again, secret);
    assert_eq!(again.to_base32(), written);
    let _ = warnings;
});
