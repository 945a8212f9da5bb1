use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::check::{self, CheckDigit, Outcome};
use super::date::Century;
use super::format::Cells;
use super::repair::Change;
use super::{Check, Field, FieldProblem, FieldWarning, Format, MrzDate, MrzError, MrzName, Zone};
use crate::identity::country::Issuer;
use crate::identity::date::Date;

/// Reads a zone: one to three lines of text. `today` finds the centuries of its dates: a date of birth is not later, a
/// date of expiry is at most 50 years away.
///
/// Check digits that fail and fields that make no sense do not make an error: the result names each on its own, and
/// [`Mrz::consistent`] says whether there are any. White space at the ends of lines and empty lines are layout.
///
/// # Errors
/// [`MrzError`]: the text is not the zone of any known format.
pub fn parse(text: &str, today: Date) -> Result<Mrz, MrzError> {
    Zone::read(text).map(|zone| Mrz::of(zone, today))
}

/// A machine-readable zone with its fields and what its check digits say.
///
/// Personal data: everything but the format and the checks, and `Debug` shows only these.
#[derive(Clone, PartialEq, Eq)]
pub struct Mrz {
    zone: Zone,
    document_number: Result<Number, FieldProblem>,
    birth_date: Option<Result<MrzDate, FieldProblem>>,
    expiry_date: Option<Result<MrzDate, FieldProblem>>,
    name: Option<Result<MrzName, FieldProblem>>,
    checks: Vec<CheckDigit>,
    problems: Vec<(Field, FieldProblem)>,
    warnings: Vec<(Field, FieldWarning)>,
    pub(super) repairs: Vec<Change>,
}

impl Mrz {
    pub(super) fn of(zone: Zone, today: Date) -> Self {
        let long = Number::read_long(&zone);
        let format = zone.format();
        let mut checks: Vec<_> = format.digits().iter().map(|digit| check::check(&zone, digit)).collect();
        if let (Some(long), Some(check)) = (&long, checks.first_mut()) {
            check.outcome = long.outcome;
            check.column = long.check_at;
        }
        let document_number = document_number(&zone, long);
        let date = |field, century| format.slot(field).map(|cells| MrzDate::read(zone.cells(cells), century, today));
        let shifted = |field| format.fillers().iter().any(|&(of, cells)| of == field && !is_blank(zone.cells(cells)));
        let birth_date = match date(Field::BirthDate, Century::Birth) {
            Some(Ok(_)) if shifted(Field::BirthDate) => Some(Err(FieldProblem::NotFillers)),
            date => date,
        };
        let expiry_date = date(Field::ExpiryDate, Century::Expiry);
        let name = format.slot(Field::Name).map(|cells| MrzName::read(zone.cells(cells), format == Format::LicenceFra));
        let mut problems = Vec::new();
        for &(field, cells) in format.slots() {
            let problem = match field {
                Field::Optional1 if format == Format::LicenceChe && !is_digits(zone.cells(cells)) => {
                    Some(FieldProblem::NotANumber)
                }
                Field::Optional1 if shifted(field) => Some(FieldProblem::NotFillers),
                Field::DocumentCode | Field::Optional1 | Field::Optional2 => None,
                Field::Issuer | Field::Nationality => {
                    let optional = field == Field::Nationality && zone.cells(cells) == "<<<";
                    (!optional && !is_code(zone.cells(cells))).then_some(FieldProblem::NotACode)
                }
                Field::DocumentNumber => document_number.as_ref().err().copied(),
                Field::BirthDate => birth_date.and_then(Result::err),
                Field::ExpiryDate => expiry_date.and_then(Result::err),
                Field::Name => name.as_ref().and_then(|name| name.as_ref().err().copied()),
                Field::Sex => Sex::read(zone.cells(cells)).is_none().then_some(FieldProblem::NotASex),
                Field::PersonalNumber => {
                    (format == Format::LicenceChe && !is_digits(zone.cells(cells))).then_some(FieldProblem::NotANumber)
                }
            };
            problems.extend(problem.map(|problem| (field, problem)));
        }
        let warnings = warnings(&zone, &problems);
        Self { zone, document_number, birth_date, expiry_date, name, checks, problems, warnings, repairs: Vec::new() }
    }

    /// The format.
    #[must_use]
    pub fn format(&self) -> Format {
        self.zone.format()
    }

