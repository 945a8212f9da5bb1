//! The second factor: an authenticator that rolls a code, and recovery codes for the day it is gone.
//!
//! Enrol ([`enrolment`]): a pending secret is shown as a QR code for ten minutes and becomes active with its first code.
//! Check ([`mod@check`]): a code is counted, judged and spent in one transaction; the caller adds what the code allows and
//! commits. What a wrong, a reused and a locked-out code have in common is the answer; what tells them apart stands in the
//! audit log. Move ([`mod@resync`]): two consecutive codes tell by how much an authenticator's clock is off. The record behind it: `docs/decisions/second-factor.md`.
//!
//! TOTP is not phishing resistant: a person who can be talked into typing a code into a false page has given it away.

pub mod check;
pub mod enrolment;
pub mod recovery;
pub mod resync;
mod routes;
pub mod seal;
pub mod service;
mod throttle;

pub use check::{Proof, Purpose, check};
pub use routes::routes;
pub use service::is_active;
