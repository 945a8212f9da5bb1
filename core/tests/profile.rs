//! The profile form. If one of these fails, a person cannot finish, or learns of the faults one by one.
#![cfg(feature = "identity")]

use gatepass_core::identity::country::Country;
use gatepass_core::identity::profile::{
    Draft, Fault, Field, FieldError, Language, NumberKind, Profile, Role, Verified, check, province_offer,
};
use proptest::prelude::*;
use serde_json::Value;

fn karin() -> Option<Verified<'static>> {
    verified("Karin Elsa", "Ek")
}

fn verified<'a>(given_names: &'a str, surname: &'a str) -> Option<Verified<'a>> {
    Some(Verified::new(given_names, surname).expect("a name"))
}

fn good() -> Draft<'static> {
    Draft {
        company: "Eks Bilverkstad AB",
        number: "556012-5790",
        street: "Verkstadsgatan 3",
        postal_code: "411 17",
        city: "Göteborg",
        province: "SE",
        country: "SE",
        phone: "+46 70-123 45 67",
        given_names: "Karin Elsa",
        surname: "Ek",
        role: "technician",
        language: "sv",
    }
}

fn faults(draft: &Draft<'_>) -> Vec<(Field, Fault)> {
    check(draft, karin().as_ref())
        .expect_err("not right yet")
        .into_iter()
        .map(|error| (error.field, error.fault))
        .collect()
}

fn accepted(draft: &Draft<'_>) -> Profile {
    check(draft, karin().as_ref()).unwrap_or_else(|errors| panic!("{errors:?}"))
}

#[test]
fn a_swedish_workshop() {
    let profile = accepted(&good());
    assert_eq!(
        (profile.company(), profile.street(), profile.city()),
        ("Eks Bilverkstad AB", "Verkstadsgatan 3", "Göteborg")
    );
    assert_eq!((profile.number(), profile.number_kind()), ("556012-5790", NumberKind::Organisation));
    assert_eq!((profile.postal_code(), profile.province(), profile.country().alpha2()), ("411 17", "SE", "SE"));
    assert_eq!((profile.phone(), profile.given_names(), profile.surname()), ("+46701234567", "Karin Elsa", "Ek"));
    assert_eq!((profile.role(), profile.language()), (Role::Technician, Language::Swedish));
    assert_eq!(accepted(&Draft { province: "Västra Götaland", ..good() }).province(), "Västra Götaland");
}

/// Everything is required, and everything that is missing is said at once.
#[test]
fn an_empty_form_names_every_field() {
    let all: Vec<_> = Field::ALL.iter().map(|&field| (field, Fault::Missing)).collect();
    assert_eq!(faults(&Draft::default()), all);
    let spaces = " \t\u{a0}";
    let blank = Draft {
        company: spaces,
        number: spaces,
        street: spaces,
        postal_code: spaces,
        city: spaces,
        province: spaces,
        country: spaces,
        phone: spaces,
        given_names: spaces,
        surname: spaces,
        role: spaces,
        language: spaces,
    };
    assert_eq!(faults(&blank), all);
}

#[test]
fn several_faults_at_once() {
    let draft = Draft { number: "556012-5791", phone: "070-123 45 67", postal_code: "4111", surname: "Eek", ..good() };
    assert_eq!(
        faults(&draft),
        [
            (Field::Number, Fault::CheckDigit),
            (Field::PostalCode, Fault::NotAPostalCode),
            (Field::Phone, Fault::NoCountryCode),
            (Field::Surname, Fault::NotVerified),
        ]
    );
    // What does not depend on the country is judged without one.
    let draft = Draft { country: "Sweden", city: "12", number: "", ..good() };
    assert_eq!(
        faults(&draft),
        [(Field::Number, Fault::Missing), (Field::City, Fault::NoLetter), (Field::Country, Fault::NotOffered)]
    );
}

