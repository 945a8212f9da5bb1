use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use icu_normalizer::ComposingNormalizerBorrowed;

use super::NameError;
use super::letter::{Class, Letter, Script, class, fold, script};
use super::quote::quoted;
use super::title::{is_suffix, is_title};

/// The longest name, in characters. Twice the longest that a passport's visual zone has room for.
pub const MAX_LETTERS: usize = 200;
/// The most words that a name may have.
pub const MAX_WORDS: usize = 32;

/// A name, cut into words and letters. Personal data: the words; `Debug` shows how many there are.
///
/// A name exists only when it can be compared: it has a letter, one script, and nothing that cannot be seen.
#[derive(Clone, PartialEq, Eq)]
pub struct Name {
    words: Vec<Word>,
    source: Source,
    /// Written as a name is written: nothing was composed, joined or left out.
    pub(super) plain: bool,
    pub(super) quoted: bool,
}

/// Where a name was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// Typed, or read from what is printed for people's eyes (VIZ).
    Text,
    /// From a machine-readable zone.
    Zone { may_be_truncated: bool },
}

/// The primary and the secondary identifier of ICAO Doc 9303-3 §4.6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Secondary identifier.
    Given,
    /// Primary identifier.
    Surname,
}

impl Part {
    /// The stable code: `given` or `surname`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Surname => "surname",
        }
    }
}

/// A word of a name: what stands between spaces, hyphens and fillers.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Normalised (NFKC), with its apostrophes.
    pub(super) text: String,
    pub(super) letters: Vec<Letter>,
    pub(super) after_hyphen: bool,
    /// A point follows it.
    pub(super) point: bool,
    /// It stands between quotation marks or brackets, as a nickname does.
    pub(super) quoted: bool,
    pub(super) part: Option<Part>,
}

impl Name {
    /// A name as a person types it or as a document prints it: `Karin Ek`, or `EK, KARIN` with the surname before a comma.
    ///
    /// # Errors
    /// [`NameError`]: empty, too long, or with characters that no name has.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let mut reader = Reader::default();
        reader.text(text, None)?;
        let plain = reader.plain(text);
        reader.finish(Source::Text, plain)
    }

    /// A name of which it is known which words are the surname. A person with a single name has no given names.
    ///
    /// # Errors
    /// [`NameError`], as [`parse`](Self::parse); a part may be empty, not both.
    pub fn from_parts(given: &str, surname: &str) -> Result<Self, NameError> {
        let mut reader = Reader::default();
        reader.text(given, Some(Part::Given))?;
        let given_is_plain = reader.plain(given);
        let mut rest = Reader::default();
        rest.text(surname, Some(Part::Surname))?;
        let plain = given_is_plain && rest.plain(surname);
        reader.append(rest);
        reader.finish(Source::Text, plain)
    }

    /// A document's name however it was got: a zone's name field when there is a `<` in it, otherwise what is printed.
    ///
    /// # Errors
    /// [`NameError`], as [`from_zone_field`](Self::from_zone_field) and [`parse`](Self::parse).
    pub fn from_document(text: &str) -> Result<Self, NameError> {
        if text.contains('<') { Self::from_zone_field(text) } else { Self::parse(text) }
    }

    /// The name field of a machine-readable zone, with its fillers: `EK<<KARIN<MARIA<<<<<<<…`.
    ///
    /// It counts as possibly truncated when it fills a field (30 characters in TD1, 31 in TD2 and MRV-B, 39 in TD3 and
    /// MRV-A) up to a letter in the last place, even if it is not (ICAO Doc 9303-4 to -7 §4.2.3).
    ///
    /// # Errors
    /// [`NameError::ZoneCharacter`] for anything but `A` to `Z` and `<`, [`NameError::ZoneFillers`] where `<` stands before,
    /// between or after words as no name has it, [`NameError::Empty`] without a letter, [`NameError::TooLong`],
    /// [`NameError::TooManyWords`].
    pub fn from_zone_field(field: &str) -> Result<Self, NameError> {
        let full = matches!(field.len(), 30 | 31 | 39) && !field.ends_with('<');
        let (primary, secondary) = zone_identifiers(field)?;
        Self::from_zone(primary, secondary, full)
    }

    /// The identifiers of a machine-readable zone, words parted by `<`. `may_be_truncated`: the field's last place holds
    /// a letter, or the zone is known to hold only the beginning of the name.
    ///
    /// # Errors
    /// As [`from_zone_field`](Self::from_zone_field).
    pub fn from_zone(primary: &str, secondary: &str, may_be_truncated: bool) -> Result<Self, NameError> {
        let mut reader = Reader::default();
        check_identifiers(primary, secondary)?;
        for (identifier, part) in [(secondary, Part::Given), (primary, Part::Surname)] {
            for word in identifier.split('<') {
                for letter in word.chars() {
                    reader.letter(letter);
                }
                reader.end_word(Some(part));
            }
        }
        reader.finish(Source::Zone { may_be_truncated }, true)
    }

    /// Whether this was read from a machine-readable zone.
    #[must_use]
    pub fn is_from_zone(&self) -> bool {
        matches!(self.source, Source::Zone { .. })
    }

    /// Whether the zone may hold only a part of the name.
    #[must_use]
    pub fn may_be_truncated(&self) -> bool {
        matches!(self.source, Source::Zone { may_be_truncated: true })
    }

    /// The words with the part that each belongs to, where that is known; a zone's given names come first. Personal data.
    pub fn words(&self) -> impl Iterator<Item = (&str, Option<Part>)> {
        self.words.iter().map(|word| (word.text.as_str(), word.part))
    }

    pub(super) fn all_words(&self) -> &[Word] {
        &self.words
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Name").field("words", &self.words.len()).field("source", &self.source).finish_non_exhaustive()
    }
}

