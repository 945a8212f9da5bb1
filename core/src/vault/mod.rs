//! The encrypted account store that the browser companion and the phone apps share.
//!
//! A [`Vault`] lives in memory, unlocked. [`Vault::save`] gives its bytes, [`Vault::unlock`] makes a vault of
//! them again. Where the bytes are kept, and that an interrupted write never costs the old ones, is the caller's
//! part: `docs/vault-format.md` describes how with two places and [`pick_newest`].
//!
//! The format, byte by byte, with what it protects against and what it does not: `docs/vault-format.md`.

mod crypto;
mod entry;
mod error;
mod format;
mod kdf;
mod likeness;
mod newest;
mod slot;

use alloc::vec::Vec;
use core::fmt;

use zeroize::Zeroizing;

use self::{
    crypto::{ENTRY_DOMAIN, INDEX_DOMAIN, TAG_LEN},
    format::{Head, INDEX_ITEM_LEN, Parsed, Sealed},
    slot::{Opens, Slot},
};
use crate::otpauth::Otpauth;

pub use entry::{Entry, EntryId, MAX_NAME_LEN};
pub use error::{Part, VaultError};
pub use kdf::{KdfParams, MAX_PASSWORD_LEN};
pub use likeness::Likeness;
pub use newest::{Newest, VaultHeader, pick_newest};
pub use slot::SlotId;

/// Most entries in one vault.
pub const MAX_ENTRIES: usize = 4096;
/// Most key slots: one password and device keys.
pub const MAX_SLOTS: usize = 8;
/// Longest accepted file, in bytes. A full vault of the longest entries is shorter.
pub const MAX_FILE_LEN: usize = 64 << 20;

/// Where random bytes come from. The core has no source of its own.
///
/// Any `FnMut(&mut [u8])` is one. It must fill the whole slice with bytes of a cryptographic generator
/// (`getrandom`, `crypto.getRandomValues`): keys and nonces are made of them.
pub trait Entropy {
    /// Fills `bytes`.
    fn fill(&mut self, bytes: &mut [u8]);
}

impl<F: FnMut(&mut [u8])> Entropy for F {
    fn fill(&mut self, bytes: &mut [u8]) {
        self(bytes);
    }
}

/// What a person or a device has that opens a vault.
#[derive(Clone, Copy)]
pub enum Unlock<'a> {
    /// The password. Callers pass it in Unicode normal form C, so that it is the same on every keyboard.
    Password(&'a str),
    /// A random key that the device keeps in its own key store.
    DeviceKey(&'a [u8; 32]),
}

/// What it is, never what it holds.
impl fmt::Debug for Unlock<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Password(_) => "Password(…)",
            Self::DeviceKey(_) => "DeviceKey(…)",
        })
    }
}

/// An unlocked vault.
///
/// Personal data and secrets: all of it. `Debug` prints counts and the generation only; keys and secrets are
/// erased when it is dropped.
pub struct Vault {
    head: Head,
    key: Zeroizing<[u8; 32]>,
    entries: Vec<Entry>,
}

impl Vault {
    /// A new, empty vault with a random key, wrapped by a password.
    ///
    /// # Errors
    /// [`VaultError::PasswordLength`], [`VaultError::OutOfMemory`].
    pub fn create(password: &str, params: KdfParams, entropy: &mut impl Entropy) -> Result<Self, VaultError> {
        let mut vault_id = [0; 16];
        entropy.fill(&mut vault_id);
        let mut key = Zeroizing::new([0; 32]);
        entropy.fill(&mut *key);
        let slot = Slot::for_password(&vault_id, &key, password, params, entropy)?;
        Ok(Self { head: Head { vault_id, generation: 0, slots: Vec::from([slot]) }, key, entries: Vec::new() })
    }

