//! What is said about a picture of a document.

use std::sync::{Arc, Mutex, PoisonError};

use gatepass_core::image::decode::{self, Limits};
use gatepass_core::image::find::Format;
use gatepass_core::image::luma::Luma;
use gatepass_core::image::measure::fingerprint::Fingerprint;
use gatepass_core::image::report::{self, Mode, Request};
use gatepass_core::image::rgba::Planes;

use super::find::{self, Located};
use super::geometry::corners;
use super::pixels;
use super::steady::Preview;
use crate::error::GatepassError;
use crate::identity::document::DocumentKind;
use crate::qr::Point;

/// One measure of a picture.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Measured {
    /// Its code.
    pub name: String,
    /// How much, in `unit`.
    pub value: f32,
    /// `level`, `ratio`, `share`, `px`, `mm` or `mm2`.
    pub unit: String,
    /// The most or the least.
    pub limit: f32,
    /// Whether the limit is the most.
    pub upper: bool,
    /// Whether it is kept.
    pub pass: bool,
    /// Whether it only warns: the picture is accepted all the same.
    pub warning: bool,
    /// Four corners, when it is a part of the picture.
    pub region: Option<Vec<Point>>,
}

impl From<&report::Measured> for Measured {
    fn from(measured: &report::Measured) -> Self {
        Self {
            name: measured.measure.code().into(),
            value: measured.value,
            unit: measured.measure.unit().into(),
            limit: measured.limit,
            upper: measured.measure.is_upper(),
            pass: measured.pass,
            warning: measured.measure.is_warning(),
            region: measured.region.as_ref().map(corners),
        }
    }
}

/// What is said about a picture of a document.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct CaptureReport {
    /// Pixels across, as the picture is shown.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Whether every limit is kept.
    pub accepted: bool,
    /// The code of the one thing to do now.
    pub instruction: Option<String>,
    /// Where the document is.
    pub document: Option<Located>,
    /// What was measured, in the order in which it is to be put right.
    pub measures: Vec<Measured>,
    /// How the document looks from far: see [`fingerprint_distance`](super::fingerprint::fingerprint_distance).
    pub fingerprint: Option<Vec<u16>>,
    /// Whether the document has been held still for half a second; never for a photograph, nor for a place that only the guide
    /// says: keep a shutter that is pressed by hand.
    pub steady: bool,
}

impl CaptureReport {
    pub(super) fn of(report: &report::CaptureReport, luma: Luma<'_>, steady: bool) -> Self {
        let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
        Self {
            width: side(luma.width()),
            height: side(luma.height()),
            accepted: report.accepted(),
            instruction: report.instruction.map(|instruction| instruction.code().into()),
            document: report.document.as_ref().map(Into::into),
            measures: report.measures.iter().map(Into::into).collect(),
            fingerprint: report.fingerprint.map(|Fingerprint(rows)| rows.to_vec()),
            steady,
        }
    }
}

#[derive(Debug, Default)]
struct Kept {
    preview: Preview,
    planes: Planes,
}

/// Examines pictures of one kind of document, and keeps its buffers between them.
#[derive(Debug, uniffi::Object)]
pub struct Examiner {
    format: Format,
    kept: Mutex<Kept>,
}

#[uniffi::export]
impl Examiner {
    /// For a kind of document.
    #[uniffi::constructor]
    #[must_use]
    pub fn new(kind: DocumentKind) -> Arc<Self> {
        let format = gatepass_core::identity::document::DocumentKind::from(kind).into();
        Arc::new(Self { format, kept: Mutex::default() })
    }

    /// A preview frame: a luma plane of 8 bits a pixel, `stride` bytes a row, as a camera's Y plane; in Kotlin a direct
    /// `ByteBuffer`. `now_ms`: any clock that does not go back. `guide`: the frame on the screen that the person aligns the
    /// document with, four corners clockwise in pixels of the picture.
    ///
    /// # Errors
    /// The codes of a plane that its numbers do not fit; `invalid_guide`.
    pub fn live(
        &self,
        luma: &[u8],
        width: u32,
        height: u32,
        stride: u32,
        now_ms: u64,
        guide: Option<Vec<Point>>,
    ) -> Result<CaptureReport, GatepassError> {
        let luma = Luma::new(luma, pixels(width), pixels(height), pixels(stride))?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.preview.push((luma, None), self.format, now_ms, guide)
    }

    /// A preview frame in colour, by which more is seen: white paper on white, and a copy in greys. Red, green, blue and
    /// alpha of each pixel, `stride` bytes a row, as a camera that is asked for RGBA gives them; in Kotlin a direct
    /// `ByteBuffer`. The rest as [`live`](Self::live).
    ///
    /// # Errors
    /// As [`live`](Self::live).
    pub fn live_colour(
        &self,
        rgba: &[u8],
        width: u32,
        height: u32,
        stride: u32,
        now_ms: u64,
        guide: Option<Vec<Point>>,
    ) -> Result<CaptureReport, GatepassError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let Kept { preview, planes } = &mut *kept;
        let (luma, chroma) = planes.split(rgba, pixels(width), pixels(height), pixels(stride))?;
        preview.push((luma, Some(chroma)), self.format, now_ms, guide)
    }

    /// The final photograph, from the bytes of its JPEG or PNG: the report is the server's own, bit for bit.
    ///
    /// # Errors
    /// The codes of a file that gives no picture; `invalid_guide`.
    pub fn still(&self, bytes: &[u8], guide: Option<Vec<Point>>) -> Result<CaptureReport, GatepassError> {
        let picture = decode::decode(bytes, &Limits::DEFAULT)?;
        let guide = find::guide(guide, picture.luma())?;
        let request = Request { format: self.format, mode: Mode::Still, guide };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let report = report::examine(picture.luma(), picture.chroma(), &request, &mut kept.preview.scratch);
        Ok(CaptureReport::of(&report, picture.luma(), false))
    }
}
