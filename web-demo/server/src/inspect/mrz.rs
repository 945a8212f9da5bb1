//! `gatepass inspect mrz`: a machine-readable zone, field by field.

use std::{
    io::{self, BufRead, Read as _, Write},
    time::SystemTime,
};

use clap::Args;
use gatepass_core::identity::{
    country::Issuer,
    date::Date,
    mrz::{self, Change, Field, FieldWarning, Mrz, MrzDate, MrzError},
};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::lines::{json_line, printable};

/// `gatepass inspect mrz`
#[derive(Debug, Args)]
pub struct MrzArgs {
    /// The day that finds the centuries of two-digit years (default: today, UTC).
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    today: Option<Date>,
    /// Replace letters by the digits that they are read for, where check digits prove it; every change is shown.
    #[arg(long)]
    repair: bool,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

fn day(text: &str) -> Result<Date, String> {
    let mut parts = text.splitn(3, '-');
    let mut part = || parts.next().and_then(|part| part.parse::<u16>().ok());
    let small = |part: Option<u16>| part.and_then(|part| u8::try_from(part).ok());
    let (year, month, day) = (part(), small(part()), small(part()));
    let date = year.zip(month).zip(day).and_then(|((year, month), day)| Date::new(year, month, day));
    date.ok_or_else(|| "no such day; write it as 2026-11-23".to_owned())
}

/// The longest zone that is read, in bytes; the rules allow less, so that what is cut off is refused as too long.
const LONGEST: u64 = 64 * 1024;

impl MrzArgs {
    pub(super) fn run(&self, input: impl BufRead, out: &mut impl Write) -> io::Result<()> {
        let today = self.today.unwrap_or_else(|| {
            let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
            Date::from_unix(now.as_secs())
        });
        let mut bytes = Vec::new();
        input.take(LONGEST).read_to_end(&mut bytes)?;
        // What is not UTF-8 holds a character that no zone has, wherever it stands.
        let text = String::from_utf8_lossy(&bytes);
        let read = mrz::parse(&text, today).map(|read| match self.repair.then(|| mrz::repair(&read, today)) {
            Some(Some(mended)) => mended,
            _ => read,
        });
        match (read, self.json) {
            (Ok(read), true) => json_line(out, &ZoneReport::of(&read)),
            (Ok(read), false) => print(&read, out),
            (Err(error), true) => json_line(out, &ErrorReport::of(&error)),
            (Err(error), false) => writeln!(out, "reject: {error} ({})", error.code()),
        }
    }
}

/// What is printed about a text that is no zone.
#[derive(Debug, Serialize)]
struct ErrorReport {
    verdict: &'static str,
    error: &'static str,
    message: String,
}

impl ErrorReport {
    fn of(error: &MrzError) -> Self {
        Self { verdict: "reject", error: error.code(), message: error.to_string() }
    }
}

/// What is printed about a zone.
#[derive(Debug, Serialize)]
struct ZoneReport {
    /// `accept` when no check digit fails and every field makes sense.
    verdict: &'static str,
    format: &'static str,
    fields: Map<String, Value>,
    checks: Vec<CheckReport>,
    /// Whether the name may be only the beginning of itself.
    truncated: bool,
    /// How it looks truncated.
    #[serde(skip_serializing_if = "Option::is_none")]
    truncation: Option<&'static str>,
    /// The fields that have no value, and why.
    problems: Vec<ProblemReport>,
    /// What is odd about fields that have a value.
    warnings: Vec<WarningReport>,
    repairs: Vec<RepairReport>,
}

#[derive(Debug, Serialize)]
struct CheckReport {
    name: &'static str,
    outcome: &'static str,
    covers: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct ProblemReport {
    field: &'static str,
    problem: &'static str,
}

#[derive(Debug, Serialize)]
struct WarningReport {
    field: &'static str,
    warning: &'static str,
    message: String,
}

#[derive(Debug, Serialize)]
struct RepairReport {
    line: usize,
    column: usize,
    read: char,
    meant: char,
    /// `null` when it is a check digit itself.
    field: Option<&'static str>,
}

impl ZoneReport {
    fn of(read: &Mrz) -> Self {
        let checks = read.checks().iter().map(|digit| CheckReport {
            name: digit.check().code(),
            outcome: digit.outcome().code(),
            covers: digit.covers().iter().map(|field| field.code()).collect(),
        });
        let problems = read.problems().iter();
        let truncation = read.name().and_then(mrz::MrzName::truncation);
        Self {
            verdict: if read.consistent() { "accept" } else { "reject" },
            format: read.format().code(),
            fields: fields(read),
            checks: checks.collect(),
            truncated: truncation.is_some(),
            truncation: truncation.map(mrz::TruncationStyle::code),
            problems: problems
                .map(|(field, problem)| ProblemReport { field: field.code(), problem: problem.code() })
                .collect(),
            warnings: read.warnings().iter().map(WarningReport::of).collect(),
            repairs: read.repairs().iter().map(RepairReport::of).collect(),
        }
    }
}

impl WarningReport {
    fn of((field, warning): &(Field, FieldWarning)) -> Self {
        Self { field: field.code(), warning: warning.code(), message: warning.to_string() }
    }
}

impl RepairReport {
    fn of(change: &Change) -> Self {
        let (line, column) = change.place();
        let field = change.field().map(Field::code);
        Self { line, column, read: change.read(), meant: change.meant(), field }
    }
}

/// Every field of the format with its value; `null` where it has none, with the cells beside the problem in
/// [`ZoneReport::problems`].
fn fields(read: &Mrz) -> Map<String, Value> {
    let mut fields = Map::new();
    for &field in Field::ALL {
        let Some(cells) = read.text(field) else { continue };
        let value = match field {
            Field::DocumentNumber => json!(read.document_number()),
            Field::Issuer => json!(read.issuer()),
            Field::Nationality => json!(read.nationality()),
            Field::BirthDate => date(read.birth_date()),
            Field::ExpiryDate => date(read.expiry_date()),
            Field::Sex => json!(read.sex().map(mrz::Sex::code)),
            Field::Name => match read.name() {
                Some(name) => json!({ "surname": name.primary().join(" "), "given_names": name.secondary().join(" ") }),
                None => Value::Null,
            },
            Field::DocumentCode | Field::PersonalNumber | Field::Optional1 | Field::Optional2 => json!(cells),
        };
        fields.insert(field.code().to_owned(), value);
    }
    fields
}

/// ISO 8601; of a date that is known in part, `XX` for what is not, as EDTF writes it.
fn date(date: Option<MrzDate>) -> Value {
    match date {
        Some(MrzDate::Full(date)) => json!(date.to_string()),
        Some(MrzDate::Partial { year, month, day }) => {
            let two = |part: Option<u8>| part.map_or_else(|| "XX".to_owned(), |part| format!("{part:02}"));
            let year = year.map_or_else(|| "XXXX".to_owned(), |year| format!("{year:04}"));
            json!(format!("{year}-{}-{}", two(month), two(day)))
        }
        Some(MrzDate::Unknown) | None => Value::Null,
    }
}

fn print(read: &Mrz, out: &mut impl Write) -> io::Result<()> {
    let report = ZoneReport::of(read);
    writeln!(out, "{}: {}", report.format, report.verdict)?;
    for line in read.zone().lines() {
        writeln!(out, "    {line}")?;
    }
    for name in Field::ALL.iter().map(|field| field.code()) {
        let Some(value) = report.fields.get(name) else { continue };
        let problem = report.problems.iter().find(|problem| problem.field == name);
        let text = match (value, problem) {
            (_, Some(problem)) => format!("- ({})", problem.problem),
            (Value::String(text), None) => said(name, text),
            (Value::Object(parts), None) => {
                let part = |name: &str| parts.get(name).and_then(Value::as_str).unwrap_or_default();
                format!("{}, {}", part("surname"), part("given_names")).trim_end_matches(", ").to_owned()
            }
            _ => "-".to_owned(),
        };
        let cut = if name == "name" && report.truncated { " (may be cut off)" } else { "" };
        writeln!(out, "    {name:<16}  {}{cut}", printable(&text))?;
    }
    for check in &report.checks {
        let place = check.covers.join(", ");
        writeln!(out, "    check {:<16}  {:<6}  over {place}", check.name, check.outcome)?;
    }
    for WarningReport { field, warning, message } in &report.warnings {
        writeln!(out, "    warning: {field}: {message} ({warning})")?;
    }
    for repair in &report.repairs {
        let RepairReport { line, column, read, meant, field } = repair;
        let field = field.unwrap_or("check digit");
        writeln!(out, "    repaired: line {line}, column {column} ({field}): {read} was read, {meant} is meant")?;
    }
    Ok(())
}

/// A value with the name of the country that its code stands for.
fn said(field: &str, text: &str) -> String {
    let issuer = matches!(field, "issuer" | "nationality").then(|| Issuer::from_code(text)).flatten();
    match issuer {
        Some(issuer) => format!("{text} ({})", issuer.english()),
        None if text.is_empty() => "-".to_owned(),
        None => text.to_owned(),
    }
}
