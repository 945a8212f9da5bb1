//! Lines in and out: one input a line, one JSON object a line, and nothing that a terminal would take for a command.

use std::io::{self, BufRead, Write};

use serde::Serialize;

/// The longest line that is kept; what comes after is skipped. More than any of the rules allows, so that the verdict is the
/// one for too long a text.
pub(super) const LONGEST_LINE: usize = 16 * 1024;

/// Reads up to the next newline; says whether there was a line. Bounded memory, whatever comes in.
pub(super) fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    let mut any = false;
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(any);
        }
        any = true;
        let newline = buffer.iter().position(|byte| *byte == b'\n');
        let part = &buffer[..newline.unwrap_or(buffer.len())];
        let room = LONGEST_LINE.saturating_sub(line.len());
        line.extend_from_slice(&part[..part.len().min(room)]);
        let used = newline.map_or(buffer.len(), |at| at + 1);
        input.consume(used);
        if newline.is_some() {
            return Ok(true);
        }
    }
}

/// One line of JSON: what some readers take for the end of a line, or a terminal for a command, is escaped.
pub(super) fn json_line(out: &mut impl Write, report: &impl Serialize) -> io::Result<()> {
    let json = serde_json::to_string(report)?;
    for part in json.split_inclusive(unprintable) {
        match part.chars().next_back().filter(|last| unprintable(*last)) {
            Some(last) => write!(out, "{}\\u{:04x}", &part[..part.len() - last.len_utf8()], u32::from(last))?,
            None => out.write_all(part.as_bytes())?,
        }
    }
    out.write_all(b"\n")
}

/// Control characters, the separators of lines and paragraphs, and what turns the direction of writing around. All lie
/// within sixteen bits.
pub(super) fn unprintable(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text as it may go to a terminal.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|character| if unprintable(character) { '\u{fffd}' } else { character }).collect()
}
