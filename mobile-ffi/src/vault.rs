//! The encrypted account store. Where its bytes are kept is the app's part: `core/docs/vault-format.md`.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gatepass_core::vault::{self, EntryId, KdfParams, Removed, SlotId, Unlock};
use icu_normalizer::ComposingNormalizerBorrowed;
use zeroize::Zeroizing;

use crate::error::GatepassError;
use crate::identity::count;
use crate::otp::Codes;
use crate::otpauth::{Account, Kind};

/// Cost of hashing the password with Argon2id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct KdfCost {
    /// Memory in KiB, at least 19,456.
    pub memory_kib: u32,
    /// Passes over it, at least 2.
    pub passes: u32,
    /// Lanes, at least 1.
    pub lanes: u32,
}

impl From<KdfParams> for KdfCost {
    fn from(params: KdfParams) -> Self {
        Self { memory_kib: params.memory_kib(), passes: params.passes(), lanes: params.lanes() }
    }
}

impl TryFrom<KdfCost> for KdfParams {
    type Error = GatepassError;

    fn try_from(cost: KdfCost) -> Result<Self, GatepassError> {
        Ok(Self::new(cost.memory_kib, cost.passes, cost.lanes)?)
    }
}

/// The cost to take unless measuring on the device says otherwise: 64 MiB, three passes.
#[uniffi::export]
#[must_use]
pub fn default_kdf_cost() -> KdfCost {
    KdfParams::DEFAULT.into()
}

/// An entry as a list shows it. Personal data: issuer and account.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct VaultEntry {
    /// Names the entry: 32 hexadecimal digits.
    pub id: String,
    /// How its codes are made.
    pub kind: Kind,
    /// The issuer to show.
    pub issuer: Option<String>,
    /// The account name to show.
    pub account: String,
}

impl From<&vault::Entry> for VaultEntry {
    fn from(entry: &vault::Entry) -> Self {
        Self {
            id: entry.id().to_string(),
            kind: (*entry.otpauth().kind()).into(),
            issuer: entry.issuer().map(str::to_owned),
            account: entry.account().to_owned(),
        }
    }
}

/// How an account that may be added relates to those that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Likeness {
    /// Neither its secret nor its names are there.
    New,
    /// Its secret is there already, under whatever names: adding it gives the same codes twice.
    Same,
    /// An account of the same names and another secret is there.
    SameName,
}

impl From<vault::Likeness> for Likeness {
    fn from(likeness: vault::Likeness) -> Self {
        match likeness {
            vault::Likeness::New => Self::New,
            vault::Likeness::Same => Self::Same,
            vault::Likeness::SameName => Self::SameName,
        }
    }
}

/// Which of two places holds the vault to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum NewestVault {
    /// The first one; the next save goes to the second.
    First,
    /// The second one; the next save goes to the first.
    Second,
}

impl From<vault::Newest> for NewestVault {
    fn from(newest: vault::Newest) -> Self {
        match newest {
            vault::Newest::First => Self::First,
            vault::Newest::Second => Self::Second,
        }
    }
}

/// Of two places that are written in turn, the one with the newest complete vault; no password is needed. An empty or
/// half-written place does not count.
///
/// # Errors
/// What is wrong when neither can be used; `vault_different_vaults`, `vault_diverged`.
#[uniffi::export]
pub fn pick_newest_vault(first: Vec<u8>, second: Vec<u8>) -> Result<NewestVault, GatepassError> {
    Ok(vault::pick_newest(&first, &second)?.into())
}

/// What could still be read of a damaged vault.
#[derive(Clone, uniffi::Record)]
pub struct SalvagedVault {
    /// The accounts that could be read. Saving it makes it whole again.
    pub vault: Arc<Vault>,
    /// Accounts that were found and not readable.
    pub unreadable: u32,
    /// Whether the file broke off, so that more may be missing.
    pub cut_short: bool,
}

/// Opens what is left of bytes that `Vault.unlock` calls damaged, by the person's wish: accounts may be old or missing.
/// Slow on purpose: not on the main thread.
///
/// # Errors
/// As `Vault.unlock`; `vault_wrong_password` here also stands for a damaged key slot.
#[uniffi::export]
pub fn salvage_vault(bytes: Vec<u8>, password: String) -> Result<SalvagedVault, GatepassError> {
    let found = vault::Vault::salvage(&bytes, Unlock::Password(&normal(password)))?;
    let (unreadable, cut_short) = (count(found.unreadable), found.cut_short);
    Ok(SalvagedVault { vault: Vault::of(found.vault), unreadable, cut_short })
}

