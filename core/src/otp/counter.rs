use super::OtpError;

/// The moving factor of an HOTP account (RFC 4226 `C`): 0 to 2⁶³ − 1, so that it fits the signed 64-bit field of
/// Google's migration format and of every database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Counter(u64);

impl Counter {
    /// The largest counter.
    pub const MAX: Self = Self(i64::MAX.unsigned_abs());

    /// The counter with this value.
    ///
    /// # Errors
    /// [`OtpError::CounterOutOfRange`] above 2⁶³ − 1.
    pub fn new(value: u64) -> Result<Self, OtpError> {
        if value > Self::MAX.0 { Err(OtpError::CounterOutOfRange) } else { Ok(Self(value)) }
    }

    /// The value.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }

    /// The counter after this one; `None` after the last.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::new(self.0 + 1).ok()
    }
}
