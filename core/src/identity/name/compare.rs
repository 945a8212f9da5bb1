use alloc::vec;
use alloc::vec::Vec;

use super::difference::{Alignment, Ways, WordDifference, WordKind};
use super::holder::{Name, Part, Word};
use super::lattice::{Gap, Lattice};
use super::letter::{Script, script};
use super::title::without_titles;
use super::transliterate::{Language, Rule};
use super::{Decision, Level, Policy};

/// How close a typed name is to a document's, and in what they differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    level: Level,
    difference: Vec<WordDifference>,
    may_be_truncated: bool,
}

impl Comparison {
    /// The rung of the ladder: the closest that holds.
    #[must_use]
    pub fn level(&self) -> Level {
        self.level
    }

    /// Both names word by word: in the typed order where they agree, otherwise in the document's, a zone's given names
    /// first, with the typed words that have no counterpart.
    #[must_use]
    pub fn difference(&self) -> &[WordDifference] {
        &self.difference
    }

    /// Whether the document's zone may hold only a part of the name, whatever the level: a name that ends in the field's
    /// last place must be treated as truncated (ICAO Doc 9303-4 §4.2.3).
    #[must_use]
    pub fn may_be_truncated(&self) -> bool {
        self.may_be_truncated
    }

    /// Whether a policy accepts this.
    #[must_use]
    pub fn accepted(&self, policy: Policy) -> bool {
        policy.accepts(self.level)
    }

    /// What a policy says of this.
    #[must_use]
    pub fn decide(&self, policy: Policy) -> Decision {
        policy.decide(self.level)
    }
}

/// Compares what a person typed with what a document says.
///
/// Exact: a level is given when its rule holds for some way of writing both names that ICAO Doc 9303-3 §6 recommends, and
/// never by similarity. The time grows with the product of the lengths, whatever number of ways there are.
///
/// A text without a comma does not tell which word is the surname. It is in order when it reads like the other name with
/// the given names first or last; two such texts are in order when they read alike.
///
/// ```
/// use gatepass_core::identity::name::{Level, Name, WordKind, compare};
///
/// # fn main() -> Result<(), gatepass_core::identity::name::NameError> {
/// let typed = Name::parse("Åke Öström")?;
/// assert_eq!(compare(&typed, &Name::from_zone_field("OESTROEM<<AAKE<<<<<<<<<<<<<<<<<<<<<<<<<")?).level(), Level::IcaoEqual);
///
/// let found = compare(&Name::parse("Jean Dupont")?, &Name::parse("DUPONT, JEAN PIERRE")?);
/// assert_eq!(found.level(), Level::MissingMiddle);
/// let missing = found.difference().iter().find(|word| word.kind == WordKind::Missing).unwrap();
/// assert_eq!(missing.document.as_deref(), Some("PIERRE"));
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn compare(typed: &Name, document: &Name) -> Comparison {
    let mut best: Option<(Level, Vec<WordDifference>)> = None;
    for own in readings(typed) {
        for theirs in readings(document) {
            let found = Pair { typed: &own, document: &theirs, names: (typed, document) }.judge();
            if best.as_ref().is_none_or(|(level, _)| found.0 < *level) {
                best = Some(found);
            }
        }
    }
    let (level, difference) = best.unwrap_or((Level::Different, Vec::new()));
    Comparison { level, difference, may_be_truncated: document.may_be_truncated() }
}

/// The words of a name, and where it has titles also those without them. A zone has titles only where they are part of the
/// name (ICAO Doc 9303-3 §4.6).
fn readings(name: &Name) -> Vec<Reading<'_>> {
    let words: Vec<&Word> = name.all_words().iter().collect();
    let without = if name.is_from_zone() { words.clone() } else { without_titles(&words) };
    let stripped = without.len() < words.len();
    let mut readings = vec![Reading { words, stripped: false }];
    if stripped {
        readings.push(Reading { words: without, stripped: true });
    }
    readings
}

struct Reading<'a> {
    words: Vec<&'a Word>,
    stripped: bool,
}

impl<'a> Reading<'a> {
    /// The given names and the surname, when it is known which is which and there are both.
    fn parts(&self) -> Option<(Vec<&'a Word>, Vec<&'a Word>)> {
        let of = |part| self.words.iter().copied().filter(|word| word.part == Some(part)).collect::<Vec<_>>();
        let (given, surname) = (of(Part::Given), of(Part::Surname));
        (!given.is_empty() && !surname.is_empty()).then_some((given, surname))
    }
}

