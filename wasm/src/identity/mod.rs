//! Who a person is, as a document says it.

mod case;
mod country;
mod document;
mod mrz;
mod name;
mod profile;
mod reasons;

use alloc::vec::Vec;

use gatepass_core::identity::date::Date;
use wasm_bindgen::JsValue;

pub use case::{apply_event, invited_case, unconfirmed_case};
pub use country::{countries, issuer, search_countries};
pub use document::{document_rule, documents_offered};
pub use mrz::{emit_mrz, propose_mrz, read_mrz, repair_mrz};
pub use name::{compare_names, preview_name};
pub use profile::{check_profile, province_offer};
pub use reasons::{reason, reason_of_finding, reason_of_measure, reason_texts, reasons};

use crate::convert::millis;
use crate::error::Thrown;

/// Codes as a list for JavaScript.
fn texts<'a>(codes: impl IntoIterator<Item = &'a str>) -> Vec<JsValue> {
    codes.into_iter().map(JsValue::from_str).collect()
}

/// The day in UTC of milliseconds since 1970.
fn day(now_ms: f64) -> Result<Date, Thrown> {
    Ok(Date::from_unix(millis(now_ms)? / 1000))
}
