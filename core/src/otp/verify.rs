use core::hint::black_box;

use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};
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

    // Every verdict is written down before, and one is looked up at the end: to branch there, or to write only then,
    // takes a measurably different time for a right code and a wrong one.
    let mut verdicts = [Slot(Err(Rejection::Wrong)); VERDICTS];
    verdicts[REUSED] = Slot(Err(Rejection::Reused));
    for (verdict, distance) in verdicts[FOUND..].iter_mut().zip(0_u8..=2 * window.0) {
        let drift = drift(distance);
        *verdict = Slot(Ok(Match { step: current.wrapping_add_signed(drift), drift }));
    }
    let verdicts = black_box(verdicts);

    let mut right = Choice::from(0);
    let mut found = 0_u8;
    let mut place = 2 * window.0 + 1;
    // Three at a time, the best last.
    while place > 0 {
        let places = [place.saturating_sub(1), place.saturating_sub(2), place.saturating_sub(3)];
        place = place.saturating_sub(3);
        let steps = places.map(|place| current.checked_add_signed(drift(place)));
        // A step that does not exist is computed all the same and never equal: the time stays the same.
        let values = key.truncated(steps.map(Option::unwrap_or_default));
        for ((value, step), place) in values.into_iter().zip(steps).zip(places) {
            // Neither of the two is a secret or depends on the code.
            let exists = step.is_some();
            let later = last_step.is_none_or(|last_step| step > Some(last_step));
            let equal = format.write(value).ct_eq(&typed) & Choice::from(u8::from(exists));
            right |= equal;
            found.conditional_assign(&(place + 1), equal & Choice::from(u8::from(later)));
        }
    }
    let index = u8::conditional_select(&right.unwrap_u8(), &(found + 1), !found.ct_eq(&0));
    verdicts[usize::from(index)].0
}

/// Aligned, so that none lies across two cache lines and takes a cycle longer to read.
#[derive(Clone, Copy)]
#[repr(align(32))]
struct Slot(Result<Match, Rejection>);

/// The places of a window by how well they suit: 0 is now, 1 the step before, 2 the step after, 3 the one before the
/// step before, and so on.
fn drift(place: u8) -> i64 {
    let distance = i64::from(place.div_ceil(2));
    if place.is_multiple_of(2) { distance } else { -distance }
}

/// Where in the list of verdicts a reused code is, and where the places of the window begin. Wrong is the first.
const REUSED: usize = 1;
const FOUND: usize = 2;
const VERDICTS: usize = FOUND + 2 * 10 + 1;
