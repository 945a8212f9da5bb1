//! Whether a typed name is the name of a document.
//!
//! [`compare()`] puts two names on a ladder of [`Level`]s; a [`Policy`] says up to which rung a name is accepted. There is no
//! measure of similarity and no list of nicknames: a level is given when its rule holds.
//!
//! The sources are ICAO Doc 9303-3, eighth edition (2021), §4.6 (how a name is written in the zone) and §6 (the
//! transliterations that it recommends, of which an issuer picks one), and §4.2.3 of Doc 9303-4 to -7 (truncation).

mod advice;
mod alignment;
mod compare;
mod difference;
mod error;
mod holder;
mod lattice;
mod letter;
mod level;
mod pairing;
mod particle;
mod policy;
mod preview;
mod quote;
mod row;
mod title;
mod transliterate;

pub use advice::Advice;
pub use compare::{Comparison, compare};
pub use difference::{LetterDifference, LetterKind, WordDifference, WordKind};
pub use error::NameError;
pub(crate) use holder::zone_identifiers;
pub use holder::{MAX_LETTERS, MAX_WORDS, Name, Part};
pub use level::Level;
pub use policy::{Decision, Policy};
pub use preview::{Hint, NameField, Preview, preview};
pub use transliterate::{Language, transliterations};
