//! Any text as a machine-readable zone: no panic, and mending changes only what it says, in places that a check digit
//! covers.

#![no_main]

use gatepass_core::identity::date::Date;
use gatepass_core::identity::mrz::{Field, parse, proposals, repair};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((&[high, low], rest)) = data.split_first_chunk() else { return };
    let Ok(text) = str::from_utf8(rest) else { return };
    // The reference date belongs to the question.
    let today = Date::from_unix(u64::from(u16::from_be_bytes([high, low])) * 86_400);
    let Ok(mrz) = parse(text, today) else { return };
    assert_eq!(parse(&mrz.zone().to_text(), today).as_ref(), Ok(&mrz), "read again it is another zone");
    let _ = proposals(&mrz, today);
    let Some(mended) = repair(&mrz, today) else { return };
    assert!(!mended.repairs().is_empty());
    let mut lines: Vec<String> = mended.zone().lines().to_vec();
    for change in mended.repairs() {
        let untouched = [Field::Name, Field::Issuer, Field::Nationality, Field::Sex, Field::DocumentCode];
        assert!(!change.field().is_some_and(|field| untouched.contains(&field)));
        let (line, column) = change.place();
        assert_eq!(lines[line - 1].as_bytes()[column - 1], change.meant() as u8);
        lines[line - 1].replace_range(column - 1..column, &change.read().to_string());
    }
    assert_eq!(lines, mrz.zone().lines(), "more was changed than is said");
});
