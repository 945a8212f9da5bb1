//! The keys that stand outside the database: *sealing keys* that encrypt what the database holds, and *signing keys* for
//! permits. They live in one folder (`keys.folder`), one file per key, readable by the portal's user only:
//!
//! ```text
//! sealing-0001.json    XChaCha20-Poly1305, 256 bit; the highest active version seals, every version opens
//! signing-<kid>.json   Ed25519; the newest active key signs, the others are still in the key set
//! retired/             no row and no living permit needs these any more; destroy them when no backup does
//! ```
//!
//! A key file says from when on it may be used. A new key is therefore *known* to every portal process (which look at the
//! folder every [`RELOAD_EVERY`]) before the first of them *uses* it, and rotation needs no pause. See
//! `docs/decisions/keys.md`.

mod cli;
mod file;
mod fit;
mod rotate;

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use jsonwebtoken::EncodingKey;
use zeroize::Zeroizing;

pub use cli::{Command, run};
pub use file::{init, retire_sealing, retire_spent_signing};
pub use fit::{FitError, check as check_fit};
pub use rotate::{Resealed, RotateError, reseal, rows};

use crate::clock::{Clock, MINUTE, Millis, SECOND};

/// How often a running portal looks for new keys.
pub const RELOAD_EVERY: Duration = Duration::from_secs(2);
/// A new sealing key seals from this long after it was made: several times [`RELOAD_EVERY`].
pub const SEALING_LEAD: Millis = 8 * SECOND;
/// How long a verifier may keep the key set (`Cache-Control: max-age`).
pub const KEY_SET_MAX_AGE: Millis = 5 * MINUTE;
/// A new signing key signs from this long after it was made: every verifier has seen it in the key set by then.
pub const SIGNING_LEAD: Millis = KEY_SET_MAX_AGE + 30 * SECOND;
/// A replaced signing key stays in the key set as long as a permit signed by it can live, and a minute for clocks.
pub const SIGNING_TAIL: Millis = 10 * MINUTE + MINUTE;

/// A sealing key's number, from 1. Rows say which version sealed them.
pub type KeyVersion = i32;

/// What can be wrong with the keys. No variant holds key material.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The folder is not there, or there is no key in it.
    #[error("no keys in {0}: make them with `gatepass keys init`")]
    Missing(PathBuf),
    /// Other users of the machine could read a key.
    #[error("{0} can be read by other users: set its mode to 0700 (folder) or 0600 (file)")]
    Exposed(PathBuf),
    /// A key file could not be understood.
    #[error("{path} is not a key file of ours: {what}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: &'static str,
    },
    /// Keys exist already, and nothing was changed.
    #[error("{0} already holds keys: use `gatepass keys rotate` for new ones")]
    Present(PathBuf),
    /// A row was sealed with a version that is not in the folder.
    #[error("sealing key version {0} is not in the key folder; restore it from a backup or from the folder `retired`")]
    UnknownVersion(KeyVersion),
    /// A sealing key has the right number and is another key.
    #[error(
        "sealing key version {0} is not the one that sealed the rows of this database; restore the right one from a backup"
    )]
    Foreign(KeyVersion),
    /// The folder holds sealing keys but none that may be used yet, or no signing key.
    #[error("no key in {0} may be used yet")]
    NoneActive(PathBuf),
    /// The file system said no.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The system has no randomness to give.
    #[error("the system's random number generator failed")]
    Random,
}

impl KeyError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "keys_missing",
            Self::Exposed(_) => "keys_exposed",
            Self::Damaged { .. } => "keys_damaged",
            Self::Present(_) => "keys_present",
            Self::UnknownVersion(_) => "key_version_unknown",
            Self::Foreign(_) => "key_foreign",
            Self::NoneActive(_) => "keys_not_active",
            Self::Io { .. } => "keys_unreadable",
            Self::Random => "random_failed",
        }
    }

    /// Every code, for the list of codes.
    pub const CODES: &'static [&'static str] = &[
        "keys_missing",
        "keys_exposed",
        "keys_damaged",
        "keys_present",
        "key_version_unknown",
        "key_foreign",
        "keys_not_active",
        "keys_unreadable",
        "random_failed",
    ];
}

/// A sealing key. Its bytes are zeroized when the last user drops it.
pub struct SealingKey {
    pub(crate) version: KeyVersion,
    pub(crate) created_at: Millis,
    pub(crate) active_from: Millis,
    pub(crate) bytes: Zeroizing<[u8; 32]>,
}

impl SealingKey {
    /// The key's number.
    #[must_use]
    pub fn version(&self) -> KeyVersion {
        self.version
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealingKey").field("version", &self.version).finish_non_exhaustive()
    }
}

/// A signing key with its public half.
pub struct SigningKey {
    pub(crate) kid: String,
    pub(crate) created_at: Millis,
    pub(crate) active_from: Millis,
    pub(crate) private: EncodingKey,
    pub(crate) public: [u8; 32],
}

impl SigningKey {
    /// The key's name in the key set and in permits: the first 96 bits of its RFC 7638 thumbprint.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The private key, for signing a permit.
    #[must_use]
    pub fn private(&self) -> &EncodingKey {
        &self.private
    }

    /// The public key: 32 bytes, RFC 8032.
    #[must_use]
    pub fn public(&self) -> &[u8; 32] {
        &self.public
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("kid", &self.kid).finish_non_exhaustive()
    }
}

