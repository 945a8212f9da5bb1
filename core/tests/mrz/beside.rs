//! A hundred thousand zones, read by us and by the `mrz` crate 0.9. Half of them are written by us, half by it; two thirds
//! then have one to three characters replaced. Where the two readings differ, the reason is one of [`Reason`], each
//! decided from the standard; a difference without a reason fails.

use std::collections::BTreeMap;

use super::*;

/// How many zones are read, and from which seed.
const ZONES: u64 = 100_000;
const SEED: u64 = 9303;

/// Why the two readings differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// A name without `<<` is one identifier for us (9303-3 §4.6: no secondary identifier). The crate takes it for a
    /// lost filler and makes everything behind the first component given names: SATRIYA SUDARPA becomes two.
    SingleName,
    /// A name with digits, with no letter in front or with more fillers than the standard has is no name for us. The
    /// crate gives what is there.
    NotAName,
    /// The crate expects documents of the 2000s only; we take the nearest century.
    ExpiryCentury,
    /// Born later in this year: a hundred years ago for us, still to be born for the crate, which looks at the year only.
    BornLater,
    /// Six digits that name no day: no date for us, with a problem; the crate gives the parts.
    NoSuchDay,
    /// A filler beside a digit in one part of a date, or a month or day of parts that cannot exist: no date for us,
    /// "partially unknown" for the crate.
    BrokenPart,
    /// A document code of a card with `V` behind it, which 9303-5 and -6 note k exclude: no zone for us.
    CardWithV,
    /// `IDFRA` in two lines of 36 has fields of its own: no TD2 for us.
    FrenchCard,
    /// A document number that begins with a filler: a field without a value for us, no zone at all for the crate.
    LeadingFiller,
    /// The crate lets a TD3's number go on in its personal number. 9303-4 has no such rule.
    LongPassportNumber,
    /// A filler for the check digit 0: the standard has that for a personal number that is not used and nowhere else, so
    /// it fails for us. The crate takes it for 0 everywhere.
    FillerForZero,
    /// The digit of a long number counts the filler in, as older Belgian cards do: passes for us, fails for the crate.
    FillerCounted,
    /// A filler at the ninth place and at the tenth: a short number without a check digit for us (9303-5 and -6 note j ask
    /// for nine characters); the crate reads a long one with a gap, or in a form of its own of eight characters.
    EightCharacters,
    /// A number of one to three letters is no code of a state for us; the crate does not look.
    NotACode,
    /// Another character than `F`, `M` and `<`: a problem for us, kept by the crate.
    NotASex,
    /// `X` for the sex, as it is printed: not said for us, with a warning; kept by the crate.
    SexX,
}

/// SplitMix64: the same zones on every machine.
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).expect("31 bits") % end
    }

    pub(super) fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    pub(super) fn text(&mut self, from: &[u8], shortest: usize, longest: usize) -> String {
        let length = shortest + self.below(longest - shortest + 1);
        (0..length).map(|_| char::from(self.of(from))).collect()
    }

    fn name(&mut self, least: usize) -> Vec<String> {
        let count = least + self.below(4 - least);
        (0..count).map(|_| self.text(LETTERS, 1, 14)).collect()
    }

    /// A whole date within the fifty years from `from` on.
    pub(super) fn whole_date(&mut self, from: u16) -> MrzDate {
        let year = from + u16::try_from(self.below(26)).expect("small") * 2;
        let month = u8::try_from(self.below(12)).expect("small") + 1;
        let day = u8::try_from(self.below(28)).expect("small") + 1;
        MrzDate::Full(Date::new(year, month, day).expect("exists"))
    }

    fn date(&mut self, from: u16) -> MrzDate {
        let year = from + u16::try_from(self.below(100)).expect("small");
        let (month, day) =
            (u8::try_from(self.below(12)).expect("small") + 1, u8::try_from(self.below(28)).expect("small") + 1);
        match self.below(20) {
            0 => MrzDate::Unknown,
            1 => MrzDate::Partial { year: Some(year), month: Some(month), day: None },
            2 => MrzDate::Partial { year: Some(year), month: None, day: None },
            _ => MrzDate::Full(Date::new(year, month, day).expect("exists")),
        }
    }

    fn record(&mut self) -> Owned {
        let format = self.of(&[Format::Td1, Format::Td2, Format::Td3, Format::MrvA, Format::MrvB]);
        let code = match format {
            Format::Td1 | Format::Td2 => self.of(&["I<", "ID", "A<", "C<", "IR", "AR"]),
            Format::Td3 => self.of(&["P<", "PP", "PD", "PM"]),
            _ => self.of(&["V<", "VB"]),
        };
        let longest = match format {
            Format::Td1 if self.below(4) == 0 => 16,
            Format::Td2 if self.below(4) == 0 => 12,
            _ => 9,
        };
        let (personal, optional) = match format {
            Format::Td3 => (self.text(CELLS, 0, 14), String::new()),
            Format::Td2 => (String::new(), self.text(CELLS, 0, 1)),
            _ => (String::new(), self.text(CELLS, 0, 7)),
        };
        Owned {
            format,
            code: code.trim_end_matches('<').into(),
            issuer: self.of(&["UTO", "SWE", "D", "FRA", "BEL", "XXA"]).into(),
            number: self.text(CELLS, 1, longest),
            nationality: self.of(&["UTO", "SWE", "D", "XXB", ""]).into(),
            birth: self.date(1927),
            sex: self.of(Sex::ALL),
            expiry: self.date(1990),
            primary: self.name(1),
            secondary: self.name(0),
            truncation: self.of(TruncationStyle::ALL),
            personal,
            optional_1: optional,
            optional_2: self.text(CELLS, 0, 11),
        }
    }
}

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const CELLS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const ANY: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<<<<<<<<<<<<<<<<<<<";

