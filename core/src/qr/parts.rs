//! From what codes say to texts: parts put together, bytes decoded. A text is given whole or not at all, for a secret
//! that was cut still makes codes.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::Point;
use super::codewords::{Content, Part};
use super::decode::{Code, Found, Reading, Refusal, Refused};

/// The texts of all codes of a picture.
pub(super) fn joined(codes: Vec<Code>) -> Reading {
    let mut reading = Reading::default();
    let mut parts: Vec<(Part, Code)> = Vec::new();
    for code in codes {
        match code.content.part {
            None => reading.add(code.content, code.corners),
            Some(part) => parts.push((part, code)),
        }
    }
    // A picture holds few: looking for each in all of them is smaller than a sort.
    while let Some(&(Part { parity, total, .. }, _)) = parts.first() {
        let of_text = |part: Part| (part.parity, part.total) == (parity, total);
        match whole(&parts, parity, total) {
            Some((content, corners)) => reading.add(content, corners),
            None => {
                let lone = parts.iter().filter(|&&(part, _)| of_text(part));
                reading.refused.extend(lone.map(|&(Part { number, .. }, Code { corners, .. })| Refused {
                    refusal: Refusal::Part { number, total },
                    corners,
                }));
            }
        }
        parts.retain(|&(part, _)| !of_text(part));
    }
    reading
}

/// The text of all parts with this parity, with the corners of the first, if all are there and nothing contradicts. The
/// picture may show a part twice.
fn whole(parts: &[(Part, Code)], parity: u8, total: u8) -> Option<(Content, [Point; 4])> {
    // Reserved once: growing would leave copies of secrets behind.
    let length = parts.iter().map(|(_, code)| code.content.bytes.len()).sum();
    let bytes = Zeroizing::new(Vec::with_capacity(length));
    let mut content = Content { bytes, named: false, foreign: false, parity: 0, part: None };
    let mut corners = None;
    for number in 1..=total {
        let mut codes = parts.iter().filter(|&&(part, _)| part == Part { parity, total, number }).map(|(_, code)| code);
        let code = codes.next()?;
        let part = &code.content;
        if codes.any(|other| other.content.bytes != part.bytes) {
            return None;
        }
        content.bytes.extend_from_slice(&part.bytes);
        content.named |= part.named;
        content.foreign |= part.foreign;
        content.parity ^= part.parity;
        corners = corners.or(Some(code.corners));
    }
    (content.parity == parity).then_some(content).zip(corners)
}

impl Reading {
    /// A whole text.
    fn add(&mut self, content: Content, corners: [Point; 4]) {
        match text_of(content) {
            Some(text) => self.found.push(Found { text, corners }),
            None => self.refused.push(Refused { refusal: Refusal::Encoding, corners }),
        }
    }
}

/// The bytes as text: UTF-8, else Latin-1 where the code does not name another set. No text in Latin-1 has a byte of
/// 0x80 to 0x9f, and hardly one in Shift JIS has none.
fn text_of(mut content: Content) -> Option<Zeroizing<String>> {
    let bytes = match String::from_utf8(core::mem::take(&mut *content.bytes)) {
        Ok(text) => return Some(Zeroizing::new(text)).filter(|_| !content.foreign),
        Err(not_utf8) => Zeroizing::new(not_utf8.into_bytes()),
    };
    let latin = !content.foreign && !content.named && !bytes.iter().any(|byte| (0x80..0xa0).contains(byte));
    latin.then(|| Zeroizing::new(bytes.iter().copied().map(char::from).collect()))
}
