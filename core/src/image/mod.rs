//! Pictures: the grey plane that every rule about pictures works on, and where things lie in it.

#[cfg(feature = "image")]
pub mod chroma;
#[cfg(feature = "decode")]
pub mod decode;
#[cfg(feature = "image")]
pub mod find;
#[cfg(any(feature = "qr", feature = "image"))]
pub mod geometry;
#[cfg(feature = "decode")]
mod jpeg;
pub mod luma;
#[cfg(feature = "image")]
pub mod measure;
#[cfg(feature = "image")]
pub mod rectify;
#[cfg(feature = "image")]
pub mod report;
#[cfg(feature = "image")]
pub mod rgba;
#[cfg(feature = "image")]
mod shrink;
#[cfg(feature = "image")]
pub mod steady;
#[cfg(feature = "image")]
pub mod turn;
