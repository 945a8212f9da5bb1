//! Turn evidence: whether a head in front of the camera turned as it was told, in numbers.
//!
//! Small grey frames come in with their times, about 320 pixels wide and ten a second, not mirrored; and the turns that the
//! server drew. Out comes, for each of them, which way the head turned, how far and how fast; whether what turned was a solid
//! body; and what speaks against the clip. That is evidence for a person who decides. It does not say who that is, and it does
//! not tell a video that is played to the camera from a person.
//!
//! The method: patches are followed from frame to frame (`flow`); between two frames a turning head moves them as the front
//! of an ellipsoid does (`head`), which no plane can; the turns add up. No weights were trained.

mod clip;
mod evidence;
mod fit;
mod flow;
mod head;
mod judge;
mod measure;
mod script;

pub use clip::{Watch, WatchError};
pub use evidence::{Evidence, Finding, Head, PromptEvidence, Verdict};
pub use measure::{Measure, Measured};
pub use script::{Direction, Prompt, Script, ScriptError};
