//! Which documents are accepted and which of their sides are photographed.

mod kind;

pub use kind::{DocumentKind, Side};
