//! Grey picture to texts.

use alloc::{string::String, vec::Vec};

use zeroize::{Zeroize as _, Zeroizing};

use super::Luma;

/// Reads every QR code that is found in `picture`.
///
/// Dark codes on light ground and light ones on dark ground are read, and mirrored ones. A code that occurs
/// in several passes is reported once. An empty list means that none was read: that is the ordinary answer
/// for most frames of a camera and no error.
#[must_use]
pub fn decode(picture: Luma<'_>, options: &DecodeOptions) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for scale in [1, 2] {
        if picture.width() < scale * 21 || picture.height() < scale * 21 {
            continue;
        }
        for inverted in [false, true] {
            pass(picture, scale, inverted, &mut found);
            if options.effort == Effort::Frame && !found.is_empty() {
                return found;
            }
        }
    }
    found
}

fn pass(picture: Luma<'_>, scale: usize, inverted: bool, found: &mut Vec<Found>) {
    let (width, height) = (picture.width() / scale, picture.height() / scale);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        let grey = if scale == 1 {
            picture.row(y)[x]
        } else {
            let (a, b) = (&picture.row(2 * y)[2 * x..], &picture.row(2 * y + 1)[2 * x..]);
            let sum = u16::from(a[0]) + u16::from(a[1]) + u16::from(b[0]) + u16::from(b[1]);
            u8::try_from((sum + 2) / 4).unwrap_or(u8::MAX)
        };
        if inverted { 255 - grey } else { grey }
    });
    for grid in prepared.detect_grids() {
        let mut bytes = Vec::new();
        if grid.decode_to(&mut bytes).is_err() {
            continue;
        }
        let text = text_of(bytes);
        if found.iter().any(|known| known.text == text) {
            continue;
        }
        #[allow(clippy::cast_precision_loss, reason = "pixel coordinates, far below 2^24")]
        let corners = grid.bounds.map(|corner| Point {
            x: (corner.x * scale as i32) as f32,
            y: (corner.y * scale as i32) as f32,
        });
        found.push(Found { text, corners });
    }
}

/// What [`decode`] may spend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DecodeOptions {
    /// How hard to try.
    pub effort: Effort,
}

/// How hard [`decode`] tries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Effort {
    /// One of many frames of a live camera: the next one comes in a moment. Stops at the first layer that
    /// gives a code.
    #[default]
    Frame,
    /// A picture that will not come again: every pass is tried.
    Still,
}

/// A code that was read.
///
/// Personal data: `text` may be an otpauth URI with its secret. It is erased when dropped and not printed.
#[derive(Clone, PartialEq)]
pub struct Found {
    /// What the code says. Bytes that are not UTF-8 are taken as Latin-1 (ISO/IEC 8859-1).
    pub text: Zeroizing<String>,
    /// The corners of the code without its quiet zone, in pixels of the picture: top left, top right,
    /// bottom right, bottom left as the code itself has them (the corner without a finder pattern is
    /// bottom right).
    pub corners: [Point; 4],
}

impl core::fmt::Debug for Found {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Found")
            .field("corners", &self.corners)
            .finish_non_exhaustive()
    }
}

/// A place in a picture, in pixels from its top left corner; the middle of the first pixel is (0.5, 0.5).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

/// The bytes of a code as text: UTF-8, else Latin-1.
fn text_of(bytes: Vec<u8>) -> Zeroizing<String> {
    Zeroizing::new(String::from_utf8(bytes).unwrap_or_else(|not_utf8| {
        let mut bytes = not_utf8.into_bytes();
        let text = bytes.iter().copied().map(char::from).collect();
        bytes.zeroize();
        text
    }))
}
