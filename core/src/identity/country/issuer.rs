use super::Country;

/// Who issued a document, or whose national a person is, as the three letters of a machine-readable zone say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Issuer {
    /// A country of ISO 3166-1, by its three-letter code.
    Country(Country),
    /// A code of ICAO Doc 9303-3 §5 that is no country's three-letter code.
    Special(SpecialIssuer),
}

impl Issuer {
    /// The issuer with this code, with or without the fillers after it: `SWE`, `D` or `D<<`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim_end_matches('<');
        let special = || SpecialIssuer::ALL.iter().copied().find(|issuer| issuer.code() == code).map(Self::Special);
        Country::from_alpha3(code).map(Self::Country).or_else(special)
    }

    /// The code without fillers.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Country(country) => country.alpha3(),
            Self::Special(issuer) => issuer.code(),
        }
    }

    /// The country behind the code, if there is one: Germany for `D`, the United Kingdom for `GBN`.
    #[must_use]
    pub fn country(self) -> Option<Country> {
        match self {
            Self::Country(country) => Some(country),
            Self::Special(issuer) => issuer.country(),
        }
    }

    /// The English name.
    #[must_use]
    pub fn english(self) -> &'static str {
        match self {
            Self::Country(country) => country.english(),
            Self::Special(issuer) => issuer.english,
        }
    }

    /// The Swedish name.
    #[must_use]
    pub fn swedish(self) -> &'static str {
        match self {
            Self::Country(country) => country.swedish(),
            Self::Special(issuer) => issuer.swedish,
        }
    }
}

/// What a code of ICAO Doc 9303-3 §5 stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IssuerKind {
    /// A state, or a nationality of one (part A).
    State,
    /// An organisation (parts B, C, D and H).
    Organisation,
    /// A person without a nationality that is told (part E), and `UNK` of part C.
    Person,
    /// A code that ISO 3166 has given up, on documents that are still valid (part F).
    Former,
    /// Utopia, on specimens (part G): never on a real document.
    Specimen,
}

/// A code of ICAO Doc 9303-3 §5 (eighth edition, 2021, with its amendments) beyond ISO 3166-1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SpecialIssuer {
    code: &'static str,
    kind: IssuerKind,
    country: Option<&'static str>,
    english: &'static str,
    swedish: &'static str,
}

impl SpecialIssuer {
    /// Every code, in the order of the standard.
    pub const ALL: &[Self] = &[
        state("D", Some("DE"), "Germany", "Tyskland"),
        state(
            "GBD",
            Some("GB"),
            "British Overseas Territories Citizen",
            "Medborgare i ett brittiskt utomeuropeiskt territorium",
        ),
        state("GBN", Some("GB"), "British National (Overseas)", "Brittisk medborgare (utomlands)"),
        state("GBO", Some("GB"), "British Overseas Citizen", "Brittisk utomeuropeisk medborgare"),
        state("GBS", Some("GB"), "British Subject", "Brittisk undersåte"),
        state("GBP", Some("GB"), "British Protected Person", "Person under brittiskt beskydd"),
        state("RKS", Some("XK"), "Kosovo", "Kosovo"),
        organisation("EUE", "European Union", "Europeiska unionen"),
        organisation("UNO", "United Nations", "Förenta nationerna"),
        organisation("UNA", "Specialised agency of the United Nations", "Fackorgan inom Förenta nationerna"),
        person("UNK", "Resident of Kosovo (UNMIK)", "Bosatt i Kosovo (UNMIK)"),
        organisation("XBA", "African Development Bank", "Afrikanska utvecklingsbanken"),
        organisation("XIM", "African Export-Import Bank", "Afrikanska export- och importbanken"),
        organisation("XCC", "Caribbean Community (CARICOM)", "Karibiska gemenskapen (Caricom)"),
        organisation("XCE", "Council of Europe", "Europarådet"),
        organisation(
            "XCO",
            "Common Market for Eastern and Southern Africa (COMESA)",
            "Gemensamma marknaden för östra och södra Afrika (Comesa)",
        ),
        organisation(
            "XEC",
            "Economic Community of West African States (ECOWAS)",
            "Västafrikanska staters ekonomiska gemenskap (Ecowas)",
        ),
        organisation("XPO", "INTERPOL", "Interpol"),
        organisation(
            "XES",
            "Organization of Eastern Caribbean States (OECS)",
            "Östkaribiska staters organisation (OECS)",
        ),
        organisation(
            "XMP",
            "Parliamentary Assembly of the Mediterranean (PAM)",
            "Medelhavets parlamentariska församling (PAM)",
        ),
        organisation("XOM", "Sovereign Military Order of Malta", "Malteserorden"),
        organisation("XDC", "Southern African Development Community", "Södra Afrikas utvecklingsgemenskap"),
        person("XXA", "Stateless person", "Statslös"),
        person("XXB", "Refugee (1951 Convention)", "Flykting (1951 års konvention)"),
        person("XXC", "Refugee (other)", "Flykting (annan)"),
        person("XXX", "Person of unspecified nationality", "Person utan angivet medborgarskap"),
        former("ANT", "Netherlands Antilles", "Nederländska Antillerna"),
        former("NTZ", "Neutral Zone", "Neutrala zonen"),
        entry("UTO", IssuerKind::Specimen, None, "Utopia (specimen)", "Utopia (provexemplar)"),
        organisation(
            "IAO",
            "International Civil Aviation Organization",
            "Internationella civila luftfartsorganisationen",
        ),
    ];

