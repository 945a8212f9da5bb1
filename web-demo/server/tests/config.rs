//! The configuration: what an operator reads is what the program takes.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use gatepass_portal::config::{Config, ConfigError};
use serde_json::Value;

/// `section.key` of every setting, with its default.
fn keys() -> BTreeMap<String, Value> {
    let default = serde_json::to_value(Config::default()).unwrap();
    let mut keys = BTreeMap::new();
    for (section, value) in default.as_object().unwrap() {
        match value.as_object() {
            Some(fields) => keys.extend(fields.iter().map(|(key, value)| (format!("{section}.{key}"), value.clone()))),
            None => {
                keys.insert(section.clone(), value.clone());
            }
        }
    }
    keys
}

/// An operator looks a key up and finds it, once, with the default it has.
#[test]
fn every_key_is_documented_once_with_its_default() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/configuration.md")).unwrap();
    let rows: Vec<Vec<&str>> =
        text.lines().filter(|line| line.starts_with("| `")).map(|line| line.split(" | ").collect()).collect();
    let documented: BTreeSet<String> = rows.iter().map(|row| row[0].trim_matches(['|', ' ', '`']).to_owned()).collect();
    assert_eq!(documented.len(), rows.len(), "a key stands twice");
    assert_eq!(documented, keys().into_keys().collect());
    for row in rows {
        let (key, shown) = (row[0].trim_matches(['|', ' ', '`']), row[1].trim_matches('`'));
        if shown == "number of processors" {
            continue;
        }
        let default = match &keys()[key] {
            Value::Null => "–".to_owned(),
            Value::Array(list) if list.is_empty() => "–".to_owned(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        assert_eq!(shown, default, "{key}");
    }
}

fn load(text: &str) -> Result<Config, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("gatepass.toml");
    std::fs::write(&file, text).unwrap();
    Config::load(Some(&file))
}

/// A misspelt key must not silently be a default.
#[test]
fn unknown_and_senseless_settings_are_refused_by_name() {
    for fine in [
        "",
        "[server]\npublic_url = \"https://gatepass.example\"",
        "[server]\npublic_url = \"http://127.0.0.1:8080\"",
        "[server]\npublic_url = \"http://[::1]:8080\"",
        "development = true\n[server]\npublic_url = \"http://192.0.2.7:8080\"",
    ] {
        assert!(load(fine).is_ok(), "{fine}");
    }
    assert_eq!(load("[server]\nlisten = \"127.0.0.1:9\"").unwrap().server.listen.port(), 9);
    for (text, name) in [
        ("[server]\nlistn = \"127.0.0.1:1\"", "listn"),
        ("[sever]\nlisten = \"127.0.0.1:1\"", "sever"),
        ("[server]\nlisten = \"here\"", "listen"),
        ("[server]\npublic_url = \"gatepass.example\"", "server.public_url"),
        ("[server]\npublic_url = \"https://gatepass.example/\"", "server.public_url"),
        ("[server]\npublic_url = \"https://gatepass.example/x\"", "server.public_url"),
        ("[server]\ntls_cert = \"a.pem\"", "server.tls_key"),
        ("[database]\nurl = \"mysql://x\"", "database.url"),
        ("[mail]\ntransport = \"smtp\"", "mail.smtp_url"),
        ("[mail]\ntransport = \"pigeon\"", "transport"),
        ("[mail]\nfrom = \"nobody\"", "mail.from"),
        ("[mail]\nmailbox = true", "mail.mailbox"),
        ("[clock]\noffset_file = \"offset\"", "clock.offset_file"),
        ("[accounts]\npassword_memory_kib = 64", "accounts.password_memory_kib"),
        ("[throttle]\naccount_tries = 0", "throttle.account_tries"),
        ("[throttle]\nhard_stop = 1000", "throttle.hard_stop"),
        ("[throttle]\nhard_stop = 0", "throttle.hard_stop"),
        ("[throttle]\nlongest_pause_seconds = 0", "throttle.longest_pause_seconds"),
        ("[throttle]\nfirst_pause_seconds = 60\nlongest_pause_seconds = 30", "throttle.first_pause_seconds"),
        ("[accounts]\nsession_idle_minutes = 0", "accounts.session_idle_minutes"),
        ("[accounts]\nsession_hours = 0", "accounts.session_hours"),
        ("[accounts]\nconfirm_hours = 0", "accounts.confirm_hours"),
        ("[accounts]\nreset_minutes = 0", "accounts.reset_minutes"),
        ("[server]\nmax_connections = 0", "server.max_connections"),
        ("[server]\npublic_url = \"http://gatepass.example\"", "server.public_url"),
        ("[server]\npublic_url = \"http://localhost.example:8080\"", "server.public_url"),
        ("[server]\npublic_url = \"http://192.0.2.7\"", "server.public_url"),
        ("not toml", ""),
    ] {
        let error = load(text).unwrap_err().to_string();
        assert!(error.contains(name), "{text}: {error}");
    }
    assert!(Config::load(Some(std::path::Path::new("/nowhere/gatepass.toml"))).is_err());
}

/// What may hold a password is not shown when a configuration ends up in a log.
#[test]
fn debug_shows_no_password() {
    let config = load("[database]\nurl = \"postgres://u:hemligt@h/d\"\n[metrics]\ntoken = \"hemligt\"\n[mail]\nsmtp_url = \"smtp://u:hemligt@h\"").unwrap();
    assert!(!format!("{config:?}").contains("hemligt"));
}
