use alloc::string::String;

use zeroize::Zeroizing;

use super::percent::{encode, encoded_len};
use super::{Kind, Otpauth};

/// More than everything that is not text of the account: scheme, names of parameters, numbers.
const FIXED: usize = 128;

pub(super) fn emit(account: &Otpauth) -> Zeroizing<String> {
    // Reserved once: growing would leave copies of the secret behind.
    let mut out = Zeroizing::new(String::with_capacity(length(account)));
    out.push_str("otpauth://");
    out.push_str(account.kind().name());
    out.push('/');
    if let Some(issuer) = account.issuer() {
        encode(issuer, &mut out);
        out.push(':');
    } else if account.account().contains(':') {
        // Without it the account's own colon would part an issuer from it.
        out.push(':');
    }
    encode(account.account(), &mut out);
    out.push_str("?secret=");
    account.secret().push_base32(&mut out);
    if let Some(issuer) = account.issuer_param() {
        out.push_str("&issuer=");
        encode(issuer, &mut out);
    }
    out.push_str("&algorithm=");
    out.push_str(account.kind().algorithm().name());
    out.push_str("&digits=");
    push_number(account.kind().format().length(), &mut out);
    match account.kind() {
        Kind::Totp { period, .. } | Kind::Steam { period } => {
            out.push_str("&period=");
            push_number(period.seconds(), &mut out);
        }
        Kind::Hotp { counter, .. } => {
            out.push_str("&counter=");
            push_number(counter.get(), &mut out);
        }
    }
    if !account.extras_raw().is_empty() {
        out.push('&');
        out.push_str(account.extras_raw());
    }
    debug_assert!(out.len() <= length(account), "the buffer has grown");
    out
}

/// At least the length of the URI, in bytes.
pub(super) fn length(account: &Otpauth) -> usize {
    let text = |text: Option<&str>| text.map_or(0, encoded_len);
    FIXED
        + text(account.issuer())
        + text(account.issuer_param())
        + encoded_len(account.account())
        + account.secret().base32_len()
        + account.extras_raw().len()
}

/// At least [`length`], without looking at the texts.
pub(super) fn longest(account: &Otpauth) -> usize {
    let text = |text: Option<&str>| text.map_or(0, str::len);
    let texts = text(account.issuer()) + text(account.issuer_param()) + account.account().len();
    FIXED + 3 * texts + account.secret().base32_len() + account.extras_raw().len()
}

/// Decimal, without the machinery of `format!`, which would be a fifth of the small wasm build.
fn push_number(value: impl TryInto<u64>, out: &mut String) {
    let mut value = value.try_into().unwrap_or_default();
    let mut digits = [0; 20];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (value % 10).to_le_bytes()[0];
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend(digits[start..].iter().copied().map(char::from));
}
