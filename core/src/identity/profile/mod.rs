//! The profile of a workshop's technician: what is asked after approval, all of it required.
//!
//! [`check()`] takes what was typed and gives either a [`Profile`] or every field that is not right yet, each with one cause.
//! Texts are trimmed, composed (NFC) and their inner spaces made single; no letter is ever changed. Where a country's
//! addresses have no province, its code stands for one: [`province_offer`].

mod address;
mod check;
mod error;
mod number;
mod phone;
mod text;

pub use address::province_offer;
pub use check::{Draft, Language, Profile, Role, Verified, check};
pub use error::{Fault, Field, FieldError};
pub use number::NumberKind;
