//! The bytes of a vault: `docs/vault-format.md`.

use alloc::vec::Vec;

use super::{
    KdfParams, MAX_ENTRIES, MAX_FILE_LEN, MAX_SLOTS, Part, VaultError,
    crypto::{self, NONCE_LEN, TAG_LEN},
    slot::{Opens, SLOT_LEN, Slot},
};

pub(super) const MAGIC: &[u8; 8] = b"GPVAULT\x1a";
pub(super) const VERSION: u16 = 1;
const FIXED_LEN: usize = 36;
const CHECKSUM_LEN: usize = 32;
const SHORTEST: usize = FIXED_LEN + SLOT_LEN + (4 + NONCE_LEN + TAG_LEN) + CHECKSUM_LEN;
/// What the index says about one entry: id, version, tag.
pub(super) const INDEX_ITEM_LEN: usize = 16 + 8 + TAG_LEN;

/// A generation that no person reaches: a save each second for 136 years. In a damaged head one above it is damage,
/// and counted on from there the next saves would soon have no later number to take.
const MOST_SAVES: u64 = 1 << 32;

/// What stands before the encrypted part.
#[derive(Clone)]
pub(super) struct Head {
    pub(super) vault_id: [u8; 16],
    pub(super) generation: u64,
    pub(super) slots: Vec<Slot>,
}

impl Head {
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(FIXED_LEN + self.slots.len() * SLOT_LEN);
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&VERSION.to_le_bytes());
        let slots = u8::try_from(self.slots.len()).expect("at most MAX_SLOTS slots");
        out.extend_from_slice(&[slots, 0]);
        out.extend_from_slice(&self.vault_id);
        out.extend_from_slice(&self.generation.to_le_bytes());
        for slot in &self.slots {
            slot.write(&mut out);
        }
        out
    }

    /// The parameters of the one password slot.
    pub(super) fn kdf(&self) -> KdfParams {
        self.slots
            .iter()
            .find_map(|slot| match slot.opens {
                Opens::Password(params) => Some(params),
                Opens::Device => None,
            })
            .unwrap_or_default()
    }

    pub(super) fn has_device_key(&self) -> bool {
        self.slots.iter().any(|slot| slot.opens == Opens::Device)
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, VaultError> {
        const DAMAGED: VaultError = VaultError::Damaged(Part::Header);
        let [count, reserved] = reader.array().ok_or(DAMAGED)?;
        let vault_id = reader.array().ok_or(DAMAGED)?;
        let generation = reader.u64().ok_or(DAMAGED)?;
        if count == 0 || usize::from(count) > MAX_SLOTS || reserved != 0 || generation == 0 {
            return Err(DAMAGED);
        }
        let mut slots = Vec::with_capacity(usize::from(count));
        for _ in 0..count {
            let slot = Slot::read(reader)?;
            if slots.iter().any(|known: &Slot| known.id == slot.id) {
                return Err(DAMAGED);
            }
            slots.push(slot);
        }
        let passwords = slots.iter().filter(|slot| matches!(slot.opens, Opens::Password(_))).count();
        if passwords != 1 {
            return Err(DAMAGED);
        }
        Ok(Self { vault_id, generation, slots })
    }
}

/// A nonce and what was sealed with it.
pub(super) struct Sealed<'a> {
    pub(super) nonce: [u8; NONCE_LEN],
    pub(super) ciphertext: &'a [u8],
}

/// An entry as it lies in the file.
pub(super) struct EntryRecord<'a> {
    pub(super) id: [u8; 16],
    pub(super) version: u64,
    pub(super) sealed: Sealed<'a>,
}

impl EntryRecord<'_> {
    /// The tag that the index binds this entry by.
    pub(super) fn tag(&self) -> [u8; TAG_LEN] {
        tag_of(self.sealed.ciphertext)
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&length(self.sealed.ciphertext));
        out.extend_from_slice(&self.id);
        out.extend_from_slice(&self.version.to_le_bytes());
        out.extend_from_slice(&self.sealed.nonce);
        out.extend_from_slice(self.sealed.ciphertext);
    }

    fn read<'a>(reader: &mut Reader<'a>) -> Option<EntryRecord<'a>> {
        let len = reader.u32()?;
        Some(EntryRecord {
            id: reader.array()?,
            version: reader.u64()?,
            sealed: Sealed { nonce: reader.array()?, ciphertext: ciphertext(reader, len)? },
        })
    }
}

/// A vault taken apart, nothing decrypted yet.
pub(super) struct Parsed<'a> {
    pub(super) head: Head,
    /// The bytes of the head, which the index is bound to.
    pub(super) head_bytes: &'a [u8],
    pub(super) index: Sealed<'a>,
    pub(super) entries: Vec<EntryRecord<'a>>,
}

