//! What a country's documents are known to look like, row by row with its source.

use super::{DocumentKind, Side};
use crate::identity::country::Country;
use crate::identity::mrz::Format;

/// What is asked of a document of a country, and where its machine-readable zone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentRule {
    kind: DocumentKind,
    offered: bool,
    zone: Option<ZonePlace>,
    certainty: Certainty,
    source: &'static str,
}

/// Which side a machine-readable zone is on, and how it is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ZonePlace {
    /// The side it is on.
    pub side: Side,
    /// Its layout.
    pub format: Format,
}

/// How sure a row is. Only [`Read`](Self::Read) and [`Law`](Self::Law) are grounds to refuse a picture in which the zone
/// is not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// The source says it of this country's document.
    Read,
    /// It follows from a law or standard that binds the country.
    Law,
    /// Likely, and nothing was found that says it of this country: the country is not bound by the source, or only a
    /// reader of such documents says so.
    Unverified,
    /// Nothing was looked up: the rule for every country without rows of its own.
    General,
}

impl Certainty {
    /// The stable code: `read`, `law`, `unverified` or `general`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Law => "law",
            Self::Unverified => "unverified",
            Self::General => "general",
        }
    }
}

impl DocumentRule {
    /// The rule for a kind of document of a country: its own row, or the general rule.
    #[must_use]
    pub fn of(country: Country, kind: DocumentKind) -> Self {
        let own = TABLE.iter().filter(|row| row.country == country.alpha2()).map(|row| row.rule);
        own.into_iter().find(|rule| rule.kind == kind).unwrap_or_else(|| general(kind))
    }

    /// The kinds that a person with documents of this country can choose from, in the order in which they are shown.
    pub fn offered(country: Country) -> impl Iterator<Item = Self> {
        DocumentKind::ALL.iter().map(move |&kind| Self::of(country, kind)).filter(|rule| rule.offered)
    }

    /// The kind of document.
    #[must_use]
    pub fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// Whether such documents are accepted: not when the country has none that are valid.
    #[must_use]
    pub fn is_offered(&self) -> bool {
        self.offered
    }

    /// The sides that are photographed: a passport's data page, both sides of a card.
    #[must_use]
    pub fn sides(&self) -> &'static [Side] {
        self.kind.sides()
    }

    /// Where the machine-readable zone is; none when none is known, which does not say that there is none.
    #[must_use]
    pub fn zone(&self) -> Option<ZonePlace> {
        self.zone
    }

    /// How sure this is.
    #[must_use]
    pub fn certainty(&self) -> Certainty {
        self.certainty
    }

    /// Where it is written.
    #[must_use]
    pub fn source(&self) -> &'static str {
        self.source
    }
}

struct Row {
    country: &'static str,
    rule: DocumentRule,
}

const PASSPORTS: &str = "ICAO Doc 9303-4, eighth edition (2021), §4.2: the zone is on the data page";
const EU_LICENCES: &str = "Directive 2006/126/EC, annex I: holder and dates on page 1, categories on page 2; a zone is prescribed with a chip only";
const EEA_LICENCES: &str = "Directive 2006/126/EC, annex I, by the EEA agreement";
const EU_PERMITS: &str = "Regulation (EC) No 1030/2002, annex, as amended by Regulation (EU) 2017/1954: ID-1, zone on the back by ICAO Doc 9303";
const SCHENGEN_PERMITS: &str = "Regulation (EC) No 1030/2002, annex, by association with the Schengen acquis";

const PASSPORT_ZONE: ZonePlace = ZonePlace { side: Side::Front, format: Format::Td3 };
const CARD_ZONE: ZonePlace = ZonePlace { side: Side::Back, format: Format::Td1 };

/// The rule for countries without rows.
fn general(kind: DocumentKind) -> DocumentRule {
    let (zone, source) = match kind {
        DocumentKind::Passport => (Some(PASSPORT_ZONE), PASSPORTS),
        DocumentKind::DrivingLicence => (None, "ISO/IEC 18013-1: a zone is optional"),
        DocumentKind::ResidencePermit => {
            (Some(CARD_ZONE), "ICAO Doc 9303-5 §4.2.1.1: where a card has a zone, it is on the back")
        }
    };
    DocumentRule { kind, offered: true, zone, certainty: Certainty::General, source }
}

const fn passport(country: &'static str) -> Row {
    let kind = DocumentKind::Passport;
    let rule =
        DocumentRule { kind, offered: true, zone: Some(PASSPORT_ZONE), certainty: Certainty::Law, source: PASSPORTS };
    Row { country, rule }
}

