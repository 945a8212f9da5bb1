//! Pictures: the grey plane that every rule about pictures works on, and where things lie in it.

#[cfg(feature = "decode")]
pub mod decode;
#[cfg(any(feature = "qr", feature = "image"))]
pub mod geometry;
pub mod luma;
