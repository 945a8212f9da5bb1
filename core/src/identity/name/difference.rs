//! What a page shows when two names differ, word by word and letter by letter. Nothing here decides anything.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use super::Part;
use super::holder::Word;
use super::letter::Letter;
use super::transliterate::{Rule, Spelling, spellings};

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
        let (own, theirs) = (Ways::new(&typed.letters, rule), Ways::new(&document.letters, rule));
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

    /// Words that are the same when they are put together: `Van der` and `VANDER`.
    pub(super) fn joined(typed: &[&Word], document: &[&Word], rule: Rule) -> Self {
        let letters = |words: &[&Word]| words.iter().flat_map(|word| word.letters.iter().copied()).collect::<Vec<_>>();
        let (own, theirs) = (letters(typed), letters(document));
        let text = |words: &[&Word]| words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        Self {
            kind: WordKind::Same,
            part: None,
            typed: Some(text(typed)),
            document: Some(text(document)),
            letters: Alignment::new(&Ways::new(&own, rule), &Ways::new(&theirs, rule)).letters(),
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

/// The letters of a word with all the ways to write each.
pub(super) struct Ways<'a> {
    letters: &'a [Letter],
    spellings: Vec<Vec<Spelling>>,
}

impl<'a> Ways<'a> {
    pub(super) fn new(letters: &'a [Letter], rule: Rule) -> Self {
        let spellings = letters.iter().enumerate().map(|(place, letter)| spellings(letter, rule, place == 0)).collect();
        Self { letters, spellings }
    }
}

/// The alignment of two words with the fewest letters that differ.
pub(super) struct Alignment<'a> {
    typed: &'a [Letter],
    document: &'a [Letter],
    /// For each pair of places, a row for each typed letter.
    cells: Vec<Cell>,
}

/// The best way to a pair of places: how many letters differ, and how many letters of each the last step took.
#[derive(Clone, Copy)]
struct Cell {
    cost: usize,
    step: (usize, usize),
    same: bool,
}

impl<'a> Alignment<'a> {
    pub(super) fn new(typed_ways: &Ways<'a>, document_ways: &Ways<'a>) -> Self {
        let (typed, document) = (typed_ways.letters, document_ways.letters);
        let unreached = Cell { cost: usize::MAX, step: (0, 0), same: true };
        let mut alignment = Self { typed, document, cells: vec![unreached; (typed.len() + 1) * (document.len() + 1)] };
        alignment.offer(0, 0, Cell { cost: 0, ..unreached });
        for i in 0..=typed.len() {
            let left = typed_ways.spellings.get(i..).unwrap_or_default();
            for j in 0..=document.len() {
                let cost = alignment.cell(i, j).cost;
                let right = document_ways.spellings.get(j..).unwrap_or_default();
                let mut step = |(di, dj): (usize, usize), same: bool| {
                    let cost = cost + usize::from(!same);
                    alignment.offer(i + di, j + dj, Cell { cost, step: (di, dj), same });
                };
                let own = left.first().map(Vec::as_slice).unwrap_or_default();
                let theirs = right.first().map(Vec::as_slice).unwrap_or_default();
                if !own.is_empty() && !theirs.is_empty() {
                    step((1, 1), own.iter().any(|spelling| theirs.contains(spelling)));
                }
                for spelling in own.iter().filter(|spelling| stands_for(spelling, right)) {
                    step((1, spelling.symbols().len()), true);
                }
                for spelling in theirs.iter().filter(|spelling| stands_for(spelling, left)) {
                    step((spelling.symbols().len(), 1), true);
                }
                step((1, 0), false);
                step((0, 1), false);
            }
        }
        alignment
    }

    /// How many letters differ.
    pub(super) fn cost(&self) -> usize {
        self.cell(self.typed.len(), self.document.len()).cost
    }

    /// Whether at most half of the letters differ, so that one word is worth showing beside the other.
    pub(super) fn is_alike(&self) -> bool {
        2 * self.cost() <= self.typed.len().max(self.document.len())
    }

    pub(super) fn letters(&self) -> Vec<LetterDifference> {
        let (mut i, mut j) = (self.typed.len(), self.document.len());
        let mut letters = Vec::new();
        while (i, j) != (0, 0) {
            let Cell { step: (di, dj), same, .. } = self.cell(i, j);
            if (di, dj) == (0, 0) {
                break;
            }
            let kind = match (same, di, dj) {
                (true, ..) => LetterKind::Same,
                (false, _, 0) => LetterKind::Extra,
                (false, 0, _) => LetterKind::Missing,
                (false, ..) => LetterKind::Changed,
            };
            let (typed, document) = (text(self.typed, i - di..i), text(self.document, j - dj..j));
            letters.push(LetterDifference { kind, typed, document });
            (i, j) = (i - di, j - dj);
        }
        letters.reverse();
        letters
    }

    fn cell(&self, i: usize, j: usize) -> Cell {
        let beyond = Cell { cost: usize::MAX, step: (0, 0), same: true };
        self.cells.get(i * (self.document.len() + 1) + j).copied().unwrap_or(beyond)
    }

    fn offer(&mut self, i: usize, j: usize, offered: Cell) {
        if i > self.typed.len() || j > self.document.len() {
            return;
        }
        if let Some(cell) = self.cells.get_mut(i * (self.document.len() + 1) + j)
            && offered.cost < cell.cost
        {
            *cell = offered;
        }
    }
}

/// Whether the letters begin with the symbols of this spelling, one each.
fn stands_for(spelling: &Spelling, letters: &[Vec<Spelling>]) -> bool {
    let symbols = spelling.symbols();
    symbols.len() <= letters.len()
        && symbols.iter().zip(letters).all(|(symbol, ways)| ways.iter().any(|way| way.symbols() == [*symbol]))
}

fn text(letters: &[Letter], range: Range<usize>) -> String {
    let letters = letters.get(range).unwrap_or_default();
    letters.iter().flat_map(|letter| core::iter::once(letter.base()).chain(letter.marks().iter().copied())).collect()
}
