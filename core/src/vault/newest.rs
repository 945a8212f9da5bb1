//! Two places for one vault, so that an interrupted write never costs the old one.

use super::{KdfParams, VaultError, format::Parsed};

/// What a vault says without being opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VaultHeader {
    /// Names the vault through all its generations and copies.
    pub vault_id: [u8; 16],
    /// How often it was saved. Believed only once the vault is unlocked.
    pub generation: u64,
    /// What its password costs to check.
    pub kdf: KdfParams,
    /// Whether a device key can open it.
    pub has_device_key: bool,
}

impl VaultHeader {
    /// Reads the header of a complete vault.
    ///
    /// # Errors
    /// [`VaultError::NotAVault`], [`VaultError::Damaged`], [`VaultError::UnsupportedVersion`],
    /// [`VaultError::KdfOutOfRange`].
    pub fn read(bytes: &[u8]) -> Result<Self, VaultError> {
        let head = Parsed::new(bytes)?.head;
        Ok(Self {
            vault_id: head.vault_id,
            generation: head.generation,
            kdf: head.kdf(),
            has_device_key: head.has_device_key(),
        })
    }
}

/// Which of two places holds the vault to open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Newest {
    /// The first one; the next save goes to the second.
    First,
    /// The second one; the next save goes to the first.
    Second,
}

/// Of two places that are written in turn, the one with the newest complete vault. A place that is empty,
/// half-written or damaged does not count; no password is needed.
///
/// # Errors
/// What is wrong with the first place when neither can be used (with the second, when the first is empty).
/// [`VaultError::DifferentVaults`] and [`VaultError::Diverged`] when both can be used and choosing one would
/// throw away the other.
pub fn pick_newest(first: &[u8], second: &[u8]) -> Result<Newest, VaultError> {
    match (VaultHeader::read(first), VaultHeader::read(second)) {
        (Ok(one), Ok(two)) => {
            if one.vault_id != two.vault_id {
                return Err(VaultError::DifferentVaults);
            }
            if one.generation == two.generation && first != second {
                return Err(VaultError::Diverged);
            }
            Ok(if one.generation >= two.generation { Newest::First } else { Newest::Second })
        }
        (Ok(_), Err(_)) => Ok(Newest::First),
        (Err(_), Ok(_)) => Ok(Newest::Second),
        (Err(wrong), Err(other)) => Err(if first.is_empty() { other } else { wrong }),
    }
}
