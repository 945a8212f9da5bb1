use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use super::alignment::align_words;
use super::difference::{WordDifference, WordKind};
use super::holder::{Name, Part, Word};
use super::letter::{Script, script};
use super::pairing::{Pairing, Words};
use super::row::{Border, Row};
use super::title::without_titles;
use super::transliterate::{Language, Rule, Side};
use super::{Advice, Decision, Level, Policy};

/// How close a typed name is to a document's, and in what they differ.
///
/// Personal data: both names; `Debug` shows the level and the kinds of difference.
#[derive(Clone, PartialEq, Eq)]
pub struct Comparison {
    level: Level,
    difference: Vec<WordDifference>,
    /// The last word of a zone that may hold only a part of the name.
    stops_at: Option<String>,
    /// The words of both, in their own order.
    typed: String,
    document: String,
}

impl Comparison {
    /// The rung of the ladder: the closest that holds, but for a zone that may be truncated. There
    /// [`Level::TruncatedInMrz`] goes before [`Level::OrderSwapped`], [`Level::MissingMiddle`] and [`Level::Initials`]: the
    /// words that the zone has not are those that the issuer cut off, and the person who typed them is not at fault.
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
        self.stops_at.is_some()
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

    /// What to say to the person who typed the name, in the order in which it is said; nothing where a policy accepts it or
    /// nothing is known that helps. Personal data.
    #[must_use]
    pub fn advice(&self, policy: Policy) -> Vec<Advice> {
        let names = (self.typed.as_str(), self.document.as_str());
        Advice::of(self.decide(policy), self.level, &self.difference, names, self.stops_at.as_deref())
    }
}

impl fmt::Debug for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Comparison")
            .field("level", &self.level)
            .field("difference", &self.difference)
            .field("may_be_truncated", &self.may_be_truncated())
            .finish_non_exhaustive()
    }
}

/// Compares what a person typed with what a document says.
///
/// Exact: a level is given when its rule holds for some way of writing both names that ICAO Doc 9303-3 §6 recommends, and
/// never by similarity. Only a zone has lost the letters that it stands for: where neither name is a zone's, each letter is
/// itself or spelt out by the other name, so that `Åsa` is `AASA` and not `Ása`. The time grows with the product of the lengths, whatever number of ways there are.
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
    // A zone's given names stand behind its surname.
    let last = |part| document.all_words().iter().rfind(|word| word.part == Some(part)).map(|word| word.text.clone());
    let stops_at = document.may_be_truncated().then(|| last(Part::Given).or_else(|| last(Part::Surname))).flatten();
    let (typed, document) = (written(typed), written(document));
    Comparison { level, difference, stops_at, typed, document }
}

/// The words of a name as they were written, without commas and quotation marks.
fn written(name: &Name) -> String {
    let mut text = String::new();
    for word in name.all_words() {
        if !text.is_empty() {
            text.push(if word.after_hyphen { '-' } else { ' ' });
        }
        text.push_str(&word.text);
    }
    text
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
    /// The given names and the surname, as far as they are known.
    fn identifiers(&self) -> (Vec<&'a Word>, Vec<&'a Word>) {
        let of = |part| self.words.iter().copied().filter(|word| word.part == Some(part)).collect::<Vec<_>>();
        (of(Part::Given), of(Part::Surname))
    }

    /// The given names and the surname, when it is known which is which and there are both.
    fn parts(&self) -> Option<(Vec<&'a Word>, Vec<&'a Word>)> {
        let (given, surname) = self.identifiers();
        (!given.is_empty() && !surname.is_empty()).then_some((given, surname))
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
        let icao = self.rules();
        let rules = rules.chain(icao.iter().map(|&rule| (Level::IcaoEqual, rule)));
        for (level, rule) in rules {
            for (own, theirs) in &orders {
                if own.meets(theirs, rule) {
                    return (level, in_order(own, theirs, rule));
                }
            }
        }
        let rules = if icao.is_empty() { [Rule::Fold].as_slice() } else { &icao };
        let looser = rules.iter().filter_map(|&rule| self.looser(rule));
        let rule = rules.first().copied().unwrap_or(Rule::Fold);
        looser.min_by_key(|(level, _)| *level).unwrap_or_else(|| (Level::Different, self.closest(&orders, rule)))
    }

    /// The rules of transliteration that have to be tried, one for each column of the Cyrillic table. None between two printed
    /// names without a Latin letter: the forms are Latin. Arabic has vowels to leave out.
    fn rules(&self) -> Vec<Rule> {
        let any = |wanted: Script| {
            let mut words = self.typed.words.iter().chain(&self.document.words);
            words.any(|word| word.letters.iter().any(|letter| script(letter.base()) == wanted))
        };
        let zone = self.names.0.is_from_zone() || self.names.1.is_from_zone();
        if !zone && !any(Script::Latin) && !any(Script::Arabic) {
            return Vec::new();
        }
        let languages = if any(Script::Cyrillic) { Language::ALL.len() } else { 1 };
        let rule = |&language| if zone { Rule::Icao(language) } else { Rule::Printed(language, Side::Typed) };
        Language::ALL.iter().take(languages).map(rule).collect()
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
        // Before the others: a fragment may by chance be a way to write a whole word, and stand in another order.
        if self.names.1.may_be_truncated()
            && let Some(difference) = self.truncated(&words, rule)
        {
            return Some((Level::TruncatedInMrz, difference));
        }
        let equal = words.matching(|own, theirs| words.equal(own, theirs), Vec::new());
        if words.is_complete(&equal) && words.typed.len() == words.document.len() {
            return Some((Level::OrderSwapped, words.difference(&equal, true)));
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

    /// What to show of a typed name that the truncated zone holds a part of.
    fn truncated(&self, words: &Words<'_>, rule: Rule) -> Option<Vec<WordDifference>> {
        let (given, surname) = self.document.identifiers();
        let given_first = Row::joined(&given, &surname);
        let (own, zones) = match self.typed.parts() {
            Some((own_given, own_surname)) => (Row::joined(&own_given, &own_surname), vec![given_first]),
            None => {
                let either = vec![given_first, Row::joined(&surname, &given)];
                (Row::of(&self.typed.words, Border::Anywhere), either)
            }
        };
        let theirs = own.cut_to(&zones, rule)?;
        Some(match self.cut_words(words) {
            Some(pairing) => words.difference(&pairing, false),
            None => vec![WordDifference::joined(WordKind::Cut, &own.words, &theirs.words, rule)],
        })
    }

    /// Which words of the truncated zone are the beginnings of which typed words, where none are joined: in order, nothing
    /// but the last words of a part left out.
    fn cut_words(&self, words: &Words<'_>) -> Option<Pairing> {
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
    fn closest(&self, orders: &[(Row<'a>, Row<'a>)], rule: Rule) -> Vec<WordDifference> {
        let aligned = orders.iter().map(|(own, theirs)| align_words(&own.words, &theirs.words, rule));
        aligned.min_by_key(|(cost, _)| *cost).map(|(_, difference)| difference).unwrap_or_default()
    }
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
        vec![WordDifference::joined(WordKind::Same, &own.words, &theirs.words, rule)]
    }
}
