//! The limits, and the runs that set them.
//!
//! "Tuning" is the photographs of `cargo bench -p gatepass-core --features decode --bench capture -- --seed 5000`, measured at
//! their true corners: some 10 documents. The wrong refusals and acceptances are in `docs/decisions/0005-capture.md`.

use super::super::find::Format;
use super::{Measure, Mode};

/// One limit for each measure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    mode: Mode,
    format: Format,
}

impl Limits {
    pub(super) fn of(mode: Mode, format: Format) -> Self {
        Self { mode, format }
    }

    pub(super) fn limit(&self, measure: Measure) -> f32 {
        let live = self.mode == Mode::Live;
        match measure {
            // A covered lens gives noise around black; paper at −4 stops has 45 in the tuning run.
            Measure::BlackFrame => 24.0,
            // The finder itself gives nothing below 0.25; chosen, not yet measured.
            Measure::Document => 0.3,
            // Chosen: half a percent is the error of a corner.
            Measure::CutOff => 0.005,
            // 300 dpi: 30 pixels for a letter of a card's zone, 26 for a passport's. A preview has less than the photograph.
            Measure::Resolution => match (self.format, live) {
                (Format::Id1, false) => 1000.0,
                (Format::Td3, false) => 1300.0,
                (Format::Id1, true) => 400.0,
                (Format::Td3, true) => 520.0,
            },
            // Computed: 35° with a document that takes four fifths of the frame, focal length 0.85 of its longer side.
            Measure::Tilt => 0.6,
            // Tuning: exposures down to −1.2 stops have 131 and more, those of −2.6 and below 82 and less.
            Measure::Darkness => 105.0,
            // Tuning: up to +0.7 stops 0.002, from +2 stops 0.74.
            Measure::Brightness => 0.5,
            // Tuning: good photographs have 140 and more.
            Measure::Contrast => 70.0,
            // Tuning: 0 without fingers; 82 and more for 7 of 11 that cover a seventh of something that must be read.
            Measure::Fingers => 40.0,
            // Tuning: refuses 11 of 63 with nothing covered and accepts 4 of 32 with something; see the record.
            Measure::Glare => {
                if live {
                    3.0
                } else {
                    4.5
                }
            }
            // Tuning: none of 45 whose strokes keep half their contrast is below, none of 24 out of focus beyond reading above.
            Measure::Sharpness => {
                if live {
                    0.165
                } else {
                    0.2
                }
            }
            // Chosen: it only names the cause where the print is not sharp.
            Measure::Motion => 0.6,
            // Tuning: 1.0 and less for copies in greys, 2.6 and more for documents.
            Measure::GreyCopy => 1.8,
        }
    }
}