const fn licence(country: &'static str, zone: Option<ZonePlace>, certainty: Certainty, source: &'static str) -> Row {
    Row { country, rule: DocumentRule { kind: DocumentKind::DrivingLicence, offered: true, zone, certainty, source } }
}

const fn eu_licence(country: &'static str) -> Row {
    licence(country, None, Certainty::Law, EU_LICENCES)
}

const fn permit(country: &'static str, certainty: Certainty, source: &'static str) -> Row {
    let kind = DocumentKind::ResidencePermit;
    Row { country, rule: DocumentRule { kind, offered: true, zone: Some(CARD_ZONE), certainty, source } }
}

const fn eu_permit(country: &'static str) -> Row {
    permit(country, Certainty::Law, EU_PERMITS)
}

const fn on(side: Side, format: Format) -> Option<ZonePlace> {
    Some(ZonePlace { side, format })
}

/// EU, EEA, Switzerland and the United Kingdom, by country.
static TABLE: &[Row] = &[
    passport("AT"),
    eu_licence("AT"),
    eu_permit("AT"),
    passport("BE"),
    eu_licence("BE"),
    eu_permit("BE"),
    passport("BG"),
    eu_licence("BG"),
    eu_permit("BG"),
    passport("CH"),
    licence(
        "CH",
        on(Side::Back, Format::LicenceChe),
        Certainty::Read,
        "Federal Roads Office ASTRA, letter of 20 October 2003 on the licence in credit card format: zone on the back",
    ),
    permit("CH", Certainty::Law, SCHENGEN_PERMITS),
    passport("CY"),
    eu_licence("CY"),
    eu_permit("CY"),
    passport("CZ"),
    eu_licence("CZ"),
    eu_permit("CZ"),
    passport("DE"),
    eu_licence("DE"),
    eu_permit("DE"),
    passport("DK"),
    eu_licence("DK"),
    permit(
        "DK",
        Certainty::Unverified,
        "Regulation (EC) No 1030/2002, annex, which does not bind Denmark unless it decides so",
    ),
    passport("EE"),
    eu_licence("EE"),
    eu_permit("EE"),
    passport("ES"),
    eu_licence("ES"),
    eu_permit("ES"),
    passport("FI"),
    eu_licence("FI"),
    eu_permit("FI"),
    passport("FR"),
    licence(
        "FR",
        on(Side::Front, Format::LicenceFra),
        Certainty::Read,
        "https://road-safety.transport.ec.europa.eu/road-safety-member-states/driving-licence-member-states/driving-licence-models/france-f10_en: model of 2013, zone at the bottom of the front",
    ),
    eu_permit("FR"),
    passport("GB"),
    licence("GB", None, Certainty::Unverified, "Directive 2006/126/EC, annex I, which the licence followed until 2021"),
    Row {
        country: "GB",
        rule: DocumentRule {
            kind: DocumentKind::ResidencePermit,
            offered: false,
            zone: Some(CARD_ZONE),
            certainty: Certainty::Read,
            source: "https://www.burnesspaull.com/legal-insights-news-events/insights/transition-to-e-visas-what-is-the-latest: every card expired on 31 December 2024, eVisas took their place",
        },
    },
    passport("GR"),
    eu_licence("GR"),
    eu_permit("GR"),
    passport("HR"),
    eu_licence("HR"),
    eu_permit("HR"),
    passport("HU"),
    eu_licence("HU"),
    eu_permit("HU"),
    passport("IE"),
    eu_licence("IE"),
    permit(
        "IE",
        Certainty::Law,
        "Regulation (EC) No 1030/2002, annex; Ireland takes part at its own request: https://emn.ie/legislation/council-regulation-ec-no-1030-2002-of-13-june-2002-laying-down-a-uniform-format-for-residence-permits-for-third-country-nationals/",
    ),
    passport("IS"),
    licence("IS", None, Certainty::Law, EEA_LICENCES),
    permit("IS", Certainty::Law, SCHENGEN_PERMITS),
    passport("IT"),
    eu_licence("IT"),
    eu_permit("IT"),
    passport("LI"),
    licence("LI", on(Side::Back, Format::LicenceChe), Certainty::Unverified, "cheminfo/mrz reads it as the Swiss one"),
    permit("LI", Certainty::Law, SCHENGEN_PERMITS),
    passport("LT"),
    eu_licence("LT"),
    eu_permit("LT"),
    passport("LU"),
    eu_licence("LU"),
    eu_permit("LU"),
    passport("LV"),
    eu_licence("LV"),
    eu_permit("LV"),
    passport("MT"),
    eu_licence("MT"),
    eu_permit("MT"),
    passport("NL"),
    licence(
        "NL",
        on(Side::Front, Format::LicenceNld),
        Certainty::Read,
        "https://www.rdw.nl/nrd/het-rijbewijs/het-rijbewijsmodel-vanaf-14-november-2014/rubrieken-op-het-rijbewijsmodel-2014: model of 2014, zone on the front",
    ),
    eu_permit("NL"),
    passport("NO"),
    licence("NO", None, Certainty::Law, EEA_LICENCES),
    permit("NO", Certainty::Law, SCHENGEN_PERMITS),
    passport("PL"),
    eu_licence("PL"),
    eu_permit("PL"),
    passport("PT"),
    eu_licence("PT"),
    eu_permit("PT"),
    passport("RO"),
    eu_licence("RO"),
    eu_permit("RO"),
    passport("SE"),
    licence(
        "SE",
        None,
        Certainty::Read,
        "https://www.consilium.europa.eu/prado/en/SWE-FO-08001/index.html: card of 2025, no zone named",
    ),
    eu_permit("SE"),
    passport("SI"),
    eu_licence("SI"),
    eu_permit("SI"),
    passport("SK"),
    eu_licence("SK"),
    eu_permit("SK"),
];

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    fn country(code: &str) -> Country {
        Country::from_alpha2(code).expect("a code of ISO 3166-1")
    }

    #[test]
    fn every_row_is_of_a_country_and_says_one_thing() {
        for (place, row) in TABLE.iter().enumerate() {
            assert!(Country::from_alpha2(row.country).is_some(), "{}", row.country);
            let again = TABLE.iter().skip(place + 1).any(|r| (r.country, r.rule.kind) == (row.country, row.rule.kind));
            assert!(!again, "{} {}", row.country, row.rule.kind.code());
            assert!(row.rule.zone.is_none_or(|zone| row.rule.sides().contains(&zone.side)));
        }
        let mut own: Vec<_> = TABLE.iter().map(|row| row.country).collect();
        own.dedup();
        assert_eq!(own.len(), 27 + 3 + 1 + 1);
        assert_eq!(TABLE.len(), 3 * own.len());
    }

    #[test]
    fn a_person_is_asked_for_what_their_document_has() {
        let rule = |code: &str, kind| DocumentRule::of(country(code), kind);
        for code in ["SE", "NO", "CH", "GB", "US", "JP"] {
            let passport = rule(code, DocumentKind::Passport);
            assert_eq!(passport.sides(), [Side::Front]);
            assert_eq!(passport.zone(), Some(ZonePlace { side: Side::Front, format: Format::Td3 }));
        }
        assert_eq!(rule("SE", DocumentKind::DrivingLicence).zone(), None);
        let french = rule("FR", DocumentKind::DrivingLicence).zone().expect("a zone");
        assert_eq!((french.side, french.format), (Side::Front, Format::LicenceFra));
        let swiss = rule("CH", DocumentKind::DrivingLicence).zone().expect("a zone");
        assert_eq!((swiss.side, swiss.format), (Side::Back, Format::LicenceChe));
        let permit = rule("SE", DocumentKind::ResidencePermit);
        assert_eq!(permit.sides(), [Side::Front, Side::Back]);
        assert_eq!(permit.zone(), Some(ZonePlace { side: Side::Back, format: Format::Td1 }));
    }

    #[test]
    fn every_country_has_an_answer_and_the_general_rule_says_so() {
        for country in Country::all() {
            let own = TABLE.iter().any(|row| row.country == country.alpha2());
            for &kind in DocumentKind::ALL {
                let rule = DocumentRule::of(country, kind);
                assert_eq!(rule.certainty() == Certainty::General, !own, "{}", country.alpha2());
                assert!(!rule.source().is_empty());
            }
        }
        let kinds = |code: &str| DocumentRule::offered(country(code)).map(|rule| rule.kind()).collect::<Vec<_>>();
        assert_eq!(kinds("SE"), DocumentKind::ALL);
        assert_eq!(kinds("GB"), [DocumentKind::Passport, DocumentKind::DrivingLicence]);
        assert_eq!(kinds("BR"), DocumentKind::ALL);
    }
}
