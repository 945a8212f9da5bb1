//! Which documents are accepted, and what is asked of them.

use gatepass_core::identity::document;

use super::country::country_of;
use super::mirrored;
use crate::error::GatepassError;

mirrored! {
    /// A kind of document that a person can be identified by.
    DocumentKind = document::DocumentKind {
        /// A passport: its data page.
        Passport,
        /// A driving licence, front and back.
        DrivingLicence,
        /// A residence permit, front and back.
        ResidencePermit,
    }
}

mirrored! {
    /// A side of a document.
    Side = document::Side {
        /// The side with the portrait; of a passport the data page.
        Front,
        /// The other side of a card.
        Back,
    }
}

/// Which side a machine-readable zone is on, and its layout.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ZonePlace {
    /// The side.
    pub side: Side,
    /// The code of the layout, such as `td1`.
    pub format: String,
}

impl From<document::ZonePlace> for ZonePlace {
    fn from(document::ZonePlace { side, format }: document::ZonePlace) -> Self {
        Self { side: side.into(), format: format.code().into() }
    }
}

/// What is asked of a kind of document of a country.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DocumentRule {
    /// The kind.
    pub kind: DocumentKind,
    /// Whether such documents are accepted.
    pub offered: bool,
    /// The sides that are photographed, in this order.
    pub sides: Vec<Side>,
    /// Where the zone is; absent when none is known.
    pub zone: Option<ZonePlace>,
    /// `read`, `law`, `unverified` or `general`.
    pub certainty: String,
    /// Where it is written.
    pub source: String,
}

impl From<document::DocumentRule> for DocumentRule {
    fn from(rule: document::DocumentRule) -> Self {
        Self {
            kind: rule.kind().into(),
            offered: rule.is_offered(),
            sides: rule.sides().iter().map(|&side| side.into()).collect(),
            zone: rule.zone().map(Into::into),
            certainty: rule.certainty().code().into(),
            source: rule.source().into(),
        }
    }
}

/// What a person with documents of a country (two capital letters) can choose from, in the order in which it is shown.
///
/// # Errors
/// `unknown_country`.
#[uniffi::export]
pub fn documents_offered(country: &str) -> Result<Vec<DocumentRule>, GatepassError> {
    Ok(document::DocumentRule::offered(country_of(country)?).map(Into::into).collect())
}

/// What is asked of one kind of document of a country.
///
/// # Errors
/// `unknown_country`.
#[uniffi::export]
pub fn document_rule(country: &str, kind: DocumentKind) -> Result<DocumentRule, GatepassError> {
    Ok(document::DocumentRule::of(country_of(country)?, kind.into()).into())
}
