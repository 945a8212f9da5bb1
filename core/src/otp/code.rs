use core::fmt;

use subtle::{Choice, ConstantTimeEq};
use zeroize::{ZeroizeOnDrop, optimization_barrier};

/// A one-time code: at most ten ASCII characters, held on the stack and wiped when dropped.
///
/// `Debug` prints a fixed text, and `==` takes the same time wherever two codes of one length differ.
#[derive(Clone)]
pub struct Code {
    text: Text,
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
        &self.text.0[..usize::from(self.length)]
    }

    /// `length` is that of the text.
    pub(super) fn new(text: Text, length: u8) -> Self {
        debug_assert!(text.0.is_ascii() && text.0[usize::from(length)..].iter().all(|&b| b == 0), "not a code");
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
        self.text.ct_eq(&other.text)
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
        self.text = Text::EMPTY;
        optimization_barrier(self);
    }
}

impl ZeroizeOnDrop for Code {}

/// The characters of a code, zeros behind them, so that two texts of different length differ. Sixteen bytes, because
/// they are compared as two words.
#[derive(Clone, Copy)]
pub(super) struct Text(pub(super) [u8; 16]);

impl Text {
    pub(super) const EMPTY: Self = Self([0; 16]);
}

impl ConstantTimeEq for Text {
    fn ct_eq(&self, other: &Self) -> Choice {
        let difference = u128::from_ne_bytes(self.0) ^ u128::from_ne_bytes(other.0);
        let folded = (difference | difference >> 64) & u128::from(u64::MAX);
        u64::try_from(folded).unwrap_or(u64::MAX).ct_eq(&0)
    }
}
