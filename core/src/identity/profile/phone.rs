//! Phone numbers, ITU-T E.164.

use alloc::string::String;

use super::Fault;

/// The shortest number with its country code that is in use: Niue has four digits after `683`.
const SHORTEST: usize = 7;
/// The longest number with its country code, E.164 §6.1.
const LONGEST: usize = 15;

/// Country codes whose numbers are dialled with a 0 in front at home and without it from abroad, where no number of a line or a
/// mobile phone begins with 0 itself: Google's libphonenumber 9.0.43 (national prefix 0 in every region of the code), which
/// follows the national plans that ITU-T publishes under E.164. Not among them are those that keep the zero, such as Italy
/// (39), San Marino (378), Gabon (241) and Côte d'Ivoire (225), and those whose prefix is another one.
const TRUNK_ZERO: &[&str] = &[
    "20", "27", "31", "32", "33", "40", "41", "43", "44", "46", "49", "51", "53", "54", "55", "57", "58", "60", "61",
    "62", "63", "64", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98", "211", "212", "213",
    "218", "231", "232", "233", "234", "243", "249", "251", "252", "254", "255", "256", "260", "261", "262", "263",
    "264", "265", "291", "353", "355", "358", "359", "370", "373", "374", "377", "380", "381", "382", "383", "385",
    "386", "387", "389", "421", "423", "508", "590", "591", "593", "594", "595", "596", "598", "686", "850", "855",
    "856", "880", "886", "961", "962", "963", "964", "966", "967", "970", "971", "972", "976", "977", "994", "995",
    "996",
];

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
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    // No country's code is the beginning of another one's.
    let doubled = TRUNK_ZERO.iter().any(|code| digits.strip_prefix(code).is_some_and(|rest| rest.starts_with('0')));
    if has_lone_zero(rest) || doubled {
        return Err(Fault::TrunkZero);
    }
    // No country's code begins with 0.
    if !(SHORTEST..=LONGEST).contains(&digits.len()) || digits.starts_with('0') {
        return Err(Fault::NotAPhoneNumber);
    }
    let mut number = String::from("+");
    number.push_str(&digits);
    Ok(number)
}

/// Whether brackets hold a zero and nothing else: `(0)`, `( 0 )`.
fn has_lone_zero(typed: &str) -> bool {
    let mut within = typed.split('(').skip(1).filter_map(|rest| Some(rest.split_once(')')?.0));
    within.any(|text| text.chars().filter(|&character| !is_separator(character)).eq(['0']))
}

fn is_separator(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '-' | '\u{2010}' | '\u{2011}' | '–' | '.' | '/' | '(' | ')')
}
