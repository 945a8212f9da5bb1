use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::check::digit_of;
use super::format::Cells;
use super::name::TruncationStyle;
use super::{Check, EmitError, Field, Format, MAX_TEXT_LEN, MrzDate, Sex, Zone};

/// What a zone is written from. Fields that the format does not have are ignored; letters are capital and without marks
/// (`identity::name` makes them so).
///
/// Personal data: all of it. `Debug` shows the format only.
#[derive(Clone)]
pub struct Record<'a> {
    /// The format.
    pub format: Format,
    /// One or two characters: `P` or `PP` and the like for a passport, `V` for a visa, `I`, `A` or `C` for a card. The
    /// licences of France and the Netherlands have `D1`, the Swiss one `FA`.
    pub document_code: &'a str,
    /// One to three letters. The Swiss licence: `CHE` or `LIE`.
    pub issuer: &'a str,
    /// Up to nine characters; up to 22 in a TD1 and up to 14 in a TD2, as far as the optional data leave room. Ten
    /// digits for the Dutch licence; three characters, three digits and the letter of its language for the Swiss one.
    pub document_number: &'a str,
    /// None to three letters.
    pub nationality: &'a str,
    /// The date of birth.
    pub birth_date: MrzDate,
    /// The sex.
    pub sex: Sex,
    /// The date of expiry.
    pub expiry_date: MrzDate,
    /// The components of the primary identifier, `A` to `Z`. At least one, but for the Dutch licence.
    pub primary: &'a [&'a str],
    /// The components of the secondary identifier, `A` to `Z`; none for a single name.
    pub secondary: &'a [&'a str],
    /// What is done with a name that is too long.
    pub truncation: TruncationStyle,
    /// TD3: up to 14 characters. Swiss licence: nine digits.
    pub personal_number: &'a str,
    /// Up to 15 characters in a TD1, 7 in a TD2, 16 in an MRV-A, 8 in an MRV-B. Swiss licence: three digits. Dutch
    /// licence: thirteen.
    pub optional_1: &'a str,
    /// Up to 11 characters, TD1 only.
    pub optional_2: &'a str,
}

impl fmt::Debug for Record<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record").field("format", &self.format).finish_non_exhaustive()
    }
}

/// Writes a zone with all of its check digits. A name that is too long is truncated: every component of the secondary
/// identifier that fits keeps at least its first letter, and the last cell of the field is a letter (ICAO Doc 9303-4
/// §4.2.2.1). Everything else must fit.
///
/// # Errors
/// [`EmitError`]: the first field that cannot be written.
pub fn emit(record: &Record<'_>) -> Result<Zone, EmitError> {
    let format = record.format;
    let mut zone = Zone::blank(format);
    for &(field, cells) in format.slots() {
        match field {
            Field::DocumentCode => {
                let code = record.document_code;
                let padded: Vec<u8> = code.bytes().chain([b'<']).take(2).collect();
                let fits = (1..=2).contains(&code.len()) && is_text(code) && format.has_code(&padded);
                put(&mut zone, cells, code, fits, EmitError::DocumentCode)?;
            }
            Field::Issuer => {
                let code = record.issuer;
                let fits = match format {
                    Format::LicenceFra => code == "FRA",
                    Format::LicenceNld => code == "NLD",
                    Format::LicenceChe => matches!(code, "CHE" | "LIE"),
                    Format::Td2 => is_code(code) && !(record.document_code == "ID" && code == "FRA"),
                    _ => is_code(code),
                };
                put(&mut zone, cells, code, fits, EmitError::Issuer)?;
            }
            Field::Nationality => {
                let code = record.nationality;
                put(&mut zone, cells, code, code.is_empty() || is_code(code), EmitError::Nationality)?;
            }
            Field::DocumentNumber => number(&mut zone, cells, record)?,
            Field::BirthDate => zone.put(cells, text(&record.birth_date.write())),
            Field::ExpiryDate => zone.put(cells, text(&record.expiry_date.write())),
            Field::Sex => zone.put(cells, record.sex.write()),
            Field::Name => {
                let secondary = if format == Format::LicenceFra { &[] } else { record.secondary };
                let name = name(record.primary, secondary, record.truncation, cells.len())?;
                zone.put(cells, &name);
            }
            Field::PersonalNumber => {
                let value = record.personal_number;
                let fits = is_text(value) && (format != Format::LicenceChe || is_digits(value, 9));
                put(&mut zone, cells, value, fits, EmitError::Optional)?;
            }
            // Where a long number may take room of it, it is written with the number.
            Field::Optional1 if format.overflow().is_some() => {}
            Field::Optional1 => {
                let value = record.optional_1;
                let fits = match format {
                    Format::LicenceChe => is_digits(value, 3),
                    Format::LicenceNld => is_text(value) && value.len() == cells.len(),
                    _ => is_text(value),
                };
                put(&mut zone, cells, value, fits, EmitError::Optional)?;
            }
            Field::Optional2 => {
                put(&mut zone, cells, record.optional_2, is_text(record.optional_2), EmitError::Optional)?;
            }
        }
    }
    if format == Format::LicenceNld {
        // A digit whose meaning is not published; all licences seen have this one.
        zone.put(Cells { line: 0, from: 5, to: 6 }, "1");
    }
    for digit in format.digits() {
        let long = format.overflow().is_some() && record.document_number.len() > 9;
        let unused = digit.check == Check::PersonalNumber && record.personal_number.is_empty();
        let carried = long && digit.check == Check::DocumentNumber;
        if !unused && !carried {
            let sum = digit_of(digit.over.iter().flat_map(|&cells| zone.cells(cells).bytes()));
            zone.put(digit.at, text(&[b'0' + sum]));
        }
    }
    Ok(zone)
}

