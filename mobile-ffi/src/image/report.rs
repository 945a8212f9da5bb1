//! What is said about a picture of a document.

use std::sync::{Arc, Mutex, PoisonError};

use gatepass_core::image::chroma::Chroma;
use gatepass_core::image::decode::{self, Limits};
use gatepass_core::image::find::{self, Format};
use gatepass_core::image::geometry::{Point as CorePoint, Quad};
use gatepass_core::image::luma::Luma;
use gatepass_core::image::measure::fingerprint::{self, Fingerprint};
use gatepass_core::image::report::{self, Mode, Request, Scratch};
use gatepass_core::image::rgba::Planes;
use gatepass_core::image::steady::Steady;

use super::pixels;
use crate::error::{CallError, GatepassError};
use crate::identity::document::DocumentKind;
use crate::identity::mirrored;
use crate::qr::Point;

/// A document in a picture.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Located {
    /// Clockwise from the top left of the document as it reads; may lie outside the picture.
    pub corners: Vec<Point>,
    /// 0 to 1.
    pub confidence: f32,
    /// Whether its edges were found; otherwise it was aligned with the guide by hand.
    pub found: bool,
    /// Whether the top is known by what is on it; otherwise the upper long side is taken.
    pub upright: bool,
    /// How many of its sides go on beyond the picture.
    pub cut: u8,
}

impl From<&find::Located> for Located {
    fn from(located: &find::Located) -> Self {
        Self {
            corners: corners(&located.quad),
            confidence: located.confidence,
            found: match located.source {
                find::Source::Edges => true,
                find::Source::Guide => false,
            },
            upright: match located.upright {
                find::Upright::Content => true,
                find::Upright::Assumed => false,
            },
            cut: located.cut,
        }
    }
}

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
    /// How the document looks from far: see [`fingerprint_distance`].
    pub fingerprint: Option<Vec<u16>>,
    /// Whether the document has been held still for half a second; never for a photograph.
    pub steady: bool,
}

impl CaptureReport {
    fn of(report: &report::CaptureReport, luma: Luma<'_>, steady: bool) -> Self {
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
    scratch: Scratch,
    steady: Steady,
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
        let Kept { scratch, steady, .. } = &mut *kept;
        self.examine((luma, None), now_ms, guide, scratch, steady)
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
        let Kept { scratch, steady, planes } = &mut *kept;
        let (luma, chroma) = planes.split(rgba, pixels(width), pixels(height), pixels(stride))?;
        self.examine((luma, Some(chroma)), now_ms, guide, scratch, steady)
    }

    /// The final photograph, from the bytes of its JPEG or PNG: the report is the server's own, bit for bit.
    ///
    /// # Errors
    /// The codes of a file that gives no picture; `invalid_guide`.
    pub fn still(&self, bytes: &[u8], guide: Option<Vec<Point>>) -> Result<CaptureReport, GatepassError> {
        let picture = decode::decode(bytes, &Limits::DEFAULT)?;
        let request = Request { format: self.format, mode: Mode::Still, guide: quad(guide)? };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let report = report::examine(picture.luma(), picture.chroma(), &request, &mut kept.scratch);
        Ok(CaptureReport::of(&report, picture.luma(), false))
    }
}

impl Examiner {
    fn examine(
        &self,
        (luma, chroma): (Luma<'_>, Option<Chroma<'_>>),
        now_ms: u64,
        guide: Option<Vec<Point>>,
        scratch: &mut Scratch,
        steady: &mut Steady,
    ) -> Result<CaptureReport, GatepassError> {
        let request = Request { format: self.format, mode: Mode::Live, guide: quad(guide)? };
        let report = report::examine(luma, chroma, &request, scratch);
        let held = steady.push(now_ms, report.document.as_ref().map(|located| &located.quad));
        Ok(CaptureReport::of(&report, luma, held))
    }
}

mirrored! {
    /// How two pictures of documents belong together.
    Relation = fingerprint::Relation {
        /// One picture sent twice, perhaps saved anew.
        SamePicture,
        /// Two photographs of one side of one document: the front was sent for the back.
        SameSide,
        /// Two sides, or two documents.
        Different,
    }
}

/// How different two documents look, 0 (alike) to 1, whichever way up they lie.
///
/// # Errors
/// `invalid_fingerprint`.
#[uniffi::export]
pub fn fingerprint_distance(one: &[u16], other: &[u16]) -> Result<f32, GatepassError> {
    Ok(fingerprint_of(one)?.distance(&fingerprint_of(other)?))
}

/// How two pictures belong together, by what their documents look like and where these lie; absent when one of them shows no
/// document.
///
/// # Errors
/// `invalid_fingerprint`, `invalid_corners`.
#[uniffi::export]
pub fn relation(one: &CaptureReport, other: &CaptureReport) -> Result<Option<Relation>, GatepassError> {
    let both = seen(one)?.zip(seen(other)?);
    Ok(both.map(|((one, here), (other, there))| fingerprint::relation(&one, &here, &other, &there).into()))
}

fn seen(report: &CaptureReport) -> Result<Option<(Fingerprint, Quad)>, GatepassError> {
    let both = report.fingerprint.as_deref().zip(report.document.as_ref());
    both.map(|(rows, located)| {
        let corners = corners_of(&located.corners).ok_or(CallError::InvalidCorners)?;
        Ok((fingerprint_of(rows)?, corners))
    })
    .transpose()
}

fn fingerprint_of(rows: &[u16]) -> Result<Fingerprint, GatepassError> {
    Ok(rows.try_into().map(Fingerprint).map_err(|_| CallError::InvalidFingerprint)?)
}

fn corners(Quad(corners): &Quad) -> Vec<Point> {
    corners.iter().map(|&CorePoint { x, y }| Point { x, y }).collect()
}

fn quad(corners: Option<Vec<Point>>) -> Result<Option<Quad>, GatepassError> {
    let of = |corners: Vec<Point>| corners_of(&corners).filter(Quad::is_convex).ok_or(CallError::InvalidGuide);
    Ok(corners.map(of).transpose()?)
}

fn corners_of(corners: &[Point]) -> Option<Quad> {
    let corners: &[Point; 4] = corners.try_into().ok()?;
    Some(Quad(corners.each_ref().map(|&Point { x, y }| CorePoint { x, y })))
}
