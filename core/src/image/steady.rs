//! Whether the document is held still, for the automatic shutter.

use super::geometry::Quad;

/// Least intersection over union of a document's places that counts as still (as Stripe's capture has it).
pub const LEAST_IOU: f32 = 0.95;
/// How long it must be still, in milliseconds.
pub const LEAST_MS: u64 = 500;

/// Follows a document from frame to frame.
///
/// Every place is compared with the one at which the stillness began, so that a slow drift is no stillness either. Which of
/// the corners is the first does not matter: a document whose top is found out later stays still. Only places that were
/// found belong here: a frame on the screen that stands in for them ([`Source::Guide`](super::find::Source::Guide)) never
/// moves.
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

    /// For how many milliseconds the document has been still at `now`: 0 when it moves or is not there. A page shows with it
    /// how long to hold still.
    #[must_use]
    pub fn held(&self, now: u64) -> u64 {
        self.since.map_or(0, |(since, _)| now.saturating_sub(since))
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
