//! What is measured of a clip, and the limit of each.

use super::evidence::Finding;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Measure {
    /// Frames per second.
    FrameRate,
    /// The longest time between two frames.
    LongestGap,
    /// Median level of the face.
    FaceLight,
    /// Steepness of the face's edges: 1 within two pixels, a quarter within eight.
    FaceAcuity,
    /// The longest time in which nothing changed.
    LongestStill,
    /// The longest stretch with motion in it that came before in the same clip.
    LongestRepeat,
    /// The most corners that were not found again from one frame to the next, of all.
    LostAtOnce,
    /// How much of all motion the head explains.
    HeadMotion,
    /// How far a second head turned, the median over the prompts.
    SecondHeadTurn,
    /// The fastest turn.
    FastestTurn,
    /// The most corners of the face that were not found again from one frame to the next, of all on it.
    FaceLostAtOnce,
    /// The smallest of the turns.
    LeastTurn,
    /// How much of a turn no plane can do, the median over the prompts.
    SolidPart,
    /// How much what is around the head moves while it turns, of how much the face does.
    AroundMoves,
}

impl Measure {
    /// All of them, in the order of what they find.
    pub const ALL: [Self; 14] = [
        Self::FrameRate,
        Self::LongestGap,
        Self::FaceLight,
        Self::FaceAcuity,
        Self::LongestStill,
        Self::LongestRepeat,
        Self::LostAtOnce,
        Self::HeadMotion,
        Self::SecondHeadTurn,
        Self::FastestTurn,
        Self::FaceLostAtOnce,
        Self::LeastTurn,
        Self::SolidPart,
        Self::AroundMoves,
    ];

    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::FrameRate => "frame_rate",
            Self::LongestGap => "longest_gap",
            Self::FaceLight => "face_light",
            Self::FaceAcuity => "face_acuity",
            Self::LongestStill => "longest_still",
            Self::LongestRepeat => "longest_repeat",
            Self::LostAtOnce => "lost_at_once",
            Self::HeadMotion => "head_motion",
            Self::SecondHeadTurn => "second_head_turn",
            Self::FastestTurn => "fastest_turn",
            Self::FaceLostAtOnce => "face_lost_at_once",
            Self::LeastTurn => "least_turn",
            Self::SolidPart => "solid_part",
            Self::AroundMoves => "around_moves",
        }
    }

    /// The unit of its value.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::FrameRate => "1/s",
            Self::LongestGap | Self::LongestStill | Self::LongestRepeat => "ms",
            Self::FaceLight => "level",
            Self::LostAtOnce | Self::FaceLostAtOnce => "share",
            Self::FaceAcuity | Self::HeadMotion | Self::SolidPart | Self::AroundMoves => "ratio",
            Self::SecondHeadTurn | Self::LeastTurn => "deg",
            Self::FastestTurn => "deg/s",
        }
    }

    /// Whether its value must not be above the limit; the others must not be below.
    #[must_use]
    pub fn is_upper(self) -> bool {
        !matches!(
            self,
            Self::FrameRate | Self::FaceLight | Self::FaceAcuity | Self::HeadMotion | Self::LeastTurn | Self::SolidPart
        )
    }

    /// The limit. Each stands between what genuine and false clips of one corpus of drawn heads gave (40 genuine ones and 6 to
    /// 10 of each false kind); they were then tried on a corpus that somebody else drew (`docs/decisions/0006-turn.md`).
    #[must_use]
    pub fn limit(self) -> f32 {
        match self {
            Self::FrameRate => 6.0,
            Self::LongestGap => 600.0,
            Self::FaceLight => 42.0,
            Self::FaceAcuity => 0.38,
            Self::LongestStill => 450.0,
            Self::LongestRepeat => 700.0,
            Self::LostAtOnce | Self::AroundMoves => 0.85,
            Self::HeadMotion => 0.05,
            Self::SecondHeadTurn => 15.0,
            Self::FastestTurn => 175.0,
            Self::FaceLostAtOnce => 0.7,
            Self::LeastTurn => 10.0,
            Self::SolidPart => 0.45,
        }
    }

    /// What it finds when the limit is not kept.
    #[must_use]
    pub fn finding(self) -> Finding {
        match self {
            Self::FrameRate | Self::LongestGap => Finding::FramesFew,
            Self::FaceLight => Finding::Dark,
            Self::FaceAcuity => Finding::Blurred,
            Self::LongestStill => Finding::Frozen,
            Self::LongestRepeat => Finding::Repeated,
            Self::LostAtOnce => Finding::Cut,
            Self::HeadMotion => Finding::FaceMissing,
            Self::SecondHeadTurn => Finding::FaceSecond,
            Self::FastestTurn | Self::FaceLostAtOnce => Finding::TooFast,
            Self::LeastTurn => Finding::TurnMissing,
            Self::SolidPart => Finding::Flat,
            Self::AroundMoves => Finding::RoundMoves,
        }
    }
}

/// One measure of a clip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// What was measured.
    pub measure: Measure,
    /// How much, in [`Measure::unit`]; `None` where the clip gave nothing to measure.
    pub value: Option<f32>,
    /// Whether the limit is kept; so it is where nothing was measured.
    pub pass: bool,
}

impl Measured {
    pub(super) fn new(measure: Measure, value: Option<f32>) -> Self {
        let limit = measure.limit();
        let pass = value.is_none_or(|value| if measure.is_upper() { value <= limit } else { value >= limit });
        Self { measure, value, pass }
    }
}
