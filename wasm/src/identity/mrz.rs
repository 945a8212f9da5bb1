//! Machine-readable zones.

use alloc::string::String;
use alloc::vec::Vec;

use gatepass_core::identity::date::Date;
use gatepass_core::identity::mrz::{
    self, Change, CheckDigit, Field, FieldProblem, Format, Mrz, MrzDate, MrzName, Record, Sex, TruncationStyle,
};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{day, texts};
use crate::convert::bounded;
use crate::error::{CallError, Thrown};
use crate::object::{argument, object};

/// Reads a zone.
///
/// # Errors
/// The codes of `MrzError`; `invalid_time`.
#[wasm_bindgen(js_name = readMrz)]
pub fn read_mrz(text: &str, now_ms: f64) -> Result<MrzDto, Thrown> {
    Ok((&mrz::parse(text, day(now_ms)?)?).into())
}

/// Mends a zone where that can be proven.
///
/// # Errors
/// As [`read_mrz`].
#[wasm_bindgen(js_name = repairMrz)]
pub fn repair_mrz(text: &str, now_ms: f64) -> Result<Option<MrzDto>, Thrown> {
    let today = day(now_ms)?;
    Ok(mrz::repair(&mrz::parse(text, today)?, today).as_ref().map(Into::into))
}

/// What may be wrong where nothing can be proven.
///
/// # Errors
/// As [`read_mrz`].
#[wasm_bindgen(js_name = proposeMrz)]
pub fn propose_mrz(text: &str, now_ms: f64) -> Result<Vec<ChangeDto>, Thrown> {
    let today = day(now_ms)?;
    Ok(mrz::proposals(&mrz::parse(text, today)?, today).iter().map(Into::into).collect())
}

/// Writes a zone; its lines.
///
/// # Errors
/// The codes of `EmitError`; `unknown_zone_format`, `unknown_sex`, `unknown_truncation`, `invalid_date`.
#[wasm_bindgen(js_name = emitMrz)]
pub fn emit_mrz(record: &RecordArgument) -> Result<Vec<String>, Thrown> {
    let name = |words: Option<Vec<String>>| words.unwrap_or_default();
    let (primary, secondary) = (name(record.primary()), name(record.secondary()));
    let text = Option::unwrap_or_default;
    let zone = mrz::emit(&Record {
        format: Format::from_code(&record.format()).ok_or(CallError::UnknownZoneFormat)?,
        document_code: &record.document_code(),
        issuer: &record.issuer(),
        document_number: &record.document_number(),
        nationality: &text(record.nationality()),
        birth_date: date(record.birth_date())?,
        sex: sex(record.sex())?,
        expiry_date: date(record.expiry_date())?,
        primary: &primary.iter().map(String::as_str).collect::<Vec<_>>(),
        secondary: &secondary.iter().map(String::as_str).collect::<Vec<_>>(),
        truncation: truncation(record.truncation())?,
        personal_number: &text(record.personal_number()),
        optional_1: &text(record.optional_1()),
        optional_2: &text(record.optional_2()),
    })?;
    Ok(zone.lines().to_vec())
}

argument! {
    /// The facade's `MrzRecord`.
    RecordArgument {
        format = format: String,
        document_code = documentCode: String,
        issuer = issuer: String,
        document_number = documentNumber: String,
        nationality = nationality: Option<String>,
        birth_date = birthDate: Option<DateArgument>,
        sex = sex: Option<String>,
        expiry_date = expiryDate: Option<DateArgument>,
        primary = primary: Option<Vec<String>>,
        secondary = secondary: Option<Vec<String>>,
        truncation = truncation: Option<String>,
        personal_number = personalNumber: Option<String>,
        optional_1 = optional1: Option<String>,
        optional_2 = optional2: Option<String>,
    }

    /// The facade's `MrzDate`.
    DateArgument {
        year = year: Option<f64>,
        month = month: Option<f64>,
        day = day: Option<f64>,
    }
}

object! {
    /// The facade's `Mrz`.
    MrzDto {
        format = format: &str,
        lines = lines: Vec<JsValue>,
        fields = fields: FieldsDto,
        checks = checks: Vec<CheckDto>,
        problems = problems: Vec<ProblemDto>,
        consistent = consistent: bool,
        repairs = repairs: Vec<ChangeDto>,
    }

    /// The facade's `MrzFields`.
    FieldsDto {
        document_code = documentCode: &str,
        issuer = issuer: &str,
        document_number = documentNumber: &str,
        nationality = nationality: &str,
        birth_date = birthDate: DateDto,
        sex = sex: &str,
        expiry_date = expiryDate: DateDto,
        name = name: NameDto,
        personal_number = personalNumber: &str,
        optional_1 = optional1: &str,
        optional_2 = optional2: &str,
    }

    /// The facade's `MrzDate`.
    DateDto {
        year = year: u16,
        month = month: u8,
        day = day: u8,
    }

    /// The facade's `MrzName`.
    NameDto {
        primary = primary: Vec<JsValue>,
        secondary = secondary: Vec<JsValue>,
        may_be_truncated = mayBeTruncated: bool,
        truncation = truncation: &str,
        single = single: bool,
        surname_only = surnameOnly: bool,
    }

    /// The facade's `MrzCheck`.
    CheckDto {
        check = check: &str,
        outcome = outcome: &str,
        covers = covers: Vec<JsValue>,
        line = line: usize,
        column = column: usize,
    }

