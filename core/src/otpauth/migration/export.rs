use alloc::string::String;
use alloc::vec::Vec;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::proto::{FIELD_OVERHEAD, push_bytes, push_varint};
use super::{ENTRIES_PER_CODE, base64, entry, payload};
use crate::otp::{Algorithm, Digits, Period};
use crate::otpauth::{Kind, Otpauth};

/// Accounts as QR codes that Google Authenticator imports.
#[derive(Clone, Default)]
pub struct Export {
    /// One URI per QR code, each a secret.
    pub uris: Vec<Zeroizing<String>>,
    /// The places, in the list that was given, of accounts that the format cannot hold, and why.
    pub left_out: Vec<(usize, LeftOut)>,
}

impl core::fmt::Debug for Export {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Export(…)")
    }
}

/// Why the format cannot hold an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeftOut {
    /// It knows no Steam accounts.
    Steam,
    /// It knows 6 and 8 digits only.
    Digits,
    /// It has no period; every importer takes 30 seconds.
    Period,
    /// Secret and name do not fit into one QR code.
    TooLarge,
}

impl LeftOut {
    /// Every variant, in the order of its declaration.
    pub const ALL: &[Self] = &[Self::Steam, Self::Digits, Self::Period, Self::TooLarge];

    /// The stable code of this reason, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Steam => "steam",
            Self::Digits => "digits",
            Self::Period => "period",
            Self::TooLarge => "too_large",
        }
    }
}

/// The most bytes of all accounts in one QR code, so that a camera can still read it.
const BYTES_PER_CODE: usize = 1300;
/// The bytes of the largest code at error correction M.
const LARGEST_CODE: usize = 2331;
const HEAD: &str = "otpauth-migration://offline?data=";
/// The most bytes of what follows the accounts: four numbers.
const TAIL: usize = 4 * FIELD_OVERHEAD;

/// Writes accounts in their order as one export, at most ten to a QR code. Which ones could not be written is told in
/// [`Export::left_out`].
#[must_use]
pub fn export(accounts: &[Otpauth]) -> Export {
    let mut left_out = Vec::new();
    let mut codes: Vec<(usize, Zeroizing<Vec<u8>>)> = Vec::new();
    let mut export_hash = Sha256::new();
    for (place, account) in accounts.iter().enumerate() {
        let message = match write_entry(account) {
            Ok(message) => message,
            Err(why) => {
                left_out.push((place, why));
                continue;
            }
        };
        let mut entry = Zeroizing::new(Vec::with_capacity(message.len() + FIELD_OVERHEAD));
        push_bytes(&mut entry, payload::ENTRY, &message);
        if !fit_into_code(&entry) {
            left_out.push((place, LeftOut::TooLarge));
            continue;
        }
        export_hash.update(&*message);
        if !codes.last_mut().is_some_and(|code| add(code, &entry)) {
            // Reserved once, with the batch's own fields: growing would leave copies of secrets behind.
            let mut bytes = Zeroizing::new(Vec::with_capacity(BYTES_PER_CODE + TAIL));
            bytes.extend_from_slice(&entry);
            codes.push((1, bytes));
        }
    }
    let id = batch_id(&export_hash.finalize());
    let size = codes.len();
    let uris = codes.into_iter().enumerate().map(|(index, (_, bytes))| write_uri(bytes, size, index, id)).collect();
    Export { uris, left_out }
}

/// Adds an account to a code, if it still fits in.
fn add((count, bytes): &mut (usize, Zeroizing<Vec<u8>>), entry: &[u8]) -> bool {
    let before = bytes.len();
    if *count == ENTRIES_PER_CODE || before + entry.len() > BYTES_PER_CODE {
        return false;
    }
    bytes.extend_from_slice(entry);
    let fits = fit_into_code(bytes);
    if fits {
        *count += 1;
    } else {
        bytes.truncate(before);
    }
    fits
}

/// Whether accounts can be one code. How many letters they take depends on what they are: `+` and `/` take three.
fn fit_into_code(entries: &[u8]) -> bool {
    entries.len() <= BYTES_PER_CODE && written(entries).len() + base64::url_encoded_len(TAIL) <= LARGEST_CODE
}

fn write_entry(account: &Otpauth) -> Result<Zeroizing<Vec<u8>>, LeftOut> {
    let digits = |digits: Digits| match digits.get() {
        6 => Ok(1),
        8 => Ok(2),
        _ => Err(LeftOut::Digits),
    };
    let (digits, kind, counter) = match *account.kind() {
        Kind::Steam { .. } => return Err(LeftOut::Steam),
        Kind::Totp { period, .. } if period != Period::default() => return Err(LeftOut::Period),
        Kind::Totp { digits: d, .. } => (digits(d)?, 2, 0),
        Kind::Hotp { digits: d, counter, .. } => (digits(d)?, 1, counter.get()),
    };
    let algorithm = match account.kind().algorithm() {
        Algorithm::Sha1 => 1,
        Algorithm::Sha256 => 2,
        Algorithm::Sha512 => 3,
    };
    let name = name(account);
    let issuer = account.issuer_param().unwrap_or_default();
    // Exposed: an export is the secret, in another form.
    let secret = account.secret().expose();
    let length = secret.len() + name.len() + issuer.len() + 7 * FIELD_OVERHEAD;
    let mut out = Zeroizing::new(Vec::with_capacity(length));
    push_bytes(&mut out, entry::SECRET, secret);
    push_bytes(&mut out, entry::NAME, name.as_bytes());
    push_bytes(&mut out, entry::ISSUER, issuer.as_bytes());
    push_varint(&mut out, entry::ALGORITHM, algorithm);
    push_varint(&mut out, entry::DIGITS, digits);
    push_varint(&mut out, entry::TYPE, kind);
    push_varint(&mut out, entry::COUNTER, counter);
    Ok(out)
}

/// The account's name; with the issuer before it where a reader would otherwise part it in the wrong place.
fn name(account: &Otpauth) -> String {
    let mut out = String::new();
    if account.account().contains(':') || account.issuer() != account.issuer_param() {
        out.push_str(account.issuer().unwrap_or_default());
        out.push(':');
    }
    out.push_str(account.account());
    out
}

/// The codes of one export share a number, so that parts of two exports are told apart. Taken from the content,
/// because nothing here makes random numbers; whoever sees it has the secrets in the same picture.
fn batch_id(hash: &[u8]) -> u64 {
    let [a, b, c, d, ..] = *hash else { return 1 };
    u64::from(u32::from_be_bytes([a & 0x7f, b, c, d]).max(1))
}

fn write_uri(mut message: Zeroizing<Vec<u8>>, size: usize, index: usize, id: u64) -> Zeroizing<String> {
    let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    push_varint(&mut message, payload::VERSION, 1);
    push_varint(&mut message, payload::BATCH_SIZE, number(size));
    push_varint(&mut message, payload::BATCH_INDEX, number(index));
    push_varint(&mut message, payload::BATCH_ID, id);
    written(&message)
}

fn written(message: &[u8]) -> Zeroizing<String> {
    let mut uri = Zeroizing::new(String::with_capacity(HEAD.len() + base64::url_encoded_len(message.len())));
    uri.push_str(HEAD);
    base64::push_url_encoded(message, &mut uri);
    uri
}
