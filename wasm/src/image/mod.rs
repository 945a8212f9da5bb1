//! Pictures of documents and films of heads.

mod decode;
mod find;
mod fingerprint;
mod geometry;
mod luma;
mod report;
mod steady;
mod turn;

pub use decode::decode_picture;
pub use find::document_size;
pub use fingerprint::{fingerprint_distance, relation};
pub use luma::luma_of_rgba;
pub use report::Examiner;
pub use turn::TurnWatch;
