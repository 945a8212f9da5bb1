//! Whether an account is there already: told by its secret, which no name can hide.

use super::Entry;
use crate::otpauth::Otpauth;

/// How an account that is to be added relates to those that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Likeness {
    /// Neither its secret nor its names are there.
    New,
    /// Its secret is there already, under whatever names: adding it gives the same codes twice.
    Same,
    /// An account of the same names and another secret is there.
    SameName,
}

impl Likeness {
    /// The stable name that crosses every border.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Same => "same",
            Self::SameName => "sameName",
        }
    }
}

pub(super) fn of(entries: &[Entry], otpauth: &Otpauth) -> Likeness {
    let same_name = |entry: &Entry| entry.issuer() == otpauth.issuer() && entry.account() == otpauth.account();
    if entries.iter().any(|entry| entry.otpauth().secret() == otpauth.secret()) {
        Likeness::Same
    } else if entries.iter().any(same_name) {
        Likeness::SameName
    } else {
        Likeness::New
    }
}
