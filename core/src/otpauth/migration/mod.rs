//! `otpauth-migration://`: the export of Google Authenticator, both ways.
//!
//! One export is a batch of QR codes with up to ten accounts each. Each holds standard Base64 of a small protobuf
//! message (`google_auth.proto` in Aegis), which has no field for the period, knows 6 and 8 digits only, and no Steam
//! accounts: [`export()`] lists what it has to leave out.

mod base64;
mod batch;
mod collector;
mod error;
mod export;
mod proto;

pub use batch::{Batch, Entry, parse};
pub use collector::{Added, Collector};
pub use error::{EntryError, EntryProblem, MigrationError};
pub use export::{Export, LeftOut, export};

/// How many accounts one QR code holds at most, as in Google's and Aegis's exports.
const ENTRIES_PER_CODE: usize = 10;

/// Numbers of the fields of `MigrationPayload`.
mod payload {
    pub(super) const ENTRY: u32 = 1;
    pub(super) const VERSION: u32 = 2;
    pub(super) const BATCH_SIZE: u32 = 3;
    pub(super) const BATCH_INDEX: u32 = 4;
    pub(super) const BATCH_ID: u32 = 5;
}

/// Numbers of the fields of `OtpParameters`. Field 8, `unique_id`, is skipped.
mod entry {
    pub(super) const SECRET: u32 = 1;
    pub(super) const NAME: u32 = 2;
    pub(super) const ISSUER: u32 = 3;
    pub(super) const ALGORITHM: u32 = 4;
    pub(super) const DIGITS: u32 = 5;
    pub(super) const TYPE: u32 = 6;
    pub(super) const COUNTER: u32 = 7;
}
