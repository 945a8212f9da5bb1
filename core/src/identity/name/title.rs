//! Titles and suffixes, which stand beside a name and are not part of it (ICAO Doc 9303-3 §4.6).

use super::holder::{Word, folded};
use super::letter::Letter;

const BEFORE: &[&str] =
    &["dr", "prof", "professor", "mr", "mrs", "ms", "sir", "dame", "ing", "dipl", "mag", "herr", "frau", "fru"];
const AFTER: &[&str] = &["jr", "sr", "ii", "iii", "iv", "phd"];

/// Whether these letters are a title.
pub(super) fn is_title(letters: &[Letter]) -> bool {
    is_one_of(letters, BEFORE)
}

/// The words without the titles before and the suffixes after them. Nothing is taken from a name that is nothing else.
pub(super) fn without_titles<'a>(words: &[&'a Word]) -> alloc::vec::Vec<&'a Word> {
    let mut kept = alloc::vec::Vec::with_capacity(words.len());
    for (place, &word) in words.iter().enumerate() {
        // The name and each of its parts may begin with a title: "Dr. Karin Ek" and "Ek, Dr. Karin".
        let begins = kept.last().is_none_or(|before: &&Word| before.part != word.part);
        let ends = words.iter().skip(place).all(|word| is_one_of(&word.letters, AFTER));
        if !(begins && is_title(&word.letters) || ends) {
            kept.push(word);
        }
    }
    if kept.is_empty() { words.to_vec() } else { kept }
}

fn is_one_of(letters: &[Letter], list: &[&str]) -> bool {
    list.iter().any(|title| folded(letters).eq(title.chars()))
}
