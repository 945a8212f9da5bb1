//! QR codes: write a text as modules or SVG, read texts from a grey picture.
//!
//! - [`encode()`] turns a text into a [`Matrix`] of modules, [`Matrix::to_svg`] draws it.
//! - [`decode()`] looks for codes in a borrowed [`Luma`] plane and gives each text with its four corners.
//! - [`rgba_to_luma`] is the one conversion from colour, so that a browser and a server that look at the
//!   same pixels read the same text.
//!
//! Nothing here allocates more than a fixed multiple of the picture, and no input makes it panic.

// Square roots of `f32` are methods of the standard library only, and `qrcode` brings that anyway.
extern crate std;

mod codewords;
mod decode;
mod encode;
mod finder;
mod layer;
mod luma;
mod num;
mod symbol;

pub use decode::{DecodeOptions, Effort, Found, Point, decode};
pub use encode::{EcLevel, MAX_QUIET_ZONE, Matrix, QrEncodeError, SvgOptions, encode};
pub use luma::{Luma, LumaError, MAX_SIDE, rgba_to_luma};
