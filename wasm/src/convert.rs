//! Numbers across the border: JavaScript has only `f64`, and the generated glue would cut `262` to the byte `6`.

use crate::error::{CallError, Thrown};

/// `Number.MAX_SAFE_INTEGER`: above it JavaScript leaves out numbers.
const MAX_SAFE: f64 = 9_007_199_254_740_991.0;

/// Seconds since 1970 and the milliseconds into that second.
#[cfg(feature = "codes")]
pub(crate) struct Moment {
    pub(crate) seconds: u64,
    pub(crate) millis: f64,
}

/// A moment given as milliseconds since 1970; fractions (as of `performance.now`) are fine.
#[cfg(feature = "codes")]
pub(crate) fn moment(now_ms: f64) -> Result<Moment, Thrown> {
    let in_range = (0.0..=MAX_SAFE).contains(&now_ms).then_some(now_ms).ok_or(CallError::InvalidTime)?;
    let seconds = to_u64(in_range / 1000.0);
    Ok(Moment { seconds, millis: in_range - to_f64(seconds) * 1000.0 })
}

/// Whole milliseconds on any clock; fractions are cut off.
#[cfg(any(feature = "identity", feature = "capture"))]
pub(crate) fn millis(now_ms: f64) -> Result<u64, Thrown> {
    Ok((0.0..=MAX_SAFE).contains(&now_ms).then(|| to_u64(now_ms)).ok_or(CallError::InvalidTime)?)
}

/// A whole number that JavaScript counts exactly.
#[cfg(any(feature = "codes", feature = "identity"))]
pub(crate) fn whole(value: f64) -> Option<u64> {
    let exact = to_u64(value);
    #[expect(clippy::float_cmp, reason = "equality is the question: was it whole?")]
    ((0.0..=MAX_SAFE).contains(&value) && to_f64(exact) == value).then_some(exact)
}

/// A small number; what is none becomes the largest, which every bounded type of the core refuses by name.
#[cfg(any(feature = "codes", feature = "identity"))]
pub(crate) fn bounded<T: TryFrom<u64>>(value: f64, largest: T) -> T {
    whole(value).and_then(|value| T::try_from(value).ok()).unwrap_or(largest)
}

/// Steps and counters for JavaScript. Exact up to `Number.MAX_SAFE_INTEGER`, which time steps never reach.
#[cfg(any(feature = "codes", feature = "identity"))]
#[expect(clippy::cast_precision_loss, reason = "JavaScript has no other number")]
pub(crate) fn to_f64(value: u64) -> f64 {
    value as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates; callers check the range")]
fn to_u64(value: f64) -> u64 {
    value as u64
}
