//! A vault that only our own code can read would be lost with it: the file against a second reader, written from
//! `docs/vault-format.md` with other libraries (`tests/interop/vault_reader.py`).

#![cfg(feature = "vault")]
#![allow(clippy::unwrap_used, reason = "a test that fails is what a test is for")]

mod entropy;

use std::path::PathBuf;
use std::process::Command;

use entropy::Counting;
use gatepass_core::otp::{Algorithm, Counter, Digits};
use gatepass_core::otpauth::{Kind, Otpauth};
use gatepass_core::secret::Secret;
use gatepass_core::vault::{KdfParams, Unlock, Vault};
use gatepass_tests::vectors;
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    valid: Vec<Valid>,
    invalid: Vec<Invalid>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Valid {
    name: String,
    file: String,
    password: String,
    device_key: Option<String>,
    vault_id: String,
    generation: u64,
    entries: Vec<Account>,
}

#[derive(Deserialize)]
struct Account {
    id: String,
    version: u64,
    uri: String,
    issuer: Option<String>,
    account: Option<String>,
}

#[derive(Deserialize)]
struct Invalid {
    name: String,
    file: String,
    password: String,
    code: String,
}

fn bytes(hex: &str) -> Vec<u8> {
    hex.as_bytes().chunks(2).map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn files_of_the_second_writer_open() {
    let vectors: Vectors = vectors::load("vault.json").unwrap();
    assert!(vectors.valid.len() >= 4);
    for case in &vectors.valid {
        let file = bytes(&case.file);
        let key: Option<[u8; 32]> = case.device_key.as_deref().map(|key| bytes(key).try_into().unwrap());
        let ways = [Some(Unlock::Password(&case.password)), key.as_ref().map(Unlock::DeviceKey)];
        for unlock in ways.into_iter().flatten() {
            let vault = Vault::unlock(&file, unlock).unwrap_or_else(|error| panic!("{}: {error:?}", case.name));
            assert_eq!(hex(vault.id()), case.vault_id, "{}", case.name);
            assert_eq!(vault.generation(), case.generation, "{}", case.name);
            assert_eq!(vault.entries().len(), case.entries.len(), "{}", case.name);
            for (entry, want) in vault.entries().iter().zip(&case.entries) {
                assert_eq!(entry.id().to_string(), want.id);
                assert_eq!(entry.version(), want.version);
                assert_eq!(*entry.otpauth().emit(), want.uri);
                assert_eq!(entry.given_issuer(), want.issuer.as_deref());
                assert_eq!(entry.given_account(), want.account.as_deref());
            }
        }
    }
}

#[test]
fn bad_files_are_refused_for_the_listed_reason() {
    let vectors: Vectors = vectors::load("vault.json").unwrap();
    assert!(vectors.invalid.len() >= 20);
    for case in &vectors.invalid {
        let error = Vault::unlock(&bytes(&case.file), Unlock::Password(&case.password)).map(drop).unwrap_err();
        assert_eq!(error.code(), case.code, "{}", case.name);
    }
}

/// A vault with a bit of everything, the same in every run.
fn of_the_core() -> Vec<u8> {
    let mut entropy = Counting::new(2026);
    let mut vault = Vault::create("lösenord på svenska", KdfParams::FLOOR, &mut entropy).unwrap();
    vault.add_device_key(&[0x5a; 32], &mut entropy).unwrap();
    let secret = |byte: u8| Secret::from_bytes(&[byte; 20]).unwrap();
    let hotp = Kind::Hotp {
        algorithm: Algorithm::Sha256,
        digits: Digits::new(8).unwrap(),
        counter: Counter::new(u64::from(u32::MAX)).unwrap(),
    };
    let ids = [
        Otpauth::new(Kind::default(), "Gatepass", "alice@example.com", secret(1)).unwrap(),
        Otpauth::new(hotp, "Låssmed & Co", "bo: 2", secret(2)).unwrap(),
        Otpauth::new(Kind::default(), "", "", secret(3)).unwrap(),
    ]
    .map(|account| vault.add(account, &mut entropy).unwrap());
    vault.rename(ids[1], Some("鍵屋"), Some("")).unwrap();
    vault.save(&mut entropy);
    vault.reorder(&[ids[2], ids[0], ids[1]]).unwrap();
    vault.save(&mut entropy)
}

#[test]
fn the_file_in_the_vectors_is_what_the_core_writes() {
    let vectors: Vectors = vectors::load("vault.json").unwrap();
    let ours = hex(&of_the_core());
    if let Some(path) = std::env::var_os("GATEPASS_WRITE_VAULT_VECTOR") {
        let file = serde_json::json!({ "files": [{
            "name": "written by the core",
            "file": ours,
            "password": "lösenord på svenska",
            "deviceKey": hex(&[0x5a; 32]),
        }] });
        std::fs::write(path, file.to_string()).unwrap();
        return;
    }
    let theirs = vectors.valid.iter().find(|case| case.name == "written by the core");
    assert!(theirs.is_some_and(|case| case.file == ours), "the format or the order of random bytes has changed");
}

/// Runs where the Python of `cargo xtask setup` is; `GATEPASS_PYTHON` names another one.
#[test]
fn the_second_reader_reads_what_the_core_writes_now() {
    let python = std::env::var_os("GATEPASS_PYTHON")
        .map_or_else(|| vectors::repository().join("target/tools/venv/bin/python"), PathBuf::from);
    let script = vectors::repository().join("tests/interop/vault_reader.py");
    let has_libraries = Command::new(&python)
        .args(["-c", "import argon2.low_level, nacl.bindings"])
        .output()
        .is_ok_and(|output| output.status.success());
    if !has_libraries {
        assert!(std::env::var_os("CI").is_none(), "the second reader needs the Python of `cargo xtask setup`");
        return;
    }
    let file = tempfile();
    std::fs::write(&file, of_the_core()).unwrap();
    let read = Command::new(&python)
        .arg(&script)
        .arg("read")
        .arg(&file)
        .args(["--password", "lösenord på svenska"])
        .output()
        .unwrap();
    std::fs::remove_file(&file).unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let read: serde_json::Value = serde_json::from_slice(&read.stdout).unwrap();
    assert_eq!(read["entries"].as_array().unwrap().len(), 3);
    assert_eq!(read["entries"][2]["issuer"], "鍵屋");

    let checked =
        Command::new(&python).arg(&script).arg("check").arg(vectors::folder().join("vault.json")).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}

fn tempfile() -> PathBuf {
    std::env::temp_dir().join(format!("gatepass-vault-{}", std::process::id()))
}
