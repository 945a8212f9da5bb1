//! Whether two names have a way to be written alike, for all the ways that each of them can be written.
//!
//! A name of sixty letters with three spellings each has 3⁶⁰ of them. They are never listed: each name becomes an acyclic
//! automaton with one node between any two symbols of any spelling, and the pairs of nodes that both can reach by the same
//! symbols are filled in, one row of bits after the other. That is exact and takes nodes × nodes steps at most.

use alloc::vec;
use alloc::vec::Vec;

use super::letter::Letter;
use super::transliterate::{Rule, Spelling, spellings};

/// Stands between the surname and the given names.
const BORDER: char = '\u{1}';
/// Stands between two other words.
const SPACE: char = ' ';
/// An edge that needs no symbol.
const FREE: char = '\0';

#[derive(Clone, Copy)]
struct Edge {
    symbol: char,
    target: usize,
}

/// What may stand between two words.
#[derive(Clone, Copy)]
pub(super) enum Gap {
    /// The border between surname and given names.
    Border,
    /// The words are two.
    Space,
    /// The words are joined.
    Nothing,
}

/// What may stand between two words of a name of which a part may be cut off.
#[derive(Clone, Copy)]
pub(super) struct CutGap {
    /// The words are two.
    pub(super) space: bool,
    /// The words are joined, the first of them whole.
    pub(super) joined: bool,
    /// The border between surname and given names.
    pub(super) border: bool,
}

/// All ways to write a sequence of letters. Nodes are numbered so that every edge leads to a higher number.
pub(super) struct Lattice {
    /// Where the edges of each node begin.
    starts: Vec<usize>,
    edges: Vec<Edge>,
}

impl Lattice {
    pub(super) fn new() -> Self {
        Self { starts: Vec::new(), edges: Vec::new() }
    }

    /// Adds a word.
    pub(super) fn word(&mut self, letters: &[Letter], rule: Rule) {
        for (place, letter) in letters.iter().enumerate() {
            let spellings = spellings(letter, rule, place == 0);
            self.any_of(spellings.iter().map(Spelling::symbols));
        }
    }

