use core::fmt;

use sha1::Sha1;
use sha2::{Sha256, Sha512};

use super::hmac::Keyed;
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
    Sha1(Keyed<Sha1>),
    Sha256(Keyed<Sha256>),
    Sha512(Keyed<Sha512>),
}

impl Key {
    /// The key for this secret and algorithm.
    #[must_use]
    pub fn new(secret: &Secret, algorithm: Algorithm) -> Self {
        // Exposed: this is what the secret is for.
        let secret = secret.expose();
        Self(match algorithm {
            Algorithm::Sha1 => State::Sha1(Keyed::new(secret)),
            Algorithm::Sha256 => State::Sha256(Keyed::new(secret)),
            Algorithm::Sha512 => State::Sha512(Keyed::new(secret)),
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
        let [value] = self.truncated([counter]);
        format.code(value)
    }

    /// The truncated values for some counters, RFC 4226 §5.3.
    ///
    /// In WebAssembly one after the other: side by side gains nothing there, and its code is 3 KB more to download.
    pub(super) fn truncated<const N: usize>(&self, counters: [u64; N]) -> [u32; N] {
        if cfg!(target_arch = "wasm32") {
            counters.map(|counter| {
                let [value] = self.truncated_macs([counter]);
                value
            })
        } else {
            self.truncated_macs(counters)
        }
    }

    #[inline]
    fn truncated_macs<const N: usize>(&self, counters: [u64; N]) -> [u32; N] {
        match &self.0 {
            State::Sha1(state) => state.truncated_macs(counters),
            State::Sha256(state) => state.truncated_macs(counters),
            State::Sha512(state) => state.truncated_macs(counters),
        }
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
    // Without a `Key` in between, which has room for the largest state and would be moved about.
    // Exposed: this is what the secret is for.
    let secret = secret.expose();
    let [value] = match algorithm {
        Algorithm::Sha1 => Keyed::<Sha1>::new(secret).truncated_macs([counter]),
        Algorithm::Sha256 => Keyed::<Sha256>::new(secret).truncated_macs([counter]),
        Algorithm::Sha512 => Keyed::<Sha512>::new(secret).truncated_macs([counter]),
    };
    format.code(value)
}
