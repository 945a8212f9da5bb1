use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::holder::{Name, Part, Word};
use super::letter::{Class, Letter, Script, class, script};
use super::particle::{is_particle, is_small};
use super::title::without_titles;
use super::transliterate::{Language, Rule, Spelling, has_zone_form, spellings};

/// The name field of a machine-readable zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameField {
    /// 30 characters: the lower line of a card (ICAO Doc 9303-5).
    Td1,
    /// 31 characters: TD2 (ICAO Doc 9303-6) and visas of its size.
    Td2,
    /// 39 characters: a passport (ICAO Doc 9303-4) and visas of its size.
    Td3,
}

impl NameField {
    /// Every field.
    pub const ALL: &[Self] = &[Self::Td1, Self::Td2, Self::Td3];

    /// The stable code: `td1`, `td2` or `td3`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Td1 => "td1",
            Self::Td2 => "td2",
            Self::Td3 => "td3",
        }
    }

    /// The field with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.code() == code)
    }

    /// How many characters it has.
    #[must_use]
    pub fn width(self) -> usize {
        match self {
            Self::Td1 => 30,
            Self::Td2 => 31,
            Self::Td3 => 39,
        }
    }
}

/// What a document's zone would make of a typed name, to be looked at before it is compared with anything. Personal data:
/// the zone; `Debug` shows the hints.
#[derive(Clone, PartialEq, Eq)]
pub struct Preview {
    zone: String,
    hints: Vec<Hint>,
}

impl Preview {
    /// The name field without the fillers at its end: `OESTROEM<<AAKE`. An issuer may choose other transliterations.
    /// Personal data.
    #[must_use]
    pub fn zone(&self) -> &str {
        &self.zone
    }

    /// What to look at again, in the order of declaration, each once.
    #[must_use]
    pub fn hints(&self) -> &[Hint] {
        &self.hints
    }
}

impl fmt::Debug for Preview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Preview").field("hints", &self.hints).finish_non_exhaustive()
    }
}

/// What is unusual about a typed name. None of them forbids anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hint {
    /// A digit, which no zone's name holds (ICAO Doc 9303-3 §4.6).
    Digit,
    /// Quotation marks or brackets, as around a nickname.
    Nickname,
    /// A word of one letter: documents print names in full.
    Initial,
    /// One word: most people have a given name and a surname.
    SingleWord,
    /// A title or suffix, which is left out (ICAO Doc 9303-3 §4.6).
    Title,
    /// The last word, with the particles before it, was taken for the surname, because nothing says which it is.
    SurnameAssumed,
    /// A letter that ICAO Doc 9303-3 §6 does not know, which is left out: type the name in the document's Latin letters.
    NoZoneForm,
    /// It is longer than the field: the zone will hold a part of it.
    Truncated,
}

impl Hint {
    /// Every variant, in the order of its declaration.
    pub const ALL: &[Self] = &[
        Self::Digit,
        Self::Nickname,
        Self::Initial,
        Self::SingleWord,
        Self::Title,
        Self::SurnameAssumed,
        Self::NoZoneForm,
        Self::Truncated,
    ];

    /// The stable code of this hint, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Digit => "digit",
            Self::Nickname => "nickname",
            Self::Initial => "initial",
            Self::SingleWord => "single_word",
            Self::Title => "title",
            Self::SurnameAssumed => "surname_assumed",
            Self::NoZoneForm => "no_zone_form",
            Self::Truncated => "truncated",
        }
    }
}

/// The zone's form of a name by the first transliteration of each letter, and what is unusual about it.
///
/// `language` decides how Cyrillic letters are read. A name that does not fit is truncated by ICAO Doc 9303-4 §4.2.2: the
/// longest words of the surname first, until `<<` and a given name's letter fit, and so that the last place holds a letter.
///
/// ```
/// use gatepass_core::identity::name::{Hint, Language, Name, NameField, preview};
///
/// # fn main() -> Result<(), gatepass_core::identity::name::NameError> {
/// let shown = preview(&Name::parse("Åke \"Lasse\" Öström")?, NameField::Td3, Language::default());
/// assert_eq!(shown.zone(), "OESTROEM<<AAKE<LASSE");
/// assert_eq!(shown.hints(), [Hint::Nickname, Hint::SurnameAssumed]);
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn preview(name: &Name, field: NameField, language: Language) -> Preview {
    let all: Vec<&Word> = name.all_words().iter().collect();
    let words = without_titles(&all);
    let (given, surname, assumed) = identifiers(&words);
    let zone_words = |words: &[&Word]| -> Vec<String> {
        words.iter().map(|word| zone_word(&word.letters, language)).filter(|word| !word.is_empty()).collect()
    };
    let (zone, truncated) = fit(zone_words(&surname), zone_words(&given), field.width());

    let letters = || words.iter().flat_map(|word| &word.letters);
    let is_initial = |word: &&&Word| {
        word.is_initial()
            && !is_particle(word)
            && word.letters.iter().all(|letter| !matches!(script(letter.base()), Script::Arabic | Script::Other))
    };
    let holds = |hint: Hint| match hint {
        Hint::Digit => letters().any(is_digit),
        Hint::Nickname => name.quoted,
        Hint::Initial => words.iter().find(is_initial).is_some(),
        Hint::SingleWord => words.len() == 1,
        Hint::Title => words.len() < all.len(),
        Hint::SurnameAssumed => assumed,
        Hint::NoZoneForm => letters().any(|letter| !is_digit(letter) && !has_zone_form(letter)),
        Hint::Truncated => truncated,
    };
    Preview { zone, hints: Hint::ALL.iter().copied().filter(|&hint| holds(hint)).collect() }
}