/// Numbers of real companies, as they publish them.
#[test]
fn organisation_and_vat_numbers() {
    let of = |country, number| {
        let postal_code = match country {
            "SE" | "DE" | "FI" | "IT" | "ES" | "GR" => "11122",
            "IE" => "A65 F4E2",
            "NL" => "1234 AB",
            "PL" => "00-940",
            "FR" => "75008",
            "GB" => "EC1Y 8SY",
            _ => "1234",
        };
        check(&Draft { country, number, postal_code, ..good() }, karin().as_ref())
            .map(|profile| profile.number_kind())
            .map_err(|errors| {
                assert_eq!(errors.len(), 1, "{country} {number}: {errors:?}");
                assert_eq!(errors[0].field, Field::Number);
                errors[0].fault
            })
    };
    let (vat, organisation) = (Ok(NumberKind::Vat), Ok(NumberKind::Organisation));
    for (country, number, expected) in [
        // AB Volvo, IKEA of Sweden, Stockholms stad.
        ("SE", "556012-5790", organisation),
        ("SE", "5560747569", organisation),
        ("SE", "212000-0142", organisation),
        ("SE", "16556012-5790", organisation),
        ("SE", "SE556012579001", vat),
        ("SE", "se 556012-5790 01", vat),
        ("SE", "SE556012579101", Err(Fault::CheckDigit)),
        ("SE", "SE5560125790", Err(Fault::NotAVatNumber)),
        ("SE", "556012-579", Err(Fault::NotAnOrganisationNumber)),
        ("SE", "55601257AB", Err(Fault::NotAnOrganisationNumber)),
        ("SE", "DE129273398", Err(Fault::VatOfAnotherCountry)),
        ("SE", "SE556012579002", Err(Fault::NotAVatNumber)),
        ("SE", "000000-0000", Err(Fault::NotAnOrganisationNumber)),
        ("SE", "SE000000000001", Err(Fault::NotAVatNumber)),
        ("SE", "160000000000", Err(Fault::NotAnOrganisationNumber)),
        ("DE", "DE000000000", Err(Fault::NotAVatNumber)),
        ("DE", "HRB 0000", Err(Fault::NotAnOrganisationNumber)),
        ("DE", "DE 129273398", vat),
        ("DE", "DE12927339", Err(Fault::NotAVatNumber)),
        ("DE", "HRB 42243", organisation),
        ("AT", "ATU12345678", vat),
        ("AT", "AT12345678", Err(Fault::NotAVatNumber)),
        ("BE", "BE 0123.456.789", vat),
        ("CH", "CHE-116.281.710 MWST", vat),
        ("ES", "ESA12345674", vat),
        ("ES", "ES12345678Z", vat),
        ("ES", "ES123456789", Err(Fault::NotAVatNumber)),
        ("FI", "FI01120389", vat),
        ("FI", "0112038-9", organisation),
        ("FR", "FR40303265045", vat),
        ("FR", "FRK7399859412", vat),
        ("GB", "GB 220 4302 31", vat),
        ("GB", "XI 220430231", vat),
        ("GB", "SC123456", organisation),
        ("GR", "EL123456789", vat),
        ("GR", "GR123456789", Err(Fault::VatPrefix)),
        ("SE", "GR123456789", Err(Fault::VatOfAnotherCountry)),
        ("DE", "GR 123456789", Err(Fault::VatOfAnotherCountry)),
        ("CH", "CH-116.281.710", Err(Fault::VatPrefix)),
        ("IE", "IE6388047V", vat),
        ("IE", "IE3628739UH", vat),
        ("IT", "IT00159560366", vat),
        ("NL", "NL 004495445 B 01", vat),
        ("NO", "NO 923 609 016 MVA", vat),
        ("NO", "923609016", organisation),
        ("PL", "PL5260250995", vat),
        ("US", "12-3456789", organisation),
        ("US", "none", Err(Fault::NotAnOrganisationNumber)),
        ("US", "123", Err(Fault::NotAnOrganisationNumber)),
        ("US", "12345678901234567890A", Err(Fault::NotAnOrganisationNumber)),
    ] {
        assert_eq!(of(country, number), expected, "{country} {number}");
    }
}

#[test]
fn phone_numbers() {
    for (typed, expected) in [
        ("+46701234567", Ok("+46701234567")),
        ("+46 70 – 123 45 67", Ok("+46701234567")),
        ("+1 (212) 555-0100", Ok("+12125550100")),
        ("+683 4002", Ok("+6834002")),
        ("+49 30/12345.67", Ok("+49301234567")),
        ("070-123 45 67", Err(Fault::NoCountryCode)),
        ("0046 70 123 45 67", Err(Fault::NoCountryCode)),
        ("46701234567", Err(Fault::NoCountryCode)),
        ("+46 (0)70 123 45 67", Err(Fault::TrunkZero)),
        ("+46 ( 0 ) 70 123 45 67", Err(Fault::TrunkZero)),
        ("+46 0701234567", Err(Fault::TrunkZero)),
        ("+44 020 7946 0958", Err(Fault::TrunkZero)),
        ("+49 (030) 12345", Err(Fault::TrunkZero)),
        ("+358 040 1234567", Err(Fault::TrunkZero)),
        // The zero of these belongs to the number: Italy, San Marino, the Vatican, Côte d'Ivoire, Gabon, Benin.
        ("+39 06 698 12345", Ok("+390669812345")),
        ("+378 0549 882914", Ok("+3780549882914")),
        ("+225 07 07 12 34 56", Ok("+2250707123456")),
        ("+241 06 03 12 34", Ok("+24106031234")),
        ("+229 01 95 12 34 56", Ok("+2290195123456")),
        ("+46 70", Err(Fault::NotAPhoneNumber)),
        ("+1234567890123456", Err(Fault::NotAPhoneNumber)),
        ("+0701234567", Err(Fault::NotAPhoneNumber)),
        ("+46 70 CALL ME", Err(Fault::NotAPhoneNumber)),
        ("ring mig", Err(Fault::NotAPhoneNumber)),
        ("+46+701234567", Err(Fault::NotAPhoneNumber)),
        ("+٤٦٧٠١٢٣٤٥٦٧", Err(Fault::NotAPhoneNumber)),
    ] {
        let draft = Draft { phone: typed, ..good() };
        match expected {
            Ok(number) => assert_eq!(accepted(&draft).phone(), number, "{typed}"),
            Err(fault) => assert_eq!(faults(&draft), [(Field::Phone, fault)], "{typed}"),
        }
    }
}