    /// Opens the bytes of a vault.
    ///
    /// # Errors
    /// [`VaultError::NotAVault`], [`VaultError::UnsupportedVersion`] and [`VaultError::Damaged`] are found
    /// before the password is looked at, so that [`VaultError::WrongPassword`] means what it says.
    /// [`VaultError::Damaged`] is also what follows when the password is right and the contents were tampered
    /// with. Further [`VaultError::KdfOutOfRange`], [`VaultError::OutOfMemory`], [`VaultError::PasswordLength`],
    /// [`VaultError::WrongDeviceKey`], [`VaultError::NoDeviceKey`].
    pub fn unlock(bytes: &[u8], unlock: Unlock<'_>) -> Result<Self, VaultError> {
        let parsed = Parsed::new(bytes)?;
        let key = open_slot(&parsed.head, unlock)?;

        let index = crypto::open(
            &crypto::subkey(&key, &[INDEX_DOMAIN]),
            &parsed.index.nonce,
            &index_associated(parsed.head_bytes),
            parsed.index.ciphertext,
        )
        .ok_or(VaultError::Damaged(Part::Index))?;
        let (items, rest) = index.as_chunks::<INDEX_ITEM_LEN>();
        if !rest.is_empty() {
            return Err(VaultError::Damaged(Part::Index));
        }
        let as_indexed = items.len() == parsed.entries.len()
            && items
                .iter()
                .zip(&parsed.entries)
                .all(|(item, record)| *item == index_item(&record.id, record.version, &record.tag()));
        if !as_indexed {
            return Err(VaultError::Damaged(Part::Entries));
        }

        let entry_key = crypto::subkey(&key, &[ENTRY_DOMAIN]);
        let mut entries: Vec<Entry> = Vec::with_capacity(parsed.entries.len());
        for record in &parsed.entries {
            let entry = Entry::open(record, &parsed.head.vault_id, &entry_key)?;
            entries.push(entry);
        }
        if has_repeats(entries.iter().map(Entry::id)) {
            return Err(VaultError::Damaged(Part::Entries));
        }
        Ok(Self { head: parsed.head, key, entries })
    }

    /// What can still be read of a damaged vault: entries that are bit for bit as they were written.
    ///
    /// For a person whose only copy [`unlock`](Self::unlock) calls damaged. The key slot must have survived.
    /// Entries may be old or missing, which is why this is not what `unlock` does by itself.
    ///
    /// # Errors
    /// As [`unlock`](Self::unlock); [`VaultError::WrongPassword`] here also stands for a damaged slot.
    pub fn salvage(bytes: &[u8], unlock: Unlock<'_>) -> Result<Salvaged, VaultError> {
        let (head, records, whole) = Parsed::salvage(bytes)?;
        let key = open_slot(&head, unlock)?;
        let entry_key = crypto::subkey(&key, &[ENTRY_DOMAIN]);
        let mut entries: Vec<Entry> = Vec::new();
        let mut unreadable = 0;
        for record in &records {
            match Entry::open(record, &head.vault_id, &entry_key) {
                Ok(entry) if entries.iter().all(|known| known.id() != entry.id()) => {
                    entries.push(entry);
                }
                Ok(_) | Err(_) => unreadable += 1,
            }
        }
        Ok(Salvaged { vault: Self { head, key, entries }, unreadable, cut_short: !whole })
    }

    /// The bytes to keep, as the next generation. Entries that did not change keep their ciphertext.
    ///
    /// Write them beside the old ones and let go of the old ones only when that is done.
    pub fn save(&mut self, entropy: &mut impl Entropy) -> Vec<u8> {
        self.head.generation = self.head.generation.saturating_add(1);
        let entry_key = crypto::subkey(&self.key, &[ENTRY_DOMAIN]);
        let vault_id = self.head.vault_id;
        let mut records = Vec::new();
        for entry in &mut self.entries {
            entry.seal(&vault_id, &entry_key, entropy).write(&mut records);
        }
        let mut index = Vec::with_capacity(self.entries.len() * INDEX_ITEM_LEN);
        for entry in &self.entries {
            index.extend_from_slice(&index_item(entry.id().as_bytes(), entry.version(), &entry.tag()));
        }
        let head = self.head.to_bytes();
        let (nonce, ciphertext) =
            crypto::seal(&crypto::subkey(&self.key, &[INDEX_DOMAIN]), &index_associated(&head), &index, entropy);
        let index = Sealed { nonce, ciphertext: &ciphertext };
        format::assemble(head, &index, &records)
    }

    /// Names this vault through all its generations and copies.
    #[must_use]
    pub fn id(&self) -> &[u8; 16] {
        &self.head.vault_id
    }