impl Word {
    /// Whether it is a single letter, as an initial is.
    pub(super) fn is_initial(&self) -> bool {
        self.letters.len() == 1
    }
}

#[derive(Default)]
struct Reader {
    words: Vec<Word>,
    text: String,
    letters: Vec<Letter>,
    script: Option<Script>,
    hyphen: bool,
    /// The last character was a point.
    point: bool,
    quoted: bool,
    /// The character that is read now stands between quotation marks.
    in_quotes: bool,
    /// How many words stand before the comma.
    comma: Option<usize>,
}

impl Reader {
    fn text(&mut self, text: &str, part: Option<Part>) -> Result<(), NameError> {
        // Counted before anything is made of it. A character has at most 18 after normalisation.
        if text.chars().nth(MAX_LETTERS).is_some() {
            return Err(NameError::TooLong);
        }
        // NFKC takes these two apart into a space and something else.
        let text: String = text.chars().map(|c| if c == '´' { '’' } else { c }).collect();
        for character in text.chars() {
            match class(character) {
                Class::Control => return Err(NameError::ControlCharacter),
                Class::Bidi => return Err(NameError::DirectionMark),
                Class::Invisible => return Err(NameError::InvisibleCharacter),
                Class::Other => return Err(NameError::NotALetter),
                _ => {}
            }
        }
        let text = ComposingNormalizerBorrowed::new_nfkc().normalize(&text);
        if text.chars().nth(MAX_LETTERS).is_some() {
            return Err(NameError::TooLong);
        }
        let text: Vec<char> = text.chars().collect();
        let quoted = quoted(&text);
        for (place, &character) in text.iter().enumerate() {
            let around = quoted.iter().find(|range| range.contains(&place));
            if around.is_some_and(|range| *range.start() == place || *range.end() == place) {
                self.end_word(part);
                self.quoted = true;
            } else {
                self.in_quotes = around.is_some();
                self.character(character, part)?;
            }
        }
        self.end_word(part);
        self.in_quotes = false;
        let behind = |border: usize| self.words.get(border..).unwrap_or_default();
        // `Karin Ek, Jr.` is no surname before a given name.
        let parts = |&border: &usize| border > 0 && !behind(border).iter().all(is_suffix);
        if part.is_none()
            && let Some(border) = self.comma.filter(parts)
        {
            for (place, word) in self.words.iter_mut().enumerate() {
                word.part = Some(if place < border { Part::Surname } else { Part::Given });
            }
        }
        if self.words.len() > MAX_WORDS { Err(NameError::TooManyWords) } else { Ok(()) }
    }

