use subtle::{Choice, ConditionallySelectable, ConstantTimeEq, ConstantTimeGreater};
use thiserror::Error;

use super::{Key, OtpError, TotpParams, time_step};
use crate::secret::Secret;

/// How many time steps to either side of now a code is looked for: 0 to 10.
///
/// RFC 6238 §5.2 recommends one; more is for resynchronising a device after full authentication (§6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window(u8);

impl Window {
    /// Only the current step.
    pub const NONE: Self = Self(0);
    /// One step before and one after, the default.
    pub const ONE: Self = Self(1);
    /// The widest window, ten steps to either side.
    pub const MAX: Self = Self(10);

    /// So many steps to either side.
    ///
    /// # Errors
    /// [`OtpError::WindowOutOfRange`] above 10.
    pub fn new(steps: u8) -> Result<Self, OtpError> {
        if steps > Self::MAX.0 { Err(OtpError::WindowOutOfRange) } else { Ok(Self(steps)) }
    }

    /// The steps to either side.
    #[must_use]
    pub fn steps(self) -> u8 {
        self.0
    }
}

impl Default for Window {
    fn default() -> Self {
        Self::ONE
    }
}

/// Where an accepted code was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// The time step of the code: store it, and give it as `last_step` the next time.
    pub step: u64,
    /// `step` minus the step of now: below 0 when the device is behind, above 0 when it is ahead.
    pub drift: i64,
}

/// Why a code was refused. A server answers all of them alike and keeps the difference for its audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Rejection {
    /// Not a code of this length and alphabet; nothing was computed.
    #[error("not a code of the expected form")]
    Malformed,
    /// No step of the window has this code.
    #[error("the code is wrong")]
    Wrong,
    /// The code is right, but its step is not later than the last accepted one (RFC 6238 §5.2).
    #[error("the code was used before")]
    Reused,
}

impl Rejection {
    /// Every variant, in the order of its declaration.
    pub const ALL: &[Self] = &[Self::Malformed, Self::Wrong, Self::Reused];

    /// The stable code of this error, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Wrong => "wrong",
            Self::Reused => "reused",
        }
    }
}

/// Checks a code against every step of the window around `now` (seconds since 1970) and against replay: a step is
/// accepted only when it is later than `last_step`, the step of the last accepted code. Of several steps with this
/// code the one nearest to now counts, at equal distance the earlier one.
///
/// All steps are computed and compared whatever the code is; the time taken tells only whether the code had the
/// right form. Steps before 0 and beyond 2⁶⁴ − 1 do not exist and are left out.
///
/// The caller stores [`Match::step`] in one compare-and-set with this check, or a code can be used twice at once.
///
/// # Errors
/// [`Rejection::Malformed`], [`Rejection::Wrong`], [`Rejection::Reused`].
pub fn verify(
    secret: &Secret,
    params: &TotpParams,
    code: &str,
    now: u64,
    window: Window,
    last_step: Option<u64>,
) -> Result<Match, Rejection> {
    verify_steps(&Key::new(secret, params.algorithm()), params, code, now, window, last_step)
}

pub(super) fn verify_steps(
    key: &Key,
    params: &TotpParams,
    code: &str,
    now: u64,
    window: Window,
    last_step: Option<u64>,
) -> Result<Match, Rejection> {
    let format = params.format();
    let typed = format.read(code).ok_or(Rejection::Malformed)?;
    let current = time_step(params, now);
    let nothing_before = Choice::from(u8::from(last_step.is_none()));
    let last_step = last_step.unwrap_or_default();

    let mut right = Choice::from(0);
    let mut fresh = Choice::from(0);
    let mut drift = 0_i64;
    let mut check = |step: u64, distance: i64| {
        let equal = key.hotp(step, format).ct_eq(&typed);
        let later = nothing_before | step.ct_gt(&last_step);
        right |= equal;
        fresh |= equal & later;
        drift.conditional_assign(&distance, equal & later);
    };
    // From the rim inwards, so that the nearest step has the last word.
    for distance in (1..=window.0).rev() {
        if let Some(step) = current.checked_add(u64::from(distance)) {
            check(step, i64::from(distance));
        }
        if let Some(step) = current.checked_sub(u64::from(distance)) {
            check(step, -i64::from(distance));
        }
    }
    check(current, 0);

    if fresh.into() {
        Ok(Match { step: current.saturating_add_signed(drift), drift })
    } else if right.into() {
        Err(Rejection::Reused)
    } else {
        Err(Rejection::Wrong)
    }
}
