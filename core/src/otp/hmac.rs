//! HMAC (RFC 2104) of an eight-byte message, over RustCrypto's compression functions.
//!
//! A message this short fits one block, so that a MAC is exactly two compressions from the keyed states. The general
//! `hmac` crate spends as long again on buffers; the tests hold this against it. See
//! `docs/decisions/0001-own-otp.md`.

use sha1::Sha1;
use sha2::{Sha256, Sha512};
use zeroize::{Zeroize, ZeroizeOnDrop, optimization_barrier};

/// A hash function by its parts.
pub(super) trait Hash {
    /// The chaining value, most significant word first.
    type State: Copy;
    /// One block of input.
    type Block: Copy + AsMut<[u8]>;

    /// The chaining value before any input, FIPS 180-4 §5.3.
    const START: Self::State;
    /// A block of zeros.
    const ZEROS: Self::Block;
    /// Bytes of a block.
    const BLOCK_BYTES: usize;
    /// Bytes of a digest.
    const DIGEST_BYTES: usize;

    /// Takes one block into the chaining value.
    fn compress(state: &mut Self::State, block: &Self::Block);

    /// Writes the chaining value to the first [`DIGEST_BYTES`](Self::DIGEST_BYTES) of `block`.
    fn write_digest(state: &Self::State, block: &mut Self::Block);

    /// Dynamic truncation of a digest, RFC 4226 §5.3.
    fn truncate(state: &Self::State) -> u32;
}

/// The two chaining values that every HMAC with one key begins with; wiped when dropped.
#[derive(Clone)]
pub(super) struct Keyed<H: Hash> {
    inner: H::State,
    outer: H::State,
}

impl<H: Hash> Keyed<H> {
    pub(super) fn new(key: &[u8]) -> Self {
        let mut blocks = [H::ZEROS; 2];
        let [inner, outer] = &mut blocks;
        if key.len() > H::BLOCK_BYTES {
            digest::<H>(key, inner);
        } else {
            inner.as_mut()[..key.len()].copy_from_slice(key);
        }
        for (inner, outer) in inner.as_mut().iter_mut().zip(outer.as_mut()) {
            *outer = *inner ^ OUTER_PAD;
            *inner ^= INNER_PAD;
        }
        let mut states = [H::START; 2];
        compress_each::<H, 2>(&mut states, &blocks);
        let [inner, outer] = states;
        for block in &mut blocks {
            block.as_mut().zeroize();
        }
        Self { inner, outer }
    }

    /// The dynamic truncation (RFC 4226 §5.3) of the MAC of each message: the 31 bits that the MAC's own last four
    /// bits point at.
    #[inline]
    pub(super) fn truncated_macs<const N: usize>(&self, messages: [u64; N]) -> [u32; N] {
        let mut blocks = [H::ZEROS; N];
        for (block, message) in blocks.iter_mut().zip(messages) {
            block.as_mut()[..size_of::<u64>()].copy_from_slice(&message.to_be_bytes());
            pad::<H>(block, size_of::<u64>());
        }
        let mut states = [self.inner; N];
        compress_each::<H, N>(&mut states, &blocks);

        let mut blocks = [H::ZEROS; N];
        for (block, inner) in blocks.iter_mut().zip(&states) {
            H::write_digest(inner, block);
            pad::<H>(block, H::DIGEST_BYTES);
        }
        let mut states = [self.outer; N];
        compress_each::<H, N>(&mut states, &blocks);

        states.map(|mac| H::truncate(&mac))
    }
}

impl<H: Hash> Drop for Keyed<H> {
    fn drop(&mut self) {
        self.inner = H::START;
        self.outer = H::START;
        optimization_barrier(self);
    }
}

impl<H: Hash> ZeroizeOnDrop for Keyed<H> {}

const INNER_PAD: u8 = 0x36;
const OUTER_PAD: u8 = 0x5c;

/// One block into each state. Compressions that do not wait for one another are worked on side by side by the
/// processor, if nothing stands between them: three take little longer than two in a row.
#[inline]
fn compress_each<H: Hash, const N: usize>(states: &mut [H::State; N], blocks: &[H::Block; N]) {
    for (state, block) in states.iter_mut().zip(blocks) {
        H::compress(state, block);
    }
}

/// Pads (FIPS 180-4 §5.1) the one block that follows the key's block.
#[inline]
fn pad<H: Hash>(block: &mut H::Block, used: usize) {
    let bits = u16::try_from(8 * (H::BLOCK_BYTES + used)).unwrap_or_default();
    let bytes = block.as_mut();
    bytes[used] = 0x80;
    if let [.., high, low] = bytes {
        [*high, *low] = bits.to_be_bytes();
    }
}

