use super::{Algorithm, Format, Period};

/// What a time-based code depends on besides secret and time.
///
/// The default is SHA1, 6 digits, 30 seconds: the one set that every authenticator can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct TotpParams {
    algorithm: Algorithm,
    format: Format,
    period: Period,
}

impl TotpParams {
    /// These parameters.
    #[must_use]
    pub fn new(algorithm: Algorithm, format: Format, period: Period) -> Self {
        Self { algorithm, format, period }
    }

    /// The hash under the HMAC.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// How the value becomes text.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// The length of a time step.
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }
}