/// Where the border between given names and surname is.
#[derive(Clone, Copy)]
enum Border {
    /// There is none, or it does not matter.
    None,
    /// Before this word.
    Before(usize),
    /// Somewhere between two words.
    Anywhere,
}

/// One name in one order of its parts.
struct Row<'a> {
    words: Vec<&'a Word>,
    border: Border,
}

impl<'a> Row<'a> {
    fn of(words: &[&'a Word], border: Border) -> Self {
        Self { words: words.to_vec(), border }
    }

    fn joined(first: &[&'a Word], second: &[&'a Word]) -> Self {
        Self { words: [first, second].concat(), border: Border::Before(first.len()) }
    }

    /// `joined`: words may also stand without a space between them.
    fn lattice(&self, rule: Rule, joined: bool) -> Lattice {
        let mut lattice = Lattice::new();
        let spaces: &[Gap] = if joined { &[Gap::Space, Gap::Nothing] } else { &[Gap::Space] };
        let spaces_or_border: &[Gap] =
            if joined { &[Gap::Space, Gap::Nothing, Gap::Border] } else { &[Gap::Space, Gap::Border] };
        for (place, word) in self.words.iter().enumerate() {
            match self.border {
                _ if place == 0 => {}
                Border::Before(border) if border == place => lattice.gap(&[Gap::Border]),
                Border::Anywhere => lattice.gap(spaces_or_border),
                Border::None | Border::Before(_) => lattice.gap(spaces),
            }
            lattice.word(&word.letters, rule);
        }
        lattice
    }

    /// Whether both have a way to be written alike. Words of one may be joined in the other, as `Van der` in `VANDER`; that
    /// one joins what the other parts and the other way round is no difference of spaces any more: `Kari Nek` is not
    /// `Karin Ek`.
    fn meets(&self, other: &Self, rule: Rule) -> bool {
        let (own, theirs) = (self.words.len(), other.words.len());
        self.lattice(rule, own > theirs).meets(&other.lattice(rule, theirs > own))
    }
}

struct Pair<'a> {
    typed: &'a Reading<'a>,
    document: &'a Reading<'a>,
    names: (&'a Name, &'a Name),
}

impl<'a> Pair<'a> {
    fn judge(&self) -> (Level, Vec<WordDifference>) {
        let orders = self.orders();
        if let Some((own, theirs)) = orders.iter().find(|(own, theirs)| self.is_identical(own, theirs)) {
            return (Level::Identical, in_order(own, theirs, Rule::Fold));
        }
        let rules = core::iter::once((Level::SameLetters, Rule::Fold));
        let rules = rules.chain(self.languages().iter().map(|&language| (Level::IcaoEqual, Rule::Icao(language))));
        for (level, rule) in rules {
            for (own, theirs) in &orders {
                if own.meets(theirs, rule) {
                    return (level, in_order(own, theirs, rule));
                }
            }
        }
        let looser = self.languages().iter().filter_map(|&language| self.looser(Rule::Icao(language)));
        looser.min_by_key(|(level, _)| *level).unwrap_or_else(|| (Level::Different, self.closest(&orders)))
    }

