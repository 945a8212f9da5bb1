//! Key slots: the vault key, wrapped once per way of opening the vault.

use alloc::vec::Vec;

use zeroize::Zeroizing;

use super::{
    Entropy, KdfParams, Part, VaultError,
    crypto::{self, DEVICE_DOMAIN, NONCE_LEN, SLOT_DOMAIN, TAG_LEN},
    format::Reader,
};

pub(super) const SLOT_LEN: usize = 120;
/// Of a slot, what is associated with its wrapped key: all before the nonce.
const BOUND_LEN: usize = 48;
const WRAPPED_LEN: usize = 32 + TAG_LEN;

const KIND_PASSWORD: u8 = 1;
const KIND_DEVICE: u8 = 2;

/// Names a slot for as long as it exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SlotId([u8; 16]);

impl SlotId {
    /// The id as stored.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl From<[u8; 16]> for SlotId {
    fn from(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

#[derive(Clone)]
pub(super) struct Slot {
    pub(super) id: SlotId,
    pub(super) opens: Opens,
    salt: [u8; 16],
    nonce: [u8; NONCE_LEN],
    wrapped: [u8; WRAPPED_LEN],
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Opens {
    Password(KdfParams),
    Device,
}

impl Slot {
    pub(super) fn for_password(
        vault_id: &[u8; 16],
        vault_key: &[u8; 32],
        password: &str,
        params: KdfParams,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, VaultError> {
        let (id, salt) = fresh(entropy);
        let wrapping_key = params.derive(password, &salt)?;
        let opens = Opens::Password(params);
        Ok(Self::wrap(vault_id, vault_key, &wrapping_key, id, opens, salt, entropy))
    }

    pub(super) fn for_device(
        vault_id: &[u8; 16],
        vault_key: &[u8; 32],
        device_key: &[u8; 32],
        entropy: &mut dyn Entropy,
    ) -> Self {
        let (id, salt) = fresh(entropy);
        let wrapping_key = crypto::subkey(device_key, &[DEVICE_DOMAIN, &salt]);
        Self::wrap(vault_id, vault_key, &wrapping_key, id, Opens::Device, salt, entropy)
    }

    fn wrap(
        vault_id: &[u8; 16],
        vault_key: &[u8; 32],
        wrapping_key: &[u8; 32],
        id: SlotId,
        opens: Opens,
        salt: [u8; 16],
        entropy: &mut dyn Entropy,
    ) -> Self {
        let mut slot = Self { id, opens, salt, nonce: [0; NONCE_LEN], wrapped: [0; WRAPPED_LEN] };
        let (nonce, wrapped) = crypto::seal(wrapping_key, &slot.associated(vault_id), vault_key, entropy);
        slot.nonce = nonce;
        slot.wrapped.copy_from_slice(&wrapped);
        slot
    }

    /// `None`: this password does not open this slot.
    pub(super) fn open_with_password(
        &self,
        vault_id: &[u8; 16],
        password: &str,
    ) -> Result<Option<Zeroizing<[u8; 32]>>, VaultError> {
        let Opens::Password(params) = self.opens else {
            return Ok(None);
        };
        let wrapping_key = params.derive(password, &self.salt)?;
        Ok(self.unwrap_key(vault_id, &wrapping_key))
    }

    /// `None`: this key does not open this slot.
    pub(super) fn open_with_device_key(
        &self,
        vault_id: &[u8; 16],
        device_key: &[u8; 32],
    ) -> Option<Zeroizing<[u8; 32]>> {
        if self.opens != Opens::Device {
            return None;
        }
        let wrapping_key = crypto::subkey(device_key, &[DEVICE_DOMAIN, &self.salt]);
        self.unwrap_key(vault_id, &wrapping_key)
    }

    fn unwrap_key(&self, vault_id: &[u8; 16], wrapping_key: &[u8; 32]) -> Option<Zeroizing<[u8; 32]>> {
        let opened = crypto::open(wrapping_key, &self.nonce, &self.associated(vault_id), &self.wrapped)?;
        let mut key = Zeroizing::new([0; 32]);
        key.copy_from_slice(&opened);
        Some(key)
    }

    fn associated(&self, vault_id: &[u8; 16]) -> Vec<u8> {
        let mut associated = Vec::with_capacity(SLOT_DOMAIN.len() + 16 + BOUND_LEN);
        associated.extend_from_slice(SLOT_DOMAIN);
        associated.extend_from_slice(vault_id);
        self.write_bound(&mut associated);
        associated
    }

    fn write_bound(&self, out: &mut Vec<u8>) {
        let (kind, [memory, passes, lanes]) = match self.opens {
            Opens::Password(params) => (KIND_PASSWORD, [params.memory_kib(), params.passes(), params.lanes()]),
            Opens::Device => (KIND_DEVICE, [0; 3]),
        };
        out.extend_from_slice(&[kind, 0, 0, 0]);
        out.extend_from_slice(self.id.as_bytes());
        for number in [memory, passes, lanes] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(&self.salt);
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        self.write_bound(out);
        out.extend_from_slice(&self.nonce);
        out.extend_from_slice(&self.wrapped);
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, VaultError> {
        const DAMAGED: VaultError = VaultError::Damaged(Part::Header);
        let [kind, reserved @ ..] = reader.array::<4>().ok_or(DAMAGED)?;
        let id = SlotId(reader.array().ok_or(DAMAGED)?);
        let memory = reader.u32().ok_or(DAMAGED)?;
        let passes = reader.u32().ok_or(DAMAGED)?;
        let lanes = reader.u32().ok_or(DAMAGED)?;
        let opens = match (kind, memory, passes, lanes) {
            (KIND_PASSWORD, ..) => Opens::Password(KdfParams::new(memory, passes, lanes)?),
            (KIND_DEVICE, 0, 0, 0) => Opens::Device,
            _ => return Err(DAMAGED),
        };
        if reserved != [0; 3] {
            return Err(DAMAGED);
        }
        Ok(Self {
            id,
            opens,
            salt: reader.array().ok_or(DAMAGED)?,
            nonce: reader.array().ok_or(DAMAGED)?,
            wrapped: reader.array().ok_or(DAMAGED)?,
        })
    }
}

fn fresh(entropy: &mut dyn Entropy) -> (SlotId, [u8; 16]) {
    let (mut id, mut salt) = ([0; 16], [0; 16]);
    entropy.fill(&mut id);
    entropy.fill(&mut salt);
    (SlotId(id), salt)
}
