//! One account in the vault, and its bytes before they are sealed.

use alloc::{string::String, vec::Vec};
use core::fmt;

use zeroize::Zeroizing;

use super::{
    Entropy, Part, VaultError,
    crypto::{self, ENTRY_DOMAIN, NONCE_LEN, TAG_LEN},
    format::{self, EntryRecord, Reader, Sealed},
};
use crate::otpauth::{Otpauth, ParseOptions, Reason, Verdict, parse};

/// Longest name that can be given to an entry, in bytes of UTF-8.
pub const MAX_NAME_LEN: usize = 512;

const ENTRY_FORMAT: u8 = 1;
const HAS_ISSUER: u8 = 1;
const HAS_ACCOUNT: u8 = 2;
/// Plaintexts are filled up to a multiple of this, so that the length of a name does not show.
const BLOCK_LEN: usize = 256;

/// Names an entry for as long as it exists, also across removal and return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId([u8; 16]);

impl EntryId {
    /// The id as stored.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Reads 32 hexadecimal digits of either case, as [`Display`](fmt::Display) writes them.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if !rest.is_empty() {
            return None;
        }
        let pairs: &[[u8; 2]; 16] = pairs.try_into().ok()?;
        let mut id = [0; 16];
        for (byte, &[high, low]) in id.iter_mut().zip(pairs) {
            let digit = |hex: u8| char::from(hex).to_digit(16);
            *byte = u8::try_from(digit(high)? * 16 + digit(low)?).ok()?;
        }
        Some(Self(id))
    }
}

impl From<[u8; 16]> for EntryId {
    fn from(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// An account and how it is shown.
///
/// Personal data: issuer and account say who uses what. `Debug` prints id and version only.
#[derive(Clone)]
pub struct Entry {
    id: EntryId,
    version: u64,
    otpauth: Otpauth,
    names: Names,
    /// As it lies in the file; `None` once it was changed.
    sealed: Option<SealedEntry>,
}

/// Names that a person gave, shown in place of the account's own.
#[derive(Clone, Default, PartialEq, Eq)]
struct Names {
    issuer: Option<String>,
    account: Option<String>,
}

#[derive(Clone)]
struct SealedEntry {
    nonce: [u8; NONCE_LEN],
    ciphertext: Vec<u8>,
}

impl Entry {
    pub(super) fn new(id: EntryId, otpauth: Otpauth) -> Self {
        Self { id, version: 1, otpauth, names: Names::default(), sealed: None }
    }

    /// Names the entry in the vault.
    #[must_use]
    pub fn id(&self) -> EntryId {
        self.id
    }

    /// Goes up with each change of the entry; 1 when it is new.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The account as it was scanned or imported.
    #[must_use]
    pub fn otpauth(&self) -> &Otpauth {
        &self.otpauth
    }

    /// The issuer to show: the given name, else the account's own; `None` when that is empty.
    /// Personal data: says what service a person uses.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        match &self.names.issuer {
            Some(given) => (!given.is_empty()).then_some(given),
            None => self.otpauth.issuer(),
        }
    }

    /// The account name to show: the given one, else the account's own. Personal data.
    #[must_use]
    pub fn account(&self) -> &str {
        self.names.account.as_deref().unwrap_or_else(|| self.otpauth.account())
    }

    /// The issuer that a person gave, if one was given. Personal data.
    #[must_use]
    pub fn given_issuer(&self) -> Option<&str> {
        self.names.issuer.as_deref()
    }

    /// The account name that a person gave, if one was given. Personal data.
    #[must_use]
    pub fn given_account(&self) -> Option<&str> {
        self.names.account.as_deref()
    }

    /// The account under the names it is shown with, to be taken elsewhere. Under its own when the given ones make
    /// no account: [`Vault::rename`](super::Vault::rename) refuses them, but a file may hold them.
    #[must_use]
    pub fn shown(&self) -> Otpauth {
        self.otpauth.renamed(self.issuer().unwrap_or_default(), self.account()).unwrap_or_else(|_| self.otpauth.clone())
    }

    pub(super) fn set_otpauth(&mut self, otpauth: Otpauth) {
        self.otpauth = otpauth;
        self.touch();
    }

    pub(super) fn set_names(&mut self, issuer: Option<&str>, account: Option<&str>) -> Result<(), VaultError> {
        let names =
            Names { issuer: issuer.map(checked_name).transpose()?, account: account.map(checked_name).transpose()? };
        if names != self.names {
            let issuer = names.issuer.as_deref().or(self.otpauth.issuer()).unwrap_or_default();
            let account = names.account.as_deref().unwrap_or(self.otpauth.account());
            self.otpauth.renamed(issuer, account).map_err(name_error)?;
            self.names = names;
            self.touch();
        }
        Ok(())
    }

    pub(super) fn touch(&mut self) {
        self.version = self.version.saturating_add(1);
        self.sealed = None;
    }