/// An entry that was taken out and can be put back.
#[derive(Debug, uniffi::Object)]
pub struct RemovedEntry(Removed);

/// An unlocked vault.
#[derive(Debug, uniffi::Object)]
pub struct Vault(Mutex<vault::Vault>);

impl Vault {
    fn of(vault: vault::Vault) -> Arc<Self> {
        Arc::new(Self(Mutex::new(vault)))
    }

    /// A poisoned lock means that a call panicked, not that the vault is half changed: every change is one step.
    fn open(&self) -> MutexGuard<'_, vault::Vault> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[uniffi::export]
impl Vault {
    /// A new, empty vault. Slow on purpose: not on the main thread.
    ///
    /// # Errors
    /// The codes of the password's length, of the cost, and of memory that is not there.
    #[uniffi::constructor]
    pub fn create(password: String, cost: KdfCost) -> Result<Arc<Self>, GatepassError> {
        Ok(Self::of(vault::Vault::create(&normal(password), cost.try_into()?, &mut system)?))
    }

    /// Opens the bytes of a vault by its password. Slow on purpose: not on the main thread.
    ///
    /// # Errors
    /// A wrong password and a damaged file have codes of their own.
    #[uniffi::constructor]
    pub fn unlock(bytes: Vec<u8>, password: String) -> Result<Arc<Self>, GatepassError> {
        Ok(Self::of(vault::Vault::unlock(&bytes, Unlock::Password(&normal(password)))?))
    }

    /// Opens the bytes of a vault by the device's key of 32 bytes.
    ///
    /// # Errors
    /// `vault_wrong_device_key`, also for a key of another length; `vault_no_device_key`; the codes of a damaged file.
    #[uniffi::constructor]
    pub fn unlock_with_device_key(bytes: Vec<u8>, device_key: Vec<u8>) -> Result<Arc<Self>, GatepassError> {
        let device_key = device_key_of(device_key)?;
        Ok(Self::of(vault::Vault::unlock(&bytes, Unlock::DeviceKey(&device_key))?))
    }

    /// The bytes to keep, as the next generation.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        self.open().save(&mut system)
    }

    /// The entries in the order they are shown in.
    #[must_use]
    pub fn entries(&self) -> Vec<VaultEntry> {
        self.open().entries().iter().map(Into::into).collect()
    }

    /// Adds an account at the end; its id.
    ///
    /// # Errors
    /// `vault_full`.
    pub fn add(&self, account: &Account) -> Result<String, GatepassError> {
        Ok(self.open().add(account.0.clone(), &mut system)?.to_string())
    }

    /// The account of an entry, secret included.
    ///
    /// # Errors
    /// `vault_unknown_entry`.
    pub fn account(&self, id: &str) -> Result<Arc<Account>, GatepassError> {
        Ok(Account::of(entry(&self.open(), id)?.otpauth().clone()))
    }

    /// The codes of an entry around `now` (seconds since 1970); absent for HOTP.
    ///
    /// # Errors
    /// `vault_unknown_entry`.
    pub fn codes_at(&self, id: &str, now: u64) -> Result<Option<Codes>, GatepassError> {
        Ok(entry(&self.open(), id)?.otpauth().codes_at(now).map(Into::into))
    }

    /// The account of an entry under the names it is shown with, secret included: to be taken elsewhere.
    ///
    /// # Errors
    /// `vault_unknown_entry`.
    pub fn shown_account(&self, id: &str) -> Result<Arc<Account>, GatepassError> {
        Ok(Account::of(entry(&self.open(), id)?.shown()))
    }

    /// How an account that may be added relates to those that are there: told by its secret first, then by its names.
    #[must_use]
    pub fn likeness(&self, account: &Account) -> Likeness {
        self.open().likeness(&account.0).into()
    }

    /// Replaces the account of an entry, for example by the one with the next HOTP counter.
    ///
    /// # Errors
    /// `vault_unknown_entry`.
    pub fn update(&self, id: &str, account: &Account) -> Result<(), GatepassError> {
        Ok(self.open().update(entry_id(id)?, account.0.clone())?)
    }

