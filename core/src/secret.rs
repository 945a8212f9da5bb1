//! The shared secret of an account (RFC 4226 `K`), from bytes or from Base32 (RFC 4648 §6).

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use subtle::{Choice, ConstantTimeEq};
use thiserror::Error;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// A shared secret: 1 to 1024 bytes, wiped from memory when dropped.
///
/// `Debug` prints a fixed text, there is no `Display`, and `==` takes the same time wherever two secrets of one
/// length differ. The bytes leave only through [`expose`](Self::expose) and [`to_base32`](Self::to_base32).
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// The most bytes a secret may have. The longest useful one is a SHA-512 block, 128 bytes.
    pub const MAX_BYTES: usize = 1024;

    /// Below this many bits RFC 4226 R6 calls a secret too short; [`Secret::from_base32`] warns.
    pub const WEAK_BELOW_BITS: usize = 128;

    /// A secret of these bytes.
    ///
    /// # Errors
    /// [`SecretError::Empty`] and [`SecretError::TooLong`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SecretError> {
        check_length(bytes.len())?;
        Ok(Self(bytes.to_vec()))
    }

    /// Reads Base32 as people and apps write it: upper or lower case, with spaces or dashes between groups, with or
    /// without `=` at the end.
    ///
    /// A length that Base32 cannot produce, or bits left over that are not zero, drop the tail with
    /// [`SecretWarning::TailDropped`], as Google Authenticator does; fewer than 128 bits give
    /// [`SecretWarning::Weak`].
    ///
    /// # Errors
    /// [`SecretError::InvalidCharacter`] for anything outside the alphabet, the look-alikes `0 1 8 9` among them
    /// (see [`suggest_base32`]); [`SecretError::Empty`] and [`SecretError::TooLong`].
    pub fn from_base32(text: &str) -> Result<(Self, Vec<SecretWarning>), SecretError> {
        let (secret, tail_dropped) = Self::decode(text.as_bytes())?;
        let mut warnings = Vec::new();
        if tail_dropped {
            warnings.push(SecretWarning::TailDropped);
        }
        if secret.is_weak() {
            warnings.push(SecretWarning::Weak);
        }
        Ok((secret, warnings))
    }

    /// The bytes themselves. Every call says why it needs them.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// Upper-case Base32 without padding: the form that goes into an otpauth URI.
    #[must_use]
    pub fn to_base32(&self) -> Zeroizing<String> {
        let mut out = Zeroizing::new(String::with_capacity(self.base32_len()));
        self.push_base32(&mut out);
        out
    }

    /// How long the secret is, in bits.
    #[must_use]
    pub fn bits(&self) -> usize {
        self.0.len() * 8
    }

    /// Whether the secret has fewer bits than RFC 4226 R6 requires.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        self.bits() < Self::WEAK_BELOW_BITS
    }

    /// How many characters [`to_base32`](Self::to_base32) gives.
    pub(crate) fn base32_len(&self) -> usize {
        self.bits().div_ceil(5)
    }

    /// Appends [`to_base32`](Self::to_base32) to `out`, which must have room: growing would leave a copy behind.
    pub(crate) fn push_base32(&self, out: &mut String) {
        debug_assert!(out.capacity() - out.len() >= self.base32_len(), "no room for the secret");
        let mut buffer = 0_u32;
        let mut bits = 0_u32;
        for &byte in &self.0 {
            buffer = buffer << 8 | u32::from(byte);
            bits += 8;
            while bits >= 5 {
                bits -= 5;
                out.push(symbol(buffer >> bits));
            }
        }
        if bits > 0 {
            out.push(symbol(buffer << (5 - bits)));
        }
        buffer.zeroize();
    }

    /// As [`from_base32`](Self::from_base32), from bytes that need not be UTF-8 and without collecting warnings: the
    /// flag stands for [`SecretWarning::TailDropped`].
    ///
    /// # Errors
    /// As [`from_base32`](Self::from_base32).
    pub fn decode(text: &[u8]) -> Result<(Self, bool), SecretError> {
        // Reserved once: growing would leave copies of the secret behind.
        let mut out = Self(Vec::with_capacity((text.len() * 5 / 8).min(Self::MAX_BYTES)));
        let mut buffer = 0_u32;
        let mut bits = 0_u32;
        let mut padded = false;
        let mut rest = out.decode_groups(text)?;
        while let [first, tail @ ..] = rest {
            rest = tail;
            let value = match first {
                letter if !padded && value_of(*letter) < 32 => value_of(*letter),
                b'=' => {
                    padded = true;
                    continue;
                }
                b' ' | b'-' | b'\t' | b'\r' | b'\n' => continue,
                // A no-break space, as copied from a web page.
                0xc2 if matches!(tail, [0xa0, ..]) => {
                    rest = &tail[1..];
                    continue;
                }
                _ => return Err(SecretError::InvalidCharacter),
            };
            buffer = (buffer << 5 | u32::from(value)) & 0xfff;
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                if out.0.len() == Self::MAX_BYTES {
                    return Err(SecretError::TooLong);
                }
                out.0.push((buffer >> bits).to_le_bytes()[0]);
            }
        }
        // 5 or more bits left over: the last character carried nothing (a length of 1, 3 or 6 modulo 8).
        let left_over = buffer & ((1 << bits) - 1);
        let tail_dropped = bits >= 5 || left_over != 0;
        buffer.zeroize();
        check_length(out.0.len())?;
        Ok((out, tail_dropped))
    }
}

