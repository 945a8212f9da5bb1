//! The words of a name in one order, and whether two such rows have a way to be written alike.

use alloc::vec::Vec;

use super::holder::Word;
use super::lattice::{CutGap, Gap, Lattice};
use super::transliterate::Rule;

/// Where the border between given names and surname is.
#[derive(Clone, Copy)]
pub(super) enum Border {
    /// There is none, or it does not matter.
    None,
    /// Before this word.
    Before(usize),
    /// Somewhere between two words.
    Anywhere,
}

/// One name in one order of its parts.
pub(super) struct Row<'a> {
    pub(super) words: Vec<&'a Word>,
    pub(super) border: Border,
}

impl<'a> Row<'a> {
    pub(super) fn of(words: &[&'a Word], border: Border) -> Self {
        Self { words: words.to_vec(), border }
    }

    pub(super) fn joined(first: &[&'a Word], second: &[&'a Word]) -> Self {
        Self { words: [first, second].concat(), border: Border::Before(first.len()) }
    }

    /// `joined`: words may also stand without a space between them.
    pub(super) fn lattice(&self, rule: Rule, joined: bool) -> Lattice {
        let mut lattice = Lattice::new();
        let spaces: &[Gap] = if joined { &[Gap::Space, Gap::Nothing] } else { &[Gap::Space] };
        let spaces_or_border: &[Gap] =
            if joined { &[Gap::Space, Gap::Nothing, Gap::Border] } else { &[Gap::Space, Gap::Border] };
        for (place, word) in self.words.iter().enumerate() {
            match self.border {
                Border::Before(border) if border == place => lattice.gap(&[Gap::Border]),
                _ if place == 0 => {}
                Border::Anywhere => lattice.gap(spaces_or_border),
                Border::None | Border::Before(_) => lattice.gap(spaces),
            }
            lattice.word(&word.letters, rule);
        }
        lattice
    }

    /// Whether both have a way to be written alike, `other` being the document. Words of one may be joined in the other, as `Van der` in `VANDER`; that
    /// one joins what the other parts and the other way round is no difference of spaces any more: `Kari Nek` is not
    /// `Karin Ek`.
    pub(super) fn meets(&self, other: &Self, rule: Rule) -> bool {
        let (own, theirs) = (self.words.len(), other.words.len());
        self.lattice(rule, own > theirs).meets(&other.lattice(rule.of_document(), theirs > own))
    }

    /// The first of these orders of a zone that holds what is left of this name when it is cut. As in [`meets`](Self::meets),
    /// one of both may join the words of the other.
    pub(super) fn cut_to<'z, 'w>(&self, zones: &'z [Row<'w>], rule: Rule) -> Option<&'z Row<'w>> {
        [false, true].into_iter().find_map(|joined| {
            let left = self.cut(rule, joined);
            zones.iter().find(|zone| zone.lattice(rule, !joined).begins(&left))
        })
    }

    fn cut(&self, rule: Rule, joined: bool) -> Lattice {
        let border = |place: usize| match self.border {
            Border::None => false,
            Border::Before(border) => border == place,
            Border::Anywhere => true,
        };
        let gap = |place| {
            let only = border(place) && !matches!(self.border, Border::Anywhere);
            CutGap { space: !only, joined: joined && !only, border: border(place) }
        };
        let gaps: Vec<CutGap> = (1..self.words.len()).map(gap).collect();
        Lattice::cut(self.words.iter().map(|word| word.letters.as_slice()), rule, &gaps, border(0))
    }
}