    /// Seals the entry unless it lies in the file as it is.
    pub(super) fn seal(
        &mut self,
        vault_id: &[u8; 16],
        entry_key: &[u8; 32],
        entropy: &mut dyn Entropy,
    ) -> EntryRecord<'_> {
        if self.sealed.is_none() {
            let (nonce, ciphertext) =
                crypto::seal(entry_key, &associated(vault_id, self.id, self.version), &self.plaintext(), entropy);
            self.sealed = Some(SealedEntry { nonce, ciphertext });
        }
        let sealed = self.sealed.as_ref().expect("was sealed just above");
        EntryRecord {
            id: self.id.0,
            version: self.version,
            sealed: Sealed { nonce: sealed.nonce, ciphertext: &sealed.ciphertext },
        }
    }

    pub(super) fn open(
        record: &EntryRecord<'_>,
        vault_id: &[u8; 16],
        entry_key: &[u8; 32],
    ) -> Result<Self, VaultError> {
        const DAMAGED: VaultError = VaultError::Damaged(Part::Entry);
        let id = EntryId(record.id);
        let plaintext = crypto::open(
            entry_key,
            &record.sealed.nonce,
            &associated(vault_id, id, record.version),
            record.sealed.ciphertext,
        )
        .ok_or(DAMAGED)?;
        let (otpauth, names) = read_plaintext(&plaintext)?;
        Ok(Self {
            id,
            version: record.version,
            otpauth,
            names,
            sealed: Some(SealedEntry { nonce: record.sealed.nonce, ciphertext: record.sealed.ciphertext.to_vec() }),
        })
    }

    /// The tag that the index binds this entry by; only of a sealed one.
    pub(super) fn tag(&self) -> [u8; TAG_LEN] {
        let sealed = self.sealed.as_ref().expect("the entry is sealed first");
        format::tag_of(&sealed.ciphertext)
    }

    fn plaintext(&self) -> Zeroizing<Vec<u8>> {
        let uri = self.otpauth.emit();
        let given = [(HAS_ISSUER, &self.names.issuer), (HAS_ACCOUNT, &self.names.account)];
        let flags = given.iter().filter(|(_, name)| name.is_some()).fold(0, |flags, (flag, _)| flags | flag);
        // Reserved once: growing would leave copies of the secret behind.
        let most = 2 + (2 + uri.len()) + 2 * (2 + MAX_NAME_LEN) + BLOCK_LEN;
        let mut out = Zeroizing::new(Vec::with_capacity(most));
        out.extend_from_slice(&[ENTRY_FORMAT, flags]);
        push_text(&mut out, &uri);
        for name in given.iter().filter_map(|(_, name)| name.as_deref()) {
            push_text(&mut out, name);
        }
        let filled = out.len().next_multiple_of(BLOCK_LEN);
        out.resize(filled, 0);
        debug_assert!(out.len() <= most, "the buffer has grown");
        out
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("id", &self.id).field("version", &self.version).finish_non_exhaustive()
    }
}

fn associated(vault_id: &[u8; 16], id: EntryId, version: u64) -> Vec<u8> {
    [ENTRY_DOMAIN, vault_id, id.as_bytes(), &version.to_le_bytes()].concat()
}

fn push_text(out: &mut Vec<u8>, text: &str) {
    let len = u16::try_from(text.len()).expect("URIs are at most 8 KiB, names shorter");
    out.extend_from_slice(&len.to_le_bytes());
    out.extend_from_slice(text.as_bytes());
}

fn checked_name(name: &str) -> Result<String, VaultError> {
    let name = name.trim();
    if name.len() > MAX_NAME_LEN || name.chars().any(char::is_control) {
        return Err(VaultError::NameInvalid);
    }
    Ok(String::from(name))
}

fn name_error(reason: Reason) -> VaultError {
    match reason {
        Reason::SteamIssuer => VaultError::NameIsSteam,
        Reason::TooLong => VaultError::EntryTooLong,
        _ => VaultError::NameInvalid,
    }
}

fn read_plaintext(plaintext: &[u8]) -> Result<(Otpauth, Names), VaultError> {
    const DAMAGED: VaultError = VaultError::Damaged(Part::Entry);
    let mut reader = Reader { rest: plaintext };
    match reader.u8() {
        Some(ENTRY_FORMAT) => {}
        Some(_) => return Err(VaultError::UnsupportedVersion),
        None => return Err(DAMAGED),
    }
    let flags = reader.u8().ok_or(DAMAGED)?;
    if flags & !(HAS_ISSUER | HAS_ACCOUNT) != 0 {
        return Err(DAMAGED);
    }
    let uri = read_text(&mut reader).ok_or(DAMAGED)?;
    let otpauth = match parse(uri, &ParseOptions::IMPORT) {
        Verdict::Accept(otpauth) | Verdict::AcceptWithWarnings(otpauth, _) => otpauth,
        Verdict::Reject(_) => return Err(DAMAGED),
    };
    let mut name = |flag: u8| -> Result<Option<String>, VaultError> {
        if flags & flag == 0 {
            return Ok(None);
        }
        let text = read_text(&mut reader).ok_or(DAMAGED)?;
        checked_name(text).map(Some).map_err(|_| DAMAGED)
    };
    let names = Names { issuer: name(HAS_ISSUER)?, account: name(HAS_ACCOUNT)? };
    let filled = reader.rest.len() < BLOCK_LEN
        && plaintext.len().is_multiple_of(BLOCK_LEN)
        && reader.rest.iter().all(|&byte| byte == 0);
    if filled { Ok((otpauth, names)) } else { Err(DAMAGED) }
}

fn read_text<'a>(reader: &mut Reader<'a>) -> Option<&'a str> {
    let len = usize::from(reader.u16()?);
    core::str::from_utf8(reader.take(len)?).ok()
}
