//! Accounts: register, confirm, log in and out, reset, change. Sessions and links belong here too.
//!
//! Whoever does not know a password learns nothing about who has an account: answers and the time they take are the same
//! for known and unknown addresses. The records behind it: `docs/decisions/accounts.md`, `docs/decisions/sessions.md`.

pub mod links;
pub mod passwords;
mod routes;
pub mod service;
pub mod sessions;
pub(crate) mod throttle;
pub mod types;

pub use routes::routes;
