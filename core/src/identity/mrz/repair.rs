//! Mending what was misread, where there is a proof; proposing it where there is none. `docs/decisions/0004-mrz.md`.

use alloc::vec::Vec;

use super::check::{CheckDigit, Outcome};
use super::format::{Cells, Digit};
use super::{Field, Mrz, Zone};
use crate::identity::date::Date;

/// Letters that are read for digits, the likelier digit first. Of every pair the shapes are alike in OCR-B; of `1` and
/// `L`, `6` and `G` no check digit tells which one it is.
const CONFUSED: &[(u8, &[u8])] = &[
    (b'A', b"4"),
    (b'B', b"8"),
    (b'D', b"0"),
    (b'G', b"69"),
    (b'I', b"1"),
    (b'L', b"1"),
    (b'O', b"0"),
    (b'Q', b"0"),
    (b'S', b"5"),
    (b'T', b"71"),
    (b'Z', b"27"),
];

/// More letters than this where digits must be, and the zone is better read again.
const MOST_CHANGES: usize = 6;

/// One character that was read as another one.
///
/// Personal data: the characters. `Debug` shows the place only.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Change {
    line: usize,
    column: usize,
    read: u8,
    meant: u8,
    field: Option<Field>,
}

impl Change {
    /// Where, from 1: line and column.
    #[must_use]
    pub fn place(&self) -> (usize, usize) {
        (self.line + 1, self.column + 1)
    }

    /// What was read.
    #[must_use]
    pub fn read(&self) -> char {
        char::from(self.read)
    }

    /// What stands there.
    #[must_use]
    pub fn meant(&self) -> char {
        char::from(self.meant)
    }

    /// The field; `None` when it is a check digit itself.
    #[must_use]
    pub fn field(&self) -> Option<Field> {
        self.field
    }
}

impl core::fmt::Debug for Change {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Change").field("place", &self.place()).field("field", &self.field).finish_non_exhaustive()
    }
}

/// Replaces letters by digits where only digits can be and a check digit covers the place: in dates and check digits of
/// ICAO formats, in the expiry date of the French licence, in the number of the Dutch one. `None` when there is nothing
/// to mend or no proof.
///
/// The proof is threefold. The letter cannot be right, as the format has digits there. The digit is one that this letter
/// is read for. And of all such replacements exactly one makes every check digit over the changed places pass, with
/// dates that exist. A check digit that itself could be one of two proves nothing else. Nothing else is ever changed, least of all a field that no digit covers.
#[must_use]
pub fn repair(mrz: &Mrz, today: Date) -> Option<Mrz> {
    let wrong: Vec<_> = numeric(mrz.zone()).filter(|&(line, column)| is_letter(mrz.zone(), line, column)).collect();
    if wrong.is_empty() || wrong.len() > MOST_CHANGES {
        return None;
    }
    if wrong.iter().any(|&place| is_open_witness(mrz, place, &wrong)) {
        return None;
    }
    let mut ways: Vec<Vec<Change>> = Vec::from([Vec::new()]);
    for (line, column) in wrong {
        let read = mrz.zone().cell(line, column);
        let field = field_at(mrz.zone(), line, column);
        let longer = |way: &Vec<Change>| {
            let way = way.clone();
            digits_for(read).iter().map(move |&meant| {
                let mut way = way.clone();
                way.push(Change { line, column, read, meant, field });
                way
            })
        };
        ways = ways.iter().flat_map(longer).collect();
    }
    let mut proven = ways.into_iter().filter_map(|way| {
        let mended = changed(mrz, &way, today);
        let holds = mended.format().digits().iter().zip(mended.checks()).all(|(digit, check)| {
            let touched = way.iter().any(|change| concerns(digit, check, change.line, change.column));
            !touched || check.outcome() == Outcome::Pass
        });
        let dates = [Field::BirthDate, Field::ExpiryDate, Field::DocumentNumber];
        let exist = mended.problems().iter().all(|(field, _)| !dates.contains(field));
        (holds && exist).then_some(mended)
    });
    let first = proven.next()?;
    proven.next().is_none().then_some(first)
}

