//! The recommended transliterations of ICAO Doc 9303-3 §6: all forms that a letter may have in the machine-readable zone.

mod arabic;
mod cyrillic;
mod latin;

pub use cyrillic::Language;

use alloc::vec::Vec;

use icu_normalizer::properties::{CanonicalDecompositionBorrowed, Decomposed};

use super::letter::{Letter, Script, TONOS, fold, script};
use arabic::{Arabic, SHADDA, arabic};

/// How a letter is read when names are compared.
#[derive(Clone, Copy)]
pub(super) enum Rule {
    /// As it is, whatever its case.
    Fold,
    /// By every form of ICAO Doc 9303-3 §6, beside a zone.
    Icao(Language),
    /// Beside a name that is no zone's either, as it is or by a form that the other name spells out: `Å` is `AA`, but not `Á`,
    /// though both may be `A`.
    Printed(Language, Side),
}

/// Whose letters these are.
#[derive(Clone, Copy)]
pub(super) enum Side {
    Typed,
    Document,
}

impl Rule {
    /// The rule for the letters of the document, when this is that for the typed ones.
    pub(super) fn of_document(self) -> Self {
        match self {
            Self::Printed(language, _) => Self::Printed(language, Side::Document),
            rule => rule,
        }
    }
}

impl Side {
    fn other(self) -> Self {
        match self {
            Self::Typed => Self::Document,
            Self::Document => Self::Typed,
        }
    }

    /// A capital A to Z that stands for a letter of this side: no letter that is read as it is, and none that stands for one of
    /// the other side.
    fn symbol(self, capital: char) -> char {
        match self {
            Self::Typed => capital,
            Self::Document => u32::from(capital).checked_add(FULL_WIDTH).and_then(char::from_u32).unwrap_or(capital),
        }
    }
}

/// From A to its full-width form, which no normalised name holds.
const FULL_WIDTH: u32 = 'Ａ' as u32 - 'A' as u32;

/// One way to write a letter: capital A to Z, or the letter itself, folded, when the tables do not know it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Spelling {
    symbols: [char; Self::MAX],
    len: usize,
}

impl Spelling {
    /// A letter with its marks, or three letters twice.
    const MAX: usize = 1 + Letter::MAX_MARKS + 1;

    const EMPTY: Self = Self { symbols: ['\0'; Self::MAX], len: 0 };

    fn push(&mut self, symbol: char) {
        if let Some(place) = self.symbols.get_mut(self.len) {
            *place = symbol;
            self.len += 1;
        }
    }

    fn with(mut self, symbols: impl Iterator<Item = char>) -> Self {
        symbols.for_each(|symbol| self.push(symbol));
        self
    }

    pub(super) fn symbols(&self) -> &[char] {
        self.symbols.get(..self.len).unwrap_or_default()
    }
}

/// Every way to write `letter`, the table's first one first; `first`: it begins a word. Never empty, though a spelling may
/// be.
pub(super) fn spellings(letter: &Letter, rule: Rule, first: bool) -> Vec<Spelling> {
    match rule {
        Rule::Fold => Vec::from([itself(letter)]),
        Rule::Icao(language) => forms(letter, language, first),
        Rule::Printed(language, side) => printed(letter, language, side, first),
    }
}

fn printed(letter: &Letter, language: Language, side: Side, first: bool) -> Vec<Spelling> {
    let plain = itself(letter);
    let mut spellings = Vec::from([plain]);
    if let [letter @ 'a'..='z'] = plain.symbols() {
        // It may be what a letter of the other side is spelt out with.
        let symbol = side.other().symbol(letter.to_ascii_uppercase());
        spellings.push(Spelling::EMPTY.with(core::iter::once(symbol)));
        return spellings;
    }
    if script(letter.base()) == Script::Arabic && !letter.marks().is_empty() {
        // Vowels and the doubling are written or not.
        spellings.push(itself(&Letter::new(letter.base())));
    }
    let form = |form: Spelling| Spelling::EMPTY.with(form.symbols().iter().map(|&symbol| side.symbol(symbol)));
    if has_zone_form(letter) {
        spellings.extend(forms(letter, language, first).into_iter().map(form));
    }
    spellings
}

fn forms(letter: &Letter, language: Language, first: bool) -> Vec<Spelling> {
    match table(letter.base(), language, first) {
        Some(Arabic::Nothing) => Vec::from([Spelling::EMPTY]),
        Some(Arabic::Forms(forms)) => forms.iter().map(|form| Spelling::EMPTY.with(form.chars())).collect(),
        Some(Arabic::Consonant(forms)) => {
            let doubled = letter.marks().contains(&SHADDA);
            let once = forms.iter().map(|form| Spelling::EMPTY.with(form.chars()));
            let twice = forms.iter().map(|form| Spelling::EMPTY.with(form.chars().chain(form.chars())));
            if doubled { twice.chain(once).collect() } else { once.chain(twice).collect() }
        }
        None => Vec::from([itself(letter)]),
    }
}

