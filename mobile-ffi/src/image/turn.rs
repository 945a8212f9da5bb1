//! Turn evidence.

use std::sync::{Arc, Mutex, PoisonError};

use gatepass_core::image::luma::Luma;
use gatepass_core::image::turn::{self, Script, Watch};

use super::pixels;
use crate::error::GatepassError;
use crate::qr::Point;

/// Which way to turn, as the person sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum TurnDirection {
    /// To the person's left.
    Left,
    /// To the person's right.
    Right,
}

impl From<turn::Direction> for TurnDirection {
    fn from(direction: turn::Direction) -> Self {
        match direction {
            turn::Direction::Left => Self::Left,
            turn::Direction::Right => Self::Right,
        }
    }
}

impl From<TurnDirection> for turn::Direction {
    fn from(direction: TurnDirection) -> Self {
        match direction {
            TurnDirection::Left => Self::Left,
            TurnDirection::Right => Self::Right,
        }
    }
}

/// One turn that the server drew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct TurnPrompt {
    /// Which way.
    pub direction: TurnDirection,
    /// When it was shown, milliseconds on the clock of the frames.
    pub at_ms: u32,
}

/// What was seen after one prompt.
#[derive(Debug, Clone, Copy, PartialEq, uniffi::Record)]
pub struct TurnPromptEvidence {
    /// Which way was asked for.
    pub asked: TurnDirection,
    /// Which way the head turned; absent when it hardly did.
    pub seen: Option<TurnDirection>,
    /// How far at most, degrees, positive to the left.
    pub extent: f32,
    /// The same from what no plane can do.
    pub solid: f32,
    /// The fastest, degrees per second.
    pub fastest: f32,
    /// From the prompt to the farthest, milliseconds.
    pub after_ms: u32,
}

impl From<&turn::PromptEvidence> for TurnPromptEvidence {
    fn from(prompt: &turn::PromptEvidence) -> Self {
        Self {
            asked: prompt.asked.into(),
            seen: prompt.seen.map(Into::into),
            extent: prompt.extent,
            solid: prompt.solid,
            fastest: prompt.fastest,
            after_ms: prompt.after,
        }
    }
}

/// One measure of a clip.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct TurnMeasured {
    /// Its code.
    pub name: String,
    /// In `unit`; absent where there was nothing to measure.
    pub value: Option<f32>,
    /// `1/s`, `ms`, `level`, `share`, `ratio` or `deg`.
    pub unit: String,
    /// The most or the least.
    pub limit: f32,
    /// Whether the limit is the most.
    pub upper: bool,
    /// Whether it is kept.
    pub pass: bool,
}

impl From<&turn::Measured> for TurnMeasured {
    fn from(measured: &turn::Measured) -> Self {
        Self {
            name: measured.measure.code().into(),
            value: measured.value,
            unit: measured.measure.unit().into(),
            limit: measured.measure.limit(),
            upper: measured.measure.is_upper(),
            pass: measured.pass,
        }
    }
}

/// Where a head is in the frames, pixels.
#[derive(Debug, Clone, Copy, PartialEq, uniffi::Record)]
pub struct TurnHead {
    /// Its middle.
    pub centre: Point,
    /// Half its width.
    pub half_width: f32,
}

/// Whether a head turned as it was told, in numbers: evidence for a person who decides.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct TurnEvidence {
    /// Whether every turn was seen as it was asked for and nothing speaks against the clip.
    pub shown: bool,
    /// The codes of what speaks against it, most urgent first.
    pub findings: Vec<String>,
    /// Each turn that was asked for.
    pub prompts: Vec<TurnPromptEvidence>,
    /// What was measured.
    pub measures: Vec<TurnMeasured>,
    /// Yaw of the head in each frame, degrees, positive to the left.
    pub yaw: Vec<f32>,
    /// Where the head was found.
    pub head: Option<TurnHead>,
}

impl From<turn::Evidence> for TurnEvidence {
    fn from(evidence: turn::Evidence) -> Self {
        Self {
            shown: match evidence.verdict {
                turn::Verdict::Shown => true,
                turn::Verdict::NotShown => false,
            },
            findings: evidence.findings.iter().map(|finding| finding.code().to_owned()).collect(),
            prompts: evidence.prompts.iter().map(Into::into).collect(),
            measures: evidence.measures.iter().map(Into::into).collect(),
            yaw: evidence.yaw,
            head: evidence.head.map(|head| TurnHead {
                centre: Point { x: head.centre.x, y: head.centre.y },
                half_width: head.half_width,
            }),
        }
    }
}

/// Looks on while a head turns: takes the frames one by one and keeps of each only how it moved.
#[derive(Debug, uniffi::Object)]
pub struct TurnWatch(Mutex<Watch>);

#[uniffi::export]
impl TurnWatch {
    /// For the turns that the server drew.
    ///
    /// # Errors
    /// The codes of turns that are no script.
    #[uniffi::constructor]
    pub fn new(prompts: &[TurnPrompt]) -> Result<Arc<Self>, GatepassError> {
        let prompts = prompts
            .iter()
            .map(|prompt| turn::Prompt { direction: prompt.direction.into(), at: prompt.at_ms })
            .collect();
        Ok(Arc::new(Self(Mutex::new(Watch::new(Script::new(prompts)?)))))
    }

    /// The next frame: a luma plane about 320 pixels wide, not mirrored, on the clock of the prompts.
    ///
    /// # Errors
    /// The codes of a plane that its numbers do not fit, and of a frame that does not belong here.
    pub fn push(&self, luma: &[u8], width: u32, height: u32, stride: u32, at_ms: u32) -> Result<(), GatepassError> {
        let luma = Luma::new(luma, pixels(width), pixels(height), pixels(stride))?;
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).push(luma, at_ms)?)
    }

    /// What the clip shows so far.
    #[must_use]
    pub fn evidence(&self) -> TurnEvidence {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).evidence().into()
    }
}
