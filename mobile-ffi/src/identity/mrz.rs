//! Machine-readable zones.

use gatepass_core::identity::date::Date;
use gatepass_core::identity::mrz::{self, Change, CheckDigit, Field, Format, Mrz as CoreMrz, Record};

use super::{count, mirrored, texts};
use crate::error::{CallError, GatepassError};

mirrored! {
    /// The sex as a zone has it.
    MrzSex = mrz::Sex {
        /// `F`.
        Female,
        /// `M`.
        Male,
        /// `<`.
        Unspecified,
    }
}

mirrored! {
    /// What one check digit says.
    MrzOutcome = mrz::Outcome {
        /// It is right.
        Pass,
        /// It is not.
        Fail,
        /// There is nothing to check.
        Unused,
    }
}

mirrored! {
    /// How an issuer shortens a name that is too long.
    MrzTruncation = mrz::TruncationStyle {
        /// To initials.
        Initials,
        /// Cut where room is needed.
        Cut,
        /// The surname's words to one length.
        FixedLength,
    }
}

/// A day of which parts may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct MrzDate {
    /// With its century.
    pub year: Option<u16>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
}

impl From<mrz::MrzDate> for MrzDate {
    fn from(date: mrz::MrzDate) -> Self {
        match date {
            mrz::MrzDate::Full(date) => {
                Self { year: Some(date.year()), month: Some(date.month()), day: Some(date.day()) }
            }
            mrz::MrzDate::Partial { year, month, day } => Self { year, month, day },
            mrz::MrzDate::Unknown => Self { year: None, month: None, day: None },
        }
    }
}

impl TryFrom<MrzDate> for mrz::MrzDate {
    type Error = GatepassError;

    fn try_from(MrzDate { year, month, day }: MrzDate) -> Result<Self, GatepassError> {
        // A leap year and a long month stand for what is not known.
        let date =
            Date::new(year.unwrap_or(2000), month.unwrap_or(1), day.unwrap_or(1)).ok_or(CallError::InvalidDate)?;
        Ok(match (year, month, day) {
            (Some(_), Some(_), Some(_)) => Self::Full(date),
            (None, None, None) => Self::Unknown,
            (year, month, day) => Self::Partial { year, month, day },
        })
    }
}

/// A name in capital letters without marks. Personal data.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct MrzName {
    /// The surname where there are surnames.
    pub primary: Vec<String>,
    /// The given names.
    pub secondary: Vec<String>,
    /// How it looks truncated; absent when it is whole.
    pub truncation: Option<MrzTruncation>,
    /// Whether the format has no place for given names.
    pub surname_only: bool,
}

impl From<&mrz::MrzName> for MrzName {
    fn from(name: &mrz::MrzName) -> Self {
        Self {
            primary: name.primary().to_vec(),
            secondary: name.secondary().to_vec(),
            truncation: name.truncation().map(Into::into),
            surname_only: name.surname_only(),
        }
    }
}

/// What one check digit says.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct MrzCheck {
    /// The code of which one, such as `composite`.
    pub check: String,
    /// What it says.
    pub outcome: MrzOutcome,
    /// The codes of the fields that it covers.
    pub covers: Vec<String>,
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
}

impl From<&CheckDigit> for MrzCheck {
    fn from(digit: &CheckDigit) -> Self {
        let (line, column) = digit.place();
        Self {
            check: digit.check().code().into(),
            outcome: digit.outcome().into(),
            covers: texts(digit.covers().iter().map(|field| field.code())),
            line: count(line),
            column: count(column),
        }
    }
}

/// A field without a value.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct MrzProblem {
    /// The code of the field.
    pub field: String,
    /// The code of the problem.
    pub problem: String,
}

/// One character that was read as another one. Personal data.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct MrzChange {
    /// The code of the field; absent when it is a check digit.
    pub field: Option<String>,
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
    /// What was read.
    pub read: String,
    /// What stands there.
    pub meant: String,
}

impl From<&Change> for MrzChange {
    fn from(change: &Change) -> Self {
        let (line, column) = change.place();
        Self {
            field: change.field().map(|field| field.code().into()),
            line: count(line),
            column: count(column),
            read: change.read().into(),
            meant: change.meant().into(),
        }
    }
}

/// A zone that was read. Personal data: everything but the format and the checks.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct Mrz {
    /// The code of the layout, such as `td3`.
    pub format: String,
    /// As read, or as repaired.
    pub lines: Vec<String>,
    /// One or two characters.
    pub document_code: String,
    /// One to three letters.
    pub issuer: Option<String>,
    /// With what was carried over into optional data.
    pub document_number: Option<String>,
    /// One to three letters.
    pub nationality: Option<String>,
    /// Date of birth.
    pub birth_date: Option<MrzDate>,
    /// The sex.
    pub sex: Option<MrzSex>,
    /// The last day on which the document is valid.
    pub expiry_date: Option<MrzDate>,
    /// No check digit of an ICAO format covers it.
    pub name: Option<MrzName>,
    /// TD3 and the Swiss licence.
    pub personal_number: Option<String>,
    /// At the issuer's discretion.
    pub optional_1: Option<String>,
    /// TD1 only.
    pub optional_2: Option<String>,
    /// Every check digit on its own.
    pub checks: Vec<MrzCheck>,
    /// The fields that have no value.
    pub problems: Vec<MrzProblem>,
    /// Whether no check digit fails and every field makes sense.
    pub consistent: bool,
    /// What was repaired.
    pub repairs: Vec<MrzChange>,
}

