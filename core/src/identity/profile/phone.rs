//! Phone numbers, ITU-T E.164.

use alloc::string::String;

use super::Fault;

/// The shortest number with its country code that is in use: Niue has four digits after `683`.
const SHORTEST: usize = 7;
/// The longest number with its country code, E.164 §6.1.
const LONGEST: usize = 15;

/// A number in the form of E.164, `+46701234567`, from one that is typed with spaces, hyphens, dots, slashes or brackets.
pub(super) fn international(typed: &str) -> Result<String, Fault> {
    let typed = typed.trim();
    let Some(rest) = typed.strip_prefix('+') else {
        let looks = typed.chars().all(|character| character.is_ascii_digit() || is_separator(character));
        return Err(if looks { Fault::NoCountryCode } else { Fault::NotAPhoneNumber });
    };
    if !rest.chars().all(|character| character.is_ascii_digit() || is_separator(character)) {
        return Err(Fault::NotAPhoneNumber);
    }
    if rest.contains("(0)") {
        return Err(Fault::TrunkZero);
    }
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    // No country's code begins with 0.
    if !(SHORTEST..=LONGEST).contains(&digits.len()) || digits.starts_with('0') {
        return Err(Fault::NotAPhoneNumber);
    }
    let mut number = String::from("+");
    number.push_str(&digits);
    Ok(number)
}

fn is_separator(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '-' | '\u{2010}' | '\u{2011}' | '–' | '.' | '/' | '(' | ')')
}