#[test]
fn postal_codes() {
    let with = |country, postal_code, number| {
        check(&Draft { country, postal_code, number, ..good() }, karin().as_ref()).is_ok()
    };
    for (country, code, number) in [
        ("SE", "SE-411 17", "SE556012579001"),
        ("LV", "LV-1073", "LV12345678901"),
        ("LU", "L-4750", "LU12345678"),
        ("LI", "FL-9490", "FL-0001.234.567-8"),
        ("NL", "1234 AB", "NL123456789B01"),
        ("PT", "2725-079", "PT123456789"),
        ("MT", "NXR 01", "MT12345678"),
        ("IS", "101", "123456-7890"),
        ("GB", "EC1Y 8SY", "SC123456"),
        ("US", "95014-2083", "12-3456789"),
        ("JP", "154-0023", "1234567890123"),
    ] {
        assert!(with(country, code, number), "{country} {code}");
    }
    for (country, code, number) in [("SE", "1234", "5560125790"), ("NL", "1234", "12345678"), ("US", "-", "12-3456789")]
    {
        assert!(!with(country, code, number), "{country} {code}");
    }
}

/// "SE" is a good province, and nobody has to guess that.
#[test]
fn the_code_of_a_country_without_provinces_is_offered() {
    let offer = |code| province_offer(Country::from_alpha2(code).expect("a country"));
    for code in ["SE", "NO", "DK", "FI", "DE", "FR", "NL", "GB"] {
        assert_eq!(offer(code), Some(code));
    }
    for code in ["IT", "ES", "IE", "US", "CA", "AU", "JP"] {
        assert_eq!(offer(code), None, "{code} has provinces");
    }
    for country in Country::all() {
        assert!(province_offer(country).is_none_or(|offer| offer == country.alpha2()));
    }
    assert_eq!(accepted(&good()).province(), "SE");
}

#[test]
fn the_name_is_the_verified_one() {
    let typed = |given_names, surname| check(&Draft { given_names, surname, ..good() }, karin().as_ref()).map(|_| ());
    assert!(typed("  Karin   Elsa ", "Ek").is_ok(), "spaces are no letters");
    let given = FieldError { field: Field::GivenNames, fault: Fault::NotVerified };
    assert_eq!(typed("Karin", "Ek"), Err(vec![given]));
    assert_eq!(typed("karin elsa", "Ek"), Err(vec![given]));
    let single = verified("", "Arkfreith");
    let draft = Draft { given_names: "", surname: "Arkfreith", ..good() };
    assert_eq!(check(&draft, single.as_ref()).expect("a single name").given_names(), "");
    // An accent typed as a character of its own is the same letter.
    let jose = verified("Jos\u{e9}", "Ek");
    assert!(check(&Draft { given_names: "Jose\u{301}", ..good() }, jose.as_ref()).is_ok());
}

/// An approval whose name was lost on the way must not let a nameless profile through.
#[test]
fn no_one_has_no_name() {
    assert!(Verified::new("Karin", "").is_none() && Verified::new("", " \u{a0}\t").is_none());
    let nameless = Draft { given_names: "", surname: "", ..good() };
    let faults = |draft: &Draft<'_>, verified: Option<Verified<'_>>| -> Vec<_> {
        let errors = check(draft, verified.as_ref()).expect_err("no name");
        errors.into_iter().map(|error| (error.field, error.fault)).collect()
    };
    assert_eq!(faults(&nameless, None), [(Field::Surname, Fault::Missing)]);
    assert_eq!(faults(&good(), None), [(Field::Surname, Fault::NotVerified)]);
    // Of a single name the surname is required all the same, and given names are not to be added.
    assert_eq!(faults(&nameless, verified("", "Arkfreith")), [(Field::Surname, Fault::Missing)]);
    let added = Draft { given_names: "Karin", surname: "Arkfreith", ..good() };
    assert_eq!(faults(&added, verified(" ", "Arkfreith")), [(Field::GivenNames, Fault::NotVerified)]);
}

