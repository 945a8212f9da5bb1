//! QR codes: write a text as modules or SVG, read texts from a grey picture.
//!
//! - [`encode()`] turns a text into a [`Matrix`] of modules, [`Matrix::to_svg`] draws it.
//! - [`decode()`] looks for codes in a borrowed [`Luma`] plane and gives each text with its four corners;
//!   [`decode_all()`] also tells which codes it found without a whole text, and why.
//! - [`rgba_to_luma`] is the one conversion from colour, so that a browser and a server that look at the
//!   same pixels read the same text.
//!
//! Nothing here allocates more than a fixed multiple of the picture, and no input makes it panic.

mod codewords;
mod decode;
mod encode;
mod finder;
mod layer;
mod num;
mod parts;
mod symbol;

pub use crate::image::geometry::Point;
pub use crate::image::luma::{Luma, LumaError, MAX_SIDE, rgba_to_luma};
pub use decode::{DecodeOptions, Effort, Found, Reading, Refusal, Refused, decode, decode_all};
pub use encode::{EcLevel, MAX_QUIET_ZONE, Matrix, QrEncodeError, SvgOptions, encode};
