use core::fmt;

use subtle::{Choice, ConstantTimeEq};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A one-time code: at most ten ASCII characters, held on the stack and wiped when dropped.
///
/// `Debug` prints a fixed text, and `==` takes the same time wherever two codes of one length differ.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Code {
    bytes: [u8; Self::MAX_LENGTH],
    length: usize,
}

impl Code {
    /// The most characters a code has.
    pub const MAX_LENGTH: usize = 10;

    /// The code as it is shown, leading zeros included.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// The ASCII bytes of [`as_str`](Self::as_str).
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    /// `bytes[..length]` is ASCII and the rest zero.
    pub(super) fn from_ascii(bytes: [u8; Self::MAX_LENGTH], length: usize) -> Self {
        debug_assert!(bytes.is_ascii() && bytes[length..].iter().all(|&b| b == 0), "not a code");
        Self { bytes, length }
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

impl ConstantTimeEq for Code {
    fn ct_eq(&self, other: &Self) -> Choice {
        // The unused places are zero in both, so that the length needs no comparison of its own.
        self.bytes.ct_eq(&other.bytes)
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.ct_eq(other).into()
    }
}

impl Eq for Code {}
