//! People who do not exist, with names in which every letter that has a rule of its own in ICAO 9303-3 §6 occurs.

use serde::Serialize;

use crate::rng::Rng;

/// Family names.
pub(crate) const SURNAMES: &[&str] = &[
    "Åkerström",
    "Öström",
    "Sjögren",
    "Bäckström",
    "Nyåkersson",
    "Häggqvist",
    "Nørgård",
    "Sørensen",
    "Bjørnæs",
    "Skålvik",
    "Þórðarson",
    "Guðmundsdóttir",
    "Ævarsson",
    "Mäkelä",
    "Hämäläinen",
    "Müller",
    "Großmann",
    "Strauß",
    "Weißenböck",
    "Jäger-Schröder",
    "Lefèvre",
    "D’Àubigné",
    "Gonçalves",
    "Conceição",
    "Muñoz",
    "Peñalver Ibáñez",
    "Núñez",
    "O’Connor",
    "Ó Súilleabháin",
    "MacGiolla",
    "van der Meulen",
    "de Bruïn",
    "IJsselstein",
    "Łukaszewicz",
    "Wójcik",
    "Śliwiński",
    "Żółkiewska",
    "Dvořák",
    "Příhoda",
    "Šťastný",
    "Kovačević",
    "Đorđević",
    "Žižek",
    "Čapek",
    "Ľudovít",
    "Hrušková",
    "Szőke",
    "Gyűrűs",
    "Őrségi",
    "Ionescu-Țepeș",
    "Stănescu",
    "Yılmaz",
    "Çağlar",
    "Öztürk",
    "Şahin",
    "Güneş",
    "Erdoğdu",
    "Kārkliņš",
    "Bērziņa",
    "Ģederts",
    "Žukauskaitė",
    "Šimkus",
    "Kõiv",
    "Tõnisson",
    "Xuereb",
    "Ħaber",
    "Żammit",
    "Al-Basri",
    "Krzyżanowska-Brzęczyszczykiewicz",
    "Featherstonehaugh",
    "Ek",
    "Lindqvist",
    "Rossi",
    "Bianchi",
];

/// Given names, as printed: several may stand together.
pub(crate) const GIVEN: &[&str] = &[
    "Åke",
    "Märta Öyvor",
    "Björn",
    "Göran Per-Åke",
    "Käthe",
    "Jürgen",
    "Zoë",
    "Søren",
    "Øystein",
    "Bjørg Æsa",
    "Þóra",
    "Ásgeir",
    "Guðrún",
    "Päivi",
    "Väinö",
    "François",
    "Hélène Andrée",
    "Jean-Pierre",
    "Benoît",
    "João",
    "Inês",
    "Begoña",
    "Íñigo",
    "José María",
    "Siobhán",
    "Seán",
    "Anneloes",
    "Daniël",
    "Łukasz",
    "Małgorzata",
    "Święcisław",
    "Zdeněk",
    "Jiří",
    "Šárka",
    "Đorđe",
    "Žarko",
    "Ljiljana",
    "Čedomir",
    "Ľubica",
    "György",
    "Erzsébet",
    "Örs",
    "Ștefan",
    "Anca-Măriuca",
    "Çiğdem",
    "İbrahim",
    "Işıl",
    "Ümit",
    "Şule",
    "Jānis",
    "Žaneta",
    "Ķēniņa",
    "Ąžuolas",
    "Ūla",
    "Kertu-Ülle",
    "Õie",
    "Ġorġ",
    "Ċensa",
    "Noor",
    "Eva",
    "Bo",
    "Li",
    "Maximilian Ferdinand Alexander",
    "Anna-Karin",
    "Karl Erik Gustav",
    "Luca",
];

/// Where these people were born: places that do not exist.
pub(crate) const PLACES: &[&str] =
    &["Zenith", "Norrmark", "Ås-på-Höjden", "Port Ulm", "Łąkowo", "Çamlık", "Ribeirão", "Kværnby", "Großau", "Tūja"];

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub struct Day {
    /// Year of the Gregorian calendar.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 28: no month is too short for it.
    pub day: u8,
}

impl Day {
    fn draw(rng: &mut Rng, from: u16, years: usize) -> Self {
        Self { year: from + rng.below(years) as u16, month: rng.below(12) as u8 + 1, day: rng.below(28) as u8 + 1 }
    }

    /// As in a machine-readable zone: YYMMDD.
    #[must_use]
    pub fn short(self) -> String {
        format!("{:02}{:02}{:02}", self.year % 100, self.month, self.day)
    }

    /// As documents print it: DD.MM.YYYY.
    #[must_use]
    pub fn printed(self) -> String {
        format!("{:02}.{:02}.{}", self.day, self.month, self.year)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        format!("{}-{:02}-{:02}", day.year, day.month, day.day)
    }
}

/// What a document says of its holder. None of them exists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Holder {
    /// Family name in its own letters.
    pub surname: String,
    /// Given names in their own letters, separated by spaces.
    pub given: String,
    /// `F`, `M` or `X`.
    pub sex: char,
    /// Date of birth.
    pub born: Day,
    /// Place of birth.
    pub place: String,
    /// Document number: letters A-Z and digits.
    pub number: String,
    /// Date of issue.
    pub issued: Day,
    /// Date of expiry.
    pub expires: Day,
}

impl Holder {
    pub(crate) fn draw(rng: &mut Rng) -> Self {
        let surname = (*rng.pick(SURNAMES)).to_owned();
        let given = (*rng.pick(GIVEN)).to_owned();
        let sex = *rng.pick(&['F', 'M', 'X']);
        let born = Day::draw(rng, 1950, 55);
        let issued = Day::draw(rng, 2019, 7);
        let expires = Day { year: issued.year + 10, ..issued };
        let mut number: String = (0..2).map(|_| char::from(b'A' + rng.below(26) as u8)).collect();
        number.extend((0..7).map(|_| char::from(b'0' + rng.below(10) as u8)));
        Self { surname, given, sex, born, place: (*rng.pick(PLACES)).to_owned(), number, issued, expires }
    }
}