fn theirs_written(owned: &Owned) -> String {
    let date = |date: MrzDate| match date {
        MrzDate::Full(date) => mrz_crate::MrzDate::Calendar(mrz_crate::Date::new(
            date.year().into(),
            date.month().into(),
            date.day().into(),
        )),
        MrzDate::Unknown => mrz_crate::MrzDate::Unknown,
        MrzDate::Partial { year, month, .. } => {
            let month = month.map_or("<<".to_owned(), |month| format!("{month:02}"));
            let cells = format!("{:02}{month}<<", year.expect("partial dates here have a year") % 100);
            mrz_crate::MrzDate::PartiallyUnknown(mrz_crate::RawDateField::try_from(&*cells).expect("six cells"))
        }
    };
    let sex = mrz_crate::Sex::from_zone(match owned.sex {
        Sex::Female => 'F',
        Sex::Male => 'M',
        Sex::Unspecified => '<',
    });
    let optional = |text: &String| (!text.is_empty()).then(|| text.clone());
    let (surname, given_names) = (owned.primary.join(" "), owned.secondary.join(" "));
    // The types are five, with the same fields but for one or two.
    macro_rules! fields {
        ($type:ident { $($more:ident: $value:expr),* }) => {
            mrz_crate::$type {
                document_code: owned.code.clone(),
                issuing_country: owned.issuer.clone(),
                document_number: owned.number.clone(),
                surname,
                given_names,
                nationality: owned.nationality.clone(),
                date_of_birth: date(owned.birth),
                sex,
                date_of_expiry: date(owned.expiry),
                $($more: $value),*
            }
        };
    }
    match owned.format {
        Format::Td1 => mrz_crate::format_td1(&fields!(Td1Fields {
            optional_data_1: optional(&owned.optional_1),
            optional_data_2: optional(&owned.optional_2)
        })),
        Format::Td2 => mrz_crate::format_td2(&fields!(Td2Fields { optional_data: optional(&owned.optional_1) })),
        Format::Td3 => mrz_crate::format_td3(&fields!(Td3Fields { personal_number: optional(&owned.personal) })),
        Format::MrvA => mrz_crate::format_mrv_a(&fields!(MrvAFields { optional_data: optional(&owned.optional_1) })),
        _ => mrz_crate::format_mrv_b(&fields!(MrvBFields { optional_data: optional(&owned.optional_1) })),
    }
}

fn theirs_read(format: Format, lines: &[&str]) -> Result<mrz_crate::MrzData, mrz_crate::MrzError> {
    match format {
        Format::Td1 => mrz_crate::parse_td1(lines[0], lines[1], lines[2]),
        Format::Td2 => mrz_crate::parse_td2(lines[0], lines[1]),
        Format::Td3 => mrz_crate::parse_td3(lines[0], lines[1]),
        Format::MrvA => mrz_crate::parse_mrv_a(lines[0], lines[1]),
        _ => mrz_crate::parse_mrv_b(lines[0], lines[1]),
    }
}

