#![doc = include_str!("../README.md")]
#![allow(unsafe_code, reason = "uniffi's scaffolding exports C functions")]

pub mod error;
pub mod identity;
pub mod image;
pub mod migration;
pub mod otp;
pub mod otpauth;
pub mod qr;
pub mod vault;

uniffi::setup_scaffolding!("gatepass");
