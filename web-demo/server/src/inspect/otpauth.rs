//! `gatepass inspect otpauth`: one URI a line. The secret is never printed.

use std::io::{self, BufRead, Write};

use clap::{Args, ValueEnum};
use gatepass_core::{
    otp::Format,
    otpauth::{self, Kind, Limit, Otpauth, ParseOptions, Verdict},
};
use serde::Serialize;
use zeroize::Zeroizing;

use super::lines::{json_line, next_line};

/// Where the URIs come from, which decides how long they may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum From {
    /// As from a camera: at most 2048 characters.
    Scanner,
    /// As from a file or the clipboard: at most 8192 bytes.
    Import,
}

/// `gatepass inspect otpauth`
#[derive(Debug, Args)]
pub struct OtpauthArgs {
    /// Also print the code at this time, seconds since 1970 (for a counter-based account: the code of its counter).
    #[arg(long, value_name = "UNIX_SECONDS")]
    at: Option<u64>,
    /// Refuse what the drafts tell a reader to refuse, instead of warning.
    #[arg(long)]
    strict: bool,
    /// Judge the length as this source would.
    #[arg(long, value_enum, default_value = "import")]
    limit: From,
}

impl OtpauthArgs {
    pub(super) fn run(&self, input: impl BufRead, out: &mut impl Write) -> io::Result<()> {
        let options = ParseOptions {
            limit: match self.limit {
                From::Scanner => Limit::Scanner,
                From::Import => Limit::Import,
            },
            strict: self.strict,
        };
        otpauth_lines(input, out, &options, self.at)
    }
}

/// Judges one URI per line of `input`; writes one JSON object per line to `out`.
///
/// # Errors
/// When `input` cannot be read or `out` cannot be written.
fn otpauth_lines(
    mut input: impl BufRead,
    out: &mut impl Write,
    options: &ParseOptions,
    at: Option<u64>,
) -> io::Result<()> {
    let mut line = Zeroizing::new(Vec::new());
    while next_line(&mut input, &mut line)? {
        let report = match std::str::from_utf8(&line) {
            Ok(text) => match otpauth::parse(text, options) {
                Verdict::Reject(reason) => UriReport::rejected(reason),
                verdict => UriReport::accepted(&verdict, at),
            },
            Err(_) => UriReport::rejected(otpauth::Reason::NotUtf8),
        };
        json_line(out, &report)?;
    }
    Ok(())
}

/// What is printed about one URI. No field holds the secret.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct UriReport {
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    /// With the reason `other_kind`: of which kind it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    other_kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    warnings: Option<Vec<&'static str>>,
    #[serde(flatten)]
    account: Option<AccountReport>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct AccountReport {
    #[serde(rename = "type")]
    kind: &'static str,
    issuer: Option<String>,
    account: String,
    algorithm: &'static str,
    digits: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counter: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
}

impl UriReport {
    fn accepted(verdict: &Verdict, at: Option<u64>) -> Self {
        let warnings: Vec<_> = verdict.warnings().iter().map(otpauth::Warning::code).collect();
        Self {
            verdict: if warnings.is_empty() { "accept" } else { "acceptWithWarnings" },
            reason: None,
            other_kind: None,
            advice: None,
            warnings: Some(warnings),
            account: verdict.account().map(|account| AccountReport::of(account, at)),
        }
    }

    fn rejected(reason: otpauth::Reason) -> Self {
        Self {
            verdict: "reject",
            reason: Some(reason.code()),
            other_kind: reason.other_kind().map(otpauth::OtherKind::code),
            advice: reason.advice().map(otpauth::Advice::code),
            warnings: None,
            account: None,
        }
    }
}

impl AccountReport {
    fn of(account: &Otpauth, at: Option<u64>) -> Self {
        let (period, counter) = match account.kind() {
            Kind::Totp { period, .. } | Kind::Steam { period } => (Some(period.seconds()), None),
            Kind::Hotp { counter, .. } => (None, Some(counter.get())),
        };
        Self {
            kind: account.kind().name(),
            issuer: account.issuer().map(str::to_owned),
            account: account.account().to_owned(),
            algorithm: account.kind().algorithm().name(),
            digits: Format::length(account.kind().format()),
            period,
            counter,
            code: at.map(|now| account.code_at(now).as_str().to_owned()),
        }
    }
}
