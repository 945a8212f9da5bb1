//! Everything that can go wrong with a vault, named by cause.

use thiserror::Error;

/// Why a vault could not be made, opened or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum VaultError {
    /// The bytes do not begin like a vault: another file was chosen.
    #[error("this is not a Gatepass vault")]
    NotAVault,
    /// The vault was written by a later version of Gatepass.
    #[error("this vault was written by a later version of Gatepass")]
    UnsupportedVersion,
    /// The file is not as it was written; the part says how far it could be trusted.
    #[error("the vault is damaged")]
    Damaged(Part),
    /// The file is as it was written, and this password does not open it.
    ///
    /// How that is told apart from a damaged file is in `docs/vault-format.md`.
    #[error("the password does not open this vault")]
    WrongPassword,
    /// The file is as it was written, and this device key does not open it.
    #[error("the device key does not open this vault")]
    WrongDeviceKey,
    /// The file has no slot for a device key.
    #[error("this vault has no device key")]
    NoDeviceKey,
    /// The parameters of the password hash are outside the accepted range.
    #[error("the parameters of the password hash are out of range")]
    KdfOutOfRange,
    /// There is not enough memory for the password hash.
    #[error("there is not enough memory for the password hash")]
    OutOfMemory,
    /// The password is empty or longer than [`MAX_PASSWORD_LEN`](super::MAX_PASSWORD_LEN) bytes.
    #[error("the password is empty or too long")]
    PasswordLength,
    /// The vault already holds [`MAX_ENTRIES`](super::MAX_ENTRIES) entries.
    #[error("the vault is full")]
    TooManyEntries,
    /// The vault already has [`MAX_SLOTS`](super::MAX_SLOTS) key slots.
    #[error("the vault has no free key slot")]
    TooManySlots,
    /// No entry has this id.
    #[error("the vault has no such entry")]
    UnknownEntry,
    /// No device key slot has this id.
    #[error("the vault has no such key slot")]
    UnknownSlot,
    /// An entry with this id is already there.
    #[error("the entry is already in the vault")]
    AlreadyThere,
    /// The new order does not name every entry exactly once.
    #[error("the new order does not name every entry once")]
    OrderMismatch,
    /// A name is longer than [`MAX_NAME_LEN`](super::MAX_NAME_LEN) bytes or holds control characters.
    #[error("the name is too long or holds control characters")]
    NameInvalid,
    /// A time-based account was to be called Steam, which every authenticator takes for Steam's kind of codes.
    #[error("an account called Steam would be read as one with Steam's codes")]
    NameIsSteam,
    /// With these names the account's URI would be longer than 8 KiB.
    #[error("the account is too long with these names")]
    EntryTooLong,
    /// Two files that were to be compared are not generations of one vault.
    #[error("these files belong to different vaults")]
    DifferentVaults,
    /// Two files have the same generation and different contents: two programs wrote at once.
    #[error("these files were changed independently of each other")]
    Diverged,
}

impl VaultError {
    /// Every variant, in the order of the list of codes.
    pub const ALL: [Self; 25] = [
        Self::NotAVault,
        Self::UnsupportedVersion,
        Self::Damaged(Part::Incomplete),
        Self::Damaged(Part::Checksum),
        Self::Damaged(Part::Header),
        Self::Damaged(Part::Index),
        Self::Damaged(Part::Entries),
        Self::Damaged(Part::Entry),
        Self::WrongPassword,
        Self::WrongDeviceKey,
        Self::NoDeviceKey,
        Self::KdfOutOfRange,
        Self::OutOfMemory,
        Self::PasswordLength,
        Self::TooManyEntries,
        Self::TooManySlots,
        Self::UnknownEntry,
        Self::UnknownSlot,
        Self::AlreadyThere,
        Self::OrderMismatch,
        Self::NameInvalid,
        Self::NameIsSteam,
        Self::EntryTooLong,
        Self::DifferentVaults,
        Self::Diverged,
    ];

    /// The stable code that crosses every border. All parts of [`Damaged`](Self::Damaged) share one:
    /// what a person can do about it is the same.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAVault => "vault_not_a_vault",
            Self::UnsupportedVersion => "vault_unsupported_version",
            Self::Damaged(_) => "vault_damaged",
            Self::WrongPassword => "vault_wrong_password",
            Self::WrongDeviceKey => "vault_wrong_device_key",
            Self::NoDeviceKey => "vault_no_device_key",
            Self::KdfOutOfRange => "vault_kdf_out_of_range",
            Self::OutOfMemory => "vault_out_of_memory",
            Self::PasswordLength => "vault_password_length",
            Self::TooManyEntries => "vault_full",
            Self::TooManySlots => "vault_no_free_slot",
            Self::UnknownEntry => "vault_unknown_entry",
            Self::UnknownSlot => "vault_unknown_slot",
            Self::AlreadyThere => "vault_entry_already_there",
            Self::OrderMismatch => "vault_order_mismatch",
            Self::NameInvalid => "vault_name_invalid",
            Self::NameIsSteam => "vault_name_is_steam",
            Self::EntryTooLong => "vault_entry_too_long",
            Self::DifferentVaults => "vault_different_vaults",
            Self::Diverged => "vault_diverged",
        }
    }
}

/// Which check found the damage, from the outside in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Shorter than the shortest vault, or longer than the longest.
    Incomplete,
    /// The checksum at the end does not match: bytes were changed or cut off by accident.
    Checksum,
    /// The checksum matches but the header or the framing makes no sense.
    Header,
    /// The key is right, and the header or the index is not what was written with it.
    Index,
    /// Entries are missing, added, swapped or of another generation.
    Entries,
    /// An entry is not what was written, or does not hold an account.
    Entry,
}
