//! The label: `issuer ":" account`, split before it is decoded.

use alloc::borrow::Cow;
use alloc::string::String;

use super::percent::{any, cut, decode_text, holds};
use super::verdict::Warnings;
use super::{Reason, Warning};

/// The parts of a label, decoded and trimmed; both may be empty.
pub(super) struct Label<'a> {
    pub(super) issuer: Cow<'a, str>,
    pub(super) account: Cow<'a, str>,
}

impl Label<'_> {
    /// The issuer to show, the issuer parameter when it differs, and the account. `param` is the decoded issuer
    /// parameter, empty when there is none.
    pub(super) fn settle(self, param: Cow<'_, str>, warnings: &mut Warnings) -> (String, Option<String>, String) {
        let Self { issuer, account } = self;
        warnings
            .add_if([&issuer, &account, &param].into_iter().any(|text| disguises(text)), Warning::InvisibleCharacter);
        if issuer.is_empty() || issuer == param {
            (param.into_owned(), None, account.into_owned())
        } else if param.is_empty() {
            (issuer.into_owned(), None, account.into_owned())
        } else if let Some(label) = own_issuer_after_trimming(&issuer, &account, &param) {
            (param.into_owned(), None, label.account.into_owned())
        } else {
            warnings.add(Warning::IssuerMismatch);
            (issuer.into_owned(), Some(param.into_owned()), account.into_owned())
        }
    }
}

/// Reads a label as it stands in a URI: it is split before it is decoded (draft-andesco). `param` is the decoded
/// issuer parameter, empty when there is none.
pub(super) fn read<'a>(raw: &'a str, param: &str, warnings: &mut Warnings) -> Result<Label<'a>, Reason> {
    warnings.add_if(holds(raw, b'#'), Warning::UnencodedHash);
    let label = if holds(param, b':')
        && let Some(label) = split_at_own_issuer(&decode_text(raw, false)?, param)
    {
        label
    } else if let Some((issuer, account)) = split_at_first_colon(raw) {
        Label { issuer: decode_text(issuer, false)?, account: decode_text(account, false)? }
    } else {
        Label { issuer: Cow::default(), account: decode_text(raw, false)? }
    };
    warn(&label, warnings);
    Ok(label)
}

/// As [`read`], of a text that is not encoded.
pub(super) fn read_decoded<'a>(text: &'a str, param: &str, warnings: &mut Warnings) -> Label<'a> {
    let trimmed = |text: &'a str| Cow::Borrowed(text.trim());
    let label = if holds(param, b':')
        && let Some(label) = split_at_own_issuer(text, param)
    {
        label
    } else if let Some((issuer, account)) = cut(text, b':') {
        Label { issuer: trimmed(issuer), account: trimmed(account) }
    } else {
        Label { issuer: Cow::default(), account: trimmed(text) }
    };
    warn(&label, warnings);
    label
}

fn warn(label: &Label<'_>, warnings: &mut Warnings) {
    warnings.add_if(label.account.is_empty(), Warning::MissingLabel);
    warnings.add_if(holds(&label.account, b':') || holds(&label.issuer, b':'), Warning::ColonInLabel);
}

/// Whether a name holds a character that cannot be seen and changes how the rest is: a line or paragraph separator, an
/// embedding, override or isolate of the direction (U+2028 to U+202E, U+2066 to U+2069). Marks that only settle the
/// direction of what stands beside them belong to right-to-left names.
fn disguises(text: &str) -> bool {
    any(text.as_bytes(), |byte| byte == 0xe2)
        && text.chars().any(|c| matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

/// An issuer that itself holds a colon makes the first colon the wrong one; the parameter tells the right one.
fn split_at_own_issuer(text: &str, param: &str) -> Option<Label<'static>> {
    let account = text.strip_prefix(param)?.trim_start().strip_prefix(':')?.trim();
    Some(Label { issuer: Cow::Owned(String::from(param)), account: Cow::Owned(String::from(account)) })
}

/// `A: B:c` becomes `A:B:c` once its parts are trimmed, which then reads as the account `c` of `A:B`. It has to read
/// so the first time too.
fn own_issuer_after_trimming(issuer: &str, account: &str, param: &str) -> Option<Label<'static>> {
    if !holds(param, b':') {
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
