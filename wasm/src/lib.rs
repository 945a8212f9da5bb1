#![doc = include_str!("../README.md")]
#![cfg_attr(not(any(feature = "full", feature = "capture")), no_std)]

extern crate alloc;

mod convert;
mod error;
#[cfg(feature = "identity")]
mod identity;
#[cfg(feature = "capture")]
mod image;
#[cfg(feature = "full")]
mod migration;
#[cfg(feature = "codes")]
mod names;
#[cfg(any(feature = "identity", feature = "capture"))]
mod object;
#[cfg(feature = "codes")]
mod otp;
#[cfg(feature = "full")]
mod otpauth;
#[cfg(feature = "full")]
mod qr;
#[cfg(feature = "full")]
mod scanner;
#[cfg(feature = "full")]
mod vault;

#[cfg(feature = "identity")]
pub use identity::*;
#[cfg(feature = "capture")]
pub use image::*;
#[cfg(feature = "full")]
pub use migration::{MigrationCollector, MigrationExporter, parse_migration};
#[cfg(feature = "codes")]
pub use names::Algorithm;
#[cfg(feature = "full")]
pub use names::{AccountType, EcLevel, Limit};
#[cfg(feature = "codes")]
pub use otp::Otp;
#[cfg(feature = "full")]
pub use otpauth::{OtpAccount, parse_otpauth};
#[cfg(feature = "full")]
pub use qr::{decode_luma, decode_rgba, encode_qr};
#[cfg(feature = "full")]
pub use scanner::{Frame, Scanner};
#[cfg(feature = "full")]
pub use vault::{Removed, Vault, pick_newest_vault};

/// Half the size of the allocator that comes with Rust.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// A panic is a bug. The build stops at once, and the facade reports it as `internal`.
#[cfg(all(target_arch = "wasm32", not(any(feature = "full", feature = "capture"))))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
