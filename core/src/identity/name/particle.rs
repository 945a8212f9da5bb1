//! Words before a surname that belong to it, such as `van der`.

use super::holder::{Word, folded};

/// Those of the words that German employers report apart from a surname (Vorsatzworte, DEÜV Anlage 6, version 2.30, which the
/// German base profiles of HL7 publish) that are not given names as well, and Swedish and Danish `af` and Dutch `tot` and
/// `uit`.
const PARTICLES: &[&str] = &[
    "aan", "af", "al", "am", "auf", "aus", "bei", "beim", "bey", "da", "dal", "dalla", "dalle", "dallo", "das", "de",
    "degli", "dei", "del", "dell", "della", "delle", "delli", "dello", "dem", "den", "der", "des", "di", "do", "dos",
    "du", "el", "gen", "het", "im", "in", "la", "las", "le", "lo", "los", "op", "te", "ten", "ter", "tho", "tot",
    "uit", "und", "unter", "van", "vande", "vandem", "vanden", "vander", "vom", "von", "vonde", "vondem", "vonden",
    "vonder", "vor", "zu", "zum", "zur",
];

/// Those of one letter, which have an apostrophe.
const WITH_AN_APOSTROPHE: &[&str] = &["d", "l", "t"];

/// Whether this word belongs to the surname after it: it is a particle, typed in small letters.
pub(super) fn is_particle(word: &Word) -> bool {
    let apostrophe = word.text.chars().count() > word.letters.len();
    let list = if apostrophe { WITH_AN_APOSTROPHE } else { PARTICLES };
    is_small(word) && list.iter().any(|particle| folded(&word.letters).eq(particle.chars()))
}

/// Whether this word was typed without a capital.
pub(super) fn is_small(word: &Word) -> bool {
    !word.letters.iter().any(|letter| letter.base().is_uppercase())
}