#[test]
fn a_hundred_thousand_zones_beside_the_mrz_crate() {
    let mut numbers = Numbers(SEED);
    let mut reasons: BTreeMap<Reason, u64> = BTreeMap::new();
    let (mut both, mut written) = (0, 0);
    for zone in 0..ZONES {
        let owned = numbers.record();
        let ours = owned.with(mrz::emit);
        let by_them = theirs_written(&owned);
        // Where nothing is left to an issuer, both write the same.
        let fits = {
            let room = match owned.format {
                Format::Td1 => 30,
                Format::Td2 | Format::MrvB => 31,
                _ => 39,
            };
            let joined = owned.primary.join("<").len() + 2 + owned.secondary.join("<").len();
            joined <= room && (owned.format != Format::Td3 || !owned.personal.is_empty())
        };
        if let Ok(ours) = &ours
            && fits
        {
            assert_eq!(ours.to_text(), by_them, "zone {zone}");
            written += 1;
        }
        let mut text = match ours {
            Ok(ours) if zone % 2 == 0 => ours.to_text(),
            _ => by_them,
        };
        if zone % 3 != 0 {
            for _ in 0..=numbers.below(3) {
                let place = numbers.below(text.len());
                if text.as_bytes()[place] != b'\n' {
                    text.replace_range(place..=place, &char::from(numbers.of(ANY)).to_string());
                }
            }
        }
        let lines: Vec<&str> = text.lines().collect();
        match (mrz::parse(&text, today()), theirs_read(owned.format, &lines)) {
            (Ok(ours), Ok(theirs)) if ours.format() == owned.format => {
                both += 1;
                compare(&ours, &theirs, &mut |reason| *reasons.entry(reason).or_default() += 1);
            }
            (Err(MrzError::UnknownDocumentCode), Ok(_)) if text.as_bytes()[1] == b'V' => {
                *reasons.entry(Reason::CardWithV).or_default() += 1;
            }
            (Err(MrzError::FrenchIdentityCard), _) => *reasons.entry(Reason::FrenchCard).or_default() += 1,
            (Ok(ours), Err(mrz_crate::MrzError::LeadingFiller { .. })) => {
                assert_eq!(ours.document_number(), None);
                *reasons.entry(Reason::LeadingFiller).or_default() += 1;
            }
            // Both refuse it; or the first letter makes it a zone of the other kind with these lengths.
            (Err(MrzError::UnknownDocumentCode), Err(mrz_crate::MrzError::BadDocumentCode(_))) => {}
            (Ok(ours), Err(mrz_crate::MrzError::BadDocumentCode(_))) if ours.format() != owned.format => {}
            (ours, theirs) => panic!("no reason: {ours:?} {theirs:?}\n{text}"),
        }
    }
    println!("{both} zones read by both, {written} written alike; {reasons:?}");
    assert!(both > 90_000 && written > 30_000, "{both} {written}");
}