impl Secret {
    /// The quick way: whole groups of eight characters, five bytes each, as long as nothing but the alphabet occurs.
    /// Returns what is left.
    fn decode_groups<'a>(&mut self, text: &'a [u8]) -> Result<&'a [u8], SecretError> {
        let mut rest = text;
        while let Some((group, tail)) = rest.split_first_chunk::<8>() {
            let mut bits = 0_u64;
            let mut known = true;
            for &character in group {
                let value = value_of(character);
                known &= value < 32;
                bits = bits << 5 | u64::from(value);
            }
            if !known {
                break;
            }
            let [_, _, _, bytes @ ..] = bits.to_be_bytes();
            if self.0.len() + bytes.len() > Self::MAX_BYTES {
                return Err(SecretError::TooLong);
            }
            self.0.extend_from_slice(&bytes);
            rest = tail;
        }
        Ok(rest)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl ConstantTimeEq for Secret {
    fn ct_eq(&self, other: &Self) -> Choice {
        self.0.ct_eq(&other.0)
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.ct_eq(other).into()
    }
}

impl Eq for Secret {}

/// Replaces the digits that people mistake for letters, `0→O`, `1→I`, `8→B`, so that a form for typing a secret can
/// ask "did you mean …?". `None` when nothing was replaced or the result still is not Base32. Never applied by
/// itself: a guessed secret shows wrong codes without a word.
#[must_use]
pub fn suggest_base32(text: &str) -> Option<Zeroizing<String>> {
    let mut out = Zeroizing::new(String::with_capacity(text.len()));
    let mut replaced = false;
    for c in text.chars() {
        let swap = match c {
            '0' => 'O',
            '1' => 'I',
            '8' => 'B',
            other => other,
        };
        replaced |= swap != c;
        out.push(swap);
    }
    (replaced && Secret::decode(out.as_bytes()).is_ok()).then_some(out)
}

/// Why a text or a run of bytes is not a [`Secret`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SecretError {
    /// No byte is left: the text is empty, only separators, or a single Base32 character.
    #[error("the secret is empty")]
    Empty,
    /// More than [`Secret::MAX_BYTES`] bytes.
    #[error("the secret is longer than 1024 bytes")]
    TooLong,
    /// A character that Base32 does not have, `0`, `1`, `8` and `9` among them.
    #[error("the secret holds a character that Base32 does not have")]
    InvalidCharacter,
}

impl SecretError {
    /// Every variant, in the order of its declaration.
    pub const ALL: &[Self] = &[Self::Empty, Self::TooLong, Self::InvalidCharacter];

    /// The stable code of this error, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty_secret",
            Self::TooLong => "secret_too_long",
            Self::InvalidCharacter => "invalid_secret",
        }
    }
}

/// What is odd about a secret that was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretWarning {
    /// Fewer than 128 bits, RFC 4226 R6.
    Weak,
    /// A last Base32 character, or its left-over bits, carried nothing and was dropped.
    TailDropped,
}

impl SecretWarning {
    /// Every variant, in the order of its declaration.
    pub const ALL: &[Self] = &[Self::Weak, Self::TailDropped];

    /// The stable code of this warning, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Weak => "weak_secret",
            Self::TailDropped => "secret_tail_dropped",
        }
    }
}

fn check_length(bytes: usize) -> Result<(), SecretError> {
    match bytes {
        0 => Err(SecretError::Empty),
        1..=Secret::MAX_BYTES => Ok(()),
        _ => Err(SecretError::TooLong),
    }
}

/// The value of a Base32 character in either case; above 31 for any other byte. Without a table, whose cache lines
/// would be chosen by the secret.
#[inline]
fn value_of(character: u8) -> u8 {
    let letter = (character | 0x20).wrapping_sub(b'a');
    let digit = character.wrapping_sub(b'2');
    if letter < 26 {
        letter
    } else if digit < 6 {
        digit + 26
    } else {
        u8::MAX
    }
}

/// The Base32 character of the low five bits.
fn symbol(value: u32) -> char {
    let value = (value & 31).to_le_bytes()[0];
    char::from(if value < 26 { b'A' + value } else { b'2' + value - 26 })
}
