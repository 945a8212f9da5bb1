//! Whether a typed name is the name of a document.

mod level;

pub use level::Level;
