//! Whether the document is held still, for the automatic shutter.

use super::find::{Located, Source};
use super::geometry::Quad;

/// Least intersection over union of a document's places that counts as still (as Stripe's capture has it).
pub const LEAST_IOU: f32 = 0.95;
/// How long it must be still, in milliseconds.
pub const LEAST_MS: u64 = 500;
/// Longest time between two frames, in milliseconds: nobody knows what happened in between. Half a second has three frames at
/// least. A phone that is fifteen times slower than the machine of `docs/decisions/0005-capture.md` (10 ms a frame) gives one
/// in 150 ms, so that one of them may come late.
pub const LONGEST_GAP_MS: u64 = 300;

/// Follows a document from frame to frame.
///
/// Every place is compared with the one at which the stillness began, so that a slow drift is no stillness either. Which of
/// the corners is the first does not matter: a document whose top is found out later stays still. Only a place that was found
/// counts: a guide that stands in for one ([`Source::Guide`]) never moves, whatever the picture shows. Who aligns a document
/// whose edges are not found presses the shutter by hand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Steady {
    still: Option<Still>,
}

/// A stillness that has begun.
#[derive(Clone, Copy, Debug)]
struct Still {
    since: u64,
    place: Quad,
    /// When the last frame was seen.
    last: u64,
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
        self.still.map_or(0, |still| now.saturating_sub(still.since))
    }

    /// Takes the next frame: `now` in milliseconds of any clock, and what was found in it. Returns whether the document has been
    /// still for [`LEAST_MS`]. A clock that goes back, or a gap of more than [`LONGEST_GAP_MS`], begins anew.
    pub fn push(&mut self, now: u64, document: Option<&Located>) -> bool {
        let found = document.filter(|located| located.source == Source::Edges);
        self.still = found.map(|&Located { quad, .. }| {
            let goes_on = |still: &Still| {
                let gap = now.checked_sub(still.last);
                gap.is_some_and(|gap| gap <= LONGEST_GAP_MS) && still.place.iou(&quad) >= LEAST_IOU
            };
            let before = self.still.filter(goes_on);
            before.map_or(Still { since: now, place: quad, last: now }, |still| Still { last: now, ..still })
        });
        self.held(now) >= LEAST_MS
    }
}
