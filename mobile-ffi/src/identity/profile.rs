//! The profile of a workshop's technician.

use gatepass_core::identity::profile::{self, Draft, FieldError, Verified};

use super::country::country_of;
use crate::error::GatepassError;

/// What was typed, field by field; an empty text is nothing. Personal data.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct ProfileDraft {
    /// The company's name.
    pub company: String,
    /// Organisation or VAT number.
    pub number: String,
    /// Street and house number.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// City.
    pub city: String,
    /// Province, or the code of a country that has none.
    pub province: String,
    /// Two-letter code.
    pub country: String,
    /// With `+` and country code.
    pub phone: String,
    /// As verified.
    pub given_names: String,
    /// As verified.
    pub surname: String,
    /// `technician`, `foreman`, `service_advisor` or `manager`.
    pub role: String,
    /// `sv` or `en`.
    pub language: String,
}

/// A field that is not right yet.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ProfileError {
    /// The code of the field.
    pub field: String,
    /// The code of the fault.
    pub fault: String,
}

impl From<FieldError> for ProfileError {
    fn from(error: FieldError) -> Self {
        Self { field: error.field.code().into(), fault: error.fault.code().into() }
    }
}

/// A profile, or every field that is not right yet, in the order of the form. Personal data.
#[derive(Clone, PartialEq, Eq, uniffi::Enum)]
#[allow(clippy::large_enum_variant, reason = "there is one at a time")]
pub enum CheckedProfile {
    /// Everything is right.
    Complete {
        /// Trimmed, composed, inner spaces made single, the phone number in the form of E.164.
        profile: ProfileDraft,
        /// `vat` or `organisation`.
        number_kind: String,
    },
    /// Something is not.
    Incomplete {
        /// Each field once.
        errors: Vec<ProfileError>,
    },
}

impl From<Result<profile::Profile, Vec<FieldError>>> for CheckedProfile {
    fn from(checked: Result<profile::Profile, Vec<FieldError>>) -> Self {
        match checked {
            Ok(profile) => Self::Complete {
                number_kind: profile.number_kind().code().into(),
                profile: ProfileDraft {
                    company: profile.company().into(),
                    number: profile.number().into(),
                    street: profile.street().into(),
                    postal_code: profile.postal_code().into(),
                    city: profile.city().into(),
                    province: profile.province().into(),
                    country: profile.country().alpha2().into(),
                    phone: profile.phone().into(),
                    given_names: profile.given_names().into(),
                    surname: profile.surname().into(),
                    role: profile.role().code().into(),
                    language: profile.language().code().into(),
                },
            },
            Err(errors) => Self::Incomplete { errors: errors.into_iter().map(Into::into).collect() },
        }
    }
}

/// Checks what was typed against the rules and the verified name.
#[uniffi::export]
#[must_use]
pub fn check_profile(draft: &ProfileDraft, given_names: &str, surname: &str) -> CheckedProfile {
    let draft = Draft {
        company: &draft.company,
        number: &draft.number,
        street: &draft.street,
        postal_code: &draft.postal_code,
        city: &draft.city,
        province: &draft.province,
        country: &draft.country,
        phone: &draft.phone,
        given_names: &draft.given_names,
        surname: &draft.surname,
        role: &draft.role,
        language: &draft.language,
    };
    profile::check(&draft, Verified::new(given_names, surname).as_ref()).into()
}

/// What is offered for the province of a country whose addresses have none: its code.
///
/// # Errors
/// `unknown_country`.
#[uniffi::export]
pub fn province_offer(country: &str) -> Result<Option<String>, GatepassError> {
    Ok(profile::province_offer(country_of(country)?).map(str::to_owned))
}
