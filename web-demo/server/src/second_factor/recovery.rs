//! Recovery codes: for the day the phone is gone.
//!
//! Ten codes of 80 bits each, shown once. The database holds an Argon2id hash, salted by the account: a stolen database,
//! even together with the keys, gives no code (NIST SP 800-63B-4 §3.1.2.2 asks for a salted password hash below 112 bits),
//! and a rotation of the sealing keys has nothing to do here. One try costs one hash, whatever the number of codes: the
//! salt is the account's, so the row is found by its hash and spent in the same statement.

use std::sync::LazyLock;

use argon2::{Algorithm, Argon2, Params, Version};
use gatepass_core::secret::{self, Secret};
use uuid::Uuid;
use zeroize::Zeroizing;

/// Codes in a set.
pub const CODES: usize = 10;
/// Random bytes of a code: 80 bits, 16 characters of base32.
const BYTES: usize = 10;
const CHARACTERS: usize = 16;
const GROUP: usize = 4;

/// OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, two passes, one lane. Part of the stored form: a change needs a
/// new domain string in `hash` and a look at both.
static ARGON2: LazyLock<Argon2<'static>> = LazyLock::new(|| {
    let params = Params::new(19 * 1024, 2, 1, Some(32)).expect("constants within Argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
});

/// The system has no randomness to give, or no memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("recovery codes cannot be made or checked: no randomness or no memory")]
pub struct RecoveryError;

/// A recovery code in its plain form: 16 capital letters and digits 2 to 7, no hyphens.
pub struct RecoveryCode(Zeroizing<String>);

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

impl RecoveryCode {
    /// A new one.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn random() -> Result<Self, RecoveryError> {
        let mut bytes = Zeroizing::new([0_u8; BYTES]);
        getrandom::fill(bytes.as_mut_slice()).map_err(|_| RecoveryError)?;
        Ok(Self(Secret::from_bytes(bytes.as_slice()).map_err(|_| RecoveryError)?.to_base32()))
    }

    /// Reads what a person typed: any case, spaces and hyphens anywhere, `0`, `1` and `8` for the letters they look like.
    /// `None` when it cannot be a code.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        if typed.len() > 4 * CHARACTERS {
            return None;
        }
        let kept =
            Zeroizing::new(typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–')).collect::<String>());
        let plain = match secret::suggest_base32(&kept) {
            Some(suggested) => Zeroizing::new(suggested.to_ascii_uppercase()),
            None => Zeroizing::new(kept.to_ascii_uppercase()),
        };
        let right = plain.len() == CHARACTERS && plain.bytes().all(|b| matches!(b, b'A'..=b'Z' | b'2'..=b'7'));
        right.then_some(Self(plain))
    }

    /// As shown to its owner: `ABCD-EFGH-IJKL-MNOP`.
    #[must_use]
    pub fn shown(&self) -> Zeroizing<String> {
        let mut shown = Zeroizing::new(String::with_capacity(CHARACTERS + CHARACTERS / GROUP));
        for (at, character) in self.0.chars().enumerate() {
            if at > 0 && at % GROUP == 0 {
                shown.push('-');
            }
            shown.push(character);
        }
        shown
    }

    /// What the database holds of it. Takes about 20 ms and 19 MiB: call it on a blocking thread, after the throttle.
    ///
    /// # Errors
    /// When there is no memory.
    pub fn hash(&self, account: Uuid) -> Result<[u8; 32], RecoveryError> {
        let salt = [b"gatepass recovery code 1".as_slice(), account.as_bytes()].concat();
        let mut hash = [0_u8; 32];
        ARGON2.hash_password_into(self.0.as_bytes(), &salt, &mut hash).map_err(|_| RecoveryError)?;
        Ok(hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_copy_it() {
        let account = Uuid::from_u128(1);
        let code = RecoveryCode::random().unwrap();
        let shown = code.shown();
        assert_eq!(shown.len(), 19);
        let hash = code.hash(account).unwrap();
        let spaced = format!("  {} ", shown.replace('-', " ").to_lowercase());
        let confused = shown.replace('O', "0").replace('I', "1").replace('B', "8");
        for typed in [shown.as_str(), &spaced, &shown.replace('-', ""), &shown.replace('-', " - "), &confused] {
            assert_eq!(RecoveryCode::read(typed).unwrap().hash(account).unwrap(), hash, "one of the ways to write it");
        }
        assert_ne!(code.hash(Uuid::from_u128(2)).unwrap(), hash, "the same code of another account");
    }

    #[test]
    fn what_cannot_be_a_code_is_not_hashed() {
        for typed in
            ["", "123456", "AAAA-BBBB-CCCC", "AAAA-BBBB-CCCC-DDDD-EEEE", "AAAA-BBBB-CCCC-DDD!", "ÅÄÖÅ-BBBB-CCCC-DDDD"]
        {
            assert!(RecoveryCode::read(typed).is_none(), "{typed}");
        }
        assert!(RecoveryCode::read(&"A".repeat(100_000)).is_none());
    }

    #[test]
    fn a_code_never_shows_itself_by_mistake() {
        assert_eq!(format!("{:?}", RecoveryCode::read("AAAABBBBCCCCDDDD").unwrap()), "RecoveryCode(…)");
    }
}
