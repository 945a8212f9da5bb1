//! What a clip shows, in numbers.

use alloc::vec::Vec;

use super::super::geometry::Point;
#[cfg(doc)]
use super::measure::Measure;
use super::measure::Measured;
use super::script::Direction;

/// What speaks against a clip, each with one thing to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Finding {
    /// Too few frames, or a gap between them: the device was too slow.
    FramesFew,
    /// Too little light on the face.
    Dark,
    /// Out of focus or smeared.
    Blurred,
    /// The picture stood still.
    Frozen,
    /// A stretch came again and again.
    Repeated,
    /// The clip was put together from pieces.
    Cut,
    /// No head moved in the picture.
    FaceMissing,
    /// A second head turned too.
    FaceSecond,
    /// The head turned too fast to be followed.
    TooFast,
    /// A turn did not come, or was too small.
    TurnMissing,
    /// A turn went the other way.
    TurnWrongWay,
    /// What turned could be flat.
    Flat,
    /// What is around the head moved with it, as on a photo.
    RoundMoves,
}

impl Finding {
    /// Every variant, in the order of the list of codes.
    pub const ALL: [Self; 13] = [
        Self::FramesFew,
        Self::Dark,
        Self::Blurred,
        Self::Frozen,
        Self::Repeated,
        Self::Cut,
        Self::FaceMissing,
        Self::FaceSecond,
        Self::TooFast,
        Self::TurnMissing,
        Self::TurnWrongWay,
        Self::Flat,
        Self::RoundMoves,
    ];

    /// The stable code that crosses every border.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::FramesFew => "turn_frames_few",
            Self::Dark => "turn_dark",
            Self::Blurred => "turn_blurred",
            Self::Frozen => "turn_frozen",
            Self::Repeated => "turn_repeated",
            Self::Cut => "turn_cut",
            Self::FaceMissing => "turn_face_missing",
            Self::FaceSecond => "turn_face_second",
            Self::TooFast => "turn_too_fast",
            Self::TurnMissing => "turn_missing",
            Self::TurnWrongWay => "turn_wrong_way",
            Self::Flat => "turn_flat",
            Self::RoundMoves => "turn_round_moves",
        }
    }
}

/// What the evidence comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Every turn was seen as it was asked for, and nothing speaks against the clip.
    Shown,
    /// Something is missing or speaks against it: [`Evidence::findings`].
    NotShown,
}

impl Verdict {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::NotShown => "not-shown",
        }
    }
}

/// What was seen after one prompt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PromptEvidence {
    /// Which way was asked for.
    pub asked: Direction,
    /// Which way the head turned; `None` when it turned by less than the limit of [`Measure::LeastTurn`].
    pub seen: Option<Direction>,
    /// How far at most, degrees, positive to the left.
    pub extent: f32,
    /// The same from what no plane can do, degrees, positive towards what was seen.
    pub solid: f32,
    /// The fastest, degrees per second; what was too fast to be followed does not count, so that no limit is set on it.
    pub fastest: f32,
    /// From the prompt to the farthest, milliseconds.
    pub after: u32,
}

/// What a clip shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What it comes to.
    pub verdict: Verdict,
    /// What speaks against it, most urgent first: do something about the first one.
    pub findings: Vec<Finding>,
    /// Each turn that was asked for.
    pub prompts: Vec<PromptEvidence>,
    /// What was measured, in the order of [`Measure::ALL`]; without a head only some of it.
    pub measures: Vec<Measured>,
    /// Yaw of the head in each frame, degrees, positive to the left, 0 in the first.
    pub yaw: Vec<f32>,
    /// Where the head was found; `None` where nothing moved like one.
    pub head: Option<Head>,
}

/// Where a head is in the frames, pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Head {
    /// Its middle.
    pub centre: Point,
    /// Half its width.
    pub half_width: f32,
}
