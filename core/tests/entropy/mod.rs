//! Random bytes that are the same in every run, and the file's checksum.

#![allow(dead_code, reason = "every test binary uses its own part")]

use gatepass_core::vault::Entropy;
use sha2::{Digest as _, Sha256};

/// SHA-256 of a seed and a count: no two fills are the same.
pub(crate) struct Counting {
    seed: u64,
    count: u64,
}

impl Counting {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, count: 0 }
    }
}

impl Entropy for Counting {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            self.count += 1;
            let digest = Sha256::new().chain_update(self.seed.to_le_bytes()).chain_update(self.count.to_le_bytes());
            chunk.copy_from_slice(&digest.finalize()[..chunk.len()]);
        }
    }
}

/// `body` with the checksum that ends a vault.
pub(crate) fn with_checksum(mut body: Vec<u8>) -> Vec<u8> {
    let checksum = Sha256::digest(&body);
    body.extend_from_slice(&checksum);
    body
}
