use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::address::check_postal_code;
use super::number::{NumberKind, kind_of};
use super::phone::international;
use super::text::normalised;
use super::{Fault, Field, FieldError};
use crate::identity::country::Country;

/// The longest of a company, a street, a name; in characters.
const LONG: usize = 200;
/// The longest of a city or province.
const MIDDLE: usize = 100;
/// The longest of a postal code, a number or a phone number.
const SHORT: usize = 32;

/// What was typed, field by field.
///
/// Personal data: all of it. `Debug` shows nothing.
#[derive(Clone, Copy, Default)]
pub struct Draft<'a> {
    /// The company's name.
    pub company: &'a str,
    /// Organisation or VAT number.
    pub number: &'a str,
    /// Street and house number.
    pub street: &'a str,
    /// Postal code.
    pub postal_code: &'a str,
    /// City.
    pub city: &'a str,
    /// Province, or the code of a country that has none.
    pub province: &'a str,
    /// Two-letter code of the country.
    pub country: &'a str,
    /// Phone number with `+` and country code.
    pub phone: &'a str,
    /// First names.
    pub given_names: &'a str,
    /// Last name.
    pub surname: &'a str,
    /// Code of the [`Role`].
    pub role: &'a str,
    /// Code of the [`Language`].
    pub language: &'a str,
}

impl fmt::Debug for Draft<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft").finish_non_exhaustive()
    }
}

/// The name that was verified. A person with a single name has no given names; no one has no name.
///
/// Personal data: all of it. `Debug` shows nothing.
#[derive(Clone, Copy)]
pub struct Verified<'a> {
    given_names: &'a str,
    surname: &'a str,
}

impl<'a> Verified<'a> {
    /// First names, which may be empty, and the last name or the only one. `None` when that is nothing but white space: no name
    /// was verified then.
    #[must_use]
    pub fn new(given_names: &'a str, surname: &'a str) -> Option<Self> {
        (!surname.trim().is_empty()).then_some(Self { given_names, surname })
    }
}

impl fmt::Debug for Verified<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified").finish_non_exhaustive()
    }
}

/// What a person does in the workshop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Works on vehicles.
    Technician,
    /// Leads the work.
    Foreman,
    /// Receives customers.
    ServiceAdvisor,
    /// Owns or manages the workshop.
    Manager,
}

impl Role {
    /// Every role, in the order in which they are offered.
    pub const ALL: &[Self] = &[Self::Technician, Self::Foreman, Self::ServiceAdvisor, Self::Manager];

    /// The stable code, such as `technician`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Technician => "technician",
            Self::Foreman => "foreman",
            Self::ServiceAdvisor => "service_advisor",
            Self::Manager => "manager",
        }
    }

    /// The role with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.code() == code)
    }
}

/// A language that mails and pages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Svenska.
    Swedish,
    /// English.
    English,
}

impl Language {
    /// Every language.
    pub const ALL: &[Self] = &[Self::Swedish, Self::English];

    /// The code of ISO 639-1: `sv` or `en`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Swedish => "sv",
            Self::English => "en",
        }
    }

    /// The language with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|language| language.code() == code)
    }
}

/// A complete profile.
///
/// Personal data: all texts and numbers. `Debug` shows country, role and language.
#[derive(Clone, PartialEq, Eq)]
pub struct Profile {
    company: String,
    number: String,
    number_kind: NumberKind,
    street: String,
    postal_code: String,
    city: String,
    province: String,
    country: Country,
    phone: String,
    given_names: String,
    surname: String,
    role: Role,
    language: Language,
}

impl Profile {
    /// The company's name.
    #[must_use]
    pub fn company(&self) -> &str {
        &self.company
    }

    /// Organisation or VAT number, as typed.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }

    /// Which of the two it is.
    #[must_use]
    pub fn number_kind(&self) -> NumberKind {
        self.number_kind
    }

    /// Street and house number.
    #[must_use]
    pub fn street(&self) -> &str {
        &self.street
    }

    /// Postal code, as typed.
    #[must_use]
    pub fn postal_code(&self) -> &str {
        &self.postal_code
    }

    /// City.
    #[must_use]
    pub fn city(&self) -> &str {
        &self.city
    }

    /// Province, or a country's code.
    #[must_use]
    pub fn province(&self) -> &str {
        &self.province
    }

    /// Country.
    #[must_use]
    pub fn country(&self) -> Country {
        self.country
    }