    /// Gives an entry other names to be shown; absent shows the account's own again.
    ///
    /// # Errors
    /// `vault_unknown_entry`, `vault_name_invalid`, `vault_name_is_steam`, `vault_entry_too_long`.
    pub fn rename(&self, id: &str, issuer: Option<String>, account: Option<String>) -> Result<(), GatepassError> {
        Ok(self.open().rename(entry_id(id)?, issuer.as_deref(), account.as_deref())?)
    }

    /// Shows the entries in another order.
    ///
    /// # Errors
    /// `vault_order_mismatch` unless every entry is named exactly once.
    pub fn reorder(&self, order: &[String]) -> Result<(), GatepassError> {
        let order = order.iter().map(|id| entry_id(id)).collect::<Result<Vec<_>, _>>()?;
        Ok(self.open().reorder(&order)?)
    }

    /// Takes an entry out; what is given back can be put back.
    ///
    /// # Errors
    /// `vault_unknown_entry`.
    pub fn remove(&self, id: &str) -> Result<Arc<RemovedEntry>, GatepassError> {
        Ok(Arc::new(RemovedEntry(self.open().remove(entry_id(id)?)?)))
    }

    /// Puts a removed entry back where it was.
    ///
    /// # Errors
    /// `vault_entry_already_there`, `vault_full`.
    pub fn restore(&self, removed: &RemovedEntry) -> Result<String, GatepassError> {
        Ok(self.open().restore(&removed.0)?.to_string())
    }

    /// Whether this is the password, for example before secrets are shown.
    ///
    /// # Errors
    /// `vault_wrong_password`.
    pub fn verify_password(&self, password: String) -> Result<(), GatepassError> {
        Ok(self.open().verify_password(&normal(password))?)
    }

    /// Wraps the same key with another password.
    ///
    /// # Errors
    /// `vault_wrong_password` when `current` is not the password, then nothing has changed.
    pub fn change_password(&self, current: String, new: String, cost: KdfCost) -> Result<(), GatepassError> {
        Ok(self.open().change_password(&normal(current), &normal(new), cost.try_into()?, &mut system)?)
    }

    /// Lets this device open the vault with a random key of 32 bytes that its key store keeps. What is given back, 16
    /// bytes, names the key when it is to be taken away.
    ///
    /// # Errors
    /// `vault_wrong_device_key` for another length; `vault_no_free_slot`.
    pub fn add_device_key(&self, device_key: Vec<u8>) -> Result<Vec<u8>, GatepassError> {
        let device_key = device_key_of(device_key)?;
        Ok(self.open().add_device_key(&device_key, &mut system)?.as_bytes().to_vec())
    }

    /// Takes a device key away again. The password stays.
    ///
    /// # Errors
    /// `vault_unknown_slot`.
    pub fn remove_device_key(&self, slot: Vec<u8>) -> Result<(), GatepassError> {
        let slot = <[u8; 16]>::try_from(slot).map_err(|_| vault::VaultError::UnknownSlot)?;
        Ok(self.open().remove_device_key(SlotId::from(slot))?)
    }

    /// What names the device keys that open this vault.
    #[must_use]
    pub fn device_keys(&self) -> Vec<Vec<u8>> {
        self.open().device_keys().map(|slot| slot.as_bytes().to_vec()).collect()
    }
}

/// One spelling for every keyboard: Unicode normal form C, as `core/docs/vault-format.md` asks.
fn normal(password: String) -> Zeroizing<String> {
    let password = Zeroizing::new(password);
    Zeroizing::new(ComposingNormalizerBorrowed::new_nfc().normalize(&password).into_owned())
}

fn entry_id(id: &str) -> Result<EntryId, GatepassError> {
    Ok(EntryId::from_hex(id).ok_or(vault::VaultError::UnknownEntry)?)
}

fn entry<'a>(vault: &'a vault::Vault, id: &str) -> Result<&'a vault::Entry, GatepassError> {
    Ok(vault.entry(entry_id(id)?).ok_or(vault::VaultError::UnknownEntry)?)
}

fn device_key_of(bytes: Vec<u8>) -> Result<Zeroizing<[u8; 32]>, GatepassError> {
    let bytes = Zeroizing::new(bytes);
    let key = bytes.as_slice().try_into().map_err(|_| vault::VaultError::WrongDeviceKey)?;
    Ok(Zeroizing::new(key))
}

/// The system's generator. Without one no key can be made, and none must be.
fn system(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the system has no random bytes");
}
