//! What a clip shows, in numbers.

use alloc::vec::Vec;

use super::super::geometry::Point;
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
    /// Which way the head turned; `None` when it turned by less than [`Limits::least_turn`].
    pub seen: Option<Direction>,
    /// How far at most, degrees, positive to the left.
    pub extent: f32,
    /// The same from what no plane can do, degrees, positive towards what was seen.
    pub solid: f32,
    /// The fastest, degrees per second.
    pub fastest: f32,
    /// From the prompt to the farthest, milliseconds.
    pub after: u32,
}

/// One number, and the limit that it is held against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// What was measured; a stable name.
    pub name: &'static str,
    /// How much; `None` where the clip gave nothing to measure.
    pub value: Option<f32>,
    /// In what: `deg`, `deg/s`, `ms`, `1/s`, `levels`, or `1` for a ratio.
    pub unit: &'static str,
    /// The limit.
    pub limit: f32,
    /// Whether the value is to be at least the limit, or at most.
    pub at_least: bool,
    /// Whether it is.
    pub pass: bool,
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
    /// The numbers.
    pub measures: Vec<Measure>,
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

/// The limits. Each stands between what genuine and false clips of one corpus of drawn heads gave (40 and 8 × 6 to 10 clips);
/// they were then tried on a corpus that somebody else drew (`docs/decisions/0006-turn.md`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Frames per second.
    pub least_rate: f32,
    /// Longest time between two frames, milliseconds.
    pub longest_gap: u32,
    /// Mean level of the face.
    pub least_light: f32,
    /// Steepness of the face's edges.
    pub least_acuity: f32,
    /// Longest time in which no pixel changed, milliseconds.
    pub longest_still: u32,
    /// Degrees of a turn.
    pub least_turn: f32,
    /// Degrees per second.
    pub fastest: f32,
    /// Degrees of a turn that no plane can do, as a part of the turn.
    pub least_solid: f32,
    /// How much of the head's own motion may be seen around it.
    pub most_around: f32,
    /// How much of all motion the head explains.
    pub least_explained: f32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            least_rate: 6.0,
            longest_gap: 600,
            least_light: 42.0,
            least_acuity: 0.38,
            longest_still: 450,
            least_turn: 10.0,
            fastest: 175.0,
            least_solid: 0.45,
            most_around: 0.85,
            least_explained: 0.05,
        }
    }
}