/// Single characters whose replacement by one that they are read for would make every check digit pass. In a document
/// number one check digit is all there is (the composite one weighs it alike), so that one wrong proposal in ten passes
/// too: to be settled by looking again, never taken over unseen. Empty when no check digit fails.
#[must_use]
pub fn proposals(mrz: &Mrz, today: Date) -> Vec<Change> {
    let fails = |mrz: &Mrz| mrz.checks().iter().any(|digit| digit.outcome() == Outcome::Fail);
    let mut found = Vec::new();
    if !fails(mrz) {
        return found;
    }
    let places = mrz.format().digits().iter().flat_map(|digit| digit.over.iter().chain([&digit.at]));
    let mut seen = Vec::new();
    for (line, column) in places.flat_map(|&cells| cells.range().map(move |column| (cells.line, column))) {
        // The licences' digits cover code, issuer and surname too, which are no one's to change.
        let field = field_at(mrz.zone(), line, column);
        let fixed = matches!(field, Some(Field::DocumentCode | Field::Issuer | Field::Name));
        if fixed || seen.contains(&(line, column)) {
            continue;
        }
        seen.push((line, column));
        let read = mrz.zone().cell(line, column);
        let letters = CONFUSED.iter().filter(|(_, digits)| digits.contains(&read)).map(|&(letter, _)| letter);
        for meant in digits_for(read).iter().copied().chain(letters) {
            let change = Change { line, column, read, meant, field };
            let mended = changed(mrz, &[change], today);
            if !fails(&mended) && mended.problems().len() <= mrz.problems().len() {
                found.push(change);
            }
        }
    }
    found
}

fn changed(mrz: &Mrz, changes: &[Change], today: Date) -> Mrz {
    let mut zone = mrz.zone().clone();
    for change in changes {
        let cell = Cells { line: change.line, from: change.column, to: change.column + 1 };
        zone.put(cell, char::from(change.meant).encode_utf8(&mut [0; 4]));
    }
    let mut mended = Mrz::of(zone, today);
    mended.repairs = [mrz.repairs(), changes].concat();
    mended
}

/// The places where only digits (or fillers) can be and that a check digit covers or is.
fn numeric(zone: &Zone) -> impl Iterator<Item = (usize, usize)> {
    let format = zone.format();
    let covered = move |field: &Field| format.digits().iter().any(|digit| digit.fields.contains(field));
    let dates = [Field::BirthDate, Field::ExpiryDate].into_iter().filter(covered);
    let number = (format == super::Format::LicenceNld).then_some(Field::DocumentNumber);
    let fields = dates.chain(number).filter_map(move |field| format.slot(field));
    let digits = format.digits().iter().map(|digit| digit.at);
    fields.chain(digits).flat_map(|cells| cells.range().map(move |column| (cells.line, column)))
}

fn is_letter(zone: &Zone, line: usize, column: usize) -> bool {
    zone.cell(line, column).is_ascii_uppercase()
}

fn digits_for(letter: u8) -> &'static [u8] {
    CONFUSED.iter().find(|(of, _)| *of == letter).map_or(&[], |&(_, digits)| digits)
}

/// Whether this place is a check digit that could be one of two, and is to prove another place that was misread too: it
/// would agree with twice as many.
fn is_open_witness(mrz: &Mrz, (line, column): (usize, usize), wrong: &[(usize, usize)]) -> bool {
    if digits_for(mrz.zone().cell(line, column)).len() < 2 {
        return false;
    }
    let printed =
        mrz.checks().iter().zip(mrz.format().digits()).find(|(check, _)| check.place() == (line + 1, column + 1));
    printed.is_some_and(|(check, digit)| {
        wrong.iter().any(|&(row, cell)| (row, cell) != (line, column) && concerns(digit, check, row, cell))
    })
}

/// Whether a check digit covers this place or is printed there.
fn concerns(digit: &Digit, check: &CheckDigit, line: usize, column: usize) -> bool {
    check.place() == (line + 1, column + 1)
        || digit.over.iter().any(|cells| cells.line == line && cells.range().contains(&column))
}

fn field_at(zone: &Zone, line: usize, column: usize) -> Option<Field> {
    let at = |cells: &Cells| cells.line == line && cells.range().contains(&column);
    zone.format().slots().iter().find(|(_, cells)| at(cells)).map(|&(field, _)| field)
}
