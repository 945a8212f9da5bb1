#![no_std]
#![forbid(unsafe_code)]
#![doc = include_str!("../README.md")]

extern crate alloc;

#[cfg(feature = "identity")]
pub mod identity;
pub mod image;
pub mod otp;
pub mod otpauth;
#[cfg(feature = "qr")]
pub mod qr;
pub mod secret;
#[cfg(feature = "vault")]
pub mod vault;

pub use otpauth::migration;