/// Whether the tables know this letter, so that it can stand in a zone.
pub(super) fn has_zone_form(letter: &Letter) -> bool {
    table(letter.base(), Language::default(), false).is_some()
}

/// The forms that the recommendations of ICAO Doc 9303-3 §6 give a letter, in the order of the tables; empty when they
/// do not know it and it does not become known when its marks are left out.
///
/// `language` decides between the columns of table B and matters for Cyrillic letters only; `first` says that the letter
/// begins a word, which matters in Ukrainian. The doubling that a shadda stands for is left out.
///
/// ```
/// use gatepass_core::identity::name::{Language, transliterations};
///
/// assert_eq!(transliterations('ü', Language::Russian, false), ["UE", "UXX", "U"]);
/// assert_eq!(transliterations('Г', Language::Ukrainian, true), ["H"]);
/// assert!(transliterations('λ', Language::Russian, false).is_empty());
/// ```
#[must_use]
pub fn transliterations(letter: char, language: Language, first: bool) -> &'static [&'static str] {
    match table(letter, language, first) {
        Some(Arabic::Forms(forms) | Arabic::Consonant(forms)) => forms,
        Some(Arabic::Nothing) => &[""],
        None => &[],
    }
}

fn itself(letter: &Letter) -> Spelling {
    let is_greek = script(letter.base()) == Script::Greek;
    let marks = letter.marks().iter().copied().filter(|&mark| !(is_greek && mark == TONOS));
    Spelling::EMPTY.with(core::iter::once(fold(letter.base())).chain(marks))
}

/// A letter that has no row loses its marks: Ǻ is read as Å, ễ as E.
fn table(letter: char, language: Language, first: bool) -> Option<Arabic> {
    let capital = capital(letter);
    if let Some(index) = u32::from(capital).checked_sub(u32::from('A'))
        && let Some(form) = usize::try_from(index).ok().and_then(|index| ASCII.get(index))
    {
        return Some(Arabic::Forms(form));
    }
    if let Ok(row) = latin::TABLE.binary_search_by_key(&capital, |&(letter, _)| letter) {
        return latin::TABLE.get(row).map(|&(_, forms)| Arabic::Forms(forms));
    }
    if let Some(forms) = cyrillic::forms(capital, language, first) {
        return Some(Arabic::Forms(forms));
    }
    if let Some(forms) = arabic(letter) {
        return Some(forms);
    }
    match CanonicalDecompositionBorrowed::new().decompose(capital) {
        // A decomposition is never longer than four letters.
        Decomposed::Expansion(base, _) | Decomposed::Singleton(base) => table(base, language, first),
        Decomposed::Default => None,
    }
}

fn capital(letter: char) -> char {
    let mut capitals = letter.to_uppercase();
    match (capitals.next(), capitals.next()) {
        (Some(capital), None) => capital,
        _ if letter == 'ß' => 'ẞ',
        _ => letter,
    }
}

const ASCII: [&[&str]; 26] = [
    &["A"],
    &["B"],
    &["C"],
    &["D"],
    &["E"],
    &["F"],
    &["G"],
    &["H"],
    &["I"],
    &["J"],
    &["K"],
    &["L"],
    &["M"],
    &["N"],
    &["O"],
    &["P"],
    &["Q"],
    &["R"],
    &["S"],
    &["T"],
    &["U"],
    &["V"],
    &["W"],
    &["X"],
    &["Y"],
    &["Z"],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latin_table_is_sorted_and_complete() {
        assert!(latin::TABLE.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(latin::TABLE.len(), 95);
    }

    #[test]
    fn a_letter_without_a_row_is_read_without_its_marks() {
        let forms = |letter| transliterations(letter, Language::default(), false);
        assert_eq!(forms('ǻ'), ["AA", "A"]);
        assert_eq!(forms('ễ'), ["E"]);
        assert_eq!(forms('ș'), ["S"]);
        assert_eq!(forms('ǖ'), ["UE", "UXX", "U"]);
        assert_eq!(forms('ӣ'), ["I"]);
        assert!(forms('ə').is_empty());
        assert!(forms('你').is_empty());
    }

    #[test]
    fn every_spelling_fits() {
        for code in 0..0x3000 {
            let Some(letter) = char::from_u32(code) else { continue };
            for form in transliterations(letter, Language::default(), true) {
                assert!(2 * form.len() <= Spelling::MAX || form.len() <= 4, "{letter}");
                assert!(form.bytes().all(|byte| byte.is_ascii_uppercase()), "{letter}");
            }
        }
    }
}
