//! The two primitives the format is made of, with their domains.

use alloc::vec::Vec;

use chacha20poly1305::{
    Key, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::Entropy;

pub(super) const NONCE_LEN: usize = 24;
pub(super) const TAG_LEN: usize = 16;

pub(super) const SLOT_DOMAIN: &[u8] = b"gatepass-vault-1 slot";
pub(super) const INDEX_DOMAIN: &[u8] = b"gatepass-vault-1 index";
pub(super) const ENTRY_DOMAIN: &[u8] = b"gatepass-vault-1 entry";
pub(super) const DEVICE_DOMAIN: &[u8] = b"gatepass-vault-1 device";

/// A key of one purpose: HMAC-SHA-256 keyed with `key` over the parts one after the other.
pub(super) fn subkey(key: &[u8; 32], parts: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of every length");
    for part in parts {
        mac.update(part);
    }
    Zeroizing::new(mac.finalize().into_bytes().into())
}

/// XChaCha20-Poly1305 with a fresh random nonce: nonce, then ciphertext with its tag.
pub(super) fn seal(
    key: &[u8; 32],
    associated: &[u8],
    plaintext: &[u8],
    entropy: &mut dyn Entropy,
) -> ([u8; NONCE_LEN], Vec<u8>) {
    let mut nonce = [0; NONCE_LEN];
    entropy.fill(&mut nonce);
    let ciphertext = XChaCha20Poly1305::new(&Key::from(*key))
        .encrypt(&XNonce::from(nonce), Payload { msg: plaintext, aad: associated })
        .expect("a vault's messages are far shorter than the cipher's 256 GiB");
    (nonce, ciphertext)
}

/// The plaintext, or nothing when anything is not as it was sealed.
pub(super) fn open(
    key: &[u8; 32],
    nonce: &[u8; NONCE_LEN],
    associated: &[u8],
    ciphertext: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    XChaCha20Poly1305::new(&Key::from(*key))
        .decrypt(&XNonce::from(*nonce), Payload { msg: ciphertext, aad: associated })
        .ok()
        .map(Zeroizing::new)
}

pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
