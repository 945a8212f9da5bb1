use core::num::NonZeroU32;

use super::OtpError;

/// How long one time step lasts (RFC 6238 `X`): 1 second to 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period(NonZeroU32);

impl Period {
    /// The longest period of [`new`](Self::new): 24 hours, in seconds.
    pub const MAX_SECONDS: u32 = 86_400;

    /// The longest period of [`long`](Self::long): 2³¹ − 1 seconds.
    pub const MAX_LONG_SECONDS: u32 = 0x7fff_ffff;

    /// So many seconds.
    ///
    /// # Errors
    /// [`OtpError::PeriodOutOfRange`] for 0 and above 24 hours.
    pub fn new(seconds: u32) -> Result<Self, OtpError> {
        if seconds > Self::MAX_SECONDS { Err(OtpError::PeriodOutOfRange) } else { Self::long(seconds) }
    }

    /// As [`new`](Self::new), but up to 2³¹ − 1 seconds. Some published otpauth URIs have periods of years; an
    /// authenticator that shortened them would show wrong codes, so they are kept as written, with a warning.
    ///
    /// # Errors
    /// [`OtpError::PeriodOutOfRange`] for 0 and above 2³¹ − 1.
    pub fn long(seconds: u32) -> Result<Self, OtpError> {
        match NonZeroU32::new(seconds) {
            Some(seconds) if seconds.get() <= Self::MAX_LONG_SECONDS => Ok(Self(seconds)),
            _ => Err(OtpError::PeriodOutOfRange),
        }
    }

    /// The length in seconds.
    #[must_use]
    pub fn seconds(self) -> u32 {
        self.0.get()
    }
}

impl Default for Period {
    /// 30 seconds, what every authenticator can do.
    fn default() -> Self {
        Self(NonZeroU32::MIN.saturating_add(29))
    }
}
