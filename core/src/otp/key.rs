use core::fmt;

use hmac::digest::block_api::EagerHash;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Sha256, Sha512};

use super::{Algorithm, Code, Format};
use crate::secret::Secret;

/// A secret made ready for one algorithm: the two hash states that every HMAC with this secret begins with
/// (RFC 2104 §4). Making one costs half of a code; keep it where many codes of one account are needed.
///
/// Wiped when dropped; `Debug` prints a fixed text.
#[derive(Clone)]
pub struct Key(State);

#[derive(Clone)]
enum State {
    Sha1(Hmac<Sha1>),
    Sha256(Hmac<Sha256>),
    Sha512(Hmac<Sha512>),
}

impl Key {
    /// The key for this secret and algorithm.
    #[must_use]
    pub fn new(secret: &Secret, algorithm: Algorithm) -> Self {
        // Exposed: this is what the secret is for.
        let secret = secret.expose();
        Self(match algorithm {
            Algorithm::Sha1 => State::Sha1(keyed(secret)),
            Algorithm::Sha256 => State::Sha256(keyed(secret)),
            Algorithm::Sha512 => State::Sha512(keyed(secret)),
        })
    }

    /// The algorithm that the key was made for.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        match self.0 {
            State::Sha1(_) => Algorithm::Sha1,
            State::Sha256(_) => Algorithm::Sha256,
            State::Sha512(_) => Algorithm::Sha512,
        }
    }

    /// The code for a counter (RFC 4226 §5.2) or for a time step (RFC 6238 §4.2).
    #[must_use]
    pub fn hotp(&self, counter: u64, format: Format) -> Code {
        format.write(match &self.0 {
            State::Sha1(state) => truncated(state, counter),
            State::Sha256(state) => truncated(state, counter),
            State::Sha512(state) => truncated(state, counter),
        })
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// The code of `secret` for `counter`, RFC 4226 §5.2. For more than one code of an account, keep a [`Key`].
#[must_use]
pub fn hotp(secret: &Secret, algorithm: Algorithm, format: Format, counter: u64) -> Code {
    Key::new(secret, algorithm).hotp(counter, format)
}

fn keyed<D: EagerHash>(secret: &[u8]) -> Hmac<D> {
    Hmac::new_from_slice(secret).expect("HMAC takes a key of any length")
}

/// Dynamic truncation, RFC 4226 §5.3: the 31 bits that the MAC's own last four bits point at.
fn truncated<D: EagerHash>(state: &Hmac<D>, counter: u64) -> u32 {
    let mut state = state.clone();
    state.update(&counter.to_be_bytes());
    let mac = state.finalize().into_bytes();
    let offset = usize::from(mac[mac.len() - 1] & 0x0f);
    u32::from_be_bytes([mac[offset], mac[offset + 1], mac[offset + 2], mac[offset + 3]]) & 0x7fff_ffff
}
