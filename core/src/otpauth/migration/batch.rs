use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::proto::{NotProtobuf, Reader, Value};
use super::{EntryError, EntryProblem, MigrationError, base64, entry, payload};
use crate::otp::{Algorithm, Counter, Digits, Period};
use crate::otpauth::account::is_steam;
use crate::otpauth::percent::{bare, check_text, decode_data};
use crate::otpauth::verdict::Warnings;
use crate::otpauth::{Kind, Limit, Otpauth, Warning, label};
use crate::secret::Secret;

/// One account of an export with its warnings, which may be none, or why it cannot be imported.
pub type Entry = Result<(Otpauth, Vec<Warning>), EntryError>;

/// What one QR code of an export holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    id: i32,
    size: u16,
    index: u16,
    version: i32,
    entries: Vec<Entry>,
}

impl Batch {
    /// The number that all codes of one export share; 0 when the export does not have one.
    #[must_use]
    pub fn id(&self) -> i32 {
        self.id
    }

    /// How many codes the export has: 1 to 1000.
    #[must_use]
    pub fn size(&self) -> u16 {
        self.size
    }

    /// Which of them this is, from 0.
    #[must_use]
    pub fn index(&self) -> u16 {
        self.index
    }

    /// The version of the format; 1 and 2 are known and mean the same to us.
    #[must_use]
    pub fn version(&self) -> i32 {
        self.version
    }

    /// The accounts in their order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The accounts in their order.
    pub fn into_entries(self) -> Vec<Entry> {
        self.entries
    }
}

const MAX_BATCH_SIZE: u16 = 1000;

/// Reads one `otpauth-migration://offline?data=…`. An account that cannot be imported is an error among the
/// [entries](Batch::entries) and does not keep the others back.
///
/// # Errors
/// [`MigrationError`] when nothing can be read.
pub fn parse(uri: &str) -> Result<Batch, MigrationError> {
    let uri = bare(uri);
    let (head, query) = uri.split_once('?').unwrap_or((uri, ""));
    if !head.trim_end_matches('/').eq_ignore_ascii_case("otpauth-migration://offline") {
        return Err(MigrationError::NotMigration);
    }
    if uri.len() > Limit::Import.bytes() {
        return Err(MigrationError::TooLong);
    }
    let data = query
        .split('&')
        .filter_map(|segment| segment.split_once('='))
        .find_map(|(name, value)| name.eq_ignore_ascii_case("data").then_some(value))
        .filter(|data| !data.is_empty())
        .ok_or(MigrationError::MissingData)?;
    let data = decode_data(data).map_err(|_| MigrationError::BadPercentEncoding)?;
    let message = base64::decode(&data).ok_or(MigrationError::NotBase64)?;
    read_payload(&message)
}

fn read_payload(message: &[u8]) -> Result<Batch, MigrationError> {
    let mut reader = Reader::new(message);
    let mut batch = Batch { id: 0, size: 1, index: 0, version: 0, entries: Vec::new() };
    let (mut size, mut index) = (1, 0);
    while let Some((number, value)) = reader.next().map_err(|NotProtobuf| MigrationError::Damaged)? {
        match (number, value) {
            (payload::ENTRY, Value::Bytes(bytes)) => batch.entries.push(read_entry(bytes)),
            (payload::VERSION, Value::Varint(value)) => batch.version = int32(value),
            (payload::BATCH_SIZE, Value::Varint(value)) => size = value,
            (payload::BATCH_INDEX, Value::Varint(value)) => index = value,
            (payload::BATCH_ID, Value::Varint(value)) => batch.id = int32(value),
            (payload::ENTRY..=payload::BATCH_ID, _) => return Err(MigrationError::Damaged),
            _ => {}
        }
    }
    // Protobuf writes no 0, and an export of no code does not exist.
    batch.size = u16::try_from(size.max(1)).map_err(|_| MigrationError::BatchOutOfRange)?;
    batch.index = u16::try_from(index).map_err(|_| MigrationError::BatchOutOfRange)?;
    if batch.size > MAX_BATCH_SIZE || batch.index >= batch.size {
        return Err(MigrationError::BatchOutOfRange);
    }
    Ok(batch)
}

#[derive(Default)]
struct Raw<'a> {
    secret: &'a [u8],
    name: &'a [u8],
    issuer: &'a [u8],
    algorithm: u64,
    digits: u64,
    kind: u64,
    counter: u64,
}

