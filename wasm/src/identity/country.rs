//! Countries, and the issuers of documents beyond them.

use alloc::vec::Vec;

use gatepass_core::identity::country::{self, Country, Issuer, IssuerKind};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::texts;
use crate::error::{CallError, Thrown};
use crate::object::object;

/// Every country, in the order of the two-letter codes.
#[wasm_bindgen]
pub fn countries() -> Vec<CountryDto> {
    Country::all().map(Into::into).collect()
}

/// The countries that a person may mean, best first.
#[wasm_bindgen(js_name = searchCountries)]
pub fn search_countries(query: &str) -> Vec<CountryDto> {
    country::search(query).into_iter().map(Into::into).collect()
}

/// The issuer with a code of a zone.
#[wasm_bindgen]
pub fn issuer(code: &str) -> Option<IssuerDto> {
    Issuer::from_code(code).map(Into::into)
}

object! {
    /// The facade's `Country`.
    CountryDto {
        alpha2 = alpha2: &str,
        alpha3 = alpha3: &str,
        english = english: &str,
        swedish = swedish: &str,
        own_names = ownNames: Vec<JsValue>,
    }

    /// The facade's `Issuer`.
    IssuerDto {
        code = code: &str,
        kind = kind: &str,
        country = country: &str,
        english = english: &str,
        swedish = swedish: &str,
    }
}

impl From<Country> for CountryDto {
    fn from(country: Country) -> Self {
        let dto = Self::new();
        dto.alpha2(country.alpha2());
        dto.alpha3(country.alpha3());
        dto.english(country.english());
        dto.swedish(country.swedish());
        dto.own_names(texts(country.own_names().iter().copied()));
        dto
    }
}

impl From<Issuer> for IssuerDto {
    fn from(issuer: Issuer) -> Self {
        let dto = Self::new();
        dto.code(issuer.code());
        dto.kind(match issuer {
            Issuer::Country(_) => "country",
            Issuer::Special(special) => match special.kind() {
                IssuerKind::State => "state",
                IssuerKind::Organisation => "organisation",
                IssuerKind::Person => "person",
                IssuerKind::Former => "former",
                IssuerKind::Specimen => "specimen",
            },
        });
        issuer.country().iter().for_each(|country| dto.country(country.alpha2()));
        dto.english(issuer.english());
        dto.swedish(issuer.swedish());
        dto
    }
}

/// The country with a two-letter code.
pub(super) fn country_of(alpha2: &str) -> Result<Country, Thrown> {
    Ok(Country::from_alpha2(alpha2).ok_or(CallError::UnknownCountry)?)
}
