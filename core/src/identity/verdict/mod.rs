//! The server's decision about what was submitted: refuse with reasons, or hand to a reviewer with the evidence.
//!
//! [`decide()`] takes what was measured, by name and with its limit, and what was read. It does not look at pictures itself
//! and knows no threshold. Approval without a reviewer exists for operators who ask for it in their [`Policy`]; nobody gets
//! it by default, and it never overlooks an open question.

mod decide;
mod evidence;
mod submission;

pub use decide::{Approval, Decision, Policy, decide};
pub use evidence::{Evidence, Note, Refused};
pub use submission::{Measured, Photo, Submission, Turn};
