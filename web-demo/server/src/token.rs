//! Bearer secrets that the portal hands out: cookies, links, tickets. 256 random bits; the database keeps their SHA-256.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// A fresh token: 43 characters of base64url. `Debug` does not show it.
#[derive(Clone)]
pub struct Token(Zeroizing<String>);

impl Token {
    /// 256 bits from the system.
    ///
    /// # Panics
    /// When the system has no randomness to give, where going on would be worse.
    #[must_use]
    pub fn random() -> Self {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        getrandom::fill(bytes.as_mut_slice()).expect("the system's random number generator works");
        Self(Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes.as_slice())))
    }

    /// The text. Each call hands it to its owner: a cookie, a link, an answer.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What the database keeps of it.
    #[must_use]
    pub fn hash(&self) -> Vec<u8> {
        hash(&self.0)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// What the database keeps of a token that somebody presents. A plain hash is enough for 256 random bits.
#[must_use]
pub fn hash(presented: &str) -> Vec<u8> {
    Sha256::digest(presented).to_vec()
}