/// Writes the document number and, where it may go on in them, the optional data.
fn number(zone: &mut Zone, cells: Cells, record: &Record<'_>) -> Result<(), EmitError> {
    let number = record.document_number;
    let inner = !number.is_empty() && is_text(number) && !number.starts_with('<') && !number.ends_with('<');
    let good = inner && fits(record.format, number);
    let Some(overflow) = record.format.overflow() else {
        return put(zone, cells, number, good, EmitError::DocumentNumber);
    };
    let (first, rest) = number.split_at_checked(cells.len()).unwrap_or((number, ""));
    // A filler at the ninth place or in the rest would end the number there.
    let whole = rest.is_empty() || !first.ends_with('<') && !rest.contains('<');
    put(zone, cells, first, good && whole, EmitError::DocumentNumber)?;
    let mut optional = String::from(rest);
    if !rest.is_empty() {
        optional.push(char::from(b'0' + digit_of(number.bytes())));
        optional.push('<');
        if optional.len() > overflow.len() {
            return Err(EmitError::DocumentNumber);
        }
    }
    optional.push_str(record.optional_1);
    put(zone, overflow, &optional, is_text(record.optional_1), EmitError::Optional)
}

/// Whether a document number has the form that the format's have, if there is one.
fn fits(format: Format, number: &str) -> bool {
    match format {
        Format::LicenceNld => number.len() == 10 && format.is_number(number),
        Format::LicenceChe => {
            let mut cells = String::from(number);
            cells.push_str("<<");
            cells.len() == 9 && format.is_number(&cells)
        }
        _ => true,
    }
}

fn put(zone: &mut Zone, cells: Cells, text: &str, good: bool, error: EmitError) -> Result<(), EmitError> {
    if !good || text.len() > cells.len() {
        return Err(error);
    }
    zone.put(cells, text);
    Ok(())
}

/// A name in at most `room` cells.
fn name(primary: &[&str], secondary: &[&str], style: TruncationStyle, room: usize) -> Result<String, EmitError> {
    let good = |component: &&str| !component.is_empty() && component.bytes().all(|cell| cell.is_ascii_uppercase());
    let letters: usize = primary.iter().chain(secondary).map(|component| component.len()).sum();
    if primary.is_empty() || letters > MAX_TEXT_LEN || !primary.iter().chain(secondary).all(good) {
        return Err(EmitError::Name);
    }
    let whole = primary;
    let mut primary: Vec<&str> = primary.to_vec();
    let separator = if secondary.is_empty() { 0 } else { 2 };
    if length(&primary) + separator + length(secondary) <= room {
        return Ok(joined(&primary, secondary));
    }
    if secondary.is_empty() {
        return fill(&primary, style, room).ok_or(EmitError::Name);
    }
    if style == TruncationStyle::FixedLength && primary.len() > 2 {
        // As long as the first given name stays whole and the next one has its initial.
        let given = secondary[0].len() + if secondary.len() > 1 { 2 } else { 0 };
        let most = primary.iter().map(|component| component.len()).max().unwrap_or(0);
        let cut = |most: usize| primary.iter().map(|part| &part[..most.min(part.len())]).collect::<Vec<_>>();
        if let Some(most) = (1..=most).rev().find(|&most| length(&cut(most)) + 2 + given <= room) {
            primary = cut(most);
        }
    }
    // The surname gives way until one letter of the given names has room.
    let longest = room.checked_sub(3).ok_or(EmitError::Name)?;
    if length(&primary) > longest {
        primary = shortened(&primary, style, longest).ok_or(EmitError::Name)?;
    }
    let mut left = room - length(&primary) - 2;
    // What the given names leave free goes back to the surname, so that the last cell is a letter.
    for (component, whole) in primary.iter_mut().zip(whole) {
        let back = left.saturating_sub(length(secondary)).min(whole.len() - component.len());
        *component = &whole[..component.len() + back];
        left -= back;
    }
    let secondary = fill(secondary, style, left).ok_or(EmitError::Name)?;
    Ok(joined(&primary, &[&secondary]))
}