    /// The facade's `MrzProblem`.
    ProblemDto {
        field = field: &str,
        problem = problem: &str,
    }

    /// The facade's `MrzChange`.
    ChangeDto {
        field = field: &str,
        line = line: usize,
        column = column: usize,
        read = read: char,
        meant = meant: char,
    }
}

impl From<&Mrz> for MrzDto {
    fn from(mrz: &Mrz) -> Self {
        let dto = Self::new();
        dto.format(mrz.format().code());
        dto.lines(texts(mrz.zone().lines().iter().map(String::as_str)));
        dto.fields(mrz.into());
        dto.checks(mrz.checks().iter().map(Into::into).collect());
        dto.problems(mrz.problems().iter().map(Into::into).collect());
        dto.consistent(mrz.consistent());
        dto.repairs(mrz.repairs().iter().map(Into::into).collect());
        dto
    }
}

impl From<&Mrz> for FieldsDto {
    fn from(mrz: &Mrz) -> Self {
        let dto = Self::new();
        let text = |field| mrz.text(field).filter(|text| !text.is_empty());
        dto.document_code(mrz.document_code());
        mrz.issuer().into_iter().for_each(|issuer| dto.issuer(issuer));
        mrz.document_number().into_iter().for_each(|number| dto.document_number(number));
        mrz.nationality().into_iter().for_each(|nationality| dto.nationality(nationality));
        mrz.birth_date().into_iter().for_each(|date| dto.birth_date(date.into()));
        mrz.sex().into_iter().for_each(|sex| dto.sex(sex.code()));
        mrz.expiry_date().into_iter().for_each(|date| dto.expiry_date(date.into()));
        mrz.name().into_iter().for_each(|name| dto.name(name.into()));
        text(Field::PersonalNumber).into_iter().for_each(|text| dto.personal_number(text));
        text(Field::Optional1).into_iter().for_each(|text| dto.optional_1(text));
        text(Field::Optional2).into_iter().for_each(|text| dto.optional_2(text));
        dto
    }
}

impl From<MrzDate> for DateDto {
    fn from(date: MrzDate) -> Self {
        let dto = Self::new();
        let (year, month, day) = match date {
            MrzDate::Full(date) => (Some(date.year()), Some(date.month()), Some(date.day())),
            MrzDate::Partial { year, month, day } => (year, month, day),
            MrzDate::Unknown => (None, None, None),
        };
        year.into_iter().for_each(|year| dto.year(year));
        month.into_iter().for_each(|month| dto.month(month));
        day.into_iter().for_each(|day| dto.day(day));
        dto
    }
}

impl From<&MrzName> for NameDto {
    fn from(name: &MrzName) -> Self {
        let dto = Self::new();
        dto.primary(texts(name.primary().iter().map(String::as_str)));
        dto.secondary(texts(name.secondary().iter().map(String::as_str)));
        dto.may_be_truncated(name.truncation().is_some());
        name.truncation().iter().for_each(|style| dto.truncation(style.code()));
        dto.single(name.single());
        dto.surname_only(name.surname_only());
        dto
    }
}

impl From<&CheckDigit> for CheckDto {
    fn from(digit: &CheckDigit) -> Self {
        let dto = Self::new();
        let (line, column) = digit.place();
        dto.check(digit.check().code());
        dto.outcome(digit.outcome().code());
        dto.covers(texts(digit.covers().iter().map(|field| field.code())));
        dto.line(line);
        dto.column(column);
        dto
    }
}

impl From<&(Field, FieldProblem)> for ProblemDto {
    fn from((field, problem): &(Field, FieldProblem)) -> Self {
        let dto = Self::new();
        dto.field(field.code());
        dto.problem(problem.code());
        dto
    }
}

impl From<&Change> for ChangeDto {
    fn from(change: &Change) -> Self {
        let dto = Self::new();
        let (line, column) = change.place();
        change.field().iter().for_each(|field| dto.field(field.code()));
        dto.line(line);
        dto.column(column);
        dto.read(change.read());
        dto.meant(change.meant());
        dto
    }
}

/// A date whose parts may be unknown; nothing at all is unknown too.
fn date(argument: Option<DateArgument>) -> Result<MrzDate, Thrown> {
    let Some(argument) = argument else { return Ok(MrzDate::Unknown) };
    let year = argument.year().map(|year| bounded(year, u16::MAX));
    let month = argument.month().map(|month| bounded(month, u8::MAX));
    let day = argument.day().map(|day| bounded(day, u8::MAX));
    // A leap year and a long month stand for what is not known.
    let date = Date::new(year.unwrap_or(2000), month.unwrap_or(1), day.unwrap_or(1)).ok_or(CallError::InvalidDate)?;
    Ok(match (year, month, day) {
        (Some(_), Some(_), Some(_)) => MrzDate::Full(date),
        (None, None, None) => MrzDate::Unknown,
        (year, month, day) => MrzDate::Partial { year, month, day },
    })
}

fn sex(code: Option<String>) -> Result<Sex, Thrown> {
    let of = |code: String| Sex::ALL.iter().copied().find(|sex| sex.code() == code).ok_or(CallError::UnknownSex);
    Ok(code.map(of).transpose()?.unwrap_or(Sex::Unspecified))
}

fn truncation(code: Option<String>) -> Result<TruncationStyle, Thrown> {
    let of = |code: String| TruncationStyle::from_code(&code).ok_or(CallError::UnknownTruncation);
    Ok(code.map(of).transpose()?.unwrap_or(TruncationStyle::Cut))
}
