//! Pictures of documents and films of heads.

mod decode;
mod luma;
mod report;
mod turn;

pub use decode::decode_picture;
pub use luma::luma_of_rgba;
pub use report::{Examiner, document_size, fingerprint_distance, relation};
pub use turn::TurnWatch;
