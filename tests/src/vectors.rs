//! Loads `tests/vectors/*.json` and finds the other shared folders.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

/// Why a vector file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum VectorError {
    /// The file is not there or cannot be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// The file that was asked for.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file does not have the shape that was asked for.
    #[error("{path} has another shape: {source}")]
    Shape {
        /// The file that was asked for.
        path: PathBuf,
        /// Where and what.
        source: serde_json::Error,
    },
}

/// The top folder of the repository.
#[must_use]
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// `tests/vectors`.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors")
}

/// `tests/samples`.
#[must_use]
pub fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

/// The text of `tests/vectors/{name}`, `name` with its ending.
///
/// # Errors
/// [`VectorError::Unreadable`].
pub fn text(name: &str) -> Result<String, VectorError> {
    let path = folder().join(name);
    std::fs::read_to_string(&path).map_err(|source| VectorError::Unreadable { path, source })
}

/// `tests/vectors/{name}` as any type that `serde` can read.
///
/// # Errors
/// [`VectorError`]: not there, or of another shape.
pub fn load<T: DeserializeOwned>(name: &str) -> Result<T, VectorError> {
    serde_json::from_str(&text(name)?).map_err(|source| VectorError::Shape { path: folder().join(name), source })
}