    /// All ways to cut a name of these words: each may lose its end, and words at the end of a part may be missing (ICAO Doc
    /// 9303-4 §4.2.2 and §4.2.3). What [begins](Self::begins) this is left of the name. `gaps` holds what may stand after
    /// each word but the last; `border`: it may also stand before the first.
    pub(super) fn cut<'a>(
        words: impl Iterator<Item = &'a [Letter]>,
        rule: Rule,
        gaps: &[CutGap],
        border: bool,
    ) -> Self {
        let edge = |may: bool, symbol, target| may.then_some(Edge { symbol, target });
        let mut lattice = Self::new();
        // The first part may be missing as a whole: from its beginning a way leads past all of its words.
        lattice.node([edge(true, FREE, 2), edge(true, FREE, 1)]);
        let mut past = lattice.edges.len();
        lattice.node([edge(true, FREE, 2), edge(border, BORDER, 2)]);
        for (place, letters) in words.enumerate() {
            let mut word = Self::new();
            word.word(letters, rule);
            let first = lattice.starts.len();
            let whole = first + word.starts.len();
            let (kept, missing, next) = (whole + 1, whole + 2, whole + 3);
            let gap = gaps.get(place);
            for node in 0..word.starts.len() {
                lattice.starts.push(lattice.edges.len());
                let edges = word.edges(node).iter().map(|edge| Edge { target: edge.target + first, ..*edge });
                lattice.edges.extend(edges);
                lattice.edges.extend(edge(gap.is_some() && node > 0, FREE, kept));
            }
            let Some(gap) = gap else { break };
            lattice.node([edge(true, FREE, kept), edge(gap.joined, FREE, next)]);
            lattice.node([edge(true, FREE, missing), edge(gap.space, SPACE, next)]);
            if let Some(past) = lattice.edges.get_mut(past) {
                past.target = missing;
            }
            past = lattice.edges.len();
            // It leads to the same place after the next word, once there is one.
            lattice.node([edge(true, FREE, missing), edge(gap.border, BORDER, next)]);
        }
        lattice
    }

    fn node(&mut self, edges: [Option<Edge>; 2]) {
        self.starts.push(self.edges.len());
        self.edges.extend(edges.into_iter().flatten());
    }

    /// What stands between two words, one of these.
    pub(super) fn gap(&mut self, gaps: &[Gap]) {
        self.any_of(gaps.iter().map(|gap| match gap {
            Gap::Border => [BORDER].as_slice(),
            Gap::Space => &[SPACE],
            Gap::Nothing => &[],
        }));
    }

    /// The last node so far gets a path for each spelling; all of them end in one new node.
    fn any_of<'a>(&mut self, spellings: impl Iterator<Item = &'a [char]> + Clone) {
        let from = self.starts.len();
        self.starts.push(self.edges.len());
        let inner: usize = spellings.clone().map(|spelling| spelling.len().saturating_sub(1)).sum();
        let end = from + inner + 1;
        let mut next = from + 1;
        for spelling in spellings.clone() {
            let symbol = spelling.first().copied().unwrap_or(FREE);
            self.edges.push(Edge { symbol, target: if spelling.len() > 1 { next } else { end } });
            next += spelling.len().saturating_sub(1);
        }
        let mut next = from + 1;
        for spelling in spellings {
            for (place, &symbol) in spelling.iter().enumerate().skip(1) {
                next += 1;
                self.starts.push(self.edges.len());
                self.edges.push(Edge { symbol, target: if place + 1 == spelling.len() { end } else { next } });
            }
        }
    }

    /// The nodes, of which the last has no edges.
    fn len(&self) -> usize {
        self.starts.len() + 1
    }

    fn edges(&self, node: usize) -> &[Edge] {
        let Some(&start) = self.starts.get(node) else { return &[] };
        let end = self.starts.get(node + 1).copied().unwrap_or(self.edges.len());
        self.edges.get(start..end).unwrap_or_default()
    }

    /// Whether some way to write this is also a way to write `other`.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.reach(other).last_row_has(other.len() - 1)
    }

    /// Whether some way to write this is the beginning of a way to write `other`, or all of it.
    pub(super) fn begins(&self, other: &Self) -> bool {
        self.reach(other).last_row_has_any()
    }

    fn reach(&self, other: &Self) -> Reach {
        let mut reach = Reach::new(self.len(), other.len());
        for own in 0..self.len() {
            let edges = self.edges(own);
            for word in 0..reach.row {
                // Edges without a symbol add to the row that is read here, always ahead of what was read.
                let mut read = 0;
                while let Some(bit) = reach.next(own, word, read) {
                    read |= 1 << bit;
                    let theirs = 64 * word + bit;
                    let their_edges = other.edges(theirs);
                    for edge in edges {
                        if edge.symbol == FREE {
                            reach.add(edge.target, theirs);
                            continue;
                        }
                        for their in their_edges {
                            if edge.symbol == their.symbol {
                                reach.add(edge.target, their.target);
                            }
                        }
                    }
                    for their in their_edges {
                        if their.symbol == FREE {
                            reach.add(own, their.target);
                        }
                    }
                }
            }
        }
        reach
    }
}

/// Which pairs of nodes can be reached, a row of bits for each node of the first automaton.
struct Reach {
    bits: Vec<u64>,
    row: usize,
}

impl Reach {
    fn new(own: usize, theirs: usize) -> Self {
        let row = theirs.div_ceil(64);
        let mut reach = Self { bits: vec![0; own * row], row };
        reach.add(0, 0);
        reach
    }

    /// The first place in a word of a row that can be reached and is not in `read`.
    fn next(&self, own: usize, word: usize, read: u64) -> Option<usize> {
        let left = self.bits.get(own * self.row + word)? & !read;
        (left != 0).then(|| usize::try_from(left.trailing_zeros()).unwrap_or_default())
    }

    fn add(&mut self, own: usize, theirs: usize) {
        if let Some(word) = self.bits.get_mut(own * self.row + theirs / 64) {
            *word |= 1 << (theirs % 64);
        }
    }

    fn last_row(&self) -> &[u64] {
        self.bits.rchunks(self.row).next().unwrap_or_default()
    }

    fn last_row_has(&self, theirs: usize) -> bool {
        self.last_row().get(theirs / 64).is_some_and(|word| word >> (theirs % 64) & 1 == 1)
    }

    fn last_row_has_any(&self) -> bool {
        self.last_row().iter().any(|&word| word != 0)
    }
}