    /// How often the vault was saved.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.head.generation
    }

    /// The parameters its password is hashed with.
    #[must_use]
    pub fn kdf(&self) -> KdfParams {
        self.head.kdf()
    }

    /// The entries in the order they are shown in.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of this id.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id() == id)
    }

    /// How an account that may be added relates to those that are there.
    #[must_use]
    pub fn likeness(&self, otpauth: &Otpauth) -> Likeness {
        likeness::of(&self.entries, otpauth)
    }

    /// Adds an account at the end.
    ///
    /// # Errors
    /// [`VaultError::TooManyEntries`].
    pub fn add(&mut self, otpauth: Otpauth, entropy: &mut impl Entropy) -> Result<EntryId, VaultError> {
        if self.entries.len() >= MAX_ENTRIES {
            return Err(VaultError::TooManyEntries);
        }
        let mut id = [0; 16];
        entropy.fill(&mut id);
        let id = EntryId::from(id);
        if self.entry(id).is_some() {
            return Err(VaultError::AlreadyThere);
        }
        self.entries.push(Entry::new(id, otpauth));
        Ok(id)
    }

    /// Replaces the account of an entry, for example by the one with the next HOTP counter.
    ///
    /// # Errors
    /// [`VaultError::UnknownEntry`].
    pub fn update(&mut self, id: EntryId, otpauth: Otpauth) -> Result<(), VaultError> {
        self.entry_mut(id)?.set_otpauth(otpauth);
        Ok(())
    }

    /// Gives an entry other names to be shown; `None` shows the account's own again. White space at the ends
    /// is dropped.
    ///
    /// # Errors
    /// [`VaultError::UnknownEntry`]; [`VaultError::NameInvalid`], [`VaultError::NameIsSteam`] and
    /// [`VaultError::EntryTooLong`] for names that another authenticator could not take the account under. Then
    /// nothing has changed.
    pub fn rename(&mut self, id: EntryId, issuer: Option<&str>, account: Option<&str>) -> Result<(), VaultError> {
        self.entry_mut(id)?.set_names(issuer, account)
    }

    /// Takes an entry out. What is given back can be put back with [`restore`](Self::restore).
    ///
    /// # Errors
    /// [`VaultError::UnknownEntry`].
    pub fn remove(&mut self, id: EntryId) -> Result<Removed, VaultError> {
        let place = self.place(id)?;
        Ok(Removed { entry: self.entries.remove(place), place })
    }

    /// Puts a removed entry back where it was, or at the end when the list has become shorter.
    ///
    /// # Errors
    /// [`VaultError::AlreadyThere`], [`VaultError::TooManyEntries`].
    pub fn restore(&mut self, removed: &Removed) -> Result<EntryId, VaultError> {
        let id = removed.entry.id();
        if self.entry(id).is_some() {
            return Err(VaultError::AlreadyThere);
        }
        if self.entries.len() >= MAX_ENTRIES {
            return Err(VaultError::TooManyEntries);
        }
        let mut entry = removed.entry.clone();
        entry.touch();
        self.entries.insert(removed.place.min(self.entries.len()), entry);
        Ok(id)
    }

    /// Shows the entries in another order.
    ///
    /// # Errors
    /// [`VaultError::OrderMismatch`] unless `order` names every entry exactly once.
    pub fn reorder(&mut self, order: &[EntryId]) -> Result<(), VaultError> {
        if order.len() != self.entries.len() || has_repeats(order.iter().copied()) {
            return Err(VaultError::OrderMismatch);
        }
        let mut places = Vec::with_capacity(order.len());
        for id in order {
            places.push(self.place(*id).map_err(|_| VaultError::OrderMismatch)?);
        }
        let mut taken: Vec<Option<Entry>> = self.entries.drain(..).map(Some).collect();
        self.entries = places.into_iter().filter_map(|place| taken[place].take()).collect();
        Ok(())
    }

    /// Whether this is the password, for example before secrets are shown.
    ///
    /// # Errors
    /// [`VaultError::WrongPassword`], [`VaultError::PasswordLength`], [`VaultError::OutOfMemory`].
    pub fn verify_password(&self, password: &str) -> Result<(), VaultError> {
        open_slot(&self.head, Unlock::Password(password)).map(drop)
    }

    /// Wraps the same key with another password. No entry is encrypted anew: whoever knows the old password
    /// *and* keeps an old copy of the file still reads that copy.
    ///
    /// # Errors
    /// [`VaultError::WrongPassword`] when `current` is not the password, then nothing has changed;
    /// [`VaultError::PasswordLength`], [`VaultError::OutOfMemory`].
    pub fn change_password(
        &mut self,
        current: &str,
        new: &str,
        params: KdfParams,
        entropy: &mut impl Entropy,
    ) -> Result<(), VaultError> {
        self.verify_password(current)?;
        let slot = Slot::for_password(&self.head.vault_id, &self.key, new, params, entropy)?;
        for old in &mut self.head.slots {
            if matches!(old.opens, Opens::Password(_)) {
                *old = slot;
                break;
            }
        }
        Ok(())
    }

    /// Lets a device open the vault with a random key of its own, kept in the device's key store.
    ///
    /// # Errors
    /// [`VaultError::TooManySlots`].
    pub fn add_device_key(&mut self, device_key: &[u8; 32], entropy: &mut impl Entropy) -> Result<SlotId, VaultError> {
        if self.head.slots.len() >= MAX_SLOTS {
            return Err(VaultError::TooManySlots);
        }
        let slot = Slot::for_device(&self.head.vault_id, &self.key, device_key, entropy);
        let id = slot.id;
        self.head.slots.push(slot);
        Ok(id)
    }

    /// Takes a device key away again. The password stays.
    ///
    /// # Errors
    /// [`VaultError::UnknownSlot`].
    pub fn remove_device_key(&mut self, id: SlotId) -> Result<(), VaultError> {
        let place = self
            .head
            .slots
            .iter()
            .position(|slot| slot.id == id && slot.opens == Opens::Device)
            .ok_or(VaultError::UnknownSlot)?;
        self.head.slots.remove(place);
        Ok(())
    }

    /// The slots of device keys.
    pub fn device_keys(&self) -> impl Iterator<Item = SlotId> + '_ {
        self.head.slots.iter().filter(|slot| slot.opens == Opens::Device).map(|slot| slot.id)
    }

    fn place(&self, id: EntryId) -> Result<usize, VaultError> {
        self.entries.iter().position(|entry| entry.id() == id).ok_or(VaultError::UnknownEntry)
    }

    fn entry_mut(&mut self, id: EntryId) -> Result<&mut Entry, VaultError> {
        self.entries.iter_mut().find(|entry| entry.id() == id).ok_or(VaultError::UnknownEntry)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault")
            .field("generation", &self.head.generation)
            .field("slots", &self.head.slots.len())
            .field("entries", &self.entries.len())
            .finish_non_exhaustive()
    }
}

