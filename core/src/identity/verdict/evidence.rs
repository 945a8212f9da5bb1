use alloc::vec::Vec;

use super::Measured;
use crate::identity::case::Finding;

/// A reason, and what was measured for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused<'a> {
    /// Why, and for which side.
    pub finding: Finding,
    /// The measures that failed; empty where none belongs to the reason.
    pub measures: Vec<Measured<'a>>,
}

/// What a reviewer is to look at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Evidence<'a> {
    /// What no machine could settle, in the order of [`Note::ALL`], each once. Without any, a reviewer still compares the
    /// face.
    pub notes: Vec<Note>,
    /// Measures that failed and are no reason to refuse, such as a pattern that a screen could have made.
    pub warnings: Vec<Measured<'a>>,
}

/// A question that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Note {
    /// Nothing on the document could be read by a machine: compare the typed name with what is printed.
    NameNotCompared,
    /// The zone has not all of the name: compare the rest with what is printed.
    NameCutInZone,
    /// Such documents have a machine-readable zone, and it was not read.
    ZoneNotRead,
    /// The zone's issuer is no country: an organisation, or a code that was misread, as no check digit covers it.
    IssuerUnclear,
    /// A field of the zone that no check digit covers makes no sense, such as a name with a digit: compare it with what is
    /// printed.
    ZoneFieldUnclear,
    /// Letters in the zone were replaced by digits, with proof.
    ZoneMended,
    /// The zone says no date of expiry.
    NoExpiryDate,
    /// A photo came as a file.
    PhotoFromFile,
    /// A measure failed that is only a warning.
    Warning,
    /// The report that came with the upload is not the server's.
    ReportsDiffer,
    /// Something failed that this version has no reason for.
    Unexplained,
}

impl Note {
    /// Every note.
    pub const ALL: &[Self] = &[
        Self::NameNotCompared,
        Self::NameCutInZone,
        Self::ZoneNotRead,
        Self::IssuerUnclear,
        Self::ZoneFieldUnclear,
        Self::ZoneMended,
        Self::NoExpiryDate,
        Self::PhotoFromFile,
        Self::Warning,
        Self::ReportsDiffer,
        Self::Unexplained,
    ];

    /// The stable code, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NameNotCompared => "name_not_compared",
            Self::NameCutInZone => "name_cut_in_zone",
            Self::ZoneNotRead => "zone_not_read",
            Self::IssuerUnclear => "issuer_unclear",
            Self::ZoneFieldUnclear => "zone_field_unclear",
            Self::ZoneMended => "zone_mended",
            Self::NoExpiryDate => "no_expiry_date",
            Self::PhotoFromFile => "photo_from_file",
            Self::Warning => "warning",
            Self::ReportsDiffer => "reports_differ",
            Self::Unexplained => "unexplained",
        }
    }
}