    fn character(&mut self, character: char, part: Option<Part>) -> Result<(), NameError> {
        match class(character) {
            Class::Letter => {
                let script = script(character);
                if self.script.is_some_and(|before| before != script) {
                    return Err(NameError::MixedScripts);
                }
                self.script = Some(script);
                self.letter(character);
            }
            Class::Digit => self.letter(character),
            Class::Mark => {
                let letter = self.letters.last_mut().ok_or(NameError::StrayMark)?;
                if !letter.add_mark(character) {
                    return Err(NameError::TooManyMarks);
                }
                self.text.push(character);
            }
            Class::Apostrophe => self.text.push(character),
            // `J.P.` are two initials and `Dr.Karin` two words; elsewhere the point is left out.
            Class::Point => {
                self.point = true;
                if self.letters.len() == 1 || is_title(&self.letters) {
                    self.end_word(part);
                }
            }
            Class::Hyphen => {
                self.end_word(part);
                self.hyphen = !self.words.is_empty();
            }
            Class::Comma => {
                self.end_word(part);
                self.comma.get_or_insert(self.words.len());
            }
            Class::Space => self.end_word(part),
            Class::Quote => {
                self.end_word(part);
                self.quoted = true;
            }
            Class::NonJoiner if self.script == Some(Script::Arabic) => {}
            Class::NonJoiner | Class::Invisible => return Err(NameError::InvisibleCharacter),
            Class::Control => return Err(NameError::ControlCharacter),
            Class::Bidi => return Err(NameError::DirectionMark),
            Class::Other => return Err(NameError::NotALetter),
        }
        Ok(())
    }

    fn letter(&mut self, letter: char) {
        self.point = false;
        self.text.push(letter);
        self.letters.push(Letter::new(letter));
    }

    fn end_word(&mut self, part: Option<Part>) {
        let text = core::mem::take(&mut self.text);
        if self.letters.is_empty() {
            return;
        }
        let letters = core::mem::take(&mut self.letters);
        let after_hyphen = core::mem::take(&mut self.hyphen);
        let point = core::mem::take(&mut self.point);
        self.words.push(Word { text, letters, after_hyphen, point, quoted: self.in_quotes, part });
    }

    fn append(&mut self, other: Self) {
        if self.script.is_none() {
            self.script = other.script;
        } else if other.script.is_some() && other.script != self.script {
            // Told in `finish`: both parts were read.
            self.script = None;
        }
        self.quoted |= other.quoted;
        self.words.extend(other.words);
    }

    /// Whether `text` is what these words are written like.
    fn plain(&self, text: &str) -> bool {
        let mut written = String::with_capacity(text.len());
        for (place, word) in self.words.iter().enumerate() {
            if place > 0 {
                let separator = if word.after_hyphen {
                    "-"
                } else if self.comma == Some(place) {
                    ", "
                } else {
                    " "
                };
                written.push_str(separator);
            }
            written.push_str(&word.text);
        }
        written == text.trim()
    }

    fn finish(self, source: Source, plain: bool) -> Result<Name, NameError> {
        if self.words.len() > MAX_WORDS {
            return Err(NameError::TooManyWords);
        }
        if source == Source::Text && self.script.is_none() {
            let some = |part| {
                self.words.iter().any(|word| {
                    word.part == Some(part) && word.letters.iter().any(|letter| class(letter.base()) == Class::Letter)
                })
            };
            let both = some(Part::Given) && some(Part::Surname);
            return Err(if both { NameError::MixedScripts } else { NameError::Empty });
        }
        if self.words.is_empty() {
            return Err(NameError::Empty);
        }
        Ok(Name { words: self.words, source, plain, quoted: self.quoted })
    }
}

/// The primary and the secondary identifier of a zone's name field; the secondary is empty when there is none.
pub(crate) fn zone_identifiers(field: &str) -> Result<(&str, &str), NameError> {
    let name = field.trim_end_matches('<');
    let (primary, secondary) = name.split_once("<<").unwrap_or((name, ""));
    check_identifiers(primary, secondary)?;
    Ok((primary, secondary))
}

/// The words of an identifier are parted by one filler, and there is no secondary identifier without a primary one (ICAO Doc
/// 9303-3 §4.6).
fn check_identifiers(primary: &str, secondary: &str) -> Result<(), NameError> {
    let of_zone = |byte: u8| byte.is_ascii_uppercase() || byte == b'<';
    if primary.len().max(secondary.len()) > MAX_LETTERS {
        Err(NameError::TooLong)
    } else if !primary.bytes().chain(secondary.bytes()).all(of_zone) {
        Err(NameError::ZoneCharacter)
    } else if primary.is_empty() && secondary.is_empty() {
        Err(NameError::Empty)
    } else if primary.split('<').any(str::is_empty) || !secondary.is_empty() && secondary.split('<').any(str::is_empty)
    {
        Err(NameError::ZoneFillers)
    } else {
        Ok(())
    }
}

/// The letters of a word in a form that does not depend on case.
pub(super) fn folded(letters: &[Letter]) -> impl Iterator<Item = char> {
    letters.iter().map(|letter| fold(letter.base()))
}
