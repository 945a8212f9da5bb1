//! The profile of a workshop's technician.

use alloc::string::String;
use alloc::vec::Vec;

use gatepass_core::identity::profile::{self, Draft, FieldError, Profile, Verified};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::country::country_of;
use crate::error::Thrown;
use crate::object::{argument, object};

/// Checks what was typed against the rules and the verified name.
#[wasm_bindgen(js_name = checkProfile)]
pub fn check_profile(draft: &DraftArgument, verified: &VerifiedArgument) -> CheckedDto {
    let checked = profile::check(
        &Draft {
            company: &draft.company(),
            number: &draft.number(),
            street: &draft.street(),
            postal_code: &draft.postal_code(),
            city: &draft.city(),
            province: &draft.province(),
            country: &draft.country(),
            phone: &draft.phone(),
            given_names: &draft.given_names(),
            surname: &draft.surname(),
            role: &draft.role(),
            language: &draft.language(),
        },
        Verified::new(&verified.given_names(), &verified.surname()).as_ref(),
    );
    let dto = CheckedDto::new();
    dto.ok(checked.is_ok());
    match checked {
        Ok(profile) => dto.profile((&profile).into()),
        Err(errors) => dto.errors(errors.iter().map(Into::into).collect()),
    }
    dto
}

/// What is offered for the province of a country that has none.
///
/// # Errors
/// `unknown_country`.
#[wasm_bindgen(js_name = provinceOffer, unchecked_return_type = "string | undefined")]
pub fn province_offer(country: &str) -> Result<JsValue, Thrown> {
    Ok(profile::province_offer(country_of(country)?).map_or(JsValue::UNDEFINED, JsValue::from_str))
}

argument! {
    /// The facade's `ProfileDraft`.
    DraftArgument {
        company = company: String,
        number = number: String,
        street = street: String,
        postal_code = postalCode: String,
        city = city: String,
        province = province: String,
        country = country: String,
        phone = phone: String,
        given_names = givenNames: String,
        surname = surname: String,
        role = role: String,
        language = language: String,
    }

    /// The facade's `VerifiedName`.
    VerifiedArgument {
        given_names = givenNames: String,
        surname = surname: String,
    }
}

object! {
    /// The facade's `CheckedProfile`.
    CheckedDto {
        ok = ok: bool,
        profile = profile: ProfileDto,
        errors = errors: Vec<FieldErrorDto>,
    }

    /// The facade's `Profile`.
    ProfileDto {
        company = company: &str,
        number = number: &str,
        number_kind = numberKind: &str,
        street = street: &str,
        postal_code = postalCode: &str,
        city = city: &str,
        province = province: &str,
        country = country: &str,
        phone = phone: &str,
        given_names = givenNames: &str,
        surname = surname: &str,
        role = role: &str,
        language = language: &str,
    }

    /// The facade's `FieldError`.
    FieldErrorDto {
        field = field: &str,
        fault = fault: &str,
    }
}

impl From<&Profile> for ProfileDto {
    fn from(profile: &Profile) -> Self {
        let dto = Self::new();
        dto.company(profile.company());
        dto.number(profile.number());
        dto.number_kind(profile.number_kind().code());
        dto.street(profile.street());
        dto.postal_code(profile.postal_code());
        dto.city(profile.city());
        dto.province(profile.province());
        dto.country(profile.country().alpha2());
        dto.phone(profile.phone());
        dto.given_names(profile.given_names());
        dto.surname(profile.surname());
        dto.role(profile.role().code());
        dto.language(profile.language().code());
        dto
    }
}

impl From<&FieldError> for FieldErrorDto {
    fn from(error: &FieldError) -> Self {
        let dto = Self::new();
        dto.field(error.field.code());
        dto.fault(error.fault.code());
        dto
    }
}
