#![doc = include_str!("../README.md")]
#![allow(unsafe_code, reason = "uniffi's scaffolding exports C functions")]

pub mod error;
pub mod otp;
pub mod otpauth;
pub mod qr;

uniffi::setup_scaffolding!("gatepass");
