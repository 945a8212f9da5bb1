//! What a page shows when two names differ, word by word and letter by letter.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::Part;
use super::alignment::{Alignment, Ways};
use super::holder::Word;
use super::transliterate::Rule;

/// One word of the document's name beside what was typed for it, or a word that only one of them has. Personal data: both
/// words; `Debug` shows the kind.
#[derive(Clone, PartialEq, Eq)]
pub struct WordDifference {
    /// How they differ.
    pub kind: WordKind,
    /// The part of the document's name, where the document tells; for an extra word what was typed tells.
    pub part: Option<Part>,
    /// The typed word; none when it is missing.
    pub typed: Option<String>,
    /// The document's word; none when it has none for it.
    pub document: Option<String>,
    /// The letters of both, in order; empty when only one of them has the word.
    pub letters: Vec<LetterDifference>,
}

/// How a word differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WordKind {
    /// It does not, up to case and transliteration.
    Same,
    /// It stands at another place.
    Moved,
    /// Some letters differ.
    Letters,
    /// One of them has the first letter only.
    Initial,
    /// The zone has the beginning of it.
    Cut,
    /// The document has it, what was typed has not.
    Missing,
    /// It was typed, the document has none.
    Extra,
}

impl WordKind {
    /// The stable code, such as `missing`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Moved => "moved",
            Self::Letters => "letters",
            Self::Initial => "initial",
            Self::Cut => "cut",
            Self::Missing => "missing",
            Self::Extra => "extra",
        }
    }
}

/// Letters of a word beside the document's. Personal data: both texts; `Debug` shows the kind.
#[derive(Clone, PartialEq, Eq)]
pub struct LetterDifference {
    /// How they differ.
    pub kind: LetterKind,
    /// One letter, or several that are one in the document; empty when missing.
    pub typed: String,
    /// One letter, or several that one typed letter stands for; empty when there are none for it.
    pub document: String,
}

/// How letters differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LetterKind {
    /// They do not, up to case and transliteration.
    Same,
    /// Another letter was typed.
    Changed,
    /// The document has it, what was typed has not.
    Missing,
    /// It was typed, the document has none.
    Extra,
}

impl LetterKind {
    /// The stable code, such as `changed`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Extra => "extra",
        }
    }
}

impl fmt::Debug for WordDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WordDifference").field("kind", &self.kind).field("part", &self.part).finish_non_exhaustive()
    }
}

impl fmt::Debug for LetterDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LetterDifference").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl WordDifference {
    pub(super) fn both(kind: WordKind, typed: &Word, document: &Word, rule: Rule) -> Self {
        let (own, theirs) = (Ways::new(&typed.letters, rule), Ways::new(&document.letters, rule.of_document()));
        Self::aligned(kind, typed, document, &Alignment::new(&own, &theirs))
    }

    pub(super) fn aligned(kind: WordKind, typed: &Word, document: &Word, alignment: &Alignment<'_>) -> Self {
        Self {
            kind,
            part: document.part.or(typed.part),
            typed: Some(typed.text.clone()),
            document: Some(document.text.clone()),
            letters: alignment.letters(),
        }
    }

    /// Words that are the same, or the beginning of the same, when they are put together: `Van der` and `VANDER`.
    pub(super) fn joined(kind: WordKind, typed: &[&Word], document: &[&Word], rule: Rule) -> Self {
        let letters = |words: &[&Word]| words.iter().flat_map(|word| word.letters.iter().copied()).collect::<Vec<_>>();
        let (own, theirs) = (letters(typed), letters(document));
        let text = |words: &[&Word]| words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        Self {
            kind,
            part: None,
            typed: Some(text(typed)),
            document: Some(text(document)),
            letters: Alignment::new(&Ways::new(&own, rule), &Ways::new(&theirs, rule.of_document())).letters(),
        }
    }

    pub(super) fn missing(document: &Word) -> Self {
        Self {
            kind: WordKind::Missing,
            part: document.part,
            typed: None,
            document: Some(document.text.clone()),
            letters: Vec::new(),
        }
    }

    pub(super) fn extra(typed: &Word) -> Self {
        Self {
            kind: WordKind::Extra,
            part: typed.part,
            typed: Some(typed.text.clone()),
            document: None,
            letters: Vec::new(),
        }
    }
}