impl From<&CoreMrz> for Mrz {
    fn from(mrz: &CoreMrz) -> Self {
        let text = |field| mrz.text(field).filter(|text| !text.is_empty()).map(str::to_owned);
        Self {
            format: mrz.format().code().into(),
            lines: mrz.zone().lines().to_vec(),
            document_code: mrz.document_code().into(),
            issuer: mrz.issuer().map(str::to_owned),
            document_number: mrz.document_number().map(str::to_owned),
            nationality: mrz.nationality().map(str::to_owned),
            birth_date: mrz.birth_date().map(Into::into),
            sex: mrz.sex().map(Into::into),
            expiry_date: mrz.expiry_date().map(Into::into),
            name: mrz.name().map(Into::into),
            personal_number: text(Field::PersonalNumber),
            optional_1: text(Field::Optional1),
            optional_2: text(Field::Optional2),
            checks: mrz.checks().iter().map(Into::into).collect(),
            problems: mrz
                .problems()
                .iter()
                .map(|(field, problem)| MrzProblem { field: field.code().into(), problem: problem.code().into() })
                .collect(),
            consistent: mrz.consistent(),
            repairs: mrz.repairs().iter().map(Into::into).collect(),
        }
    }
}

/// What a zone is written from; fields that the format does not have are ignored. Personal data.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct MrzRecord {
    /// The code of the layout.
    pub format: String,
    /// One or two characters.
    pub document_code: String,
    /// One to three letters.
    pub issuer: String,
    /// The document number.
    pub document_number: String,
    /// None to three letters.
    pub nationality: String,
    /// Date of birth.
    pub birth_date: MrzDate,
    /// The sex.
    pub sex: MrzSex,
    /// Date of expiry.
    pub expiry_date: MrzDate,
    /// Capital letters without marks.
    pub primary: Vec<String>,
    /// The same.
    pub secondary: Vec<String>,
    /// What is done with a name that is too long.
    pub truncation: MrzTruncation,
    /// May be empty.
    pub personal_number: String,
    /// May be empty.
    pub optional_1: String,
    /// May be empty.
    pub optional_2: String,
}

/// Reads a zone; `now` (seconds since 1970) finds the centuries of its dates.
///
/// # Errors
/// The codes of texts that are no zones.
#[uniffi::export]
pub fn read_mrz(text: &str, now: u64) -> Result<Mrz, GatepassError> {
    Ok((&mrz::parse(text, Date::from_unix(now))?).into())
}

/// The zone with letters replaced by digits where that is proven; absent when there is nothing to mend or no proof.
///
/// # Errors
/// As [`read_mrz`].
#[uniffi::export]
pub fn repair_mrz(text: &str, now: u64) -> Result<Option<Mrz>, GatepassError> {
    let today = Date::from_unix(now);
    Ok(mrz::repair(&mrz::parse(text, today)?, today).as_ref().map(Into::into))
}

/// Single characters that may be wrong, where nothing can be proven.
///
/// # Errors
/// As [`read_mrz`].
#[uniffi::export]
pub fn propose_mrz(text: &str, now: u64) -> Result<Vec<MrzChange>, GatepassError> {
    let today = Date::from_unix(now);
    Ok(mrz::proposals(&mrz::parse(text, today)?, today).iter().map(Into::into).collect())
}

/// Writes a zone with all of its check digits; its lines.
///
/// # Errors
/// The code of the first field that does not fit; `unknown_zone_format`, `invalid_date`.
#[uniffi::export]
pub fn emit_mrz(record: &MrzRecord) -> Result<Vec<String>, GatepassError> {
    let zone = mrz::emit(&Record {
        format: Format::from_code(&record.format).ok_or(CallError::UnknownZoneFormat)?,
        document_code: &record.document_code,
        issuer: &record.issuer,
        document_number: &record.document_number,
        nationality: &record.nationality,
        birth_date: record.birth_date.try_into()?,
        sex: record.sex.into(),
        expiry_date: record.expiry_date.try_into()?,
        primary: &record.primary.iter().map(String::as_str).collect::<Vec<_>>(),
        secondary: &record.secondary.iter().map(String::as_str).collect::<Vec<_>>(),
        truncation: record.truncation.into(),
        personal_number: &record.personal_number,
        optional_1: &record.optional_1,
        optional_2: &record.optional_2,
    })?;
    Ok(zone.lines().to_vec())
}
