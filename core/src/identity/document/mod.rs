//! Which documents are accepted, which of their sides are photographed, and which side carries a machine-readable zone.
//!
//! [`DocumentRule::of`] answers for every country: the EU, the EEA, Switzerland and the United Kingdom have rows with a source
//! each, all others go by a general rule and say so.

mod kind;
mod table;

pub use kind::{DocumentKind, Side};
pub use table::{Certainty, DocumentRule, ZonePlace};
