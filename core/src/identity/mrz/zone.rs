use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::format::Cells;
use super::{Format, MrzError};

/// The longest text that is looked at, in bytes: three lines of 44 with generous white space.
pub const MAX_TEXT_LEN: usize = 512;

/// Lines that have the lengths of a format and only characters that a zone can have. What they say is not judged here.
///
/// Personal data: all of it. `Debug` shows the format only.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone {
    format: Format,
    lines: Vec<String>,
}

impl Zone {
    /// Reads lines. White space at their ends and empty lines are layout and do not count; nothing else is forgiven.
    pub(super) fn read(text: &str) -> Result<Self, MrzError> {
        if text.len() > MAX_TEXT_LEN {
            return Err(MrzError::TooLong);
        }
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if lines.is_empty() {
            return Err(MrzError::Empty);
        }
        if lines.len() > 3 {
            return Err(MrzError::TooManyLines);
        }
        for (line, text) in lines.iter().enumerate() {
            for (column, character) in text.chars().enumerate() {
                let (line, column) = (line + 1, column + 1);
                match character {
                    'A'..='Z' | '0'..='9' | '<' => {}
                    small if small.is_lowercase() => return Err(MrzError::LowerCase { line, column }),
                    _ => return Err(MrzError::IllegalCharacter { line, column }),
                }
            }
        }
        let format = format_of(&lines)?;
        Ok(Self { format, lines: lines.into_iter().map(String::from).collect() })
    }

    /// Nothing but fillers.
    pub(super) fn blank(format: Format) -> Self {
        Self { format, lines: format.line_lengths().iter().map(|&length| "<".repeat(length)).collect() }
    }

    /// The format.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// The lines. Personal data.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// The lines with a line feed between them. Personal data.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.lines.join("\n")
    }

    pub(super) fn cells(&self, cells: Cells) -> &str {
        self.lines.get(cells.line).and_then(|line| line.get(cells.range())).unwrap_or_default()
    }

    /// The one cell at a place; a filler outside the zone.
    pub(super) fn cell(&self, line: usize, column: usize) -> u8 {
        self.lines.get(line).and_then(|line| line.as_bytes().get(column)).copied().unwrap_or(b'<')
    }

    /// Puts characters of a zone into the first of these cells; what does not fit is left out.
    pub(super) fn put(&mut self, cells: Cells, text: &str) {
        let end = cells.to.min(cells.from + text.len());
        if let Some(line) = self.lines.get_mut(cells.line)
            && end <= line.len()
        {
            line.replace_range(cells.from..end, &text[..end - cells.from]);
        }
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Zone").field("format", &self.format).finish_non_exhaustive()
    }
}

/// The format that has these lengths and this document code.
fn format_of(lines: &[&str]) -> Result<Format, MrzError> {
    let fits = |format: &Format| {
        let lengths = format.line_lengths();
        lengths.len() == lines.len() && lengths.iter().zip(lines).all(|(&length, line)| length == line.len())
    };
    if !Format::ALL.iter().any(fits) {
        return Err(wrong_length(lines));
    }
    match lines {
        [one] if one.starts_with("D1FRA") => Ok(Format::LicenceFra),
        [one] if one.starts_with("D1NLD") => Ok(Format::LicenceNld),
        [one] if one.starts_with('D') => Err(MrzError::UnknownLicence),
        [first, _] if first.len() == 36 && first.starts_with("IDFRA") => Err(MrzError::FrenchIdentityCard),
        lines => Format::ALL
            .iter()
            .copied()
            .filter(fits)
            .find(|format| {
                // The Swiss licence has its code on the second line.
                let line = usize::from(*format == Format::LicenceChe);
                lines.get(line).is_some_and(|line| format.has_code(&line.as_bytes()[..2]))
            })
            .filter(|format| *format != Format::LicenceChe || matches!(&lines[1][2..5], "CHE" | "LIE"))
            .ok_or(MrzError::UnknownDocumentCode),
    }
}

/// The first line for which no format with this many lines has its length, given the lines before.
fn wrong_length(lines: &[&str]) -> MrzError {
    let good = Format::ALL
        .iter()
        .map(|format| format.line_lengths())
        .filter(|lengths| lengths.len() == lines.len())
        .map(|lengths| lengths.iter().zip(lines).take_while(|(length, line)| **length == line.len()).count())
        .max()
        .unwrap_or(0);
    MrzError::WrongLength { line: good + 1, length: lines.get(good).map_or(0, |line| line.len()) }
}
