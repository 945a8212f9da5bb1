//! The password hash and its limits.

use alloc::vec::Vec;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use zeroize::{Zeroize as _, Zeroizing};

use super::VaultError;

/// Longest accepted password, in bytes of UTF-8.
pub const MAX_PASSWORD_LEN: usize = 1024;

/// Parameters of Argon2id (RFC 9106, version 0x13), written into every vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KdfParams {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl KdfParams {
    /// What a new vault uses: 64 MiB, 3 passes, 1 lane. The second recommendation of RFC 9106 §4 with one
    /// lane, because the browser has one thread.
    pub const DEFAULT: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

    /// The least that is accepted: 19 MiB, 2 passes, 1 lane (OWASP Password Storage Cheat Sheet).
    pub const FLOOR: Self = Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 };

    /// The most that is accepted, so that a hostile file can ask for seconds and not for minutes, and for
    /// memory that a phone has: 256 MiB, 10 passes, 4 lanes.
    pub const CEILING: Self = Self { memory_kib: 256 * 1024, passes: 10, lanes: 4 };

    /// `memory_kib`: KiB of memory; `passes`: times over it; `lanes`: degree of parallelism.
    ///
    /// # Errors
    /// [`VaultError::KdfOutOfRange`] when one of them is outside [`FLOOR`](Self::FLOOR) to
    /// [`CEILING`](Self::CEILING).
    pub fn new(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self, VaultError> {
        let (floor, ceiling) = (Self::FLOOR, Self::CEILING);
        if (floor.memory_kib..=ceiling.memory_kib).contains(&memory_kib)
            && (floor.passes..=ceiling.passes).contains(&passes)
            && (floor.lanes..=ceiling.lanes).contains(&lanes)
        {
            Ok(Self { memory_kib, passes, lanes })
        } else {
            Err(VaultError::KdfOutOfRange)
        }
    }

    /// Memory in KiB.
    #[must_use]
    pub fn memory_kib(&self) -> u32 {
        self.memory_kib
    }

    /// Passes over the memory.
    #[must_use]
    pub fn passes(&self) -> u32 {
        self.passes
    }

    /// Lanes.
    #[must_use]
    pub fn lanes(&self) -> u32 {
        self.lanes
    }

    /// 32 bytes of Argon2id over the password's UTF-8 bytes.
    pub(super) fn derive(&self, password: &str, salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        if password.is_empty() || password.len() > MAX_PASSWORD_LEN {
            return Err(VaultError::PasswordLength);
        }
        let params =
            Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).map_err(|_| VaultError::KdfOutOfRange)?;
        let mut memory: Vec<Block> = Vec::new();
        memory.try_reserve_exact(params.block_count()).map_err(|_| VaultError::OutOfMemory)?;
        memory.resize(params.block_count(), Block::new());
        let mut key = Zeroizing::new([0; 32]);
        let hashed = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
            password.as_bytes(),
            salt,
            &mut *key,
            &mut memory,
        );
        // The last blocks give away the key.
        memory.iter_mut().for_each(Block::zeroize);
        hashed.map_err(|_| VaultError::KdfOutOfRange)?;
        Ok(key)
    }
}

impl Default for KdfParams {
    fn default() -> Self {
        Self::DEFAULT
    }
}
