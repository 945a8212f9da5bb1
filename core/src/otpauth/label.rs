//! The label: `issuer ":" account`, split before it is decoded.

use alloc::string::String;

use super::percent::decode_text;
use super::verdict::Warnings;
use super::{Reason, Warning};

/// Issuer and account as shown; both may be empty.
pub(super) struct Label {
    pub(super) issuer: String,
    pub(super) account: String,
}

/// Reads the raw label. `issuer` is the decoded issuer parameter, empty when there is none.
pub(super) fn read(raw: &str, issuer: &str, warnings: &mut Warnings) -> Result<Label, Reason> {
    warnings.add_if(raw.contains('#'), Warning::UnencodedHash);
    let label = match split_at_own_issuer(raw, issuer)? {
        Some(label) => {
            warnings.add(Warning::ColonInLabel);
            label
        }
        None => match split_at_first_colon(raw) {
            Some((issuer, account)) => {
                Label { issuer: decode_text(issuer, false)?, account: decode_text(account, false)? }
            }
            None => Label { issuer: String::new(), account: decode_text(raw, false)? },
        },
    };
    warnings.add_if(label.account.is_empty(), Warning::MissingLabel);
    warnings.add_if(label.account.contains(':'), Warning::ColonInLabel);
    Ok(label)
}

/// An issuer that itself holds a colon makes the first colon the wrong one; the parameter tells the right one.
fn split_at_own_issuer(raw: &str, issuer: &str) -> Result<Option<Label>, Reason> {
    if !issuer.contains(':') {
        return Ok(None);
    }
    let whole = decode_text(raw, false)?;
    let account = whole.strip_prefix(issuer).map(str::trim_start).and_then(|rest| rest.strip_prefix(':'));
    Ok(account.map(|account| Label { issuer: String::from(issuer), account: String::from(account.trim()) }))
}

/// At the first `:` or `%3A`, whichever comes first (draft-andesco: before decoding).
fn split_at_first_colon(raw: &str) -> Option<(&str, &str)> {
    let bytes = raw.as_bytes();
    let at = bytes.iter().enumerate().position(|(i, &b)| match b {
        b':' => true,
        b'%' => matches!(bytes.get(i + 1..i + 3), Some([b'3', b'A' | b'a'])),
        _ => false,
    })?;
    let length = if bytes[at] == b':' { 1 } else { 3 };
    Some((&raw[..at], &raw[at + length..]))
}
