//! What is said about a picture of a document.

use alloc::vec::Vec;

use gatepass_core::image::decode::{self, Limits};
use gatepass_core::image::find::Format;
use gatepass_core::image::luma::Luma;
use gatepass_core::image::measure::fingerprint::Fingerprint;
use gatepass_core::image::report::{self, CaptureReport, Measured, Mode, Request};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::wasm_bindgen;

use super::find::{self, LocatedDto};
use super::geometry::{PointDto, corners};
use super::luma::Frames;
use super::steady::Preview;
use crate::error::Thrown;
use crate::object::object;

/// Examines pictures of one kind of document, and keeps its buffers between them.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Examiner {
    format: Format,
    frames: Frames,
    preview: Preview,
}

#[wasm_bindgen]
impl Examiner {
    /// For a kind of document.
    ///
    /// # Errors
    /// `unknown_document_kind`.
    #[wasm_bindgen(constructor)]
    pub fn new(kind: &str) -> Result<Self, Thrown> {
        Ok(Self { format: find::format(kind)?, frames: Frames::default(), preview: Preview::default() })
    }

    /// A grey preview frame.
    ///
    /// # Errors
    /// The codes of `LumaError`; `invalid_guide`, `invalid_time`.
    #[wasm_bindgen(js_name = liveGrey)]
    pub fn live_grey(
        &mut self,
        luma: &Uint8Array,
        width: usize,
        height: usize,
        stride: usize,
        guide: Option<Vec<f32>>,
        now_ms: f64,
    ) -> Result<ReportDto, Thrown> {
        let luma = self.frames.grey(luma, width, height, stride)?;
        self.preview.push((luma, None), self.format, guide, now_ms)
    }

    /// A preview frame in colour, by which more is seen than by its greys.
    ///
    /// # Errors
    /// As [`live_grey`](Self::live_grey).
    #[wasm_bindgen(js_name = liveColour)]
    pub fn live_colour(
        &mut self,
        rgba: &Uint8Array,
        width: usize,
        height: usize,
        guide: Option<Vec<f32>>,
        now_ms: f64,
    ) -> Result<ReportDto, Thrown> {
        let (luma, chroma) = self.frames.colour(rgba, width, height)?;
        self.preview.push((luma, Some(chroma)), self.format, guide, now_ms)
    }

    /// The final photograph, from its bytes.
    ///
    /// # Errors
    /// The codes of `DecodeError`; `invalid_guide`.
    pub fn still(&mut self, bytes: &[u8], guide: Option<Vec<f32>>) -> Result<ReportDto, Thrown> {
        let picture = decode::decode(bytes, &Limits::DEFAULT)?;
        let guide = find::guide(guide, picture.luma())?;
        let request = Request { format: self.format, mode: Mode::Still, guide };
        let report = report::examine(picture.luma(), picture.chroma(), &request, &mut self.preview.scratch);
        Ok(ReportDto::of(&report, picture.luma(), None))
    }
}

object! {
    /// The facade's `CaptureReport`.
    ReportDto {
        mode = mode: &str,
        width = width: usize,
        height = height: usize,
        accepted = accepted: bool,
        instruction = instruction: &str,
        document = document: LocatedDto,
        measures = measures: Vec<MeasuredDto>,
        fingerprint = fingerprint: Vec<u16>,
        steady = steady: bool,
    }

    /// The facade's `Measured`.
    MeasuredDto {
        name = name: &str,
        value = value: f32,
        unit = unit: &str,
        limit = limit: f32,
        upper = upper: bool,
        pass = pass: bool,
        warning = warning: bool,
        region = region: Vec<PointDto>,
    }
}

impl ReportDto {
    /// About a picture; `steady`: of a preview frame, whether the document is held still.
    pub(super) fn of(report: &CaptureReport, luma: Luma<'_>, steady: Option<bool>) -> Self {
        let dto = Self::new();
        dto.mode(report.mode.code());
        dto.width(luma.width());
        dto.height(luma.height());
        steady.into_iter().for_each(|steady| dto.steady(steady));
        dto.accepted(report.accepted());
        report.instruction.iter().for_each(|instruction| dto.instruction(instruction.code()));
        report.document.iter().for_each(|located| dto.document(located.into()));
        dto.measures(report.measures.iter().map(Into::into).collect());
        report.fingerprint.iter().for_each(|Fingerprint(rows)| dto.fingerprint(rows.as_slice().into()));
        dto
    }
}

impl From<&Measured> for MeasuredDto {
    fn from(measured: &Measured) -> Self {
        let dto = Self::new();
        dto.name(measured.measure.code());
        dto.value(measured.value);
        dto.unit(measured.measure.unit());
        dto.limit(measured.limit);
        dto.upper(measured.measure.is_upper());
        dto.pass(measured.pass);
        dto.warning(measured.measure.is_warning());
        measured.region.iter().for_each(|region| dto.region(corners(region)));
        dto
    }
}