    /// The lines as read, or as repaired.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The cells of a field without the fillers at its end, whatever they say; `None` for a field that the format does
    /// not have. What a long document number took of optional data is not among them.
    #[must_use]
    pub fn text(&self, field: Field) -> Option<&str> {
        let cells = self.format().slot(field)?;
        let mut text = self.zone.cells(cells);
        if let Ok(long) = &self.document_number
            && long.taken > 0
            && self.format().overflow() == Some(cells)
        {
            text = text.get(long.taken..).unwrap_or_default();
        }
        Some(text.trim_end_matches('<'))
    }

    /// The document code, one or two characters.
    #[must_use]
    pub fn document_code(&self) -> &str {
        self.text(Field::DocumentCode).unwrap_or_default()
    }

    /// The code of the issuer, one to three letters.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        self.good(Field::Issuer)
    }

    /// The code of the holder's nationality, one to three letters. Personal data.
    #[must_use]
    pub fn nationality(&self) -> Option<&str> {
        self.good(Field::Nationality).filter(|code| !code.is_empty())
    }

    /// The whole document number, with what was carried over into optional data. Fillers within it stand for spaces and
    /// special characters. Personal data.
    #[must_use]
    pub fn document_number(&self) -> Option<&str> {
        self.document_number.as_ref().ok().map(|number| &*number.text)
    }

    /// Whether the document number goes on in the optional data (ICAO Doc 9303-5 and -6, note j).
    #[must_use]
    pub fn document_number_is_long(&self) -> bool {
        self.document_number.as_ref().is_ok_and(|number| number.taken > 0)
    }

    /// The date of birth. Personal data.
    #[must_use]
    pub fn birth_date(&self) -> Option<MrzDate> {
        self.birth_date?.ok()
    }

    /// The date of expiry.
    #[must_use]
    pub fn expiry_date(&self) -> Option<MrzDate> {
        self.expiry_date?.ok()
    }

    /// The sex. Personal data.
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        Sex::read(self.zone.cells(self.format().slot(Field::Sex)?))
    }

    /// The name; the Dutch licence has none. No check digit of an ICAO format covers it: compare it with what is printed
    /// elsewhere. Personal data.
    #[must_use]
    pub fn name(&self) -> Option<&MrzName> {
        self.name.as_ref()?.as_ref().ok()
    }

    /// Every check digit of the format on its own.
    #[must_use]
    pub fn checks(&self) -> &[CheckDigit] {
        &self.checks
    }

    /// What one check digit says; `None` when the format does not have it.
    #[must_use]
    pub fn check(&self, check: Check) -> Option<Outcome> {
        self.checks.iter().find(|digit| digit.check == check).map(CheckDigit::outcome)
    }

    /// Whether a check digit that passes covers this field. Each one lets an error in ten through.
    #[must_use]
    pub fn covered(&self, field: Field) -> bool {
        self.checks.iter().any(|digit| digit.outcome == Outcome::Pass && digit.covers.contains(&field))
    }

    /// The fields that have no value, and why.
    #[must_use]
    pub fn problems(&self) -> &[(Field, FieldProblem)] {
        &self.problems
    }

    /// What is odd about fields that have a value. None of it makes a zone inconsistent.
    #[must_use]
    pub fn warnings(&self) -> &[(Field, FieldWarning)] {
        &self.warnings
    }

    /// Whether no check digit fails and every field makes sense. It was then very probably read right where a digit
    /// covers it; it says nothing about the document being genuine or valid.
    #[must_use]
    pub fn consistent(&self) -> bool {
        self.problems.is_empty() && self.checks.iter().all(|digit| digit.outcome != Outcome::Fail)
    }

    /// What [`repair`](super::repair()) changed; empty after [`parse`].
    #[must_use]
    pub fn repairs(&self) -> &[Change] {
        &self.repairs
    }

    /// The text of a field without a problem.
    fn good(&self, field: Field) -> Option<&str> {
        if self.problems.iter().any(|(of, _)| *of == field) { None } else { self.text(field) }
    }
}

impl fmt::Debug for Mrz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let checks: Vec<_> = self.checks.iter().map(|digit| (digit.check.code(), digit.outcome.code())).collect();
        let problems: Vec<_> = self.problems.iter().map(|(field, problem)| (field.code(), problem.code())).collect();
        f.debug_struct("Mrz")
            .field("format", &self.format())
            .field("checks", &checks)
            .field("problems", &problems)
            .field("repairs", &self.repairs.len())
            .finish_non_exhaustive()
    }
}

