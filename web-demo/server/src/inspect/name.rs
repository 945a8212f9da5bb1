//! `gatepass inspect name`: how close a typed name is to a document's.

use std::io::{self, BufRead, Write};

use clap::{Args, builder::PossibleValuesParser};
use gatepass_core::identity::{
    name::{
        self, Comparison, Language, LetterDifference, LetterKind, Level, Name, NameError, NameField, Policy, Preview,
        WordDifference, WordKind,
    },
    profile,
};
use serde::Serialize;
use zeroize::Zeroizing;

use super::lines::{json_line, next_line, printable};
use crate::wording::Wording;

/// `gatepass inspect name`
#[derive(Debug, Args)]
pub struct NameArgs {
    /// The name as a person typed it. Alone it is shown as a document's zone would have it.
    #[arg(long, value_name = "NAME", required_unless_present = "stdin")]
    typed: Option<String>,
    /// The name as the document prints it, or its zone's name field with its `<`.
    #[arg(long, value_name = "NAME", requires = "typed")]
    document: Option<String>,
    /// Compare one `typed<TAB>document` per line of standard input.
    #[arg(long, conflicts_with_all = ["typed", "document"])]
    stdin: bool,
    /// Up to which rung of the ladder a name is accepted (default: as the portal does).
    #[arg(long, value_name = "LEVEL", value_parser = levels())]
    accept: Option<String>,
    /// Print one JSON object per comparison.
    #[arg(long)]
    json: bool,
}

fn levels() -> PossibleValuesParser {
    PossibleValuesParser::new(Level::ALL.iter().map(|level| level.code()))
}

impl NameArgs {
    pub(super) fn run(&self, mut input: impl BufRead, out: &mut impl Write) -> io::Result<()> {
        let policy = self.accept.as_deref().and_then(Level::from_code).map(Policy::up_to).unwrap_or_default();
        let mut answer = |typed: &str, document: Option<&str>| match document {
            Some(document) => {
                let report = judged(typed, document, policy);
                if self.json { json_line(out, &report.json()) } else { report.print(out) }
            }
            None => {
                let report = previewed(typed);
                if self.json { json_line(out, &report.json()) } else { report.print(out) }
            }
        };
        if let Some(typed) = &self.typed {
            return answer(typed, self.document.as_deref());
        }
        let mut line = Zeroizing::new(Vec::new());
        while next_line(&mut input, &mut line)? {
            // What is not UTF-8 becomes a character that no name has, and is refused by that.
            let text = String::from_utf8_lossy(&line);
            let text = text.strip_suffix('\r').unwrap_or(&text);
            let (typed, document) = text.split_once('\t').unwrap_or((text, ""));
            answer(typed, Some(document))?;
        }
        Ok(())
    }
}

/// An answer about two names, or which of them is none.
enum Answer {
    Compared { found: Comparison, policy: Policy },
    NotAName { which: Which, error: NameError },
}

#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
enum Which {
    Typed,
    Document,
}

fn judged(typed: &str, document: &str, policy: Policy) -> Answer {
    let typed = match Name::parse(typed) {
        Ok(typed) => typed,
        Err(error) => return Answer::NotAName { which: Which::Typed, error },
    };
    match Name::from_document(document) {
        Ok(document) => Answer::Compared { found: name::compare(&typed, &document), policy },
        Err(error) => Answer::NotAName { which: Which::Document, error },
    }
}

/// What is printed about two names.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum NameReport<'a> {
    #[serde(rename_all = "camelCase")]
    Compared {
        level: &'static str,
        accepted: bool,
        /// `accept`, `review` where the zone has not all of the name, or `refuse`.
        decision: &'static str,
        difference: Vec<WordReport<'a>>,
        /// Whether the zone may hold only a part of the name, whatever the level.
        may_be_truncated: bool,
        /// What to say to the person, in sentences; `null` when there is nothing to change.
        advice: Option<String>,
    },
    NotAName {
        verdict: &'static str,
        error: &'static str,
        /// Which of the two names is none.
        of: Which,
        message: String,
    },
}

#[derive(Debug, Serialize)]
struct WordReport<'a> {
    kind: &'static str,
    part: Option<&'static str>,
    typed: Option<&'a str>,
    document: Option<&'a str>,
    letters: Vec<LetterReport<'a>>,
}

#[derive(Debug, Serialize)]
struct LetterReport<'a> {
    kind: &'static str,
    typed: &'a str,
    document: &'a str,
}

