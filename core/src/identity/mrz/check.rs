//! Check digits, ICAO Doc 9303-3 §4.9.

use super::format::Digit;
use super::{Check, Field, Zone};

/// The check digit of characters of a zone: values times 7, 3, 1, 7, …, summed up, modulo 10. Characters that no zone
/// has count as zero.
#[must_use]
pub fn check_digit(cells: &str) -> u8 {
    digit_of(cells.bytes())
}

/// Whether every check digit stays the same when one of these characters is read as the other one: their values are
/// equal modulo 10, such as `1` and `L`, `6` and `G`, `K` and `<`.
#[must_use]
pub fn check_blind(one: char, other: char) -> bool {
    let value = |character| u8::try_from(character).map_or(0, value) % 10;
    value(one) == value(other)
}

/// What one check digit says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckDigit {
    pub(super) check: Check,
    pub(super) outcome: Outcome,
    pub(super) covers: &'static [Field],
    pub(super) line: usize,
    pub(super) column: usize,
}

impl CheckDigit {
    /// Which one.
    #[must_use]
    pub fn check(&self) -> Check {
        self.check
    }

    /// What it says.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The fields that it covers. A field that no passing digit covers is only as sure as its characters were read.
    #[must_use]
    pub fn covers(&self) -> &'static [Field] {
        self.covers
    }

    /// Where it is printed, from 1: line and column.
    #[must_use]
    pub fn place(&self) -> (usize, usize) {
        (self.line + 1, self.column + 1)
    }
}

/// What a check digit says of the characters that it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It is theirs.
    Pass,
    /// It is another one, or no digit.
    Fail,
    /// There is nothing to check: a personal number that is not used (ICAO Doc 9303-4 §4.2.2.2).
    Unused,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: &[Self] = &[Self::Pass, Self::Fail, Self::Unused];

    /// The stable code: `pass`, `fail` or `unused`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unused => "unused",
        }
    }
}

/// Checks one digit of a format as it stands.
pub(super) fn check(zone: &Zone, digit: &Digit) -> CheckDigit {
    let printed = zone.cell(digit.at.line, digit.at.from);
    let empty = || digit.over.iter().all(|&cells| zone.cells(cells).bytes().all(|cell| cell == b'<'));
    let outcome = if digit.check == Check::PersonalNumber && matches!(printed, b'<' | b'0') && empty() {
        Outcome::Unused
    } else {
        outcome(printed, digit.over.iter().flat_map(|&cells| zone.cells(cells).bytes()))
    };
    CheckDigit { check: digit.check, outcome, covers: digit.fields, line: digit.at.line, column: digit.at.from }
}

/// Whether the printed character is the check digit of these.
pub(super) fn outcome(printed: u8, cells: impl Iterator<Item = u8>) -> Outcome {
    if printed == b'0' + digit_of(cells) { Outcome::Pass } else { Outcome::Fail }
}

pub(super) fn digit_of(cells: impl Iterator<Item = u8>) -> u8 {
    let weights = [7, 3, 1].into_iter().cycle();
    cells.zip(weights).fold(0, |sum, (cell, weight)| (sum + value(cell) % 10 * weight) % 10)
}

/// `0` to `9` are themselves, `A` to `Z` are 10 to 35, the filler is 0.
fn value(cell: u8) -> u8 {
    match cell {
        b'0'..=b'9' => cell - b'0',
        b'A'..=b'Z' => cell - b'A' + 10,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ICAO Doc 9303-3, appendix A to part 3, examples 1 to 5.
    #[test]
    fn the_examples_of_the_standard() {
        for (cells, digit) in [
            ("520727", 3),
            ("AB2134<<<", 5),
            ("HA672242<658022549601086<<<<<<<<<<<<<<0", 8),
            ("D231458907<<<<<<<<<<<<<<<34071279507122<<<<<<<<<<<", 2),
            ("HA672242<658022549601086<<<<<<<", 8),
        ] {
            assert_eq!(check_digit(cells), digit, "{cells}");
        }
    }

    /// The table of the `mrz` crate's documentation.
    #[test]
    fn pairs_that_no_digit_tells_apart() {
        for (one, other) in [('1', 'L'), ('6', 'G'), ('K', '<'), ('I', 'S'), ('B', 'L'), ('A', 'K'), ('U', '<')] {
            assert!(check_blind(one, other), "{one}{other}");
        }
        for (one, other) in [('O', '0'), ('I', '1'), ('B', '8'), ('S', '5'), ('Z', '2')] {
            assert!(!check_blind(one, other), "{one}{other}");
        }
    }
}
