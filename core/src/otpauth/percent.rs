//! Percent-encoding, RFC 3986 §2.1.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::Reason;

/// `text` before and after the first `separator`, an ASCII character. For texts of some dozen bytes this is several
/// times as quick as `str::split_once`, which prepares for long ones.
#[inline]
pub(super) fn cut(text: &str, separator: u8) -> Option<(&str, &str)> {
    debug_assert!(separator.is_ascii(), "not a character of its own");
    let mut skipped = 0;
    // Sixteen at a time are one comparison.
    for chunk in text.as_bytes().chunks_exact(16) {
        if any(chunk, |byte| byte == separator) {
            break;
        }
        skipped += chunk.len();
    }
    let at = skipped + text.as_bytes()[skipped..].iter().position(|&byte| byte == separator)?;
    Some((&text[..at], &text[at + 1..]))
}

/// Whether `text` holds an ASCII character.
#[inline]
pub(super) fn holds(text: &str, character: u8) -> bool {
    any(text.as_bytes(), |byte| byte == character)
}

/// As `Iterator::any`, but looks at every byte, which the compiler turns into comparisons of sixteen at once.
#[inline]
pub(super) fn any(bytes: &[u8], test: impl Fn(u8) -> bool) -> bool {
    bytes.iter().fold(false, |found, &byte| found | test(byte))
}

/// The decoded text without white space at its ends; borrowed where nothing had to be decoded.
pub(super) fn decode_text(raw: &str, plus_as_space: bool) -> Result<Cow<'_, str>, Reason> {
    let special = |b: u8| (b == b'%') | (b < b' ') | (b == 0x7f) | ((b == b'+') & plus_as_space);
    if !any(raw.as_bytes(), special) {
        return Ok(Cow::Borrowed(raw.trim()));
    }
    let text = String::from_utf8(decode_bytes(raw, plus_as_space)?).map_err(|_| Reason::NotUtf8)?;
    check_text(&text)?;
    let trimmed = text.trim();
    Ok(Cow::Owned(if trimmed.len() == text.len() { text } else { String::from(trimmed) }))
}

/// The decoded bytes of a secret; `+` between groups counts as a space.
pub(super) fn decode_secret(raw: &str) -> Result<Zeroizing<Vec<u8>>, Reason> {
    decode_bytes(raw, true).map(Zeroizing::new)
}

/// The decoded bytes of other data, `+` as it stands.
pub(super) fn decode_data(raw: &str) -> Result<Zeroizing<Vec<u8>>, Reason> {
    decode_bytes(raw, false).map(Zeroizing::new)
}

/// Refuses what no label can hold.
pub(super) fn check_text(text: &str) -> Result<(), Reason> {
    if any(text.as_bytes(), |b| (b < b' ') | (b == 0x7f)) { Err(Reason::ControlCharacter) } else { Ok(()) }
}

/// Appends `text`, everything but RFC 3986's unreserved characters encoded.
pub(super) fn encode(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if is_unreserved(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

/// How many bytes [`encode`] appends.
pub(super) fn encoded_len(text: &str) -> usize {
    text.bytes().map(|b| if is_unreserved(b) { 1 } else { 3 }).sum()
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

fn decode_bytes(raw: &str, plus_as_space: bool) -> Result<Vec<u8>, Reason> {
    let mut out = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        out.push(match first {
            b'%' => {
                let [high, low, tail @ ..] = tail else { return Err(Reason::BadPercentEncoding) };
                rest = tail;
                hex(*high)? << 4 | hex(*low)?
            }
            b'+' if plus_as_space => b' ',
            other => *other,
        });
    }
    Ok(out)
}

fn hex(digit: u8) -> Result<u8, Reason> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        b'A'..=b'F' => Ok(digit - b'A' + 10),
        _ => Err(Reason::BadPercentEncoding),
    }
}