/// Names in scripts that need a joiner between letters: the verified name itself must pass, and nothing hides in others.
#[test]
fn joiners_where_a_script_has_them() {
    // Persian "Ali-nejad", Sinhala "Sri".
    for name in ["\u{639}\u{644}\u{6cc}\u{200c}\u{646}\u{698}\u{627}\u{62f}", "\u{dc1}\u{dca}\u{200d}\u{dbb}\u{dd3}"] {
        let draft = Draft { given_names: name, ..good() };
        assert_eq!(check(&draft, verified(name, "Ek").as_ref()).map(|_| ()), Ok(()), "{name:?}");
        let without: String = name.chars().filter(|c| !matches!(c, '\u{200c}' | '\u{200d}')).collect();
        assert!(check(&Draft { given_names: &without, ..good() }, verified(name, "Ek").as_ref()).is_err());
    }
    for name in [
        "Kar\u{200c}in",
        "\u{639}\u{200d}\u{644}",
        "\u{200c}\u{639}\u{644}",
        "\u{639}\u{644}\u{200c}",
        "a\u{200d}",
        "\u{639}\u{200c}\u{200c}\u{644}",
    ] {
        assert_eq!(
            faults(&Draft { company: name, ..good() }),
            [(Field::Company, Fault::UnexpectedCharacter)],
            "{name:?}"
        );
    }
}

#[test]
fn what_cannot_be_seen_is_refused() {
    for company in ["Ek\u{202e}BA", "Ek\u{200b}AB", "Ek\0AB", "Ek\u{ad}AB", "Ek\u{e000}", "\u{2066}Ek"] {
        assert_eq!(faults(&Draft { company, ..good() }), [(Field::Company, Fault::UnexpectedCharacter)]);
    }
    let long = "a".repeat(10_000);
    assert_eq!(faults(&Draft { company: &long, ..good() }), [(Field::Company, Fault::TooLong)]);
    assert_eq!(faults(&Draft { city: &long[..101], ..good() }), [(Field::City, Fault::TooLong)]);
    assert!(check(&Draft { city: &long[..100], ..good() }, karin().as_ref()).is_ok());
}

#[test]
fn nothing_personal_is_shown() {
    let shown =
        format!("{:?} {:?} {:?} {:?}", good(), karin(), accepted(&good()), faults(&Draft { phone: "0701", ..good() }));
    for personal in ["Karin", "Ek", "701", "556012", "Verkstad"] {
        assert!(!shown.contains(personal), "{personal} is in {shown}");
    }
}

#[test]
fn the_codes_are_listed() {
    let file: Value = gatepass_tests::vectors::load("error-codes.json").expect("the list is there");
    let texts = |key: &str| -> Vec<String> {
        file[key].as_array().expect("a list").iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    assert_eq!(texts("profile"), Fault::ALL.iter().map(|fault| fault.code()).collect::<Vec<_>>());
    assert_eq!(texts("profile_field"), Field::ALL.iter().map(|field| field.code()).collect::<Vec<_>>());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Any text in any field: no panic, one error for a field at most, and what is accepted is accepted again unchanged.
    #[test]
    fn any_texts(texts in proptest::collection::vec("\\PC{0,40}|[0-9A-Z +()-]{0,20}|[ \t\u{a0}]{0,3}", 12), code in "[A-Z]{2}") {
        let [company, number, street, postal_code, city, province, country, phone, given_names, surname, role, language] =
            &*texts else { unreachable!("twelve") };
        let draft = Draft { company, number, street, postal_code, city, province, country, phone, given_names, surname, role, language };
        for draft in [draft, Draft { country: &code, role: "manager", language: "en", ..draft }] {
            let errors = check(&draft, karin().as_ref()).expect_err("the name is another one");
            prop_assert!(errors.is_sorted_by(|one, next| one.field < next.field));
        }
    }

    #[test]
    fn letters_are_never_changed(company in "[\\p{L}0-9 .&'-]{1,60}", city in "[ \\p{L}]{1,40}") {
        let draft = Draft { company: &company, city: &city, ..good() };
        if let Ok(profile) = check(&draft, karin().as_ref()) {
            let composed = |text: &str| icu_normalizer::ComposingNormalizerBorrowed::new_nfc().normalize(text).split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(profile.company(), composed(&company));
            let again = Draft { company: profile.company(), city: profile.city(), phone: profile.phone(), number: profile.number(), ..draft };
            prop_assert_eq!(check(&again, karin().as_ref()).ok(), Some(profile.clone()));
        }
    }
}
