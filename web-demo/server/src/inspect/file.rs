//! Files, and what can be wrong with a picture.

use std::{fs::File, io::Read as _, path::Path};

use gatepass_core::image::decode::DecodeError;

/// What a command can say is wrong with a picture.
pub const PICTURE_CODES: &[&str] = &["file_unreadable", "picture_unsupported", "picture_damaged", "picture_too_large"];

/// Why a picture gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PictureError {
    /// Not there, or may not be read.
    Unreadable,
    /// Not PNG, JPEG, WebP, GIF or BMP.
    Unsupported,
    /// Begins like a picture and is none, or ends early.
    Damaged,
    /// More pixels or bytes than are looked at.
    TooLarge,
}

impl PictureError {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "file_unreadable",
            Self::Unsupported => "picture_unsupported",
            Self::Damaged => "picture_damaged",
            Self::TooLarge => "picture_too_large",
        }
    }
}

impl From<image::ImageError> for PictureError {
    fn from(error: image::ImageError) -> Self {
        match error {
            image::ImageError::Limits(_) => Self::TooLarge,
            image::ImageError::Unsupported(_) => Self::Unsupported,
            _ => Self::Damaged,
        }
    }
}

impl From<DecodeError> for PictureError {
    fn from(error: DecodeError) -> Self {
        match error {
            DecodeError::Unsupported => Self::Unsupported,
            DecodeError::TooLarge => Self::TooLarge,
            // Whatever else may come to be wrong with a file, it cannot be used.
            _ => Self::Damaged,
        }
    }
}

/// The longest file that is read, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// A file's bytes, at most [`LARGEST`].
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, PictureError> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|_| PictureError::Unreadable)?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|_| PictureError::Unreadable)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST) {
        return Err(PictureError::TooLarge);
    }
    Ok(bytes)
}