/// Components that have exactly this length and end with a letter; shorter only if all of them fit.
fn fill(components: &[&str], style: TruncationStyle, room: usize) -> Option<String> {
    if length(components) <= room {
        return Some(components.join("<"));
    }
    let mut kept = components.to_vec();
    if style == TruncationStyle::Initials && kept.len() > 1 {
        // The last one becomes its initial, the one before gives way as far as needed, and so on.
        for place in (0..kept.len()).rev() {
            let over = length(&kept).saturating_sub(room);
            let component = kept[place];
            let last = place + 1 == kept.len();
            let left = if last { 1 } else { component.len().saturating_sub(over).max(1) };
            kept[place] = &component[..left];
        }
        if length(&kept) == room {
            return Some(kept.join("<"));
        }
        kept = components.to_vec();
    }
    // Cut behind the last letter that has room. Were that a filler, one letter more goes, and the next initial comes.
    while length(&kept) > room {
        let last = kept.pop()?;
        let before = length(&kept) + usize::from(!kept.is_empty());
        match room.checked_sub(before) {
            Some(letters @ 1..) => kept.push(&last[..letters.min(last.len())]),
            Some(0) => {
                let shorter = kept.iter().rposition(|component| component.len() > 1)?;
                kept[shorter] = &kept[shorter][..kept[shorter].len() - 1];
                kept.push(&last[..1]);
            }
            None => {}
        }
    }
    Some(kept.join("<"))
}

/// A surname of at most this length, every component with at least its initial.
fn shortened<'a>(components: &[&'a str], style: TruncationStyle, most: usize) -> Option<Vec<&'a str>> {
    let mut kept = components.to_vec();
    while length(&kept) > most {
        let over = length(&kept) - most;
        let place = match style {
            TruncationStyle::Initials => kept.iter().rposition(|component| component.len() > 1)?,
            // The longest one, so that none is mutilated before the others.
            TruncationStyle::Cut | TruncationStyle::FixedLength => {
                let longest = kept.iter().map(|component| component.len()).max().filter(|&longest| longest > 1)?;
                kept.iter().rposition(|component| component.len() == longest)?
            }
        };
        let component = kept[place];
        // A single surname keeps what fits.
        let left = match style {
            TruncationStyle::Initials if kept.len() > 1 => 1,
            TruncationStyle::Initials => component.len().saturating_sub(over).max(1),
            TruncationStyle::Cut | TruncationStyle::FixedLength => component.len() - 1,
        };
        kept[place] = &component[..left];
    }
    Some(kept)
}

/// How long components are with a filler between each two.
fn length(components: &[&str]) -> usize {
    components.iter().map(|component| component.len() + 1).sum::<usize>().saturating_sub(1)
}

fn joined(primary: &[&str], secondary: &[&str]) -> String {
    let mut name = primary.join("<");
    if !secondary.is_empty() {
        name.push_str("<<");
        name.push_str(&secondary.join("<"));
    }
    name
}

/// What was made of ASCII here.
fn text(cells: &[u8]) -> &str {
    core::str::from_utf8(cells).unwrap_or_default()
}

fn is_text(text: &str) -> bool {
    text.bytes().all(|cell| matches!(cell, b'A'..=b'Z' | b'0'..=b'9' | b'<'))
}

fn is_code(code: &str) -> bool {
    (1..=3).contains(&code.len()) && code.bytes().all(|cell| cell.is_ascii_uppercase())
}

fn is_digits(digits: &str, length: usize) -> bool {
    digits.len() == length && digits.bytes().all(|cell| cell.is_ascii_digit())
}
