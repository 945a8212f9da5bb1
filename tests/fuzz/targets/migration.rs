//! Any text, and any bytes as the payload of a Google export: no panic, and accounts that were read can be exported.

#![no_main]

use gatepass_core::migration::{self, Collector};
use gatepass_core::otpauth::Otpauth;
use libfuzzer_sys::fuzz_target;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Base64 in the URL alphabet, so that the fuzzer works on the payload and not on its wrapping.
fn uri(payload: &[u8]) -> String {
    let mut uri = String::from("otpauth-migration://offline?data=");
    for chunk in payload.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            uri.push(char::from(ALPHABET[(bits >> (18 - 6 * place)) as usize & 63]));
        }
    }
    uri
}

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = str::from_utf8(data) {
        let _ = migration::parse(text);
    }
    let uri = uri(data);
    let Ok(batch) = migration::parse(&uri) else { return };
    let accounts: Vec<Otpauth> =
        batch.entries().iter().filter_map(|entry| entry.as_ref().ok()).map(|(account, _)| account.clone()).collect();
    for uri in migration::export(&accounts).uris {
        let again = migration::parse(&uri).expect("what we export we read");
        assert!(again.entries().iter().all(Result::is_ok), "an exported account is refused");
    }
    let mut collector = Collector::new();
    let _ = collector.add(batch.clone());
    let _ = collector.add(batch);
    let _ = collector.into_entries();
});
