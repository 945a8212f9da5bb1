//! What is quoted in a name, as nicknames are. An apostrophe is a quotation mark where one opens a word and another closes
//! one: `'Bosse'`, but not `O'Brien`, `D'Arcy` or `'t Hooft`.

use alloc::vec::Vec;
use core::ops::RangeInclusive;

use super::letter::{Class, class};

/// The places of what is quoted or in brackets, with the marks at both ends. A mark without another opens nothing.
pub(super) fn quoted(text: &[char]) -> Vec<RangeInclusive<usize>> {
    let mut quoted: Vec<RangeInclusive<usize>> = Vec::new();
    for (place, &mark) in text.iter().enumerate() {
        if quoted.last().is_some_and(|last| last.contains(&place)) {
            continue;
        }
        let mut rest = text.iter().enumerate().skip(place + 1);
        let end = match class(mark) {
            Class::Quote => rest.find(|&(_, &mark)| class(mark) == Class::Quote),
            Class::Apostrophe if opens(text, place) => rest.find(|&(place, _)| closes(text, place)),
            _ => None,
        };
        quoted.extend(end.map(|(end, _)| place..=end));
    }
    quoted
}

fn opens(text: &[char], place: usize) -> bool {
    let is_letter = |place| text.get(place).is_some_and(|&next| class(next) == Class::Letter);
    let before = place.checked_sub(1).and_then(|before| text.get(before));
    is_single(text, place)
        && before.is_none_or(|&before| parts_words(before))
        && is_letter(place + 1)
        // `'t Hooft`, `'s-Gravenhage`.
        && (is_letter(place + 2) || is_single(text, place + 2))
}

fn closes(text: &[char], place: usize) -> bool {
    let before = place.checked_sub(1).and_then(|before| text.get(before));
    is_single(text, place)
        && before.is_some_and(|&before| !parts_words(before))
        && text.get(place + 1).is_none_or(|&after| parts_words(after) || class(after) == Class::Point)
}

fn parts_words(character: char) -> bool {
    matches!(class(character), Class::Space | Class::Comma | Class::Hyphen)
}

/// The apostrophes that are also written as quotation marks.
fn is_single(text: &[char], place: usize) -> bool {
    matches!(text.get(place), Some('\'' | '`' | '‘' | '’' | '‛'))
}
