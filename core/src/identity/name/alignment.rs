//! What is shown beside each other when names differ: the alignment with the fewest letters that do. Nothing here decides
//! anything.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use super::difference::{LetterDifference, LetterKind, WordDifference, WordKind};
use super::holder::Word;
use super::letter::Letter;
use super::transliterate::{Rule, Spelling, spellings};

/// Words side by side, each with its like or with none, with the fewest letters that differ.
pub(super) fn align_words<'a>(typed: &[&'a Word], document: &[&'a Word], rule: Rule) -> (usize, Vec<WordDifference>) {
    let width = document.len() + 1;
    let mut cells = vec![(usize::MAX, (0, 0)); (typed.len() + 1) * width];
    let ways = |words: &[&'a Word], rule| words.iter().map(|&word| Ways::new(&word.letters, rule)).collect::<Vec<_>>();
    let (own_ways, their_ways) = (ways(typed, rule), ways(document, rule.of_document()));
    // Words farther apart than this are not worth showing beside each other.
    let near = typed.len().abs_diff(document.len()) + 3;
    let mut alignments: Vec<Option<Alignment<'_>>> = Vec::with_capacity(cells.len());
    let offer = |cells: &mut Vec<(usize, (usize, usize))>, i: usize, j: usize, cost: usize, step| {
        if let Some(cell) = cells.get_mut(i * width + j)
            && cost < cell.0
        {
            *cell = (cost, step);
        }
    };
    offer(&mut cells, 0, 0, 0, (0, 0));
    for i in 0..=typed.len() {
        for j in 0..=document.len() {
            let cost = cells.get(i * width + j).map_or(0, |cell| cell.0);
            let (own, theirs) = (typed.get(i), document.get(j));
            let pair = own_ways.get(i).zip(their_ways.get(j)).filter(|_| i.abs_diff(j) <= near);
            let alignment = pair.map(|(own, theirs)| Alignment::new(own, theirs));
            let alignment = alignment.filter(Alignment::is_alike);
            if let Some(alignment) = &alignment {
                offer(&mut cells, i + 1, j + 1, cost + alignment.cost(), (1, 1));
            }
            alignments.push(alignment);
            if let Some(own) = own {
                offer(&mut cells, i + 1, j, cost + own.letters.len(), (1, 0));
            }
            if let Some(theirs) = theirs {
                offer(&mut cells, i, j + 1, cost + theirs.letters.len(), (0, 1));
            }
        }
    }
    let (mut i, mut j) = (typed.len(), document.len());
    let total = cells.get(i * width + j).map_or(usize::MAX, |cell| cell.0);
    let mut difference = Vec::new();
    while let Some(&(_, (di, dj))) = cells.get(i * width + j)
        && (di, dj) != (0, 0)
    {
        (i, j) = (i - di, j - dj);
        let (own, theirs) = (typed.get(i).filter(|_| di == 1), document.get(j).filter(|_| dj == 1));
        let alignment = alignments.get(i * width + j).and_then(Option::as_ref);
        match (own, theirs, alignment) {
            (Some(own), Some(theirs), Some(alignment)) => {
                let kind = if alignment.cost() == 0 { WordKind::Same } else { WordKind::Letters };
                difference.push(WordDifference::aligned(kind, own, theirs, alignment));
            }
            (Some(own), ..) => difference.push(WordDifference::extra(own)),
            (None, Some(theirs), _) => difference.push(WordDifference::missing(theirs)),
            (None, None, _) => {}
        }
    }
    difference.reverse();
    (total, difference)
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
