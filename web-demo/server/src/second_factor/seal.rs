//! Sealing: how a shared secret stands in the database.
//!
//! XChaCha20-Poly1305 with a random 192-bit nonce. The associated data is the table, the row's id, its account and the key
//! version, each of fixed length or ended: a sealed value that is moved to another row, another table or another version, or
//! whose row is given to another account, does not open. The key is
//! outside the database ([`crate::keys`]). A sealed value is `nonce (24) ‖ ciphertext ‖ tag (16)`.

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead as _, KeyInit as _, Payload},
};
use gatepass_core::secret::Secret;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    keys::{KeyError, KeyVersion, Keyring, SealingKey},
    storage::entities::second_factor,
};

const NONCE: usize = 24;

/// The table of [`crate::storage::entities::second_factor`].
pub const SECOND_FACTORS: &str = "second_factors";

/// Where a sealed value lives; bound into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The table.
    pub table: &'static str,
    /// The row.
    pub id: Uuid,
    /// Whose row.
    pub account: Uuid,
}

impl Place {
    /// Where the secret of an authenticator lives.
    #[must_use]
    pub fn of(row: &second_factor::Model) -> Self {
        Self { table: SECOND_FACTORS, id: row.id, account: row.account_id }
    }
}

/// A sealed value and the version of the key that sealed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// `nonce ‖ ciphertext ‖ tag`.
    pub bytes: Vec<u8>,
    /// Which sealing key.
    pub version: KeyVersion,
}

/// Why a value could not be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// No key, or not the one that is wanted.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Wrong key, wrong place, or changed bytes: the seal does not say which.
    #[error("a sealed value of table {0} does not open: the row or the key was changed")]
    Broken(&'static str),
    /// The system has no randomness to give.
    #[error("the system's random number generator failed")]
    Random,
}

impl SealError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Key(error) => error.code(),
            Self::Broken(_) => "seal_broken",
            Self::Random => "random_failed",
        }
    }
}

/// Seals a secret with the key that is current now.
///
/// # Errors
/// [`SealError::Key`] when there is none, [`SealError::Random`].
pub fn seal(keyring: &Keyring, place: Place, secret: &Secret) -> Result<Sealed, SealError> {
    // The plain bytes are wanted here and only here: to encrypt them.
    seal_with(&*keyring.sealing()?, place, secret.expose())
}

/// Opens a sealed secret.
///
/// # Errors
/// [`SealError`]; a stale row of a value that was just sealed anew meets [`KeyError::UnknownVersion`] and should be read again.
pub fn open(keyring: &Keyring, place: Place, sealed: &[u8], version: KeyVersion) -> Result<Secret, SealError> {
    let plain = open_with(&*keyring.opening(version)?, place, sealed)?;
    Secret::from_bytes(&plain).map_err(|_| SealError::Broken(place.table))
}

/// The same value sealed with `to`, or `None` when it already is.
///
/// # Errors
/// [`SealError`].
pub fn reseal(
    keyring: &Keyring,
    to: &SealingKey,
    place: Place,
    sealed: &[u8],
    version: KeyVersion,
) -> Result<Option<Sealed>, SealError> {
    if version == to.version {
        return Ok(None);
    }
    let plain = open_with(&*keyring.opening(version)?, place, sealed)?;
    seal_with(to, place, &plain).map(Some)
}

fn seal_with(key: &SealingKey, place: Place, plain: &[u8]) -> Result<Sealed, SealError> {
    let mut nonce = [0_u8; NONCE];
    getrandom::fill(&mut nonce).map_err(|_| SealError::Random)?;
    let aad = associated_data(place, key.version);
    let cipher = XChaCha20Poly1305::new((&*key.bytes).into());
    let sealed = cipher
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &aad })
        .map_err(|_| SealError::Broken(place.table))?;
    Ok(Sealed { bytes: [nonce.as_slice(), &sealed].concat(), version: key.version })
}

fn open_with(key: &SealingKey, place: Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE>().ok_or(SealError::Broken(place.table))?;
    let aad = associated_data(place, key.version);
    let cipher = XChaCha20Poly1305::new((&*key.bytes).into());
    cipher
        .decrypt(&XNonce::from(*nonce), Payload { msg: ciphertext, aad: &aad })
        .map(Zeroizing::new)
        .map_err(|_| SealError::Broken(place.table))
}

/// `table ‖ 0 ‖ id (16) ‖ account (16) ‖ version (4, big-endian)`: a table's name holds no zero byte, so no two places share
/// it.
fn associated_data(place: Place, version: KeyVersion) -> Vec<u8> {
    [place.table.as_bytes(), &[0], place.id.as_bytes(), place.account.as_bytes(), &version.to_be_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    fn place(id: u128) -> Place {
        Place { table: "second_factors", id: Uuid::from_u128(id), account: Uuid::from_u128(7) }
    }

    fn keyring() -> (tempfile::TempDir, Keyring) {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::default();
        crate::keys::init(folder.path(), clock.now()).unwrap();
        let ring = Keyring::open(folder.path(), clock).unwrap();
        (folder, ring)
    }

    #[test]
    fn a_sealed_secret_opens_in_its_own_row_only() {
        let (_folder, ring) = keyring();
        let secret = Secret::from_bytes(b"12345678901234567890").unwrap();
        let sealed = seal(&ring, place(1), &secret).unwrap();
        assert_eq!(open(&ring, place(1), &sealed.bytes, sealed.version).unwrap().expose(), secret.expose());
        assert!(
            matches!(open(&ring, place(2), &sealed.bytes, 1), Err(SealError::Broken(_))),
            "moved to another account's row"
        );
        let elsewhere = Place { table: "accounts", ..place(1) };
        assert!(
            matches!(open(&ring, elsewhere, &sealed.bytes, 1), Err(SealError::Broken(_))),
            "moved to another table"
        );
        let given_away = Place { account: Uuid::from_u128(8), ..place(1) };
        assert!(
            matches!(open(&ring, given_away, &sealed.bytes, 1), Err(SealError::Broken(_))),
            "its row given to another account"
        );
        assert!(matches!(open(&ring, place(1), &sealed.bytes, 2), Err(SealError::Key(KeyError::UnknownVersion(2)))));
    }

    #[test]
    fn any_changed_bit_breaks_the_seal() {
        let (_folder, ring) = keyring();
        let sealed = seal(&ring, place(1), &Secret::from_bytes(b"12345678901234567890").unwrap()).unwrap();
        for bit in 0..sealed.bytes.len() * 8 {
            let mut bytes = sealed.bytes.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(open(&ring, place(1), &bytes, 1).is_err(), "bit {bit}");
        }
        for length in 0..sealed.bytes.len() {
            assert!(open(&ring, place(1), &sealed.bytes[..length], 1).is_err(), "cut to {length}");
        }
    }

    #[test]
    fn two_seals_of_one_secret_share_no_bytes_that_tell() {
        let (_folder, ring) = keyring();
        let secret = Secret::from_bytes(b"12345678901234567890").unwrap();
        let (a, b) = (seal(&ring, place(1), &secret).unwrap(), seal(&ring, place(1), &secret).unwrap());
        assert_ne!(a.bytes[..NONCE], b.bytes[..NONCE]);
        assert_ne!(a.bytes[NONCE..], b.bytes[NONCE..]);
        assert!(!a.bytes.windows(8).any(|window| secret.expose().windows(8).any(|plain| plain == window)));
    }
}