    /// The columns of the Cyrillic table that have to be tried.
    fn languages(&self) -> &'static [Language] {
        let is_cyrillic = |word: &&Word| word.letters.iter().any(|letter| script(letter.base()) == Script::Cyrillic);
        let any = self.typed.words.iter().chain(&self.document.words).any(is_cyrillic);
        if any { Language::ALL } else { Language::ALL.get(..1).unwrap_or_default() }
    }

    /// The orders in which the names may be read so that they still are in order.
    fn orders(&self) -> Vec<(Row<'a>, Row<'a>)> {
        let (typed, document) = (&self.typed.words, &self.document.words);
        match (self.typed.parts(), self.document.parts()) {
            (None, None) => vec![(Row::of(typed, Border::None), Row::of(document, Border::None))],
            (Some((given, surname)), Some((their_given, their_surname))) => {
                vec![(Row::joined(&given, &surname), Row::joined(&their_given, &their_surname))]
            }
            (Some((given, surname)), None) => vec![
                (Row::joined(&given, &surname), Row::of(document, Border::Anywhere)),
                (Row::joined(&surname, &given), Row::of(document, Border::Anywhere)),
            ],
            (None, Some((given, surname))) => vec![
                (Row::of(typed, Border::Anywhere), Row::joined(&given, &surname)),
                (Row::of(typed, Border::Anywhere), Row::joined(&surname, &given)),
            ],
        }
    }

    fn is_identical(&self, own: &Row<'_>, theirs: &Row<'_>) -> bool {
        let (typed, document) = self.names;
        let border = match (own.border, theirs.border) {
            (Border::Before(own), Border::Before(theirs)) => own == theirs,
            _ => true,
        };
        let written = typed.plain && document.plain && !self.typed.stripped && !self.document.stripped;
        written && border && own.words.len() == theirs.words.len() && {
            own.words.iter().zip(&theirs.words).all(|(own, theirs)| {
                let separator = document.is_from_zone() || own.after_hyphen == theirs.after_hyphen;
                own.text == theirs.text && separator
            })
        }
    }

    /// The levels that look at words one by one.
    fn looser(&self, rule: Rule) -> Option<(Level, Vec<WordDifference>)> {
        let words = Words::new(&self.typed.words, &self.document.words, rule);
        let equal = words.matching(|own, theirs| words.equal(own, theirs), Vec::new());
        if words.is_complete(&equal) && words.typed.len() == words.document.len() {
            return Some((Level::OrderSwapped, words.difference(&equal, true)));
        }
        if self.names.1.may_be_truncated()
            && let Some(cut) = self.truncated(&words)
        {
            return Some((Level::TruncatedInMrz, words.difference(&cut, false)));
        }
        if words.is_complete(&equal) && words.is_enough(|own, theirs| words.equal(own, theirs)) {
            return Some((Level::MissingMiddle, words.difference(&equal, false)));
        }
        let fits = |own, theirs| words.equal(own, theirs) || words.initial(own, theirs);
        let initials = words.matching(fits, equal.clone());
        (!words.is_complete(&equal)
            && words.is_complete(&initials)
            && words.is_enough(fits)
            && words.share_a_full_word())
        .then(|| (Level::Initials, words.difference(&initials, false)))
    }

    /// Which words of the truncated zone are the beginnings of which typed words: in order, nothing but the last words of
    /// a part left out (ICAO Doc 9303-4 §4.2.2 and §4.2.3).
    fn truncated(&self, words: &Words<'_>) -> Option<Pairing> {
        let indices = |reading: &Reading<'_>, part| -> Vec<usize> {
            (0..reading.words.len()).filter(|&i| reading.words.get(i).is_some_and(|w| w.part == Some(part))).collect()
        };
        let their_given = indices(self.document, Part::Given);
        let their_surname = indices(self.document, Part::Surname);
        let fits = |own: &[usize], theirs: &[usize]| {
            let all = own.iter().zip(theirs).all(|(&own, &theirs)| words.cut(own, theirs));
            theirs.len() <= own.len() && all
        };
        let splits: Vec<(Vec<usize>, Vec<usize>)> = if self.typed.parts().is_some() {
            vec![(indices(self.typed, Part::Given), indices(self.typed, Part::Surname))]
        } else {
            let all: Vec<usize> = (0..self.typed.words.len()).collect();
            let cuts = (0..=all.len()).map(|at| (all.get(..at).unwrap_or_default(), all.get(at..).unwrap_or_default()));
            cuts.flat_map(|(a, b)| [(a.to_vec(), b.to_vec()), (b.to_vec(), a.to_vec())]).collect()
        };
        let (given, surname) =
            splits.into_iter().find(|(given, surname)| fits(given, &their_given) && fits(surname, &their_surname))?;
        let mut pairing = vec![None; self.typed.words.len()];
        let pairs = given.iter().zip(&their_given).chain(surname.iter().zip(&their_surname));
        for (&own, &theirs) in pairs {
            if let Some(place) = pairing.get_mut(own) {
                *place = Some(theirs);
            }
        }
        Some(pairing)
    }

    /// The words side by side with the fewest letters that differ, in the order that needs fewest.
    fn closest(&self, orders: &[(Row<'a>, Row<'a>)]) -> Vec<WordDifference> {
        let rule = Rule::Icao(Language::default());
        let aligned = orders.iter().map(|(own, theirs)| align_words(&own.words, &theirs.words, rule));
        aligned.min_by_key(|(cost, _)| *cost).map(|(_, difference)| difference).unwrap_or_default()
    }
}

