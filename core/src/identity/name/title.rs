//! Titles and suffixes, which stand beside a name and are not part of it (ICAO Doc 9303-3 §4.6).
//!
//! Only what is no name is in the lists: Ing, Dame, Mag, Herr, Sir, Ii and Iv are names that people have, and a name that
//! loses a word is another name.

use alloc::vec::Vec;

use super::holder::{Word, folded};
use super::letter::Letter;

/// Before a name.
const BEFORE: &[&str] = &["dipl", "dr", "mr", "mrs", "prof", "professor"];
/// Before a name when a point follows; without it they are names too.
const BEFORE_WITH_A_POINT: &[&str] = &["ing", "mag", "ms"];
/// After a name.
const AFTER: &[&str] = &["jr", "phd", "sr"];

/// Whether these letters with a point after them are a title, so that the next letter begins a word.
pub(super) fn is_title(letters: &[Letter]) -> bool {
    is_one_of(letters, BEFORE) || is_one_of(letters, BEFORE_WITH_A_POINT)
}

/// The words without the titles before and the suffixes after each part of the name. Every part keeps a word and the name
/// keeps two, otherwise nothing is taken.
pub(super) fn without_titles<'a>(words: &[&'a Word]) -> Vec<&'a Word> {
    let kept: Vec<&Word> = words.chunk_by(|word, next| word.part == next.part).flat_map(of_part).copied().collect();
    if kept.len() < 2 { words.to_vec() } else { kept }
}

/// The words of a part without its titles and suffixes.
fn of_part<'a, 'w>(part: &'a [&'w Word]) -> &'a [&'w Word] {
    let mut words = part;
    while let Some(first) = compounds(words).next().filter(|first| first.len() < words.len())
        && first.iter().all(|word| is_before(word))
    {
        words = words.get(first.len()..).unwrap_or_default();
    }
    while let Some(last) = compounds(words).last().filter(|last| last.len() < words.len())
        && last.iter().all(|word| is_suffix(word))
    {
        words = words.get(..words.len() - last.len()).unwrap_or_default();
    }
    words
}

/// Words that hyphens join stay together: `Dipl.-Ing.` is a title, `Ing-Marie` is none.
fn compounds<'a, 'w>(words: &'a [&'w Word]) -> impl Iterator<Item = &'a [&'w Word]> {
    words.chunk_by(|_, next| next.after_hyphen)
}

fn is_before(word: &Word) -> bool {
    is_one_of(&word.letters, BEFORE) || word.point && is_one_of(&word.letters, BEFORE_WITH_A_POINT)
}

/// Whether this word is a suffix.
pub(super) fn is_suffix(word: &Word) -> bool {
    is_one_of(&word.letters, AFTER)
}

fn is_one_of(letters: &[Letter], list: &[&str]) -> bool {
    list.iter().any(|title| folded(letters).eq(title.chars()))
}
