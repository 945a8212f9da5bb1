//! Pictures of documents: the pixels of a file, the document in them, what is measured on it.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "small pictures drawn by hand"
)]
#![expect(clippy::unwrap_used, reason = "a test that fails here has failed")]

mod decode;
mod find;
mod report;
mod rgba;
mod scene;
mod steady;
mod upright;
