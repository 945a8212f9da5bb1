use super::verify::{Match, Rejection, Window, verify_steps};
use super::{Code, Key, TotpParams, hotp};
use crate::secret::Secret;

/// A time-based account ready to use: a [`Key`] and the parameters it belongs to. Keep it where many codes of one
/// account are made or checked; it saves a third to a half of the work.
///
/// Wiped when dropped; `Debug` shows the parameters only.
#[derive(Debug, Clone)]
pub struct Totp {
    key: Key,
    params: TotpParams,
}

impl Totp {
    /// The account with this secret.
    #[must_use]
    pub fn new(secret: &Secret, params: &TotpParams) -> Self {
        Self { key: Key::new(secret, params.algorithm()), params: *params }
    }

    /// The parameters that the account was made with.
    #[must_use]
    pub fn params(&self) -> &TotpParams {
        &self.params
    }

    /// The code at `now` (seconds since 1970), RFC 6238 §4.2.
    #[must_use]
    pub fn generate(&self, now: u64) -> Code {
        self.at_step(time_step(&self.params, now))
    }

    /// The codes before, at and after `now` (seconds since 1970).
    #[must_use]
    pub fn codes(&self, now: u64) -> Codes {
        let step = time_step(&self.params, now);
        Codes {
            previous: step.checked_sub(1).map(|step| self.at_step(step)),
            current: self.at_step(step),
            next: self.at_step(step.saturating_add(1)),
            seconds_left: seconds_left(&self.params, now),
        }
    }

    /// As [`verify`](super::verify()), with the key already made.
    ///
    /// # Errors
    /// As [`verify`](super::verify()).
    pub fn verify(&self, code: &str, now: u64, window: Window, last_step: Option<u64>) -> Result<Match, Rejection> {
        verify_steps(&self.key, &self.params, code, now, window, last_step)
    }

    /// The code of one time step (RFC 6238 `T`).
    #[must_use]
    pub fn at_step(&self, step: u64) -> Code {
        self.key.hotp(step, self.params.format())
    }
}

/// What an authenticator shows of one account at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes {
    /// The code of the step before; `None` in the first step of time.
    pub previous: Option<Code>,
    /// The code that is valid now.
    pub current: Code,
    /// The code of the step after. In the last step that 64 bits can count it equals `current`.
    pub next: Code,
    /// How long `current` stays, in seconds: 1 up to the period.
    pub seconds_left: u32,
}

/// The code at `now` (seconds since 1970), RFC 6238 §4.2. For more than one code of an account, keep a [`Totp`].
#[must_use]
pub fn generate(secret: &Secret, params: &TotpParams, now: u64) -> Code {
    hotp(secret, params.algorithm(), params.format(), time_step(params, now))
}

/// The codes before, at and after `now` (seconds since 1970), and how long the current one stays.
#[must_use]
pub fn codes(secret: &Secret, params: &TotpParams, now: u64) -> Codes {
    Totp::new(secret, params).codes(now)
}

/// The time step (RFC 6238 `T`) that `now` (seconds since 1970) falls into.
#[must_use]
pub fn time_step(params: &TotpParams, now: u64) -> u64 {
    now / u64::from(params.period().seconds())
}

/// How long the step at `now` (seconds since 1970) still lasts, in seconds: 1 up to the period.
#[must_use]
pub fn seconds_left(params: &TotpParams, now: u64) -> u32 {
    let period = params.period().seconds();
    // The remainder is below the period, which has 32 bits.
    period - u32::try_from(now % u64::from(period)).unwrap_or_default()
}
