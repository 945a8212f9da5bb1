//! Preview frames one after the other: what is said about each, and whether the document is held still.

use gatepass_core::image::chroma::Chroma;
use gatepass_core::image::find::Format;
use gatepass_core::image::luma::Luma;
use gatepass_core::image::report::{self, Mode, Request, Scratch};
use gatepass_core::image::steady::Steady;

use super::find::guide;
use super::report::CaptureReport;
use crate::error::GatepassError;
use crate::qr::Point;

/// What preview frames leave behind for the next one.
#[derive(Debug, Default)]
pub(super) struct Preview {
    pub(super) scratch: Scratch,
    steady: Steady,
}

impl Preview {
    /// The next frame.
    pub(super) fn push(
        &mut self,
        (luma, chroma): (Luma<'_>, Option<Chroma<'_>>),
        format: Format,
        now_ms: u64,
        corners: Option<Vec<Point>>,
    ) -> Result<CaptureReport, GatepassError> {
        let request = Request { format, mode: Mode::Live, guide: guide(corners, luma)? };
        let report = report::examine(luma, chroma, &request, &mut self.scratch);
        let steady = self.steady.push(now_ms, report.document.as_ref());
        Ok(CaptureReport::of(&report, luma, steady))
    }
}
