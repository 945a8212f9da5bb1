//! From what codes say to texts: parts put together, bytes decoded. A text is given whole or not at all, for a secret
//! that was cut still makes codes.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::codewords::{Content, Part};
use super::decode::{Code, Found, Refusal, Refused};

/// The texts of all codes of a picture; `refuse` hears of those without one, and costs a browser nothing where it does
/// not listen.
pub(super) fn joined(codes: &[Code], mut refuse: impl FnMut(Refused)) -> Vec<Found> {
    let mut found = Vec::new();
    for (place, code) in codes.iter().enumerate() {
        let corners = code.corners;
        let text = match code.content.part {
            None => text_of(&code.content),
            Some(part) => match whole(codes, part) {
                None => {
                    refuse(Refused { refusal: Refusal::Part { number: part.number, total: part.total }, corners });
                    continue;
                }
                // With its first part, once.
                Some(_) if part.number > 1 || codes[..place].iter().any(|code| code.content.part == Some(part)) => {
                    continue;
                }
                Some(content) => text_of(&content),
            },
        };
        match text {
            Some(text) => found.push(Found { text, corners }),
            None => refuse(Refused { refusal: Refusal::Encoding, corners }),
        }
    }
    found
}

/// The whole text that a part belongs to, if all parts are there and nothing contradicts. The picture may show a part
/// twice.
fn whole(codes: &[Code], part: Part) -> Option<Content> {
    // Reserved once: growing would leave copies of secrets behind.
    let length = codes.iter().map(|code| code.content.bytes.len()).sum();
    let bytes = Zeroizing::new(Vec::with_capacity(length));
    let mut content = Content { bytes, named: false, foreign: false, parity: 0, part: None };
    for number in 1..=part.total {
        let wanted = Some(Part { number, ..part });
        let mut same = codes.iter().map(|code| &code.content).filter(|content| content.part == wanted);
        let next = same.next()?;
        if same.any(|other| other.bytes != next.bytes) {
            return None;
        }
        content.bytes.extend_from_slice(&next.bytes);
        content.named |= next.named;
        content.foreign |= next.foreign;
        content.parity ^= next.parity;
    }
    (content.parity == part.parity).then_some(content)
}

/// The bytes as text: UTF-8, else Latin-1 where the code does not name another set. No text in Latin-1 has a byte of
/// 0x80 to 0x9f, and hardly one in Shift JIS has none.
fn text_of(content: &Content) -> Option<Zeroizing<String>> {
    let bytes = &*content.bytes;
    if content.foreign {
        return None;
    }
    if let Ok(text) = core::str::from_utf8(bytes) {
        return Some(Zeroizing::new(String::from(text)));
    }
    let latin = !content.named && !bytes.iter().any(|byte| (0x80..0xa0).contains(byte));
    latin.then(|| Zeroizing::new(bytes.iter().copied().map(char::from).collect()))
}
