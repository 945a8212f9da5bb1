//! Standard Base64 (RFC 4648 §4) as it turns up in exports.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::Zeroizing;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Takes the standard and the URL-safe alphabet, with or without padding. A space stands for the `+` that someone
/// decoded as a form would be.
pub(super) fn decode(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let unpadded = text.iter().rposition(|&b| b != b'=').map_or(0, |last| last + 1);
    if text.len() - unpadded > 2 || unpadded % 4 == 1 {
        return None;
    }
    let mut out = Zeroizing::new(Vec::with_capacity(unpadded * 3 / 4 + 1));
    let mut buffer = 0_u32;
    let mut bits = 0_u32;
    for &byte in &text[..unpadded] {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' | b' ' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        buffer = (buffer << 6 | u32::from(value)) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((buffer >> bits).to_le_bytes()[0]);
        }
    }
    Some(out)
}

/// Appends padded Base64 with `+`, `/` and `=` percent-encoded, as Google Authenticator writes it.
pub(super) fn push_url_encoded(bytes: &[u8], out: &mut String) {
    for chunk in bytes.chunks(3) {
        let mut block = [0; 3];
        block[..chunk.len()].copy_from_slice(chunk);
        let value = u32::from_be_bytes([0, block[0], block[1], block[2]]);
        for place in 0..4_usize {
            if place > chunk.len() {
                out.push_str("%3D");
                continue;
            }
            let index = (value >> (18 - 6 * place)) & 63;
            match ALPHABET[usize::from(index.to_le_bytes()[0])] {
                b'+' => out.push_str("%2B"),
                b'/' => out.push_str("%2F"),
                plain => out.push(char::from(plain)),
            }
        }
    }
}

/// The most bytes that [`push_url_encoded`] appends.
pub(super) fn url_encoded_len(bytes: usize) -> usize {
    bytes.div_ceil(3) * 4 * 3
}
