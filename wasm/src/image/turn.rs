//! Turn evidence.

use alloc::string::String;
use alloc::vec::Vec;

use gatepass_core::image::turn::{Direction, Evidence, Head, Measured, Prompt, PromptEvidence, Script, Watch};
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::millis;
use crate::error::{CallError, Thrown};
use crate::image::geometry::{PointDto, point};
use crate::image::luma::Frames;
use crate::object::object;

/// Looks on while a head turns.
#[wasm_bindgen]
#[derive(Debug)]
pub struct TurnWatch {
    watch: Watch,
    frames: Frames,
}

#[wasm_bindgen]
impl TurnWatch {
    /// The turns that were drawn: which way, and when each was shown.
    ///
    /// # Errors
    /// The codes of `ScriptError`; `unknown_direction`, `invalid_time`.
    #[wasm_bindgen(constructor)]
    pub fn new(directions: Vec<String>, times: Vec<f64>) -> Result<Self, Thrown> {
        let prompts: Result<Vec<_>, Thrown> = directions
            .iter()
            .zip(times)
            .map(|(code, at)| {
                let direction = Direction::from_code(code).ok_or(CallError::UnknownDirection)?;
                Ok(Prompt { direction, at: moment(at)? })
            })
            .collect();
        Ok(Self { watch: Watch::new(Script::new(prompts?)?), frames: Frames::default() })
    }

    /// A grey frame.
    ///
    /// # Errors
    /// The codes of `LumaError` and `WatchError`; `invalid_time`.
    #[wasm_bindgen(js_name = pushGrey)]
    pub fn push_grey(
        &mut self,
        luma: &Uint8Array,
        width: usize,
        height: usize,
        stride: usize,
        at_ms: f64,
    ) -> Result<(), Thrown> {
        Ok(self.watch.push(self.frames.grey(luma, width, height, stride)?, moment(at_ms)?)?)
    }

    /// A frame in colour.
    ///
    /// # Errors
    /// As [`push_grey`](Self::push_grey).
    #[wasm_bindgen(js_name = pushColour)]
    pub fn push_colour(&mut self, rgba: &Uint8Array, width: usize, height: usize, at_ms: f64) -> Result<(), Thrown> {
        Ok(self.watch.push(self.frames.grey_of(rgba, width, height)?, moment(at_ms)?)?)
    }

    /// Frames so far.
    #[wasm_bindgen(getter)]
    pub fn frames(&self) -> usize {
        self.watch.frames()
    }

    /// What the clip shows.
    pub fn evidence(&self) -> EvidenceDto {
        (&self.watch.evidence()).into()
    }
}

object! {
    /// The facade's `TurnEvidence`.
    EvidenceDto {
        verdict = verdict: &str,
        findings = findings: Vec<JsValue>,
        prompts = prompts: Vec<PromptDto>,
        measures = measures: Vec<MeasuredDto>,
        yaw = yaw: Vec<f32>,
        head = head: HeadDto,
    }

    /// The facade's `PromptEvidence`.
    PromptDto {
        asked = asked: &str,
        seen = seen: &str,
        extent = extent: f32,
        solid = solid: f32,
        fastest = fastest: f32,
        after_ms = afterMs: u32,
    }

    /// The facade's `TurnMeasured`.
    MeasuredDto {
        name = name: &str,
        value = value: f32,
        unit = unit: &str,
        limit = limit: f32,
        upper = upper: bool,
        pass = pass: bool,
    }

    /// The facade's `Head`.
    HeadDto {
        centre = centre: PointDto,
        half_width = halfWidth: f32,
    }
}

impl From<&Evidence> for EvidenceDto {
    fn from(evidence: &Evidence) -> Self {
        let dto = Self::new();
        dto.verdict(evidence.verdict.code());
        dto.findings(evidence.findings.iter().map(|finding| JsValue::from_str(finding.code())).collect());
        dto.prompts(evidence.prompts.iter().map(Into::into).collect());
        dto.measures(evidence.measures.iter().map(Into::into).collect());
        dto.yaw(evidence.yaw.clone());
        evidence.head.iter().for_each(|head| dto.head(head.into()));
        dto
    }
}

impl From<&PromptEvidence> for PromptDto {
    fn from(prompt: &PromptEvidence) -> Self {
        let dto = Self::new();
        dto.asked(prompt.asked.code());
        prompt.seen.iter().for_each(|seen| dto.seen(seen.code()));
        dto.extent(prompt.extent);
        dto.solid(prompt.solid);
        dto.fastest(prompt.fastest);
        dto.after_ms(prompt.after);
        dto
    }
}

impl From<&Measured> for MeasuredDto {
    fn from(measured: &Measured) -> Self {
        let dto = Self::new();
        dto.name(measured.measure.code());
        measured.value.into_iter().for_each(|value| dto.value(value));
        dto.unit(measured.measure.unit());
        dto.limit(measured.measure.limit());
        dto.upper(measured.measure.is_upper());
        dto.pass(measured.pass);
        dto
    }
}

impl From<&Head> for HeadDto {
    fn from(head: &Head) -> Self {
        let dto = Self::new();
        dto.centre(point(head.centre));
        dto.half_width(head.half_width);
        dto
    }
}

/// Milliseconds on the clock of the frames.
fn moment(at_ms: f64) -> Result<u32, Thrown> {
    Ok(u32::try_from(millis(at_ms)?).map_err(|_| CallError::InvalidTime)?)
}
