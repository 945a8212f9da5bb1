use super::OtpError;

/// How many digits a code has: 5 to 10.
///
/// RFC 4226 §5.3 asks for at least 6; 5 occurs in the field. With 10 the first digit is 0, 1 or 2, because the
/// truncated value has 31 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digits(u8);

impl Digits {
    /// What every authenticator can do.
    pub const SIX: Self = Self(6);
    /// The longer form that Google's migration format knows.
    pub const EIGHT: Self = Self(8);

    /// So many digits.
    ///
    /// # Errors
    /// [`OtpError::DigitsOutOfRange`] outside 5 to 10.
    pub fn new(digits: u8) -> Result<Self, OtpError> {
        if (5..=10).contains(&digits) { Ok(Self(digits)) } else { Err(OtpError::DigitsOutOfRange) }
    }

    /// The number of digits.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }
}

impl Default for Digits {
    fn default() -> Self {
        Self::SIX
    }
}
