//! The levels below the exact ones look at words one by one: which word of one name stands for which of the other.

use alloc::vec;
use alloc::vec::Vec;

use super::difference::{WordDifference, WordKind};
use super::holder::{Part, Word};
use super::lattice::Lattice;
use super::row::{Border, Row};
use super::transliterate::Rule;

/// For each typed word the word of the document that it stands for.
pub(super) type Pairing = Vec<Option<usize>>;

/// The words of both names and, for each two of them, whether they are equal.
pub(super) struct Words<'a> {
    pub(super) typed: &'a [&'a Word],
    pub(super) document: &'a [&'a Word],
    rule: Rule,
    own: Vec<Lattice>,
    theirs: Vec<Lattice>,
    equal: Vec<bool>,
}

impl<'a> Words<'a> {
    pub(super) fn new(typed: &'a [&'a Word], document: &'a [&'a Word], rule: Rule) -> Self {
        let lattices = |words: &[&Word], rule| -> Vec<Lattice> {
            words.iter().map(|&word| Row::of(&[word], Border::None).lattice(rule, false)).collect()
        };
        let (own, theirs) = (lattices(typed, rule), lattices(document, rule.of_document()));
        // Names of one word each were compared before, as a whole.
        let single = own.len() == 1 && theirs.len() == 1;
        let equal = own.iter().flat_map(|own| theirs.iter().map(|theirs| !single && own.meets(theirs))).collect();
        Self { typed, document, rule, own, theirs, equal }
    }

    pub(super) fn equal(&self, own: usize, theirs: usize) -> bool {
        self.equal.get(own * self.document.len() + theirs).is_some_and(|&equal| equal)
    }

    /// One of them is the first letter of the other.
    pub(super) fn initial(&self, own: usize, theirs: usize) -> bool {
        let is_initial = |words: &[&Word], place: usize| words.get(place).is_some_and(|word| word.is_initial());
        match (self.own.get(own), self.theirs.get(theirs)) {
            (Some(a), Some(b)) => {
                is_initial(self.typed, own) && a.begins(b) || is_initial(self.document, theirs) && b.begins(a)
            }
            _ => false,
        }
    }

    /// The document has the beginning of the typed word, or all of it.
    pub(super) fn cut(&self, own: usize, theirs: usize) -> bool {
        match (self.own.get(own), self.theirs.get(theirs)) {
            (Some(own), Some(theirs)) => theirs.begins(own),
            _ => false,
        }
    }

    /// As many pairs as possible, beginning with those in `pairing`, by augmenting paths.
    pub(super) fn matching(&self, fits: impl Fn(usize, usize) -> bool, pairing: Pairing) -> Pairing {
        let mut taken: Vec<Option<usize>> = vec![None; self.document.len()];
        for (own, theirs) in pairing.iter().enumerate() {
            if let Some(place) = theirs.and_then(|theirs| taken.get_mut(theirs)) {
                *place = Some(own);
            }
        }
        for own in 0..self.typed.len() {
            if !taken.contains(&Some(own)) {
                augment(own, &fits, &mut taken, &mut vec![false; self.document.len()]);
            }
        }
        let mut pairing = vec![None; self.typed.len()];
        for (theirs, own) in taken.iter().enumerate() {
            if let Some(place) = own.and_then(|own| pairing.get_mut(own)) {
                *place = Some(theirs);
            }
        }
        pairing
    }

    /// Whether every word of the shorter name is in a pair.
    pub(super) fn is_complete(&self, pairing: &Pairing) -> bool {
        pairing.iter().flatten().count() == self.typed.len().min(self.document.len())
    }

    /// Whether there is more than one word to agree, and in each part that one of the names tells some word does.
    pub(super) fn is_enough(&self, fits: impl Fn(usize, usize) -> bool) -> bool {
        let agrees = |own_part: Option<Part>, their_part: Option<Part>| {
            let is = |word: &&Word, part: Option<Part>| part.is_none() || word.part == part;
            self.typed.iter().enumerate().any(|(own, word)| {
                let mut document = self.document.iter().enumerate();
                is(word, own_part) && document.any(|(theirs, word)| is(word, their_part) && fits(own, theirs))
            })
        };
        let tells = |words: &[&Word], part| words.iter().any(|word| word.part == Some(part));
        self.typed.len().min(self.document.len()) >= 2
            && [Part::Given, Part::Surname].into_iter().all(|part| {
                (!tells(self.typed, part) || agrees(Some(part), None))
                    && (!tells(self.document, part) || agrees(None, Some(part)))
            })
    }

    /// Whether a word that is more than an initial is in both.
    pub(super) fn share_a_full_word(&self) -> bool {
        self.typed.iter().enumerate().filter(|(_, word)| !word.is_initial()).any(|(own, _)| {
            let mut full = self.document.iter().enumerate().filter(|(_, word)| !word.is_initial());
            full.any(|(theirs, _)| self.equal(own, theirs))
        })
    }

    pub(super) fn difference(&self, pairing: &Pairing, moved: bool) -> Vec<WordDifference> {
        let mut difference = Vec::with_capacity(self.typed.len().max(self.document.len()));
        for (theirs, document) in self.document.iter().enumerate() {
            let own = pairing.iter().position(|&paired| paired == Some(theirs));
            let Some((own, typed)) = own.and_then(|own| self.typed.get(own).map(|typed| (own, typed))) else {
                difference.push(WordDifference::missing(document));
                continue;
            };
            let kind = if self.equal(own, theirs) {
                if moved && own != theirs { WordKind::Moved } else { WordKind::Same }
            } else if self.initial(own, theirs) {
                WordKind::Initial
            } else {
                WordKind::Cut
            };
            difference.push(WordDifference::both(kind, typed, document, self.rule));
        }
        let extra = self.typed.iter().zip(pairing).filter(|(_, paired)| paired.is_none());
        difference.extend(extra.map(|(typed, _)| WordDifference::extra(typed)));
        difference
    }
}

/// Finds a word of the document for `own`, moving others to other words where needed. The depth is at most the number of
/// words.
fn augment(own: usize, fits: &impl Fn(usize, usize) -> bool, taken: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for theirs in 0..taken.len() {
        if !fits(own, theirs) || seen.get(theirs).is_none_or(|&seen| seen) {
            continue;
        }
        if let Some(seen) = seen.get_mut(theirs) {
            *seen = true;
        }
        let free = match taken.get(theirs).copied().flatten() {
            Some(other) => augment(other, fits, taken, seen),
            None => true,
        };
        if free {
            if let Some(place) = taken.get_mut(theirs) {
                *place = Some(own);
            }
            return true;
        }
    }
    false
}