/// The sex as a zone has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// `F`.
    Female,
    /// `M`.
    Male,
    /// `<`: not said. What is printed as X elsewhere, and by some issuers here too ([`FieldWarning::SexX`]).
    Unspecified,
}

impl Sex {
    /// Every value.
    pub const ALL: &[Self] = &[Self::Female, Self::Male, Self::Unspecified];

    /// The stable code: `female`, `male` or `unspecified`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
            Self::Unspecified => "unspecified",
        }
    }

    fn read(cell: &str) -> Option<Self> {
        match cell {
            "F" => Some(Self::Female),
            "M" => Some(Self::Male),
            "<" | "X" => Some(Self::Unspecified),
            _ => None,
        }
    }

    pub(super) fn write(self) -> &'static str {
        match self {
            Self::Female => "F",
            Self::Male => "M",
            Self::Unspecified => "<",
        }
    }
}

/// A document number, and how much of the optional data it took.
#[derive(Clone, PartialEq, Eq)]
struct Number {
    text: String,
    /// Cells of optional data: the rest of the number, its check digit and the filler behind it; 0 for a short number.
    taken: usize,
    outcome: Outcome,
    /// The column of the check digit, from 0.
    check_at: usize,
}

impl Number {
    /// A number that goes on: a filler instead of the check digit, then at the beginning of the optional data the rest
    /// of the number, its check digit and a filler (ICAO Doc 9303-5 and -6, note j).
    fn read_long(zone: &Zone) -> Option<Self> {
        let (number, overflow) = (zone.format().slot(Field::DocumentNumber)?, zone.format().overflow()?);
        let first = zone.cells(number);
        if zone.cell(number.line, number.to) != b'<' || first.ends_with('<') {
            return None;
        }
        let (rest, _) = zone.cells(overflow).split_once('<')?;
        let (rest, printed) = rest.split_at_checked(rest.len().checked_sub(1)?)?;
        // Without a digit there these are other data, and the number has no check digit.
        let printed = printed.bytes().next().filter(u8::is_ascii_digit)?;
        if rest.is_empty() {
            return None;
        }
        let whole = first.bytes().chain(rest.bytes());
        // Since the eighth edition the filler is left out of the sum; Belgian cards of the earlier ones count it in.
        let with_filler = first.bytes().chain(*b"<").chain(rest.bytes());
        let outcome = match check::outcome(printed, whole) {
            Outcome::Fail => check::outcome(printed, with_filler),
            outcome => outcome,
        };
        let mut text = String::from(first);
        text.push_str(rest);
        let check_at = overflow.from + rest.len();
        Some(Self { text, taken: rest.len() + 2, outcome, check_at })
    }
}

fn document_number(zone: &Zone, long: Option<Number>) -> Result<Number, FieldProblem> {
    if let Some(long) = long
        && !long.text.starts_with('<')
    {
        return Ok(long);
    }
    let cells = zone.format().slot(Field::DocumentNumber).unwrap_or(Cells { line: 0, from: 0, to: 0 });
    let text = zone.cells(cells).trim_end_matches('<');
    let good = !text.is_empty() && !text.starts_with('<') && zone.format().is_number(zone.cells(cells));
    if !good {
        return Err(FieldProblem::NotANumber);
    }
    Ok(Number { text: String::from(text), taken: 0, outcome: Outcome::Unused, check_at: 0 })
}

/// What is odd about the fields that have no problem.
fn warnings(zone: &Zone, problems: &[(Field, FieldProblem)]) -> Vec<(Field, FieldWarning)> {
    let odd = |&(field, cells): &(Field, Cells)| {
        let cells = zone.cells(cells);
        let warning = match field {
            Field::Issuer | Field::Nationality if !is_blank(cells) && Issuer::from_code(cells).is_none() => {
                FieldWarning::UnknownCode
            }
            Field::Sex if cells == "X" => FieldWarning::SexX,
            _ => return None,
        };
        (!problems.iter().any(|(of, _)| *of == field)).then_some((field, warning))
    };
    zone.format().slots().iter().filter_map(odd).collect()
}

fn is_blank(cells: &str) -> bool {
    cells.bytes().all(|cell| cell == b'<')
}

/// One to three letters, then fillers.
fn is_code(cells: &str) -> bool {
    let code = cells.trim_end_matches('<');
    !code.is_empty() && code.bytes().all(|cell| cell.is_ascii_uppercase())
}

fn is_digits(cells: &str) -> bool {
    cells.bytes().all(|cell| cell.is_ascii_digit())
}
