//! `gatepass inspect profile`: whether a workshop profile is complete.

use std::{
    io::{BufRead, Read as _, Write},
    process::ExitCode,
};

use anyhow::Context as _;
use clap::Args;
use gatepass_core::identity::profile::{self, Draft, FieldError, Profile, Verified, province_offer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::lines::{json_line, printable};

/// `gatepass inspect profile`
#[derive(Debug, Args)]
pub struct ProfileArgs {
    /// The first names as they were verified (default: as in the profile).
    #[arg(long, value_name = "NAMES")]
    given_names: Option<String>,
    /// The last name as it was verified (default: as in the profile).
    #[arg(long, value_name = "NAME")]
    surname: Option<String>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// The longest input, in bytes: every field at its longest, many times over.
const LONGEST: u64 = 1024 * 1024;

/// A draft in JSON. A member that is not there is empty.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Fields {
    company: String,
    number: String,
    street: String,
    postal_code: String,
    city: String,
    province: String,
    country: String,
    phone: String,
    given_names: String,
    surname: String,
    role: String,
    language: String,
}

impl Fields {
    fn draft(&self) -> Draft<'_> {
        Draft {
            company: &self.company,
            number: &self.number,
            street: &self.street,
            postal_code: &self.postal_code,
            city: &self.city,
            province: &self.province,
            country: &self.country,
            phone: &self.phone,
            given_names: &self.given_names,
            surname: &self.surname,
            role: &self.role,
            language: &self.language,
        }
    }
}

impl ProfileArgs {
    pub(super) fn run(&self, input: impl BufRead, out: &mut impl Write) -> anyhow::Result<ExitCode> {
        let mut bytes = Zeroizing::new(Vec::new());
        input.take(LONGEST).read_to_end(&mut bytes)?;
        let no_profile = "standard input is not one JSON object of a profile";
        let fields: Map<String, Value> = serde_json::from_slice(&bytes).context(no_profile)?;
        let fields: Fields = serde_json::from_value(fields.into()).context(no_profile)?;
        let verified = Verified::new(
            self.given_names.as_deref().unwrap_or(&fields.given_names),
            self.surname.as_deref().unwrap_or(&fields.surname),
        );
        let checked = profile::check(&fields.draft(), verified.as_ref());
        let report = ProfileReport::of(&checked);
        if self.json {
            json_line(out, &report)?
        } else {
            report.print(out)?
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// What is printed about a profile.
#[derive(Debug, Serialize)]
struct ProfileReport<'a> {
    verdict: &'static str,
    /// Every field that is not right yet, in the order of the form.
    errors: Vec<FieldReport>,
    /// As it would be kept; `null` when it would not.
    profile: Option<Kept<'a>>,
}

#[derive(Debug, Serialize)]
struct FieldReport {
    field: &'static str,
    error: &'static str,
    message: String,
}

#[derive(Debug, Serialize)]
struct Kept<'a> {
    company: &'a str,
    number: &'a str,
    number_kind: &'static str,
    street: &'a str,
    postal_code: &'a str,
    city: &'a str,
    province: &'a str,
    /// What the form offers where the country has no provinces.
    province_offer: Option<&'static str>,
    country: &'static str,
    phone: &'a str,
    given_names: &'a str,
    surname: &'a str,
    role: &'static str,
    language: &'static str,
}

impl<'a> ProfileReport<'a> {
    fn of(checked: &'a Result<Profile, Vec<FieldError>>) -> Self {
        match checked {
            Ok(profile) => Self { verdict: "accept", errors: Vec::new(), profile: Some(Kept::of(profile)) },
            Err(errors) => Self {
                verdict: "reject",
                errors: errors
                    .iter()
                    .map(|FieldError { field, fault }| FieldReport {
                        field: field.code(),
                        error: fault.code(),
                        message: fault.to_string(),
                    })
                    .collect(),
                profile: None,
            },
        }
    }

    fn print(&self, out: &mut impl Write) -> std::io::Result<()> {
        writeln!(out, "{}", self.verdict)?;
        for FieldReport { field, error, message } in &self.errors {
            writeln!(out, "    {field:<12}  {message} ({error})")?;
        }
        let Some(kept) = &self.profile else { return Ok(()) };
        for (field, value) in kept.lines() {
            writeln!(out, "    {field:<12}  {}", printable(value))?;
        }
        Ok(())
    }
}

impl<'a> Kept<'a> {
    fn of(profile: &'a Profile) -> Self {
        Self {
            company: profile.company(),
            number: profile.number(),
            number_kind: profile.number_kind().code(),
            street: profile.street(),
            postal_code: profile.postal_code(),
            city: profile.city(),
            province: profile.province(),
            province_offer: province_offer(profile.country()),
            country: profile.country().alpha2(),
            phone: profile.phone(),
            given_names: profile.given_names(),
            surname: profile.surname(),
            role: profile.role().code(),
            language: profile.language().code(),
        }
    }

    fn lines(&self) -> [(&'static str, &str); 13] {
        [
            ("company", self.company),
            ("number", self.number),
            ("number_kind", self.number_kind),
            ("street", self.street),
            ("postal_code", self.postal_code),
            ("city", self.city),
            ("province", self.province),
            ("country", self.country),
            ("phone", self.phone),
            ("given_names", self.given_names),
            ("surname", self.surname),
            ("role", self.role),
            ("language", self.language),
        ]
    }
}