    /// Phone number in the form of E.164. Personal data.
    #[must_use]
    pub fn phone(&self) -> &str {
        &self.phone
    }

    /// First names, as verified; empty for a single name. Personal data.
    #[must_use]
    pub fn given_names(&self) -> &str {
        &self.given_names
    }

    /// Last name, as verified. Personal data.
    #[must_use]
    pub fn surname(&self) -> &str {
        &self.surname
    }

    /// What the person does.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// Which language they are written to in.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profile")
            .field("country", &self.country.alpha2())
            .field("role", &self.role)
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

/// Checks a draft against the rules and against the name that was verified. What depends on the country is looked at as far as
/// it can be when the country itself is wrong. Without a verified name no profile is right: the last name is missing or not
/// verified, and the given names are judged as soon as there is one.
///
/// # Errors
/// Every field that is not right yet, in the order of the form, each once.
pub fn check(draft: &Draft<'_>, verified: Option<&Verified<'_>>) -> Result<Profile, Vec<FieldError>> {
    let mut errors = Errors(Vec::new());
    let country = errors.of(Field::Country, chosen(draft.country, Country::from_alpha2));
    let company = errors.of(Field::Company, written(draft.company, LONG));
    let number = errors.of(
        Field::Number,
        normalised(draft.number, SHORT).and_then(|number| {
            let kind = country.map(|country| kind_of(&number, country)).transpose()?;
            Ok((number, kind))
        }),
    );
    let street = errors.of(Field::Street, written(draft.street, LONG));
    let postal_code = errors.of(
        Field::PostalCode,
        normalised(draft.postal_code, SHORT).and_then(|code| {
            country.map(|country| check_postal_code(&code, country)).transpose()?;
            Ok(code)
        }),
    );
    let city = errors.of(Field::City, written(draft.city, MIDDLE));
    let province = errors.of(Field::Province, written(draft.province, MIDDLE));
    let phone = errors.of(Field::Phone, normalised(draft.phone, SHORT).and_then(|phone| international(&phone)));
    let given_names = verified.and_then(|verified| {
        let given_names = match verified.given_names.trim() {
            "" => normalised(draft.given_names, LONG).map_or_else(none_is_right, |_| Err(Fault::NotVerified)),
            given_names => same(draft.given_names, given_names),
        };
        errors.of(Field::GivenNames, given_names)
    });
    let surname = errors.of(
        Field::Surname,
        match verified {
            Some(verified) => same(draft.surname, verified.surname),
            None => normalised(draft.surname, LONG).and(Err(Fault::NotVerified)),
        },
    );
    let role = errors.of(Field::Role, chosen(draft.role, Role::from_code));
    let language = errors.of(Field::Language, chosen(draft.language, Language::from_code));
    let profile = (|| {
        let (number, number_kind) = number?;
        Some(Profile {
            company: company?,
            number,
            number_kind: number_kind?,
            street: street?,
            postal_code: postal_code?,
            city: city?,
            province: province?,
            country: country?,
            phone: phone?,
            given_names: given_names?,
            surname: surname?,
            role: role?,
            language: language?,
        })
    })();
    errors.0.sort_unstable();
    profile.ok_or(errors.0)
}

struct Errors(Vec<FieldError>);

impl Errors {
    fn of<T>(&mut self, field: Field, value: Result<T, Fault>) -> Option<T> {
        value.map_err(|fault| self.0.push(FieldError { field, fault })).ok()
    }
}

/// A text with at least one letter.
fn written(typed: &str, longest: usize) -> Result<String, Fault> {
    let text = normalised(typed, longest)?;
    if text.chars().any(char::is_alphabetic) { Ok(text) } else { Err(Fault::NoLetter) }
}

/// One of those that are offered.
fn chosen<T>(code: &str, from_code: impl Fn(&str) -> Option<T>) -> Result<T, Fault> {
    match code.trim() {
        "" => Err(Fault::Missing),
        code => from_code(code).ok_or(Fault::NotOffered),
    }
}

/// The verified name, letter by letter.
fn same(typed: &str, verified: &str) -> Result<String, Fault> {
    let (typed, verified) = (normalised(typed, LONG)?, normalised(verified, LONG)?);
    if typed == verified { Ok(typed) } else { Err(Fault::NotVerified) }
}

/// The given names of a person with a single name.
fn none_is_right(fault: Fault) -> Result<String, Fault> {
    if fault == Fault::Missing { Ok(String::new()) } else { Err(fault) }
}
