//! The parameters after `?`, still encoded.

use alloc::string::String;

use super::account::is_steam;
use super::percent::{check_text, decode_exact, holds};
use super::verdict::Warnings;
use super::{Reason, Warning};

/// A parameter that changes what codes an account shows or what it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Parameter {
    /// `secret`
    Secret,
    /// `issuer`
    Issuer,
    /// `algorithm`
    Algorithm,
    /// `digits`
    Digits,
    /// `period`
    Period,
    /// `counter`
    Counter,
}

impl Parameter {
    /// Every variant, in the order of its declaration.
    pub const ALL: &[Self] = &[Self::Secret, Self::Issuer, Self::Algorithm, Self::Digits, Self::Period, Self::Counter];

    /// The name in a URI.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::Issuer => "issuer",
            Self::Algorithm => "algorithm",
            Self::Digits => "digits",
            Self::Period => "period",
            Self::Counter => "counter",
        }
    }

    fn named(raw: &str) -> Option<Self> {
        let name = decode_exact(raw).ok()?;
        Self::ALL.iter().copied().find(|parameter| parameter.name().eq_ignore_ascii_case(&name))
    }
}

/// The raw values, and what else was there.
#[derive(Default)]
pub(super) struct Params<'a> {
    pub(super) secret: Option<&'a str>,
    pub(super) issuer: Option<&'a str>,
    pub(super) algorithm: Option<&'a str>,
    pub(super) digits: Option<&'a str>,
    pub(super) period: Option<&'a str>,
    pub(super) counter: Option<&'a str>,
    /// Stratum's mark for a Steam account: a parameter `steam` without a value.
    pub(super) steam: bool,
    /// Unknown parameters as they were written, joined by `&`.
    pub(super) extras: String,
}

impl<'a> Params<'a> {
    /// Takes in everything after `?`.
    pub(super) fn read(&mut self, query: &'a str, warnings: &mut Warnings) -> Result<(), Reason> {
        warnings.add_if(holds(query, b'#'), Warning::UnencodedHash);
        let mut start = 0;
        let mut equals = None;
        for (at, byte) in query.bytes().enumerate() {
            match byte {
                b'=' if equals.is_none() => equals = Some(at),
                b'&' => {
                    self.read_segment(&query[start..at], equals.map(|equals| equals - start), warnings)?;
                    start = at + 1;
                    equals = None;
                }
                _ => {}
            }
        }
        self.read_segment(&query[start..], equals.map(|equals| equals - start), warnings)
    }

    /// One parameter; `equals` is where its first `=` is.
    fn read_segment(
        &mut self,
        mut segment: &'a str,
        mut equals: Option<usize>,
        warnings: &mut Warnings,
    ) -> Result<(), Reason> {
        while let Some(rest) = segment.strip_prefix(AMP) {
            warnings.add(Warning::HtmlEscaped);
            segment = rest;
            equals = equals.and_then(|equals| equals.checked_sub(AMP.len()));
        }
        match equals {
            Some(equals) => match Parameter::named(&segment[..equals]) {
                Some(Parameter::Issuer) => self.set_issuer(&segment[equals + 1..], warnings),
                Some(parameter) => self.set(parameter, &segment[equals + 1..]),
                None => self.keep(segment),
            },
            None if is_steam(segment.trim_end()) => {
                self.steam = true;
                Ok(())
            }
            None => self.keep(segment),
        }
    }

    fn set(&mut self, parameter: Parameter, value: &'a str) -> Result<(), Reason> {
        let slot = match parameter {
            Parameter::Secret => &mut self.secret,
            Parameter::Issuer => &mut self.issuer,
            Parameter::Algorithm => &mut self.algorithm,
            Parameter::Digits => &mut self.digits,
            Parameter::Period => &mut self.period,
            Parameter::Counter => &mut self.counter,
        };
        if slot.replace(value).is_some() { Err(Reason::Duplicate(parameter)) } else { Ok(()) }
    }

    /// Some services forget the `&` after the issuer: `issuer=ACMEperiod=30`. An unencoded `=` behind the name of a
    /// parameter gives it away.
    fn set_issuer(&mut self, value: &'a str, warnings: &mut Warnings) -> Result<(), Reason> {
        let mut end = value.len();
        while let Some(equals) = value[..end].bytes().rposition(|byte| byte == b'=') {
            let Some((parameter, start)) = glued_name(value, equals) else { break };
            warnings.add(Warning::MissingAmpersand);
            self.set(parameter, &value[equals + 1..end])?;
            end = start;
        }
        self.set(Parameter::Issuer, &value[..end])
    }

    /// The mark as an unknown parameter, where it means nothing.
    pub(super) fn keep_steam(&mut self) -> Result<(), Reason> {
        if self.steam { self.keep("steam") } else { Ok(()) }
    }

    /// Without white space at its end, which would be lost where it ends the URI.
    fn keep(&mut self, segment: &str) -> Result<(), Reason> {
        let segment = segment.trim_end();
        if segment.is_empty() {
            return Ok(());
        }
        check_text(segment)?;
        if !self.extras.is_empty() {
            self.extras.push('&');
        }
        self.extras.push_str(segment);
        Ok(())
    }
}

/// What is left of an escaped `&` before a parameter.
const AMP: &str = "amp;";

/// The parameter whose name ends right before the `=` at `equals`, and where the name starts.
fn glued_name(value: &str, equals: usize) -> Option<(Parameter, usize)> {
    Parameter::ALL.iter().filter(|&&parameter| parameter != Parameter::Issuer).find_map(|&parameter| {
        let start = equals.checked_sub(parameter.name().len())?;
        let name = value.get(start..equals)?;
        name.eq_ignore_ascii_case(parameter.name()).then_some((parameter, start))
    })
}
