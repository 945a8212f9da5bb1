//! Texts as people type them, and shapes of numbers.

use alloc::string::String;

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;

use super::Fault;

/// Trimmed, composed (Unicode NFC), white space within as single spaces. Letters stay what they are.
pub(super) fn normalised(typed: &str, longest: usize) -> Result<String, Fault> {
    // What is far too long is not worked on.
    if typed.len() > 16 * longest {
        return Err(Fault::TooLong);
    }
    let mut text = String::with_capacity(typed.len());
    for word in typed.split_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    if text.is_empty() {
        return Err(Fault::Missing);
    }
    let before = core::iter::once(None).chain(text.chars().map(Some));
    let after = text.chars().skip(1).map(Some).chain([None]);
    let unseen = |((before, character), after): ((Option<char>, char), Option<char>)| {
        character.is_control() || is_invisible(character) && !is_joiner(before, character, after)
    };
    if before.zip(text.chars()).zip(after).any(unseen) {
        return Err(Fault::UnexpectedCharacter);
    }
    let text = ComposingNormalizerBorrowed::new_nfc().normalize(&text).into_owned();
    if text.chars().count() > longest { Err(Fault::TooLong) } else { Ok(text) }
}

/// Whether this is a joiner where a script needs one and its shape shows it (RFC 5892, appendix A.1 and A.2): U+200C between
/// letters of the Arabic script, as Persian names have it; U+200C or U+200D after the virama of an Indic script.
fn is_joiner(before: Option<char>, character: char, after: Option<char>) -> bool {
    const VIRAMA: u8 = 9;
    let arabic = |neighbour: Option<char>| {
        neighbour.is_some_and(|letter| {
            let block = matches!(letter, '\u{620}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}');
            block && letter.is_alphabetic()
        })
    };
    let after_virama = || before.is_some_and(|mark| CanonicalCombiningClassMapBorrowed::new().get_u8(mark) == VIRAMA);
    match character {
        '\u{200c}' => arabic(before) && arabic(after) || after_virama(),
        '\u{200d}' => after_virama(),
        _ => false,
    }
}

/// Characters that change how a text looks or is ordered without being seen: they make one name look like another.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{10ffff}'
    )
}

/// The letters and digits of a number in capitals, without the separators that people put between them.
pub(super) fn compact(number: &str) -> String {
    number
        .chars()
        .filter(|character| !matches!(character, ' ' | '-' | '–' | '.' | '/'))
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Whether a text has a shape: `9` is a digit, `A` a letter, `X` either, `*` either or one of `+*`, all else itself. A letter
/// `A` or `X` that is meant itself does not occur.
pub(super) fn has_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(byte, place)| match place {
            b'9' => byte.is_ascii_digit(),
            b'A' => byte.is_ascii_uppercase(),
            b'X' => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
            b'*' => byte.is_ascii_digit() || byte.is_ascii_uppercase() || matches!(byte, b'+' | b'*'),
            itself => byte == itself,
        })
}
