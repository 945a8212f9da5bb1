use thiserror::Error;

/// A field of the profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The company's name.
    Company,
    /// Its organisation or VAT number.
    Number,
    /// Street and house number.
    Street,
    /// Postal code.
    PostalCode,
    /// City.
    City,
    /// Province, state or region; the country's code where there is none.
    Province,
    /// Country.
    Country,
    /// Phone number.
    Phone,
    /// First names, as verified.
    GivenNames,
    /// Last name, as verified.
    Surname,
    /// What the person does in the workshop.
    Role,
    /// Which language they are written to in.
    Language,
}

impl Field {
    /// Every field, in the order of the form.
    pub const ALL: &[Self] = &[
        Self::Company,
        Self::Number,
        Self::Street,
        Self::PostalCode,
        Self::City,
        Self::Province,
        Self::Country,
        Self::Phone,
        Self::GivenNames,
        Self::Surname,
        Self::Role,
        Self::Language,
    ];

    /// The stable code, such as `postal_code`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Number => "number",
            Self::Street => "street",
            Self::PostalCode => "postal_code",
            Self::City => "city",
            Self::Province => "province",
            Self::Country => "country",
            Self::Phone => "phone",
            Self::GivenNames => "given_names",
            Self::Surname => "surname",
            Self::Role => "role",
            Self::Language => "language",
        }
    }
}

/// A field that is not right yet. What was typed is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldError {
    /// Which field.
    pub field: Field,
    /// Why.
    pub fault: Fault,
}

/// Why a field is not right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Error)]
pub enum Fault {
    /// Nothing, or white space only.
    #[error("this is required")]
    Missing,
    /// Longer than the field takes.
    #[error("this is too long")]
    TooLong,
    /// A control character, or one that cannot be seen.
    #[error("this has a character that cannot be seen")]
    UnexpectedCharacter,
    /// No letter where there must be one.
    #[error("this has no letter")]
    NoLetter,
    /// Not one of those that can be chosen.
    #[error("this cannot be chosen")]
    NotOffered,
    /// Not the shape of this country's postal codes.
    #[error("this is not a postal code of the country")]
    NotAPostalCode,
    /// It begins like a VAT number of the country and does not go on like one.
    #[error("this is not a VAT number of the country")]
    NotAVatNumber,
    /// The VAT number begins with the country's code, and this country's VAT numbers with other letters: `EL` in Greece, `CHE`
    /// in Switzerland.
    #[error("VAT numbers of this country begin with other letters than its code")]
    VatPrefix,
    /// The VAT number is of another country than the address.
    #[error("this is a VAT number of another country")]
    VatOfAnotherCountry,
    /// Not the shape of an organisation number.
    #[error("this is not an organisation number")]
    NotAnOrganisationNumber,
    /// The shape is right and the check digit is not: a digit was mistyped.
    #[error("a digit is mistyped")]
    CheckDigit,
    /// A phone number without `+` and the country's code in front.
    #[error("the phone number has no + and country code")]
    NoCountryCode,
    /// A phone number with the zero that is dialled at home only: `+46 (0)70`, `+46 070`.
    #[error("the phone number has a 0 after the country code, which is dialled at home only")]
    TrunkZero,
    /// Other characters than digits and separators, or fewer than 7 or more than 15 digits.
    #[error("this is not a phone number")]
    NotAPhoneNumber,
    /// Not the name that was verified.
    #[error("this is not the verified name")]
    NotVerified,
}

impl Fault {
    /// Every variant, in the order of declaration.
    pub const ALL: &[Self] = &[
        Self::Missing,
        Self::TooLong,
        Self::UnexpectedCharacter,
        Self::NoLetter,
        Self::NotOffered,
        Self::NotAPostalCode,
        Self::NotAVatNumber,
        Self::VatPrefix,
        Self::VatOfAnotherCountry,
        Self::NotAnOrganisationNumber,
        Self::CheckDigit,
        Self::NoCountryCode,
        Self::TrunkZero,
        Self::NotAPhoneNumber,
        Self::NotVerified,
    ];

    /// The stable code of this fault, as listed in `tests/vectors/error-codes.json`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "profile_missing",
            Self::TooLong => "profile_too_long",
            Self::UnexpectedCharacter => "profile_unexpected_character",
            Self::NoLetter => "profile_no_letter",
            Self::NotOffered => "profile_not_offered",
            Self::NotAPostalCode => "profile_not_a_postal_code",
            Self::NotAVatNumber => "profile_not_a_vat_number",
            Self::VatPrefix => "profile_vat_prefix",
            Self::VatOfAnotherCountry => "profile_vat_of_another_country",
            Self::NotAnOrganisationNumber => "profile_not_an_organisation_number",
            Self::CheckDigit => "profile_check_digit",
            Self::NoCountryCode => "profile_no_country_code",
            Self::TrunkZero => "profile_trunk_zero",
            Self::NotAPhoneNumber => "profile_not_a_phone_number",
            Self::NotVerified => "profile_not_verified",
        }
    }
}
