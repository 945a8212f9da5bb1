//! Whether the document is held still, for the automatic shutter.

use super::geometry::Quad;

/// Least intersection over union of a document's places that counts as still (as Stripe's capture has it).
pub const LEAST_IOU: f32 = 0.95;
/// How long it must be still, in milliseconds.
pub const LEAST_MS: u64 = 500;

/// Follows a document from frame to frame.
///
/// Every place is compared with the one at which the stillness began, so that a slow drift is no stillness either.
#[derive(Clone, Copy, Debug, Default)]
pub struct Steady {
    since: Option<(u64, Quad)>,
}

impl Steady {
    /// One that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next frame: `now` in milliseconds of any clock that does not go back, and where the document is. Returns
    /// whether it has been still for [`LEAST_MS`].
    pub fn push(&mut self, now: u64, quad: Option<&Quad>) -> bool {
        let Some(quad) = quad else {
            self.since = None;
            return false;
        };
        match self.since {
            Some((since, place)) if now >= since && place.iou(quad) >= LEAST_IOU => now - since >= LEAST_MS,
            _ => {
                self.since = Some((now, *quad));
                false
            }
        }
    }
}
