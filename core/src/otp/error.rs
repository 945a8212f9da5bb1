use thiserror::Error;

/// A number that one-time passwords cannot be made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OtpError {
    /// A code has 5 to 10 digits.
    #[error("a code has 5 to 10 digits")]
    DigitsOutOfRange,
    /// A period is 1 second to 24 hours.
    #[error("a period is 1 second to 24 hours")]
    PeriodOutOfRange,
    /// A counter is 0 to 2⁶³ − 1.
    #[error("a counter is 0 to 2^63 - 1")]
    CounterOutOfRange,
    /// A window is at most 10 steps to either side.
    #[error("a window is at most 10 steps to either side")]
    WindowOutOfRange,
}

impl OtpError {
    /// Every variant, in the order of its declaration.
    pub const ALL: &[Self] =
        &[Self::DigitsOutOfRange, Self::PeriodOutOfRange, Self::CounterOutOfRange, Self::WindowOutOfRange];

    /// The stable code of this error, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::DigitsOutOfRange => "digits_out_of_range",
            Self::PeriodOutOfRange => "period_out_of_range",
            Self::CounterOutOfRange => "counter_out_of_range",
            Self::WindowOutOfRange => "window_out_of_range",
        }
    }
}