/// For each typed word the word of the document that it stands for.
type Pairing = Vec<Option<usize>>;

/// The words of both names and, for each two of them, whether they are equal.
struct Words<'a> {
    typed: &'a [&'a Word],
    document: &'a [&'a Word],
    rule: Rule,
    own: Vec<Lattice>,
    theirs: Vec<Lattice>,
    equal: Vec<bool>,
}

impl<'a> Words<'a> {
    fn new(typed: &'a [&'a Word], document: &'a [&'a Word], rule: Rule) -> Self {
        let lattices = |words: &[&Word]| -> Vec<Lattice> {
            words.iter().map(|&word| Row::of(&[word], Border::None).lattice(rule, false)).collect()
        };
        let (own, theirs) = (lattices(typed), lattices(document));
        // Names of one word each were compared before, as a whole.
        let single = own.len() == 1 && theirs.len() == 1;
        let equal = own.iter().flat_map(|own| theirs.iter().map(|theirs| !single && own.meets(theirs))).collect();
        Self { typed, document, rule, own, theirs, equal }
    }

    fn equal(&self, own: usize, theirs: usize) -> bool {
        self.equal.get(own * self.document.len() + theirs).is_some_and(|&equal| equal)
    }

    /// One of them is the first letter of the other.
    fn initial(&self, own: usize, theirs: usize) -> bool {
        let is_initial = |words: &[&Word], place: usize| words.get(place).is_some_and(|word| word.is_initial());
        match (self.own.get(own), self.theirs.get(theirs)) {
            (Some(a), Some(b)) => {
                is_initial(self.typed, own) && a.begins(b) || is_initial(self.document, theirs) && b.begins(a)
            }
            _ => false,
        }
    }

    /// The document has the beginning of the typed word, or all of it.
    fn cut(&self, own: usize, theirs: usize) -> bool {
        match (self.own.get(own), self.theirs.get(theirs)) {
            (Some(own), Some(theirs)) => theirs.begins(own),
            _ => false,
        }
    }

    /// As many pairs as possible, beginning with those in `pairing`, by augmenting paths.
    fn matching(&self, fits: impl Fn(usize, usize) -> bool, pairing: Pairing) -> Pairing {
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
    fn is_complete(&self, pairing: &Pairing) -> bool {
        pairing.iter().flatten().count() == self.typed.len().min(self.document.len())
    }

    /// Whether there is more than one word to agree, and in each part that one of the names tells some word does.
    fn is_enough(&self, fits: impl Fn(usize, usize) -> bool) -> bool {
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
    fn share_a_full_word(&self) -> bool {
        self.typed.iter().enumerate().filter(|(_, word)| !word.is_initial()).any(|(own, _)| {
            let mut full = self.document.iter().enumerate().filter(|(_, word)| !word.is_initial());
            full.any(|(theirs, _)| self.equal(own, theirs))
        })
    }

    fn difference(&self, pairing: &Pairing, moved: bool) -> Vec<WordDifference> {
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

/// The words of two names that are equal in this order: one by one, or as a whole when words are joined differently.
fn in_order(own: &Row<'_>, theirs: &Row<'_>, rule: Rule) -> Vec<WordDifference> {
    let one_by_one = own.words.len() == theirs.words.len()
        && own
            .words
            .iter()
            .zip(&theirs.words)
            .all(|(own, theirs)| Row::of(&[own], Border::None).meets(&Row::of(&[theirs], Border::None), rule));
    if one_by_one {
        let pairs = own.words.iter().zip(&theirs.words);
        pairs.map(|(own, theirs)| WordDifference::both(WordKind::Same, own, theirs, rule)).collect()
    } else {
        vec![WordDifference::joined(&own.words, &theirs.words, rule)]
    }
}

/// Words side by side, each with its like or with none, with the fewest letters that differ.
fn align_words<'a>(typed: &[&'a Word], document: &[&'a Word], rule: Rule) -> (usize, Vec<WordDifference>) {
    let width = document.len() + 1;
    let mut cells = vec![(usize::MAX, (0, 0)); (typed.len() + 1) * width];
    let ways = |words: &[&'a Word]| words.iter().map(|&word| Ways::new(&word.letters, rule)).collect::<Vec<_>>();
    let (own_ways, their_ways) = (ways(typed), ways(document));
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