/// The digest of a key longer than a block, into the first bytes of `block`. Byte by byte, because it is rare: the
/// `Digest` of the crates would be a tenth of the small browser build.
fn digest<H: Hash>(key: &[u8], block: &mut H::Block) {
    let mut state = H::START;
    let mut used = 0;
    for &byte in key.iter().chain(&[0x80]) {
        block.as_mut()[used] = byte;
        used += 1;
        if used == H::BLOCK_BYTES {
            H::compress(&mut state, block);
            *block = H::ZEROS;
            used = 0;
        }
    }
    // The length takes the last eighth of a block (FIPS 180-4 §5.1).
    if used > H::BLOCK_BYTES - H::BLOCK_BYTES / 8 {
        H::compress(&mut state, block);
        *block = H::ZEROS;
    }
    if let [.., high, low] = block.as_mut() {
        // Secrets have at most 1024 bytes.
        [*high, *low] = u16::try_from(8 * key.len()).unwrap_or_default().to_be_bytes();
    }
    H::compress(&mut state, block);
    *block = H::ZEROS;
    H::write_digest(&state, block);
    state = H::START;
    optimization_barrier(&state);
}

macro_rules! hash {
    ($hash:ty, $word:ty, $double:ty, $words:literal, $block:literal, $digest:literal, $compress:path, $start:expr) => {
        impl Hash for $hash {
            type State = [$word; $words];
            type Block = [u8; $block];

            const START: Self::State = $start;
            const ZEROS: Self::Block = [0; $block];
            const BLOCK_BYTES: usize = $block;
            const DIGEST_BYTES: usize = $digest;

            #[inline]
            fn compress(state: &mut Self::State, block: &Self::Block) {
                $compress(state, core::slice::from_ref(block));
            }

            #[inline]
            fn write_digest(state: &Self::State, block: &mut Self::Block) {
                for (bytes, word) in block.chunks_exact_mut(size_of::<$word>()).zip(state) {
                    bytes.copy_from_slice(&word.to_be_bytes());
                }
            }

            #[inline]
            fn truncate(state: &Self::State) -> u32 {
                const BYTES: usize = size_of::<$word>();
                let [.., last] = *state;
                let offset = usize::from(last.to_le_bytes()[0] & 0x0f);
                // The four bytes lie in one word or across two.
                let words = <$double>::from(state[offset / BYTES]) << <$word>::BITS
                    | <$double>::from(state[offset / BYTES + 1]);
                let [.., a, b, c, d] = (words >> (8 * (2 * BYTES - 4 - offset % BYTES))).to_be_bytes();
                u32::from_be_bytes([a, b, c, d]) & 0x7fff_ffff
            }
        }
    };
}

hash!(
    Sha1,
    u32,
    u64,
    5,
    64,
    20,
    sha1::block_api::compress,
    [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]
);
hash!(
    Sha256,
    u32,
    u64,
    8,
    64,
    32,
    sha2::block_api::compress256,
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,]
);
hash!(
    Sha512,
    u64,
    u128,
    8,
    128,
    64,
    sha2::block_api::compress512,
    [
        0x6a09_e667_f3bc_c908,
        0xbb67_ae85_84ca_a73b,
        0x3c6e_f372_fe94_f82b,
        0xa54f_f53a_5f1d_36f1,
        0x510e_527f_ade6_82d1,
        0x9b05_688c_2b3e_6c1f,
        0x1f83_d9ab_fb41_bd6b,
        0x5be0_cd19_137e_2179,
    ]
);

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use ::hmac::{EagerHash, Hmac, KeyInit, Mac};
    use proptest::prelude::*;

    use super::*;

    fn reference<D: EagerHash>(key: &[u8], message: u64) -> u32
    where
        Hmac<D>: Mac + KeyInit,
    {
        let mut mac = <Hmac<D> as KeyInit>::new_from_slice(key).expect("HMAC takes a key of any length");
        mac.update(&message.to_be_bytes());
        let mac = mac.finalize().into_bytes();
        let offset = usize::from(mac[mac.len() - 1] & 0x0f);
        u32::from_be_bytes([mac[offset], mac[offset + 1], mac[offset + 2], mac[offset + 3]]) & 0x7fff_ffff
    }

    fn check(key: &[u8], message: u64) {
        assert_eq!(Keyed::<Sha1>::new(key).truncated_macs([message])[0], reference::<Sha1>(key, message));
        assert_eq!(Keyed::<Sha256>::new(key).truncated_macs([message])[0], reference::<Sha256>(key, message));
        assert_eq!(Keyed::<Sha512>::new(key).truncated_macs([message])[0], reference::<Sha512>(key, message));
    }

    /// A code that no other program makes locks a person out.
    #[test]
    fn equals_the_hmac_crate_for_every_key_length() {
        let key: Vec<u8> = (0..=255).cycle().take(1024).collect();
        for length in (1..=300).chain([511, 512, 513, 1023, 1024]) {
            check(&key[..length], 0x0001_0203_0405_0607);
        }
    }

    proptest! {
        #[test]
        fn equals_the_hmac_crate(key in prop::collection::vec(any::<u8>(), 1..200), message: u64) {
            check(&key, message);
        }
    }
}