/// An entry that was taken out and can be put back with [`Vault::restore`]. Once it is dropped and the vault
/// saved, it is gone.
#[derive(Debug)]
pub struct Removed {
    entry: Entry,
    place: usize,
}

impl Removed {
    /// The entry.
    #[must_use]
    pub fn entry(&self) -> &Entry {
        &self.entry
    }
}

/// What [`Vault::salvage`] could still read.
#[derive(Debug)]
pub struct Salvaged {
    /// A vault of the readable entries. Saving it makes it whole again.
    pub vault: Vault,
    /// Entries that were found and not readable.
    pub unreadable: usize,
    /// Whether the file ended, or lost its thread, before its end, so that more entries may be missing.
    pub cut_short: bool,
}

fn open_slot(head: &Head, unlock: Unlock<'_>) -> Result<Zeroizing<[u8; 32]>, VaultError> {
    match unlock {
        Unlock::Password(password) => {
            for slot in &head.slots {
                if let Some(key) = slot.open_with_password(&head.vault_id, password)? {
                    return Ok(key);
                }
            }
            Err(VaultError::WrongPassword)
        }
        Unlock::DeviceKey(device_key) => {
            if head.slots.iter().all(|slot| slot.opens != Opens::Device) {
                return Err(VaultError::NoDeviceKey);
            }
            head.slots
                .iter()
                .find_map(|slot| slot.open_with_device_key(&head.vault_id, device_key))
                .ok_or(VaultError::WrongDeviceKey)
        }
    }
}

fn index_associated(head_bytes: &[u8]) -> Vec<u8> {
    [INDEX_DOMAIN, head_bytes].concat()
}

fn index_item(id: &[u8; 16], version: u64, tag: &[u8; TAG_LEN]) -> [u8; INDEX_ITEM_LEN] {
    let mut item = [0; INDEX_ITEM_LEN];
    item[..16].copy_from_slice(id);
    item[16..24].copy_from_slice(&version.to_le_bytes());
    item[24..].copy_from_slice(tag);
    item
}

fn has_repeats(ids: impl Iterator<Item = EntryId>) -> bool {
    let mut ids: Vec<EntryId> = ids.collect();
    ids.sort_unstable();
    ids.windows(2).any(|pair| pair[0] == pair[1])
}