/// What stood in the folder when it was last read.
#[derive(Debug, Default)]
pub struct Keys {
    sealing: BTreeMap<KeyVersion, Arc<SealingKey>>,
    /// Oldest first, by `active_from`.
    signing: Vec<Arc<SigningKey>>,
}

impl Keys {
    /// The key that seals now: the highest version that may be used.
    #[must_use]
    pub fn sealing(&self, now: Millis) -> Option<&Arc<SealingKey>> {
        self.sealing.values().rev().find(|key| key.active_from <= now)
    }

    /// The key with this version, active or not.
    #[must_use]
    pub fn sealing_version(&self, version: KeyVersion) -> Option<&Arc<SealingKey>> {
        self.sealing.get(&version)
    }

    /// Every sealing key, oldest first.
    pub fn sealing_keys(&self) -> impl Iterator<Item = &Arc<SealingKey>> {
        self.sealing.values()
    }

    /// The key that signs now: the newest that may be used.
    #[must_use]
    pub fn signing(&self, now: Millis) -> Option<&Arc<SigningKey>> {
        self.signing.iter().rev().find(|key| key.active_from <= now)
    }

    /// The keys a verifier should know now: those that will sign, the one that signs, and those whose last permit may
    /// still live.
    pub fn published(&self, now: Millis) -> impl Iterator<Item = &Arc<SigningKey>> {
        self.signing.iter().enumerate().filter(move |(at, _)| !self.spent(*at, now)).map(|(_, key)| key)
    }

    /// Every signing key, oldest first, and whether no permit signed by it can be alive.
    pub fn signing_keys(&self, now: Millis) -> impl Iterator<Item = (&Arc<SigningKey>, bool)> {
        self.signing.iter().enumerate().map(move |(at, key)| (key, self.spent(at, now)))
    }

    fn spent(&self, at: usize, now: Millis) -> bool {
        self.signing.get(at + 1).is_some_and(|successor| successor.active_from.saturating_add(SIGNING_TAIL) < now)
    }
}

/// The keys of a running process, read again when the folder changes. Cheap to clone.
#[derive(Clone)]
pub struct Keyring {
    folder: Arc<PathBuf>,
    clock: Clock,
    keys: Arc<RwLock<Arc<Keys>>>,
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyring").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Keyring {
    /// Reads the folder.
    ///
    /// # Errors
    /// [`KeyError`]: missing, readable by others, damaged, or without a key that may be used now.
    pub fn open(folder: &Path, clock: Clock) -> Result<Self, KeyError> {
        let keys = file::read(folder)?;
        let now = clock.now();
        if keys.sealing(now).is_none() || keys.signing(now).is_none() {
            return Err(KeyError::NoneActive(folder.to_owned()));
        }
        Ok(Self { folder: Arc::new(folder.to_owned()), clock, keys: Arc::new(RwLock::new(Arc::new(keys))) })
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What is known now.
    #[must_use]
    pub fn keys(&self) -> Arc<Keys> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the folder again. A folder that cannot be read changes nothing: the keys in memory stay.
    ///
    /// # Errors
    /// [`KeyError`] when the folder could not be read; for the log.
    pub fn reload(&self) -> Result<(), KeyError> {
        let keys = Arc::new(file::read(&self.folder)?);
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
        Ok(())
    }

    /// The key that seals now.
    ///
    /// # Errors
    /// [`KeyError::NoneActive`] when the clock was moved to before the first key.
    pub fn sealing(&self) -> Result<Arc<SealingKey>, KeyError> {
        let keys = self.keys();
        keys.sealing(self.clock.now()).cloned().ok_or_else(|| KeyError::NoneActive(self.folder.to_path_buf()))
    }

    /// The key that opens what `version` sealed; looks into the folder when it is not known yet.
    ///
    /// # Errors
    /// [`KeyError::UnknownVersion`], or why the folder could not be read.
    pub fn opening(&self, version: KeyVersion) -> Result<Arc<SealingKey>, KeyError> {
        if let Some(key) = self.keys().sealing_version(version) {
            return Ok(Arc::clone(key));
        }
        self.reload()?;
        self.keys().sealing_version(version).cloned().ok_or(KeyError::UnknownVersion(version))
    }

    /// The key that signs permits now.
    ///
    /// # Errors
    /// [`KeyError::NoneActive`] when the clock was moved to before the first key.
    pub fn signing(&self) -> Result<Arc<SigningKey>, KeyError> {
        let keys = self.keys();
        keys.signing(self.clock.now()).cloned().ok_or_else(|| KeyError::NoneActive(self.folder.to_path_buf()))
    }

    /// Follows the folder until the task is ended. A key that appears or leaves is noted in the log.
    pub async fn follow(self) {
        loop {
            tokio::time::sleep(RELOAD_EVERY).await;
            let before = summary(&self.keys());
            let ring = self.clone();
            match tokio::task::spawn_blocking(move || ring.reload()).await {
                Ok(Ok(())) => {
                    let after = summary(&self.keys());
                    if before != after {
                        tracing::info!(sealing = ?after.0, signing = ?after.1, "the key folder changed");
                    }
                }
                Ok(Err(error)) => {
                    tracing::error!(code = error.code(), %error, "the key folder cannot be read; going on with the keys in memory")
                }
                Err(_) => return,
            }
        }
    }
}

fn summary(keys: &Keys) -> (Vec<KeyVersion>, Vec<String>) {
    (keys.sealing.keys().copied().collect(), keys.signing.iter().map(|key| key.kid.clone()).collect())
}
