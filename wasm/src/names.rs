//! The closed sets of names, as TypeScript has them.
#![allow(missing_docs, reason = "wasm-bindgen adds a variant and functions of its own")]

use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::{CallError, Thrown};

/// The algorithms by their otpauth names.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum Algorithm {
    /// HMAC-SHA-1.
    Sha1 = "SHA1",
    /// HMAC-SHA-256.
    Sha256 = "SHA256",
    /// HMAC-SHA-512.
    Sha512 = "SHA512",
}

impl From<gatepass_core::otp::Algorithm> for Algorithm {
    fn from(algorithm: gatepass_core::otp::Algorithm) -> Self {
        match algorithm {
            gatepass_core::otp::Algorithm::Sha1 => Self::Sha1,
            gatepass_core::otp::Algorithm::Sha256 => Self::Sha256,
            gatepass_core::otp::Algorithm::Sha512 => Self::Sha512,
        }
    }
}

impl TryFrom<Algorithm> for gatepass_core::otp::Algorithm {
    type Error = Thrown;

    fn try_from(algorithm: Algorithm) -> Result<Self, Thrown> {
        match algorithm {
            Algorithm::Sha1 => Ok(Self::Sha1),
            Algorithm::Sha256 => Ok(Self::Sha256),
            Algorithm::Sha512 => Ok(Self::Sha512),
            _ => Err(CallError::UnknownAlgorithm.into()),
        }
    }
}

/// What an account rolls.
#[cfg(feature = "full")]
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum AccountType {
    /// By time.
    Totp = "totp",
    /// By counter.
    Hotp = "hotp",
    /// Steam's letters by time.
    Steam = "steam",
}

#[cfg(feature = "full")]
impl From<&gatepass_core::otpauth::Kind> for AccountType {
    fn from(kind: &gatepass_core::otpauth::Kind) -> Self {
        match kind {
            gatepass_core::otpauth::Kind::Totp { .. } => Self::Totp,
            gatepass_core::otpauth::Kind::Hotp { .. } => Self::Hotp,
            gatepass_core::otpauth::Kind::Steam { .. } => Self::Steam,
        }
    }
}

/// Where a text comes from.
#[cfg(feature = "full")]
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum Limit {
    /// A camera.
    Scanner = "scanner",
    /// A file or the clipboard.
    Import = "import",
}

#[cfg(feature = "full")]
impl TryFrom<Limit> for gatepass_core::otpauth::Limit {
    type Error = Thrown;

    fn try_from(limit: Limit) -> Result<Self, Thrown> {
        match limit {
            Limit::Scanner => Ok(Self::Scanner),
            Limit::Import => Ok(Self::Import),
            _ => Err(CallError::UnknownLimit.into()),
        }
    }
}

/// Error correction.
#[cfg(feature = "full")]
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum EcLevel {
    /// About 7 %.
    Low = "L",
    /// About 15 %.
    Medium = "M",
    /// About 25 %.
    Quartile = "Q",
    /// About 30 %.
    High = "H",
}

#[cfg(feature = "full")]
impl TryFrom<EcLevel> for gatepass_core::qr::EcLevel {
    type Error = Thrown;

    fn try_from(level: EcLevel) -> Result<Self, Thrown> {
        match level {
            EcLevel::Low => Ok(Self::Low),
            EcLevel::Medium => Ok(Self::Medium),
            EcLevel::Quartile => Ok(Self::Quartile),
            EcLevel::High => Ok(Self::High),
            _ => Err(CallError::UnknownLevel.into()),
        }
    }
}
