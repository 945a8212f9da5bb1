//! Brands and their rule, as data: `brands.json` beside this file, or the file named by `tool.brands_file`.
//!
//! A rule says what a *person* has to show before the tool may open a gateway. How a gateway is opened is the manufacturer's
//! business: no unlock algorithm is in Gatepass.

use std::{collections::BTreeSet, path::Path};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is asked for before a brand may be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The code given at login is enough while the tool session lasts.
    Session,
    /// A fresh code for every permit.
    Unlock,
    /// Nothing: the brand has no gateway that asks for an identity.
    None,
}

/// One brand, or brands that share a gateway.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Brand {
    /// Stable name in permits: lower-case letters, digits, hyphens, at most 32.
    pub id: String,
    /// As shown to people.
    pub name: String,
    /// Whether vehicles of this brand have a security gateway.
    pub secure_gateway: bool,
    /// See [`Rule`].
    pub rule: Rule,
    /// What the rule rests on, for the people who keep the file.
    pub basis: String,
}

/// Every brand the portal knows, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brands(Vec<Brand>);

/// Why a brands file was refused.
#[derive(Debug, thiserror::Error)]
pub enum BrandsError {
    /// It could not be read.
    #[error("the brands file cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// It is not the documented JSON.
    #[error("the brands file is not the documented JSON: {0}")]
    Malformed(#[from] serde_json::Error),
    /// It is, but says something that cannot be.
    #[error("the brands file, brand {brand}: {what}")]
    Refused {
        /// Which brand, by its position from 1.
        brand: usize,
        /// What is wrong.
        what: &'static str,
    },
}

impl BrandsError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "brands_unreadable",
            Self::Malformed(_) => "brands_malformed",
            Self::Refused { .. } => "brands_refused",
        }
    }

    /// Every code, for the list of codes.
    pub const CODES: &'static [&'static str] = &["brands_unreadable", "brands_malformed", "brands_refused"];
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct File {
    format: u32,
    #[serde(rename = "about")]
    _about: String,
    brands: Vec<Brand>,
}

impl Brands {
    /// The brands of the file, or those built in.
    ///
    /// # Errors
    /// [`BrandsError`].
    pub fn load(file: Option<&Path>) -> Result<Self, BrandsError> {
        match file {
            Some(file) => Self::parse(&std::fs::read_to_string(file)?),
            None => Self::parse(include_str!("brands.json")),
        }
    }

    /// Reads the JSON of a brands file.
    ///
    /// # Errors
    /// [`BrandsError::Malformed`], [`BrandsError::Refused`].
    pub fn parse(text: &str) -> Result<Self, BrandsError> {
        let file: File = serde_json::from_str(text)?;
        let mut seen = BTreeSet::new();
        for (at, brand) in file.brands.iter().enumerate() {
            let refuse = |what| Err(BrandsError::Refused { brand: at + 1, what });
            if file.format != 1 {
                return refuse("the file's format is not 1");
            }
            if brand.id.is_empty()
                || brand.id.len() > 32
                || !brand.id.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            {
                return refuse("id: 1 to 32 of a-z, 0-9 and hyphen");
            }
            if !seen.insert(&brand.id) {
                return refuse("id: stands twice");
            }
            if brand.name.trim().is_empty() {
                return refuse("name: empty");
            }
            if brand.secure_gateway == (brand.rule == Rule::None) {
                return refuse("rule: a gateway wants session or unlock, no gateway wants none");
            }
        }
        Ok(Self(file.brands))
    }

    /// In the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Brand> {
        self.0.iter()
    }

    /// The brand with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Brand> {
        self.0.iter().find(|brand| brand.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_brands_of_the_bulletin_want_a_validated_identity() {
        let brands = Brands::load(None).unwrap();
        for id in ["vag", "mercedes-benz"] {
            assert!(brands.get(id).is_some_and(|brand| brand.secure_gateway && brand.rule != Rule::None), "{id}");
        }
        assert!(brands.iter().any(|brand| brand.rule == Rule::Session));
        assert!(brands.iter().any(|brand| brand.rule == Rule::None));
    }

    #[test]
    fn a_file_that_contradicts_itself_is_refused_by_name() {
        let brand = |id: &str, gateway: bool, rule: &str| {
            format!(r#"{{"id":"{id}","name":"X","secureGateway":{gateway},"rule":"{rule}","basis":""}}"#)
        };
        let file = |brands: &str| format!(r#"{{"format":1,"about":"","brands":[{brands}]}}"#);
        assert!(Brands::parse(&file(&brand("x", true, "unlock"))).is_ok());
        for (bad, code) in [
            (file(&brand("x", true, "none")), "brands_refused"),
            (file(&brand("x", false, "session")), "brands_refused"),
            (file(&brand("X y", false, "none")), "brands_refused"),
            (file(&[brand("x", false, "none"), brand("x", false, "none")].join(",")), "brands_refused"),
            (file(&brand("x", true, "sometimes")), "brands_malformed"),
            ("{".into(), "brands_malformed"),
        ] {
            assert_eq!(Brands::parse(&bad).unwrap_err().code(), code, "{bad}");
        }
        assert_eq!(Brands::load(Some(Path::new("/nowhere"))).unwrap_err().code(), "brands_unreadable");
    }
}