fn read_entry(message: &[u8]) -> Entry {
    let raw = match read_raw(message) {
        Ok(raw) => raw,
        Err(NotProtobuf) => return Err(EntryError::new(EntryProblem::Damaged, String::new())),
    };
    build(&raw).map_err(|problem| EntryError::new(problem, name_for_person(&raw)))
}

fn read_raw(message: &[u8]) -> Result<Raw<'_>, NotProtobuf> {
    let mut reader = Reader::new(message);
    let mut raw = Raw::default();
    while let Some((number, value)) = reader.next()? {
        match (number, value) {
            (entry::SECRET, Value::Bytes(bytes)) => raw.secret = bytes,
            (entry::NAME, Value::Bytes(bytes)) => raw.name = bytes,
            (entry::ISSUER, Value::Bytes(bytes)) => raw.issuer = bytes,
            (entry::ALGORITHM, Value::Varint(value)) => raw.algorithm = value,
            (entry::DIGITS, Value::Varint(value)) => raw.digits = value,
            (entry::TYPE, Value::Varint(value)) => raw.kind = value,
            (entry::COUNTER, Value::Varint(value)) => raw.counter = value,
            (entry::SECRET..=entry::COUNTER, _) => return Err(NotProtobuf),
            _ => {}
        }
    }
    Ok(raw)
}

fn build(raw: &Raw<'_>) -> Result<(Otpauth, Vec<Warning>), EntryProblem> {
    let mut warnings = Warnings::default();
    let name = read_text(raw.name)?;
    let issuer = read_text(raw.issuer)?;
    let label = label::read_decoded(name, issuer, &mut warnings);
    let (issuer, issuer_param, account) = label.settle(Cow::Borrowed(issuer), &mut warnings);
    let secret = Secret::from_bytes(raw.secret).map_err(EntryProblem::Secret)?;
    warnings.add_if(secret.is_weak(), Warning::WeakSecret);

    warnings.add_if(raw.algorithm == 0 || raw.digits == 0 || raw.kind == 0, Warning::Unspecified);
    let algorithm = match raw.algorithm {
        0 | 1 => Algorithm::Sha1,
        2 => Algorithm::Sha256,
        3 => Algorithm::Sha512,
        _ => return Err(EntryProblem::UnsupportedAlgorithm),
    };
    let digits = match raw.digits {
        0 | 1 => Digits::SIX,
        2 => Digits::EIGHT,
        _ => return Err(EntryProblem::InvalidDigits),
    };
    let by_issuer = is_steam(issuer_param.as_deref().unwrap_or(&issuer));
    let kind = match raw.kind {
        1 => {
            let counter = Counter::new(raw.counter).map_err(|_| EntryProblem::InvalidCounter)?;
            Kind::Hotp { algorithm, digits, counter }
        }
        0 | 2 if by_issuer && algorithm == Algorithm::Sha1 => {
            warnings.add(Warning::SteamByIssuer);
            Kind::Steam { period: Period::default() }
        }
        0 | 2 if by_issuer => return Err(EntryProblem::UnsupportedAlgorithm),
        0 | 2 => Kind::Totp { algorithm, digits, period: Period::default() },
        _ => return Err(EntryProblem::UnknownType),
    };
    let account = Otpauth::from_parts(kind, issuer, issuer_param, account, secret, String::new())?;
    Ok((account, warnings.iter().collect()))
}

fn read_text(bytes: &[u8]) -> Result<&str, EntryProblem> {
    let text = core::str::from_utf8(bytes).map_err(|_| EntryProblem::NotUtf8)?.trim();
    check_text(text)?;
    Ok(text)
}

/// What can be shown of an account that failed: issuer and name, without what is not text.
fn name_for_person(raw: &Raw<'_>) -> String {
    let mut out = String::new();
    let parts = [raw.issuer, raw.name].map(String::from_utf8_lossy);
    let [issuer, name] = &parts;
    let shown = |c: &char| !c.is_control();
    if !issuer.is_empty() && !name.starts_with(&**issuer) {
        out.extend(issuer.chars().filter(shown));
        out.push_str(": ");
    }
    out.extend(name.chars().filter(shown));
    out
}

/// Protobuf's `int32`: negative numbers come as ten bytes, of which the low 32 bits count.
fn int32(value: u64) -> i32 {
    let [a, b, c, d, ..] = value.to_le_bytes();
    i32::from_le_bytes([a, b, c, d])
}
