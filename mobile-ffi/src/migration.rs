//! Google Authenticator's export, both ways.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use gatepass_core::migration::{self, Added, Collector};
use zeroize::Zeroizing;

use crate::error::GatepassError;
use crate::otpauth::{Account, codes_of};

/// What became of one scanned code of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum MigrationState {
    /// Some codes of the export are still missing.
    Collecting,
    /// All codes of the export are there.
    Complete,
    /// The code is from another export and was not taken.
    OtherExport,
}

impl From<Added> for MigrationState {
    fn from(added: Added) -> Self {
        match added {
            Added::Collecting => Self::Collecting,
            Added::Complete => Self::Complete,
            Added::OtherExport => Self::OtherExport,
        }
    }
}

/// One account of an export.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum MigrationEntry {
    /// It can be imported.
    Read {
        /// It.
        account: Arc<Account>,
        /// The codes of the warnings.
        warnings: Vec<String>,
    },
    /// It cannot; the others can.
    Unreadable {
        /// The code of the problem.
        problem: String,
        /// Its name as far as it could be read. Personal data.
        label: String,
    },
}

impl From<migration::Entry> for MigrationEntry {
    fn from(entry: migration::Entry) -> Self {
        match entry {
            Ok((account, warnings)) => Self::Read { account: Account::of(account), warnings: codes_of(&warnings) },
            Err(error) => Self::Unreadable { problem: error.code().into(), label: error.label().into() },
        }
    }
}

/// An account that the format cannot hold.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LeftOut {
    /// Its place in the list that was given.
    pub index: u32,
    /// The code of the reason.
    pub reason: String,
}

/// Accounts as QR codes for Google Authenticator. Its texts are secrets; `toString` shows none of them.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Display)]
pub struct MigrationExport {
    /// One text per QR code.
    pub uris: Vec<String>,
    /// What had to be left out.
    pub left_out: Vec<LeftOut>,
}

impl fmt::Display for MigrationExport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MigrationExport({} codes, {} accounts left out)", self.uris.len(), self.left_out.len())
    }
}

/// Gathers the codes of one export, in any order and however often each is scanned.
#[derive(Debug, Default, uniffi::Object)]
pub struct MigrationCollector(Mutex<Collector>);

#[uniffi::export]
impl MigrationCollector {
    /// Nothing gathered yet.
    #[uniffi::constructor]
    #[must_use]
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// Takes one code.
    ///
    /// # Errors
    /// The codes of a text that is no export, or a damaged one.
    pub fn add(&self, uri: String) -> Result<MigrationState, GatepassError> {
        let batch = migration::parse(&Zeroizing::new(uri))?;
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).add(batch).into())
    }

    /// How many codes are there.
    #[must_use]
    pub fn scanned(&self) -> u32 {
        count(self.0.lock().unwrap_or_else(PoisonError::into_inner).scanned())
    }

    /// How many codes the export has; 0 before the first.
    #[must_use]
    pub fn total(&self) -> u32 {
        count(self.0.lock().unwrap_or_else(PoisonError::into_inner).total())
    }

    /// The accounts of the codes gathered so far, in the order of the export.
    #[must_use]
    pub fn entries(&self) -> Vec<MigrationEntry> {
        let gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        gathered.into_entries().into_iter().map(Into::into).collect()
    }
}

/// Accounts as QR codes for Google Authenticator.
#[uniffi::export]
#[must_use]
pub fn export_migration(accounts: Vec<Arc<Account>>) -> MigrationExport {
    let accounts: Vec<_> = accounts.iter().map(|account| account.0.clone()).collect();
    let export = migration::export(&accounts);
    MigrationExport {
        uris: export.uris.iter().map(|uri| (**uri).clone()).collect(),
        left_out: export
            .left_out
            .into_iter()
            .map(|(index, reason)| LeftOut { index: count(index), reason: reason.code().into() })
            .collect(),
    }
}

/// Exact: an export holds far fewer.
fn count(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
