//! Machine-readable zones: the text of passports, cards, visas and a few driving licences, ICAO Doc 9303 parts 3 to 7.
//!
//! - [`parse()`] reads lines of text into typed fields and says of every check digit on its own whether it passes.
//! - [`repair()`] mends letters that were read for digits where that can be proven, [`proposals()`] names what cannot.
//! - [`emit()`] writes a zone.
//!
//! Check digits prove that numbers and dates were read right, nine times in ten each. No check digit of an ICAO format
//! covers the name, the issuer, the nationality or the sex: those are as sure as the reading was, and are to be compared
//! with what is printed elsewhere. Nothing here says that a document is genuine.

mod check;
mod date;
mod emit;
mod error;
mod format;
mod name;
mod read;
mod repair;
mod zone;

pub use check::{CheckDigit, Outcome, check_blind, check_digit};
pub use date::MrzDate;
pub use emit::{Record, emit};
pub use error::{EmitError, FieldProblem, FieldWarning, MrzError};
pub use format::{Check, Field, Format};
pub use name::{MrzName, TruncationStyle};
pub use read::{Mrz, Sex, parse};
pub use repair::{Change, proposals, repair};
pub use zone::{MAX_TEXT_LEN, Zone};