impl<'a> Parsed<'a> {
    /// Checks all that can be checked without a key.
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, VaultError> {
        let body = checked_body(bytes)?;
        let mut reader = after_version(body)?;
        let head = Head::read(&mut reader)?;
        let head_bytes = &body[..body.len() - reader.rest.len()];
        let damaged = VaultError::Damaged(Part::Header);
        let index = read_index(&mut reader).ok_or(damaged)?;
        let mut entries = Vec::new();
        while !reader.rest.is_empty() {
            if entries.len() == MAX_ENTRIES {
                return Err(damaged);
            }
            entries.push(EntryRecord::read(&mut reader).ok_or(damaged)?);
        }
        Ok(Self { head, head_bytes, index, entries })
    }

    /// As much as can be taken apart of a file whose checksum does not match: the head must be readable,
    /// the rest as far as its framing goes. Returns whether the framing went to the end.
    pub(super) fn salvage(bytes: &'a [u8]) -> Result<(Head, Vec<EntryRecord<'a>>, bool), VaultError> {
        if bytes.len() > MAX_FILE_LEN {
            return Err(VaultError::Damaged(Part::Incomplete));
        }
        if !bytes.starts_with(MAGIC) {
            return Err(VaultError::NotAVault);
        }
        let mut reader = after_version(bytes)?;
        let mut head = Head::read(&mut reader)?;
        if head.generation > MOST_SAVES {
            head.generation = 0;
        }
        let mut entries = Vec::new();
        if read_index(&mut reader).is_none() {
            return Ok((head, entries, false));
        }
        // A complete file ends with the checksum, which is shorter than any entry.
        while reader.rest.len() > CHECKSUM_LEN && entries.len() < MAX_ENTRIES {
            let Some(entry) = EntryRecord::read(&mut reader) else {
                return Ok((head, entries, false));
            };
            entries.push(entry);
        }
        let whole = reader.rest.len() == CHECKSUM_LEN;
        Ok((head, entries, whole))
    }
}

/// Puts a vault together and ends it with its checksum.
pub(super) fn assemble(head: Vec<u8>, index: &Sealed<'_>, entries: &[u8]) -> Vec<u8> {
    let mut out = head;
    out.extend_from_slice(&length(index.ciphertext));
    out.extend_from_slice(&index.nonce);
    out.extend_from_slice(index.ciphertext);
    out.extend_from_slice(entries);
    let checksum = crypto::sha256(&out);
    out.extend_from_slice(&checksum);
    out
}

pub(super) fn tag_of(ciphertext: &[u8]) -> [u8; TAG_LEN] {
    *ciphertext.last_chunk().expect("what was sealed is at least as long as its tag")
}

/// All before the checksum, which must match.
fn checked_body(bytes: &[u8]) -> Result<&[u8], VaultError> {
    if !bytes.starts_with(MAGIC) {
        // The beginning of a vault that was cut off within its first bytes is still no other kind of file.
        return Err(if !bytes.is_empty() && MAGIC.starts_with(bytes) {
            VaultError::Damaged(Part::Incomplete)
        } else {
            VaultError::NotAVault
        });
    }
    if bytes.len() < SHORTEST || bytes.len() > MAX_FILE_LEN {
        return Err(VaultError::Damaged(Part::Incomplete));
    }
    let (body, checksum) = bytes.split_at(bytes.len() - CHECKSUM_LEN);
    if crypto::sha256(body) != checksum {
        return Err(VaultError::Damaged(Part::Checksum));
    }
    Ok(body)
}

fn after_version(bytes: &[u8]) -> Result<Reader<'_>, VaultError> {
    let mut reader = Reader { rest: bytes };
    let _magic: Option<[u8; 8]> = reader.array();
    match reader.array() {
        Some(version) if u16::from_le_bytes(version) == VERSION => Ok(reader),
        Some(_) => Err(VaultError::UnsupportedVersion),
        None => Err(VaultError::Damaged(Part::Incomplete)),
    }
}

fn read_index<'a>(reader: &mut Reader<'a>) -> Option<Sealed<'a>> {
    let len = reader.u32()?;
    Some(Sealed { nonce: reader.array()?, ciphertext: ciphertext(reader, len)? })
}

fn ciphertext<'a>(reader: &mut Reader<'a>, len: u32) -> Option<&'a [u8]> {
    let len = usize::try_from(len).ok()?;
    (len >= TAG_LEN).then(|| reader.take(len)).flatten()
}

fn length(ciphertext: &[u8]) -> [u8; 4] {
    u32::try_from(ciphertext.len()).expect("entries and the index are limited far below 4 GiB").to_le_bytes()
}

/// Takes bytes from the front; little-endian numbers.
pub(super) struct Reader<'a> {
    pub(super) rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        Some(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*taken)
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }
}