impl<'a> WordReport<'a> {
    fn of(word: &'a WordDifference) -> Self {
        let letter = |letter: &'a LetterDifference| LetterReport {
            kind: letter.kind.code(),
            typed: &letter.typed,
            document: &letter.document,
        };
        Self {
            kind: word.kind.code(),
            part: word.part.map(name::Part::code),
            typed: word.typed.as_deref(),
            document: word.document.as_deref(),
            letters: word.letters.iter().map(letter).collect(),
        }
    }
}

impl Answer {
    fn json(&self) -> NameReport<'_> {
        match self {
            Self::Compared { found, policy } => NameReport::Compared {
                level: found.level().code(),
                accepted: found.accepted(*policy),
                decision: found.decide(*policy).code(),
                difference: found.difference().iter().map(WordReport::of).collect(),
                may_be_truncated: found.may_be_truncated(),
                advice: self.advice(),
            },
            Self::NotAName { which, error } => {
                NameReport::NotAName { verdict: "reject", error: error.code(), of: *which, message: error.to_string() }
            }
        }
    }

    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Compared { found, policy } => {
                writeln!(out, "{}: {}", found.level().code(), found.decide(*policy).code())?;
                if let Some(advice) = self.advice() {
                    writeln!(out, "    {}", printable(&advice))?;
                }
                let typed = |word: &WordDifference| printable(word.typed.as_deref().unwrap_or("-"));
                let width = found.difference().iter().map(|word| typed(word).chars().count()).max().unwrap_or(0);
                for word in found.difference() {
                    let document = printable(word.document.as_deref().unwrap_or("-"));
                    let letters = letters(word);
                    let line = format!("{:<7}  {:<width$}  {document}{letters}", word.kind.code(), typed(word));
                    writeln!(out, "    {line}")?;
                }
                Ok(())
            }
            Self::NotAName { which, error } => {
                let which = match which {
                    Which::Typed => "typed name",
                    Which::Document => "document's name",
                };
                writeln!(out, "reject, {which}: {error} ({})", error.code())
            }
        }
    }
}

/// The letters that differ.
fn letters(word: &WordDifference) -> String {
    let differs = word.letters.iter().filter(|letter| letter.kind != LetterKind::Same);
    let said = differs.map(|letter| match letter.kind {
        LetterKind::Missing => format!("{} is missing", printable(&letter.document)),
        LetterKind::Extra => format!("{} is too much", printable(&letter.typed)),
        _ => format!("{} is {} there", printable(&letter.typed), printable(&letter.document)),
    });
    let said: Vec<_> = said.collect();
    if said.is_empty() || word.kind != WordKind::Letters { String::new() } else { format!("  ({})", said.join(", ")) }
}

impl Answer {
    /// What to say to the person; none where there is nothing to change.
    fn advice(&self) -> Option<String> {
        let Self::Compared { found, policy } = self else { return None };
        let wording = Wording::of(profile::Language::English);
        let sentences: Vec<_> = found.advice(*policy).iter().map(|advice| wording.advice(advice)).collect();
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }
}

/// What the zones make of one name.
enum Shown {
    As(Vec<(&'static str, Preview)>),
    NotAName(NameError),
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum PreviewReport<'a> {
    Shown { zones: Vec<ZoneForm<'a>> },
    NotAName { verdict: &'static str, error: &'static str, message: String },
}

#[derive(Debug, Serialize)]
struct ZoneForm<'a> {
    format: &'static str,
    zone: &'a str,
    hints: Vec<&'static str>,
}

fn previewed(typed: &str) -> Shown {
    match Name::parse(typed) {
        Ok(name) => {
            let preview = |&field: &NameField| (field.code(), name::preview(&name, field, Language::default()));
            Shown::As(NameField::ALL.iter().map(preview).collect())
        }
        Err(error) => Shown::NotAName(error),
    }
}

impl Shown {
    fn json(&self) -> PreviewReport<'_> {
        match self {
            Self::As(zones) => {
                let zones = zones.iter().map(|(format, shown)| ZoneForm {
                    format,
                    zone: shown.zone(),
                    hints: shown.hints().iter().map(|hint| hint.code()).collect(),
                });
                PreviewReport::Shown { zones: zones.collect() }
            }
            Self::NotAName(error) => {
                PreviewReport::NotAName { verdict: "reject", error: error.code(), message: error.to_string() }
            }
        }
    }

    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::As(zones) => {
                for (format, shown) in zones {
                    let hints: Vec<_> = shown.hints().iter().map(|hint| hint.code()).collect();
                    let hints = if hints.is_empty() { String::new() } else { format!("  ({})", hints.join(", ")) };
                    writeln!(out, "{format}  {}{hints}", shown.zone())?;
                }
                Ok(())
            }
            Self::NotAName(error) => writeln!(out, "reject, typed name: {error} ({})", error.code()),
        }
    }
}
