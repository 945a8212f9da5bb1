//! Pictures of documents and films of heads.

pub mod find;
pub mod fingerprint;
mod geometry;
pub mod report;
mod steady;
pub mod turn;

/// Exact: every target of ours has pointers of 32 bits or more.
fn pixels(value: u32) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}
