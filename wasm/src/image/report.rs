//! What is said about a picture of a document.

use alloc::vec::Vec;

use gatepass_core::identity::document::DocumentKind;
use gatepass_core::image::chroma::Chroma;
use gatepass_core::image::decode::{self, Limits};
use gatepass_core::image::find::{Format, Located, Source, Upright};
use gatepass_core::image::geometry::{Point, Quad};
use gatepass_core::image::luma::Luma;
use gatepass_core::image::measure::fingerprint::{self, Fingerprint};
use gatepass_core::image::report::{self, CaptureReport, Measured, Mode, Request, Scratch};
use gatepass_core::image::steady::Steady;
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::convert::millis;
use crate::error::{CallError, Thrown};
use crate::image::luma::Frames;
use crate::object::object;

/// Examines pictures of one kind of document, and keeps its buffers between them.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Examiner {
    format: Format,
    frames: Frames,
    scratch: Scratch,
    steady: Steady,
}

#[wasm_bindgen]
impl Examiner {
    /// For a kind of document.
    ///
    /// # Errors
    /// `unknown_document_kind`.
    #[wasm_bindgen(constructor)]
    pub fn new(kind: &str) -> Result<Self, Thrown> {
        let (frames, scratch, steady) = (Frames::default(), Scratch::new(), Steady::new());
        Ok(Self { format: format(kind)?, frames, scratch, steady })
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
        let Self { format, frames, scratch, steady } = self;
        live(frames.grey(luma, width, height, stride)?, None, *format, guide, now_ms, scratch, steady)
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
        let Self { format, frames, scratch, steady } = self;
        let (luma, chroma) = frames.colour(rgba, width, height)?;
        live(luma, Some(chroma), *format, guide, now_ms, scratch, steady)
    }

    /// The final photograph, from its bytes.
    ///
    /// # Errors
    /// The codes of `DecodeError`; `invalid_guide`.
    pub fn still(&mut self, bytes: &[u8], guide: Option<Vec<f32>>) -> Result<ReportDto, Thrown> {
        let picture = decode::decode(bytes, &Limits::DEFAULT)?;
        let request = Request { format: self.format, mode: Mode::Still, guide: quad(guide)? };
        let report = report::examine(picture.luma(), picture.chroma(), &request, &mut self.scratch);
        let dto = ReportDto::from(&report);
        dto.width(picture.width());
        dto.height(picture.height());
        Ok(dto)
    }
}

fn live(
    luma: Luma<'_>,
    chroma: Option<Chroma<'_>>,
    format: Format,
    guide: Option<Vec<f32>>,
    now_ms: f64,
    scratch: &mut Scratch,
    steady: &mut Steady,
) -> Result<ReportDto, Thrown> {
    let now = millis(now_ms)?;
    let request = Request { format, mode: Mode::Live, guide: quad(guide)? };
    let report = report::examine(luma, chroma, &request, scratch);
    let dto = ReportDto::from(&report);
    dto.steady(steady.push(now, report.document.as_ref().map(|located| &located.quad)));
    dto.width(luma.width());
    dto.height(luma.height());
    Ok(dto)
}

/// Width and height of a kind of document, millimetres.
///
/// # Errors
/// `unknown_document_kind`.
#[wasm_bindgen(js_name = documentSize)]
pub fn document_size(kind: &str) -> Result<Vec<f32>, Thrown> {
    let (width, height) = format(kind)?.millimetres();
    Ok([width, height].into())
}

/// How different two documents look, 0 to 1.
///
/// # Errors
/// `invalid_fingerprint`.
#[wasm_bindgen(js_name = fingerprintDistance)]
pub fn fingerprint_distance(one: &[u16], other: &[u16]) -> Result<f32, Thrown> {
    Ok(fingerprint_of(one)?.distance(&fingerprint_of(other)?))
}

/// How two pictures of documents belong together, by their fingerprints and their corners.
///
/// # Errors
/// `invalid_fingerprint`, `invalid_corners`.
#[wasm_bindgen(unchecked_return_type = "string")]
pub fn relation(one: &[u16], one_at: &[f32], other: &[u16], other_at: &[f32]) -> Result<JsValue, Thrown> {
    let place = |corners: &[f32]| corners_of(corners).ok_or(CallError::InvalidCorners);
    let (here, there) = (place(one_at)?, place(other_at)?);
    Ok(JsValue::from_str(fingerprint::relation(&fingerprint_of(one)?, &here, &fingerprint_of(other)?, &there).code()))
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

    /// The facade's `Located`.
    LocatedDto {
        corners = corners: Vec<PointDto>,
        confidence = confidence: f32,
        source = source: &str,
        upright = upright: &str,
        cut = cut: u8,
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

    /// The facade's `Point`.
    PointDto {
        x = x: f32,
        y = y: f32,
    }
}

impl From<&CaptureReport> for ReportDto {
    fn from(report: &CaptureReport) -> Self {
        let dto = Self::new();
        dto.mode(match report.mode {
            Mode::Live => "live",
            Mode::Still => "still",
        });
        dto.accepted(report.accepted());
        report.instruction.iter().for_each(|instruction| dto.instruction(instruction.code()));
        report.document.iter().for_each(|located| dto.document(located.into()));
        dto.measures(report.measures.iter().map(Into::into).collect());
        report.fingerprint.iter().for_each(|Fingerprint(rows)| dto.fingerprint(rows.as_slice().into()));
        dto
    }
}

impl From<&Located> for LocatedDto {
    fn from(located: &Located) -> Self {
        let dto = Self::new();
        dto.corners(corners(&located.quad));
        dto.confidence(located.confidence);
        dto.source(match located.source {
            Source::Edges => "edges",
            Source::Guide => "guide",
        });
        dto.upright(match located.upright {
            Upright::Content => "content",
            Upright::Assumed => "assumed",
        });
        dto.cut(located.cut);
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

fn corners(Quad(corners): &Quad) -> Vec<PointDto> {
    corners.iter().map(|&corner| point(corner)).collect()
}

pub(super) fn point(Point { x, y }: Point) -> PointDto {
    let dto = PointDto::new();
    dto.x(x);
    dto.y(y);
    dto
}

/// A guide: four corners of a convex shape.
fn quad(corners: Option<Vec<f32>>) -> Result<Option<Quad>, Thrown> {
    let of = |corners: Vec<f32>| corners_of(&corners).filter(Quad::is_convex).ok_or(CallError::InvalidGuide);
    Ok(corners.map(of).transpose()?)
}

/// Four corners as eight numbers.
fn corners_of(corners: &[f32]) -> Option<Quad> {
    let &[a, b, c, d, e, f, g, h] = corners else { return None };
    Some(Quad([Point::new(a, b), Point::new(c, d), Point::new(e, f), Point::new(g, h)]))
}

fn fingerprint_of(rows: &[u16]) -> Result<Fingerprint, Thrown> {
    Ok(rows.try_into().map(Fingerprint).map_err(|_| CallError::InvalidFingerprint)?)
}

fn format(kind: &str) -> Result<Format, Thrown> {
    Ok(DocumentKind::from_code(kind).ok_or(CallError::UnknownDocumentKind)?.into())
}
