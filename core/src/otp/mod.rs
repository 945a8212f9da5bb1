//! One-time passwords: HOTP (RFC 4226), TOTP (RFC 6238) and Steam's five letters.
//!
//! Time comes in as seconds since 1970-01-01T00:00:00Z (RFC 6238 `T0 = 0`); nothing here reads a clock. Codes are
//! text from birth to comparison: a leading zero is a digit like any other.

mod algorithm;
mod code;
mod counter;
mod digits;
mod error;
mod format;
mod hmac;
mod key;
mod params;
mod period;
mod totp;
mod verify;

pub use algorithm::Algorithm;
pub use code::Code;
pub use counter::Counter;
pub use digits::Digits;
pub use error::OtpError;
pub use format::Format;
pub use key::{Key, hotp};
pub use params::TotpParams;
pub use period::Period;
pub use totp::{Codes, Totp, codes, generate, seconds_left, time_step};
pub use verify::{Match, Rejection, Window, verify};
