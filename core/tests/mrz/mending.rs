//! How often mending is wrong: zones in which one to three characters were misread for others of their shape, or for any.

use super::beside::Numbers;
use super::*;

const ZONES: usize = 5_000;
const SEED: u64 = 77;

/// What a character is misread for. Made from the shapes, not from the table that mends them.
fn misread(cell: u8, numbers: &mut Numbers) -> Option<u8> {
    let alike: &[u8] = match cell {
        b'0' => b"ODQ",
        b'1' => b"ILT",
        b'2' => b"Z",
        b'4' => b"A",
        b'5' => b"S",
        b'6' | b'9' => b"G",
        b'7' => b"TZ",
        b'8' => b"B",
        b'O' | b'D' | b'Q' => b"0",
        b'I' | b'L' => b"1",
        b'Z' => b"2",
        b'S' => b"5",
        b'B' => b"8",
        b'G' => b"6",
        b'T' => b"7",
        b'A' => b"4",
        _ => return None,
    };
    Some(numbers.of(alike))
}

/// A date of birth that was mended wrongly is a date that no one misread: it looks sure and is another person's.
#[test]
fn mending_is_hardly_ever_wrong() {
    for (alike, most_wrong) in [(true, 8), (false, 40)] {
        for format in [Format::Td1, Format::Td3, Format::MrvA] {
            for characters in 1..=3 {
                let (right, wrong) = mended(format, characters, alike);
                println!("{} {characters} of the same shape: {alike}, right {right}, wrong {wrong}", format.code());
                assert!(wrong <= most_wrong, "{} {characters} {alike}: {wrong}", format.code());
                assert!(characters > 1 || wrong == 0, "one misread character is never mended wrongly");
                assert!(!alike || right > ZONES * 2 / 5, "{} {characters}: {right}", format.code());
            }
        }
    }
}

/// How many zones were mended with only right characters, and with a wrong one.
fn mended(format: Format, characters: usize, alike: bool) -> (usize, usize) {
    let mut numbers = Numbers(SEED);
    let (mut right, mut wrong) = (0, 0);
    for _ in 0..ZONES {
        let (birth_date, expiry_date) = (numbers.whole_date(1926), numbers.whole_date(2000));
        let number = numbers.text(CELLS, 9, 9);
        let document_code = match format {
            Format::Td1 => "I",
            Format::Td3 => "P",
            _ => "V",
        };
        let record = Record { format, document_code, document_number: &number, birth_date, expiry_date, ..eriksson() };
        let text = mrz::emit(&record).expect("fits").to_text();
        let read = mrz::parse(&text, today()).expect("what we write we read");
        let places = covered(&read);
        let mut misread_text = text.clone();
        let mut changed = 0;
        while changed < characters {
            let place = places[numbers.below(places.len())];
            let cell = misread_text.as_bytes()[place];
            let other = if alike { misread(cell, &mut numbers) } else { Some(numbers.of(CELLS)) };
            let Some(other) = other.filter(|&other| other != cell && cell == text.as_bytes()[place]) else { continue };
            misread_text.replace_range(place..=place, &char::from(other).to_string());
            changed += 1;
        }
        let Some(mended) = mrz::repair(&mrz::parse(&misread_text, today()).expect("a zone"), today()) else { continue };
        let width = format.line_lengths()[0] + 1;
        let holds = mended.repairs().iter().all(|change| {
            let (line, column) = change.place();
            char::from(text.as_bytes()[(line - 1) * width + column - 1]) == change.meant()
        });
        if holds { right += 1 } else { wrong += 1 }
    }
    (right, wrong)
}

const CELLS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
