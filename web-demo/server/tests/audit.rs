//! The audit log: every event there is, is recorded by something.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{collections::BTreeSet, fs, path::Path};

/// An event that nothing records is a question an auditor asks in vain.
#[test]
fn every_event_is_recorded_somewhere() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let list = fs::read_to_string(folder.join("audit.rs")).unwrap();
    let block = list.split("events! {").nth(2).unwrap_or_else(|| list.split("events! {").nth(1).unwrap());
    let events: BTreeSet<String> = block
        .lines()
        .take_while(|line| !line.starts_with('}'))
        .filter_map(|line| line.trim().split_once(" = \""))
        .map(|(name, _)| name.to_owned())
        .collect();
    assert!(events.len() >= 28, "{events:?}");
    let mut source = String::new();
    read(&folder, &mut source);
    for event in events {
        let name = format!("Event::{event}");
        let recorded = source
            .match_indices(&name)
            .any(|(at, _)| !source[at + name.len()..].starts_with(|next: char| next.is_alphanumeric()));
        assert!(recorded, "nothing records {event}");
    }
}

fn read(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            read(&entry, into);
        } else if entry.extension().is_some_and(|ending| ending == "rs") && !entry.ends_with("audit.rs") {
            into.push_str(&fs::read_to_string(&entry).unwrap());
        }
    }
}
