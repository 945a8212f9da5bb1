//! The limits, and the runs that set them.
//!
//! "Tuning" is `cargo bench -p gatepass-core --features decode --bench capture -- --seed 5000`, whose false refusals and false
//! acceptances at these limits, and those on a seed that nothing was tuned on, are in `docs/decisions/0005-capture.md`.

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
            // A covered lens gives noise around black; the darkest room of the tuning run has 45.
            Measure::BlackFrame => 24.0,
            // Finds below are wrong more often than right (tuning run of the finder, seeds 1000 to 1199).
            Measure::Document => 0.3,
            // Half a percent is a corner's rounding and the error of a corner.
            Measure::CutOff => 0.005,
            // 300 dpi: 30 pixels for a letter of a card's zone, 26 for a passport's. A preview has less than the photograph.
            Measure::Resolution => match (self.format, live) {
                (Format::Id1, false) => 1000.0,
                (Format::Td3, false) => 1300.0,
                (Format::Id1, true) => 400.0,
                (Format::Td3, true) => 520.0,
            },
            // 35° with a document that takes four fifths of the frame.
            Measure::Tilt => 0.6,
            // Tuning: exposures down to −1.2 stops have 131 and more, those of −2.6 and below 82 and less.
            Measure::Darkness => 105.0,
            // Tuning: up to +0.7 stops 0.002, from +2 stops 0.74.
            Measure::Brightness => 0.5,
            // Tuning: good photographs have 140 and more.
            Measure::Contrast => 70.0,
            // Tuning: 0 without fingers; 82 and more where one covers a seventh of something that must be read.
            Measure::Fingers => 40.0,
            // Tuning: the limit where as many are refused with nothing covered as are accepted with something.
            Measure::Glare => {
                if live {
                    3.0
                } else {
                    4.5
                }
            }
            // Tuning: nine tenths of a percent of the photographs whose strokes keep half their contrast are below.
            Measure::Sharpness => {
                if live {
                    0.165
                } else {
                    0.2
                }
            }
            // Half as sharp in one direction as in the other is no matter of focus.
            Measure::Motion => 0.6,
            // Tuning: 0.7 and less for copies in greys, 3.6 and more for documents.
            Measure::GreyCopy => 1.8,
        }
    }
}
