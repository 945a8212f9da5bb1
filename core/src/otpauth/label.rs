//! The label: `issuer ":" account`, split before it is decoded.

use alloc::string::String;

use super::percent::decode_text;
use super::verdict::Warnings;
use super::{Reason, Warning};

/// The parts of a label, decoded and trimmed; both may be empty.
pub(super) struct Label {
    pub(super) issuer: String,
    pub(super) account: String,
}

impl Label {
    /// The issuer to show, the issuer parameter when it differs, and the account. `param` is the decoded issuer
    /// parameter, empty when there is none.
    pub(super) fn settle(self, param: String, warnings: &mut Warnings) -> (String, Option<String>, String) {
        let Self { issuer, account } = self;
        if issuer.is_empty() || issuer == param {
            (param, None, account)
        } else if param.is_empty() {
            (issuer, None, account)
        } else if let Some(label) = own_issuer_after_trimming(&issuer, &account, &param) {
            (param, None, label.account)
        } else {
            warnings.add(Warning::IssuerMismatch);
            (issuer, Some(param), account)
        }
    }
}

/// Reads a label as it stands in a URI: it is split before it is decoded (draft-andesco). `param` is the decoded
/// issuer parameter, empty when there is none.
pub(super) fn read(raw: &str, param: &str, warnings: &mut Warnings) -> Result<Label, Reason> {
    warnings.add_if(raw.contains('#'), Warning::UnencodedHash);
    let label = if param.contains(':')
        && let Some(label) = split_at_own_issuer(&decode_text(raw, false)?, param)
    {
        label
    } else if let Some((issuer, account)) = split_at_first_colon(raw) {
        Label { issuer: decode_text(issuer, false)?, account: decode_text(account, false)? }
    } else {
        Label { issuer: String::new(), account: decode_text(raw, false)? }
    };
    warn(&label, warnings);
    Ok(label)
}

/// As [`read`], of a text that is not encoded.
pub(super) fn read_decoded(text: &str, param: &str, warnings: &mut Warnings) -> Label {
    let trimmed = |text: &str| String::from(text.trim());
    let label = if param.contains(':')
        && let Some(label) = split_at_own_issuer(text, param)
    {
        label
    } else if let Some((issuer, account)) = text.split_once(':') {
        Label { issuer: trimmed(issuer), account: trimmed(account) }
    } else {
        Label { issuer: String::new(), account: trimmed(text) }
    };
    warn(&label, warnings);
    label
}

fn warn(label: &Label, warnings: &mut Warnings) {
    warnings.add_if(label.account.is_empty(), Warning::MissingLabel);
    warnings.add_if(label.account.contains(':') || label.issuer.contains(':'), Warning::ColonInLabel);
}

/// An issuer that itself holds a colon makes the first colon the wrong one; the parameter tells the right one.
fn split_at_own_issuer(text: &str, param: &str) -> Option<Label> {
    let account = text.strip_prefix(param)?.trim_start().strip_prefix(':')?.trim();
    Some(Label { issuer: String::from(param), account: String::from(account) })
}

/// `A: B:c` becomes `A:B:c` once its parts are trimmed, which then reads as the account `c` of `A:B`. It has to read
/// so the first time too.
fn own_issuer_after_trimming(issuer: &str, account: &str, param: &str) -> Option<Label> {
    if !param.contains(':') {
        return None;
    }
    let mut joined = String::from(issuer);
    joined.push(':');
    joined.push_str(account);
    split_at_own_issuer(&joined, param)
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
