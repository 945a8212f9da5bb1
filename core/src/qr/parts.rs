//! From what codes say to texts: parts put together, bytes decoded. A text is given whole or not at all, for a secret
//! that was cut still makes codes.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::codewords::{Content, Part};
use super::decode::{Code, Found, Reading, Refusal, Refused};

/// The texts of all codes of a picture.
pub(super) fn joined(codes: Vec<Code>) -> Reading {
    let mut reading = Reading::default();
    let mut parts: Vec<(Part, Code)> = Vec::new();
    for code in codes {
        match code.content.part {
            None => reading.add(code),
            Some(part) => parts.push((part, code)),
        }
    }
    parts.sort_unstable_by_key(|&(part, _)| part);
    // The same picture may show a part twice.
    parts.dedup_by(|(part, code), (before, kept)| part == before && code.content.bytes == kept.content.bytes);
    for text in parts.chunk_by_mut(|(a, _), (b, _)| (a.parity, a.total) == (b.parity, b.total)) {
        if !is_whole(text) {
            reading.refused.extend(text.iter().map(|&(Part { number, total, .. }, Code { corners, .. })| Refused {
                refusal: Refusal::Part { number, total },
                corners,
            }));
            continue;
        }
        let length = text.iter().map(|(_, code)| code.content.bytes.len()).sum();
        let mut bytes = Zeroizing::new(Vec::with_capacity(length));
        text.iter().for_each(|(_, code)| bytes.extend_from_slice(&code.content.bytes));
        let any = |is: fn(&Content) -> bool| text.iter().any(|(_, code)| is(&code.content));
        let (named, foreign) = (any(|content| content.named), any(|content| content.foreign));
        let content = Content { bytes, named, foreign, parity: 0, part: None };
        reading.add(Code { content, corners: text[0].1.corners });
    }
    reading
}

/// Whether these are all parts of one text, each once, and nothing else.
fn is_whole(parts: &[(Part, Code)]) -> bool {
    let Part { parity, total, .. } = parts[0].0;
    let numbers = parts.iter().map(|(part, _)| part.number);
    numbers.eq(1..=total) && parts.iter().fold(0, |sum, (_, code)| sum ^ code.content.parity) == parity
}

impl Reading {
    /// A whole text.
    fn add(&mut self, Code { content, corners }: Code) {
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
