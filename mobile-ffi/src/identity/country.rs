//! Countries, and the issuers of documents beyond them.

use gatepass_core::identity::country::{self, Country as CoreCountry, Issuer as CoreIssuer};

use super::texts;
use crate::error::{CallError, GatepassError};

/// A country of ISO 3166-1.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Country {
    /// Two letters: `SE`.
    pub alpha2: String,
    /// Three letters: `SWE`.
    pub alpha3: String,
    /// The English name.
    pub english: String,
    /// The Swedish name.
    pub swedish: String,
    /// The names in its official languages, most spoken first.
    pub own_names: Vec<String>,
}

impl From<CoreCountry> for Country {
    fn from(country: CoreCountry) -> Self {
        Self {
            alpha2: country.alpha2().into(),
            alpha3: country.alpha3().into(),
            english: country.english().into(),
            swedish: country.swedish().into(),
            own_names: texts(country.own_names().iter().copied()),
        }
    }
}

/// Who issued a document, as a machine-readable zone says it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Issuer {
    /// One to three letters.
    pub code: String,
    /// Two letters of the country behind it, if there is one.
    pub country: Option<String>,
    /// The English name.
    pub english: String,
    /// The Swedish name.
    pub swedish: String,
}

impl From<CoreIssuer> for Issuer {
    fn from(issuer: CoreIssuer) -> Self {
        Self {
            code: issuer.code().into(),
            country: issuer.country().map(|country| country.alpha2().into()),
            english: issuer.english().into(),
            swedish: issuer.swedish().into(),
        }
    }
}

/// Every country, in the order of the two-letter codes.
#[uniffi::export]
#[must_use]
pub fn countries() -> Vec<Country> {
    CoreCountry::all().map(Into::into).collect()
}

/// The countries that a person may mean by what was typed so far, best first.
#[uniffi::export]
#[must_use]
pub fn search_countries(query: &str) -> Vec<Country> {
    country::search(query).into_iter().map(Into::into).collect()
}

/// The issuer with a code of a zone, with or without fillers.
#[uniffi::export]
#[must_use]
pub fn issuer(code: &str) -> Option<Issuer> {
    CoreIssuer::from_code(code).map(Into::into)
}

/// The country with a two-letter code.
pub(crate) fn country_of(alpha2: &str) -> Result<CoreCountry, GatepassError> {
    Ok(CoreCountry::from_alpha2(alpha2).ok_or(CallError::UnknownCountry)?)
}