    /// The code without fillers: `D`, `XXA`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.code
    }

    /// What it stands for.
    #[must_use]
    pub fn kind(self) -> IssuerKind {
        self.kind
    }

    /// The country behind it, if there is one.
    #[must_use]
    pub fn country(self) -> Option<Country> {
        self.country.and_then(Country::from_alpha2)
    }
}

const fn entry(
    code: &'static str,
    kind: IssuerKind,
    country: Option<&'static str>,
    english: &'static str,
    swedish: &'static str,
) -> SpecialIssuer {
    SpecialIssuer { code, kind, country, english, swedish }
}

const fn state(
    code: &'static str,
    country: Option<&'static str>,
    english: &'static str,
    swedish: &'static str,
) -> SpecialIssuer {
    entry(code, IssuerKind::State, country, english, swedish)
}

const fn organisation(code: &'static str, english: &'static str, swedish: &'static str) -> SpecialIssuer {
    entry(code, IssuerKind::Organisation, None, english, swedish)
}

const fn person(code: &'static str, english: &'static str, swedish: &'static str) -> SpecialIssuer {
    entry(code, IssuerKind::Person, None, english, swedish)
}

const fn former(code: &'static str, english: &'static str, swedish: &'static str) -> SpecialIssuer {
    entry(code, IssuerKind::Former, None, english, swedish)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_says_d_for_germany() {
        let germany = Country::from_alpha2("DE");
        for code in ["D", "D<<", "DEU"] {
            assert_eq!(Issuer::from_code(code).and_then(Issuer::country), germany, "{code}");
        }
        assert_eq!(Issuer::from_code("GBN").and_then(Issuer::country), Country::from_alpha2("GB"));
        assert_eq!(Issuer::from_code("RKS").and_then(Issuer::country), Country::from_alpha2("XK"));
        assert_eq!(Issuer::from_code("SWE"), Country::from_alpha2("SE").map(Issuer::Country));
        assert_eq!(Issuer::from_code(""), None);
        assert_eq!(Issuer::from_code("ZZZ"), None);
        assert_eq!(Issuer::from_code("DE"), None);
    }

    #[test]
    fn every_special_code_reads_back_and_is_no_countrys() {
        for &issuer in SpecialIssuer::ALL {
            assert_eq!(Issuer::from_code(issuer.code()), Some(Issuer::Special(issuer)));
            assert_eq!(issuer.country.is_some(), issuer.country().is_some(), "{}", issuer.code());
        }
        let specimen = Issuer::from_code("UTO");
        assert!(matches!(specimen, Some(Issuer::Special(utopia)) if utopia.kind() == IssuerKind::Specimen));
    }
}
