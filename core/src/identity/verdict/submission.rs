use crate::identity::country::Country;
use crate::identity::date::Date;
use crate::identity::document::{DocumentKind, Side};
use crate::identity::mrz::Mrz;
use crate::identity::name::Comparison;

/// What was submitted, as the server itself measured and read it.
#[derive(Debug, Clone)]
pub struct Submission<'a> {
    /// The country that was chosen.
    pub country: Country,
    /// The kind of document that was chosen.
    pub kind: DocumentKind,
    /// The photos that arrived.
    pub photos: &'a [Photo<'a>],
    /// The video, if it arrived.
    pub turn: Option<Turn<'a>>,
    /// The typed name beside the document's; `None` when nothing on the document could be read by a machine, or no given
    /// name, as on the French licence ([`MrzName::to_name`](crate::identity::mrz::MrzName::to_name)).
    pub name: Option<&'a Comparison>,
    /// The machine-readable zone; `None` when there is none or it was not read.
    pub zone: Option<&'a Mrz>,
    /// Whether this document already belongs to another account.
    pub person_known: bool,
    /// Whether the report that came with the upload is the server's own, bit for bit.
    pub client_agrees: bool,
    /// The day of the decision.
    pub today: Date,
}

/// What was measured on a photo.
#[derive(Debug, Clone, Copy)]
pub struct Photo<'a> {
    /// Which side was asked for.
    pub side: Side,
    /// Whether its bytes could be decoded.
    pub readable: bool,
    /// Whether it was chosen as a file instead of taken in the page, where it could be anyone's picture.
    pub from_file: bool,
    /// Each measure.
    pub measures: &'a [Measured<'a>],
}

/// What the video shows.
#[derive(Debug, Clone, Copy)]
pub struct Turn<'a> {
    /// The codes of what speaks against it, such as `turn_too_fast`.
    pub findings: &'a [&'a str],
    /// Each measure.
    pub measures: &'a [Measured<'a>],
}

/// One number, and the limit that it is held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured<'a> {
    /// The stable name of the measure.
    pub name: &'a str,
    /// How much; `None` where there was nothing to measure.
    pub value: Option<f32>,
    /// In what, such as `px`, `deg` or `ratio`.
    pub unit: &'a str,
    /// The limit.
    pub limit: f32,
    /// Whether the value is to be at least the limit, or at most.
    pub at_least: bool,
    /// Whether it is.
    pub pass: bool,
    /// Where in the picture, as four corners in pixels, clockwise from the top left; `None` for all of it.
    pub region: Option<[[f32; 2]; 4]>,
}

#[cfg(feature = "image")]
impl From<&crate::image::report::Measured> for Measured<'static> {
    fn from(measured: &crate::image::report::Measured) -> Self {
        Self {
            name: measured.measure.code(),
            value: Some(measured.value),
            unit: measured.measure.unit(),
            limit: measured.limit,
            at_least: !measured.measure.is_upper(),
            pass: measured.pass,
            region: measured.region.map(|region| region.0.map(|corner| [corner.x, corner.y])),
        }
    }
}

#[cfg(feature = "image")]
impl From<&crate::image::turn::Measured> for Measured<'static> {
    fn from(measured: &crate::image::turn::Measured) -> Self {
        Self {
            name: measured.measure.code(),
            value: measured.value,
            unit: measured.measure.unit(),
            limit: measured.measure.limit(),
            at_least: !measured.measure.is_upper(),
            pass: measured.pass,
            region: None,
        }
    }
}
