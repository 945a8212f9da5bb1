//! What the characters of a name are: letters, marks, what separates words and what is left out.

use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;

/// A letter with the marks that could not be composed with it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Letter {
    base: char,
    marks: [char; Self::MAX_MARKS],
    count: usize,
}

impl Letter {
    /// Vocalised Arabic has two marks on a letter, Vietnamese one beyond what composes.
    pub(super) const MAX_MARKS: usize = 4;

    pub(super) fn new(base: char) -> Self {
        Self { base, marks: ['\0'; Self::MAX_MARKS], count: 0 }
    }

    /// Whether there was room for the mark.
    pub(super) fn add_mark(&mut self, mark: char) -> bool {
        let Some(place) = self.marks.get_mut(self.count) else { return false };
        *place = mark;
        self.count += 1;
        true
    }

    pub(super) fn base(&self) -> char {
        self.base
    }

    pub(super) fn marks(&self) -> &[char] {
        self.marks.get(..self.count).unwrap_or_default()
    }
}

/// What a character of a name is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Letter,
    Mark,
    Digit,
    /// Left out, its neighbours are joined: ICAO Doc 9303-3 §4.6, "apostrophe" and "other punctuation".
    Apostrophe,
    Point,
    Hyphen,
    Comma,
    Space,
    /// Marks a nickname between the names: quotation marks and brackets.
    Quote,
    Control,
    /// Turns the direction of the text around.
    Bidi,
    Invisible,
    /// U+200C, which Persian writes between letters that do not join.
    NonJoiner,
    Other,
}

pub(super) fn class(character: char) -> Class {
    match character {
        '\'' | '`' | '´' | '‘' | '’' | '‛' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ˈ' | 'ʿ' | 'ʾ' | '′' | '՚' | '׳' | '＇' | '·'
        | '‧' => Class::Apostrophe,
        '.' | '．' => Class::Point,
        '-' | '\u{2010}'..='\u{2015}' | '−' | '﹣' | '－' | '־' | '・' => Class::Hyphen,
        ',' | '，' | '،' | '、' => Class::Comma,
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‚' | '(' | ')' | '[' | ']' | '（' | '）' => {
            Class::Quote
        }
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Class::Bidi,
        '\u{200C}' => Class::NonJoiner,
        '\u{AD}'
        | '\u{34F}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'
        | '\u{200D}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206A}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}' => Class::Invisible,
        '\t' => Class::Space,
        _ if character.is_control() || matches!(character, '\u{2028}' | '\u{2029}') => Class::Control,
        _ if character.is_whitespace() => Class::Space,
        // Marks of Thai and Khmer that have no combining class and are no vowels.
        '\u{E47}' | '\u{E4C}' | '\u{E4E}' | '\u{17C9}'..='\u{17D1}' | '\u{17D3}' | '\u{17DD}' => Class::Mark,
        _ if CanonicalCombiningClassMapBorrowed::new().get_u8(character) != 0 => Class::Mark,
        _ if character.is_numeric() && !matches!(character, '\u{2160}'..='\u{2188}') => Class::Digit,
        _ if character.is_alphabetic() => Class::Letter,
        _ => Class::Other,
    }
}

/// Which script a letter belongs to, by its block of The Unicode Standard. All that are neither Latin, Greek, Cyrillic nor
/// Arabic count as one: their letters do not look like those.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Greek,
    Cyrillic,
    Arabic,
    Other,
}

pub(super) fn script(letter: char) -> Script {
    match u32::from(letter) {
        0x41..=0x2AF | 0x1D00..=0x1DBF | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F | 0xA720..=0xA7FF | 0xAB30..=0xAB6F => {
            Script::Latin
        }
        0x370..=0x3FF | 0x1F00..=0x1FFF => Script::Greek,
        0x400..=0x52F | 0x1C80..=0x1C8F | 0x2DE0..=0x2DFF | 0xA640..=0xA69F => Script::Cyrillic,
        0x600..=0x6FF | 0x750..=0x77F | 0x870..=0x8FF => Script::Arabic,
        _ => Script::Other,
    }
}

/// The Greek accent, where it is not composed with its letter.
pub(super) const TONOS: char = '\u{301}';

/// The letter in a form that does not depend on case. İ and ß stay what they are: their other case has two letters. Greek
/// capitals are printed without the accent and keep the dialytika.
pub(super) fn fold(letter: char) -> char {
    let mut small = letter.to_lowercase();
    match (small.next(), small.next()) {
        (Some(small), None) => match small {
            'ς' => 'σ',
            'ά' => 'α',
            'έ' => 'ε',
            'ή' => 'η',
            'ί' => 'ι',
            'ό' => 'ο',
            'ύ' => 'υ',
            'ώ' => 'ω',
            'ΐ' => 'ϊ',
            'ΰ' => 'ϋ',
            small => small,
        },
        _ => letter,
    }
}
