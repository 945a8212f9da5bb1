//! Any bytes as a vault file, and any bytes in place of what lies encrypted in one: no panic, and what opens is the
//! same after it was saved.
//!
//! Random bytes would never get past the checksum, the tags and Argon2. The first byte chooses how far the rest is let
//! in: the file as it is; with a checksum that matches; as the index's or the entry's plaintext, sealed with known
//! keys as `core/docs/vault-format.md` says. All ways open with a device key, which costs one HMAC.

#![no_main]

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use gatepass_core::vault::{Unlock, Vault, VaultHeader, pick_newest};
use hmac::{Hmac, KeyInit, Mac};
use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};

const DEVICE_KEY: [u8; 32] = [7; 32];
const VAULT_KEY: [u8; 32] = [9; 32];
const VAULT_ID: [u8; 16] = [1; 16];
const ENTRY_ID: [u8; 16] = [2; 16];
const VERSION: u64 = 1;

fuzz_target!(|data: &[u8]| {
    let Some((way, rest)) = data.split_first() else { return };
    match way % 4 {
        0 => try_all(rest),
        1 => try_all(&checksummed(rest.to_vec())),
        2 => try_all(&file(rest, &uri_plaintext(), true)),
        _ => try_all(&file(&[], rest, false)),
    }
});

fn try_all(bytes: &[u8]) {
    let _ = VaultHeader::read(bytes);
    let _ = pick_newest(bytes, &bytes[..bytes.len() / 2]);
    let device = Unlock::DeviceKey(&DEVICE_KEY);
    let _ = Vault::salvage(bytes, device);
    let Ok(mut vault) = Vault::unlock(bytes, device) else { return };
    let mut count = 0_u8;
    let saved = vault.save(&mut |bytes: &mut [u8]| {
        count = count.wrapping_add(1);
        bytes.fill(count);
    });
    let again = Vault::unlock(&saved, device).expect("what we save we open");
    let shown = |vault: &Vault| {
        let entry = |entry: &gatepass_core::vault::Entry| {
            (
                entry.id(),
                entry.version(),
                entry.issuer().map(str::to_owned),
                entry.account().to_owned(),
                entry.otpauth().clone(),
            )
        };
        vault.entries().iter().map(entry).collect::<Vec<_>>()
    };
    assert!(shown(&vault) == shown(&again), "saved and opened it is another vault");
}

fn checksummed(mut body: Vec<u8>) -> Vec<u8> {
    let checksum = Sha256::digest(&body);
    body.extend_from_slice(&checksum);
    body
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of every length");
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

fn seal(key: [u8; 32], associated: &[u8], plaintext: &[u8]) -> Vec<u8> {
    XChaCha20Poly1305::new(&Key::from(key))
        .encrypt(&XNonce::from([3; 24]), Payload { msg: plaintext, aad: associated })
        .expect("short enough")
}

fn uri_plaintext() -> Vec<u8> {
    let uri = "otpauth://totp/Gatepass:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Gatepass";
    let mut plaintext = vec![1, 0, uri.len() as u8, 0];
    plaintext.extend_from_slice(uri.as_bytes());
    plaintext.resize(256, 0);
    plaintext
}

/// A vault of one entry with this plaintext; its index is as it should be, or `index`.
fn file(index: &[u8], entry: &[u8], index_given: bool) -> Vec<u8> {
    let mut head = b"GPVAULT\x1a\x01\x00\x02\x00".to_vec();
    head.extend_from_slice(&VAULT_ID);
    head.extend_from_slice(&1_u64.to_le_bytes());
    // A password slot that no one opens, then the device slot.
    let mut password = [5; 120];
    password[..4].copy_from_slice(&[1, 0, 0, 0]);
    for (place, number) in [(20, 19_456_u32), (24, 2), (28, 1)] {
        password[place..place + 4].copy_from_slice(&number.to_le_bytes());
    }
    head.extend_from_slice(&password);
    let mut device = [0; 48];
    device[0] = 2;
    device[32..].fill(4);
    let wrapping = mac(&DEVICE_KEY, &[b"gatepass-vault-1 device", &device[32..]]);
    let bound = [b"gatepass-vault-1 slot", &VAULT_ID[..], &device].concat();
    head.extend_from_slice(&device);
    head.extend_from_slice(&[3; 24]);
    head.extend_from_slice(&seal(wrapping, &bound, &VAULT_KEY));

    let bound = [b"gatepass-vault-1 entry", &VAULT_ID[..], &ENTRY_ID, &VERSION.to_le_bytes()].concat();
    let entry = seal(mac(&VAULT_KEY, &[b"gatepass-vault-1 entry"]), &bound, entry);
    let items = [&ENTRY_ID[..], &VERSION.to_le_bytes(), &entry[entry.len() - 16..]].concat();
    let index = seal(
        mac(&VAULT_KEY, &[b"gatepass-vault-1 index"]),
        &[b"gatepass-vault-1 index", &head[..]].concat(),
        if index_given { index } else { &items },
    );
    let mut body = head;
    body.extend_from_slice(&(index.len() as u32).to_le_bytes());
    body.extend_from_slice(&[3; 24]);
    body.extend_from_slice(&index);
    body.extend_from_slice(&(entry.len() as u32).to_le_bytes());
    body.extend_from_slice(&ENTRY_ID);
    body.extend_from_slice(&VERSION.to_le_bytes());
    body.extend_from_slice(&[3; 24]);
    body.extend_from_slice(&entry);
    checksummed(body)
}
