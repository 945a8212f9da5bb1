//! `otpauth://` URIs: what a QR code for an authenticator holds.
//!
//! Three texts describe the form, in order of weight here: Google's Key URI Format, draft-andesco-otpauth-uri-01 and
//! draft-linuxgemini-otpauth-uri-03. Real codes deviate from all of them, so that [`parse()`] gives one of three
//! verdicts and never changes a meaning without a word: an unknown algorithm is refused, not read as SHA1.

mod account;
mod emit;
mod foreign;
mod label;
pub mod migration;
mod params;
mod parse;
mod percent;
mod verdict;

pub use account::{Kind, Otpauth};
pub use foreign::{Advice, OtherKind};
pub use params::Parameter;
pub use parse::{Limit, ParseOptions, parse};
pub use verdict::{Reason, Verdict, Warning};
