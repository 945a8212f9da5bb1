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
    let special = |b: u8| (b == b'%') | (b < b' ') | (b == 0x7f) | (b == C1_LEAD) | ((b == b'+') & plus_as_space);
    if !any(raw.as_bytes(), special) {
        return Ok(Cow::Borrowed(raw.trim()));
    }
    let text = String::from_utf8(decode_bytes(raw, plus_as_space)?).map_err(|_| Reason::NotUtf8)?;
    check_text(&text)?;
    let trimmed = text.trim();
    Ok(Cow::Owned(if trimmed.len() == text.len() { text } else { String::from(trimmed) }))
}

/// The text without white space around it, and without the byte order mark that some makers of codes and editors put
/// before it.
pub(super) fn bare(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text).trim()
}

/// The decoded text as it is, white space included: a number or a name that stands for itself.
pub(super) fn decode_exact(raw: &str) -> Result<Cow<'_, str>, Reason> {
    if !holds(raw, b'%') {
        return Ok(Cow::Borrowed(raw));
    }
    String::from_utf8(decode_bytes(raw, false)?).map(Cow::Owned).map_err(|_| Reason::NotUtf8)
}

/// The decoded bytes of a secret; `+` between groups counts as a space.
pub(super) fn decode_secret(raw: &str) -> Result<Zeroizing<Vec<u8>>, Reason> {
    decode_bytes(raw, true).map(Zeroizing::new)
}

/// The decoded bytes of other data, `+` as it stands.
pub(super) fn decode_data(raw: &str) -> Result<Zeroizing<Vec<u8>>, Reason> {
    decode_bytes(raw, false).map(Zeroizing::new)
}

/// Refuses what no label can hold: control characters, those of ISO 6429's second set (U+0080 to U+009F) too, which
/// end a line or begin a command on a terminal.
pub(super) fn check_text(text: &str) -> Result<(), Reason> {
    let bytes = text.as_bytes();
    let first_set = any(bytes, |b| (b < b' ') | (b == 0x7f));
    let second_set = || bytes.windows(2).any(|pair| matches!(pair, [C1_LEAD, 0x80..=0x9f]));
    if first_set || second_set() { Err(Reason::ControlCharacter) } else { Ok(()) }
}

/// The first byte of U+0080 to U+00BF in UTF-8.
const C1_LEAD: u8 = 0xc2;

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