/// Given names, surname, and whether the last word had to be taken for the surname, with those that hyphens join to it and its
/// particles. What is quoted or has no letter is no surname.
fn identifiers<'a>(words: &[&'a Word]) -> (Vec<&'a Word>, Vec<&'a Word>, bool) {
    if words.iter().any(|word| word.part.is_some()) {
        let (given, surname) = words.iter().partition(|word| word.part == Some(Part::Given));
        return (given, surname, false);
    }
    let is_name = |word: &&Word| !word.quoted && !word.letters.iter().all(is_digit);
    let end = words.iter().rposition(is_name).map_or(words.len(), |last| last + 1);
    let up_to = words.get(..end).unwrap_or_default();
    let mut start = up_to.iter().rposition(|word| !word.after_hyphen).unwrap_or(0);
    // `la` before a surname in small letters may be a given name: one word is left for it.
    let kept = usize::from(words.get(start).is_some_and(|word| is_small(word)));
    while start > kept && words.get(start - 1).is_some_and(|word| is_particle(word)) {
        start -= 1;
    }
    let surname = words.get(start..end).unwrap_or_default().to_vec();
    let given = [words.get(..start).unwrap_or_default(), words.get(end..).unwrap_or_default()].concat();
    let assumed = !given.is_empty();
    (given, surname, assumed)
}

fn is_digit(letter: &Letter) -> bool {
    class(letter.base()) == Class::Digit
}

fn zone_word(letters: &[Letter], language: Language) -> String {
    let mut word = String::new();
    for (place, letter) in letters.iter().enumerate() {
        let spellings = spellings(letter, Rule::Icao(language), place == 0);
        // Teh marbuta: the first form is the one at the end of a word (table C, note 2).
        let inner_teh_marbuta = letter.base() == '\u{629}' && place + 1 < letters.len();
        let spelling = spellings.get(usize::from(inner_teh_marbuta));
        word.extend(spelling.map(Spelling::symbols).unwrap_or_default().iter().filter(|c| c.is_ascii_uppercase()));
    }
    word
}

/// The field's text, and whether it holds a part of the name only.
fn fit(mut primary: Vec<String>, mut secondary: Vec<String>, width: usize) -> (String, bool) {
    let whole = field(&primary, &secondary);
    if whole.len() <= width {
        return (whole, false);
    }
    // `<<` and a letter of the given names.
    let reserved = if secondary.is_empty() || primary.is_empty() { 0 } else { 3 };
    while field(&primary, &[]).len() + reserved > width && reserved > 0 {
        if !shorten(&mut primary) {
            primary.pop();
        }
    }
    loop {
        let text = field(&primary, &secondary);
        let cut = text.get(..width).unwrap_or(&text);
        if !cut.ends_with('<') {
            return (String::from(cut), true);
        }
        // A letter fewer before the end moves the next word's letter into the last place.
        if !shorten(&mut secondary) && !shorten(&mut primary) {
            return (String::from(cut.trim_end_matches('<')), true);
        }
    }
}

fn field(primary: &[String], secondary: &[String]) -> String {
    let mut field = primary.join("<");
    if !primary.is_empty() && !secondary.is_empty() {
        field.push_str("<<");
    }
    field.push_str(&secondary.join("<"));
    field
}

/// Takes a letter from the longest word; of several the last. Says whether a word has one to give.
fn shorten(words: &mut [String]) -> bool {
    match words.iter_mut().max_by_key(|word| word.len()) {
        Some(word) if word.len() > 1 => word.pop().is_some(),
        _ => false,
    }
}
