use core::fmt;

use subtle::{Choice, ConstantTimeEq};
use zeroize::{ZeroizeOnDrop, optimization_barrier};

/// A one-time code: at most ten ASCII characters, held on the stack and wiped when dropped.
///
/// `Debug` prints a fixed text, and `==` takes the same time wherever two codes of one length differ.
#[derive(Clone)]
pub struct Code {
    text: [u8; 16],
    length: u8,
}

impl Code {
    /// The most characters a code has.
    pub const MAX_LENGTH: usize = 10;

    /// The code as it is shown, leading zeros included.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// The ASCII bytes of [`as_str`](Self::as_str), for callers that can do without the check that they are text.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.text[..usize::from(self.length)]
    }

    /// `length` is that of the text.
    pub(super) fn new(text: Text, length: u8) -> Self {
        let text = text.0.to_le_bytes();
        debug_assert!(text.is_ascii() && text[usize::from(length)..].iter().all(|&b| b == 0), "not a code");
        Self { text, length }
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

impl ConstantTimeEq for Code {
    fn ct_eq(&self, other: &Self) -> Choice {
        Text(u128::from_le_bytes(self.text)).ct_eq(&Text(u128::from_le_bytes(other.text)))
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.ct_eq(other).into()
    }
}

impl Eq for Code {}

impl Drop for Code {
    fn drop(&mut self) {
        self.text = [0; 16];
        optimization_barrier(self);
    }
}

impl ZeroizeOnDrop for Code {}

/// The characters of a code, the first in the lowest byte and zeros behind the last, so that texts of different length
/// differ. A number, because it is put together and compared without going through memory.
#[derive(Clone, Copy)]
pub(super) struct Text(pub(super) u128);

impl Text {
    pub(super) const EMPTY: Self = Self(0);
}

impl ConstantTimeEq for Text {
    fn ct_eq(&self, other: &Self) -> Choice {
        let difference = self.0 ^ other.0;
        let folded = (difference | difference >> 64) & u128::from(u64::MAX);
        u64::try_from(folded).unwrap_or(u64::MAX).ct_eq(&0)
    }
}