/// Compares one reading with the other, field by field.
#[track_caller]
fn compare(ours: &Mrz, theirs: &mrz_crate::MrzData, reason: &mut impl FnMut(Reason)) {
    let zone = ours.zone().to_text();
    let same = |what: &str, ours: &str, theirs: &str| assert_eq!(ours, theirs, "no reason: {what}\n{zone}");
    let alike = |what: &str, ours: Option<bool>, theirs: Option<bool>| {
        assert_eq!(ours, theirs, "no reason: digit of {what}\n{zone}");
    };
    let problem = |field| ours.problems().iter().find(|(of, _)| *of == field).map(|(_, problem)| *problem);
    same("document code", ours.document_code(), &theirs.document_type);
    for (field, value, theirs) in [
        (Field::Issuer, ours.issuer(), &theirs.issuing_country),
        (Field::Nationality, ours.nationality(), &theirs.nationality),
    ] {
        if problem(field) == Some(FieldProblem::NotACode) {
            reason(Reason::NotACode);
        } else {
            same(field.code(), value.unwrap_or_default(), theirs);
        }
    }
    number(ours, theirs, reason, &same);
    names(ours, theirs, reason, &same);
    for (field, date, theirs) in [
        (Field::BirthDate, ours.birth_date(), theirs.date_of_birth),
        (Field::ExpiryDate, ours.expiry_date(), theirs.date_of_expiry),
    ] {
        use mrz_crate::MrzDate as Theirs;
        match (date, theirs) {
            (None, Theirs::Malformed(_)) | (Some(MrzDate::Unknown), Theirs::Unknown) => {}
            (None, Theirs::OutOfCalendar(_)) => reason(Reason::NoSuchDay),
            (None, Theirs::PartiallyUnknown(_)) => reason(Reason::BrokenPart),
            (Some(MrzDate::Partial { .. }), Theirs::PartiallyUnknown(cells)) => {
                same(field.code(), &format!("{:<<6}", ours.text(field).unwrap_or_default()), cells.as_str());
            }
            (Some(MrzDate::Full(date)), Theirs::Calendar(day) | Theirs::OutOfCalendar(day)) => {
                let years = i32::from(date.year()) - day.year;
                match (field, years) {
                    (_, 0) => same(field.code(), &date.to_string(), &theirs.to_string()),
                    (Field::BirthDate, -100) if day.year == 2026 => reason(Reason::BornLater),
                    (Field::ExpiryDate, -100) if date.year() > 1976 => reason(Reason::ExpiryCentury),
                    _ => panic!("no reason: {} {years}\n{zone}", field.code()),
                }
            }
            (date, theirs) => panic!("no reason: {} {date:?} {theirs:?}\n{zone}", field.code()),
        }
    }
    match (ours.sex(), theirs.sex) {
        (None, mrz_crate::Sex::NonConformant(_)) => reason(Reason::NotASex),
        (Some(Sex::Unspecified), mrz_crate::Sex::NonConformant('X')) => reason(Reason::SexX),
        (Some(Sex::Female), mrz_crate::Sex::Female)
        | (Some(Sex::Male), mrz_crate::Sex::Male)
        | (Some(Sex::Unspecified), mrz_crate::Sex::Unspecified) => {}
        (ours, theirs) => panic!("no reason: {ours:?} {theirs:?}"),
    }
    let passes = |check| ours.check(check).map(|outcome| outcome != Outcome::Fail);
    for (check, theirs) in [
        (Check::BirthDate, theirs.checks.date_of_birth),
        (Check::ExpiryDate, theirs.checks.date_of_expiry),
        (Check::PersonalNumber, theirs.checks.personal_number),
        (Check::Composite, theirs.checks.composite),
    ] {
        if passes(check) == Some(false) && theirs == Some(true) && filler_for_digit(ours, check) {
            reason(Reason::FillerForZero);
        } else {
            alike(check.code(), passes(check), theirs);
        }
    }
    same(
        "more data",
        ours.text(Field::Optional2).unwrap_or_default(),
        theirs.optional_data_2.as_deref().unwrap_or_default(),
    );
}

fn number(ours: &Mrz, theirs: &mrz_crate::MrzData, reason: &mut impl FnMut(Reason), same: &impl Fn(&str, &str, &str)) {
    let whole = theirs.document_number_full.as_deref().unwrap_or(&theirs.document_number);
    let passes = ours.check(Check::DocumentNumber).map(|outcome| outcome == Outcome::Pass);
    if theirs.document_number_full.is_some() && !ours.document_number_is_long() {
        if ours.format() == Format::Td3 {
            return reason(Reason::LongPassportNumber);
        }
        assert!(theirs.document_number.len() < 9, "no reason: {ours:?}");
        return reason(Reason::EightCharacters);
    }
    same("document number", ours.document_number().unwrap_or_default(), whole);
    let optional = ours.text(Field::Optional1).or(ours.text(Field::PersonalNumber)).unwrap_or_default();
    same("optional data", optional, theirs.optional_data_1.as_deref().unwrap_or_default());
    if passes == Some(true) && theirs.checks.document_number == Some(false) && ours.document_number_is_long() {
        reason(Reason::FillerCounted);
    } else if passes == Some(false)
        && theirs.checks.document_number == Some(true)
        && filler_for_digit(ours, Check::DocumentNumber)
    {
        reason(Reason::FillerForZero);
    } else {
        assert_eq!(passes, theirs.checks.document_number, "no reason: digit of the number\n{}", ours.zone().to_text());
    }
}

fn filler_for_digit(ours: &Mrz, check: Check) -> bool {
    let digit = ours.checks().iter().find(|digit| digit.check() == check).expect("the format has it");
    let (line, column) = digit.place();
    ours.zone().lines()[line - 1].as_bytes()[column - 1] == b'<'
}

fn names(ours: &Mrz, theirs: &mrz_crate::MrzData, reason: &mut impl FnMut(Reason), same: &impl Fn(&str, &str, &str)) {
    let Some(name) = ours.name() else {
        return reason(Reason::NotAName);
    };
    let (primary, secondary) = (name.primary().join(" "), name.secondary().join(" "));
    if name.single() && name.primary().len() > 1 {
        same("single name", &primary, &format!("{} {}", theirs.surname, theirs.given_names));
        return reason(Reason::SingleName);
    }
    same("surname", &primary, &theirs.surname);
    same("given names", &secondary, &theirs.given_names);
}
