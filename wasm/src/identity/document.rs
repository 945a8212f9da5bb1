//! Which documents are accepted, and what is asked of them.

use alloc::vec::Vec;

use gatepass_core::identity::document::{DocumentKind, DocumentRule, ZonePlace};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::country::country_of;
use super::texts;
use crate::error::{CallError, Thrown};
use crate::object::object;

/// What a person with documents of a country can choose from.
///
/// # Errors
/// `unknown_country`.
#[wasm_bindgen(js_name = documentsOffered)]
pub fn documents_offered(country: &str) -> Result<Vec<RuleDto>, Thrown> {
    Ok(DocumentRule::offered(country_of(country)?).map(Into::into).collect())
}

/// What is asked of one kind of document of a country.
///
/// # Errors
/// `unknown_country`, `unknown_document_kind`.
#[wasm_bindgen(js_name = documentRule)]
pub fn document_rule(country: &str, kind: &str) -> Result<RuleDto, Thrown> {
    Ok(DocumentRule::of(country_of(country)?, kind_of(kind)?).into())
}

object! {
    /// The facade's `DocumentRule`.
    RuleDto {
        kind = kind: &str,
        offered = offered: bool,
        sides = sides: Vec<JsValue>,
        zone = zone: ZoneDto,
        certainty = certainty: &str,
        source = source: &str,
    }

    /// The facade's `ZonePlace`.
    ZoneDto {
        side = side: &str,
        format = format: &str,
    }
}

impl From<DocumentRule> for RuleDto {
    fn from(rule: DocumentRule) -> Self {
        let dto = Self::new();
        dto.kind(rule.kind().code());
        dto.offered(rule.is_offered());
        dto.sides(texts(rule.sides().iter().map(|side| side.code())));
        rule.zone().into_iter().for_each(|zone| dto.zone(zone.into()));
        dto.certainty(rule.certainty().code());
        dto.source(rule.source());
        dto
    }
}

impl From<ZonePlace> for ZoneDto {
    fn from(ZonePlace { side, format }: ZonePlace) -> Self {
        let dto = Self::new();
        dto.side(side.code());
        dto.format(format.code());
        dto
    }
}

/// The kind with a code.
pub(super) fn kind_of(code: &str) -> Result<DocumentKind, Thrown> {
    Ok(DocumentKind::from_code(code).ok_or(CallError::UnknownDocumentKind)?)
}
