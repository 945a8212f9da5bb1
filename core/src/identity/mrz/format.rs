//! Where every format has its fields and its check digits. Reading, checking, repairing and writing go by this table.

use core::ops::Range;

/// A check digit: which one, where, over which cells, of which fields. A macro, because what a function is given does not
/// live for ever.
macro_rules! digit {
    ($check:expr, $at:expr, $over:expr, $fields:expr $(,)?) => {
        Digit { check: $check, at: $at, over: $over, fields: $fields }
    };
}

/// A layout of lines and fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Three lines of 30: cards such as residence permits, ICAO Doc 9303-5 §4.2.
    Td1,
    /// Two lines of 36: larger cards, ICAO Doc 9303-6 §4.2.
    Td2,
    /// Two lines of 44: passports, ICAO Doc 9303-4 §4.2.
    Td3,
    /// Two lines of 44: visas, ICAO Doc 9303-7 §4.2.
    MrvA,
    /// Two lines of 36: small visas, ICAO Doc 9303-7 §7.2.
    MrvB,
    /// One line of 30 that begins with `D1FRA`: the French driving licence since 2013. Its surname has eight letters
    /// and there is no given name. Fields and digits as `cheminfo/mrz` reads them.
    LicenceFra,
    /// Lines of 9, 30 and 30: the driving licence of Switzerland and Liechtenstein. It has the whole name and no check
    /// digit. Fields as `cheminfo/mrz` reads them.
    LicenceChe,
    /// One line of 30 that begins with `D1NLD`: the Dutch driving licence since 2014. It has no name, and one check
    /// digit over everything. Fields as `datacheckerbv/MRZParser` reads them.
    LicenceNld,
}

impl Format {
    /// Every format.
    pub const ALL: &[Self] = &[
        Self::Td1,
        Self::Td2,
        Self::Td3,
        Self::MrvA,
        Self::MrvB,
        Self::LicenceFra,
        Self::LicenceChe,
        Self::LicenceNld,
    ];

    /// The stable code, such as `td3` or `licence-fra`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Td1 => "td1",
            Self::Td2 => "td2",
            Self::Td3 => "td3",
            Self::MrvA => "mrv-a",
            Self::MrvB => "mrv-b",
            Self::LicenceFra => "licence-fra",
            Self::LicenceChe => "licence-che",
            Self::LicenceNld => "licence-nld",
        }
    }

    /// The format with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.code() == code)
    }

    /// How many characters each line has.
    #[must_use]
    pub fn line_lengths(self) -> &'static [usize] {
        match self {
            Self::Td1 => &[30, 30, 30],
            Self::Td2 | Self::MrvB => &[36, 36],
            Self::Td3 | Self::MrvA => &[44, 44],
            Self::LicenceFra | Self::LicenceNld => &[30],
            Self::LicenceChe => &[9, 30, 30],
        }
    }

    /// Whether the first character of a document code belongs to this format: `P` a passport (9303-4 §4.4), `V` a visa
    /// (9303-7), `A`, `C` or `I` a card (9303-5 and -6, note k), never with `V` after it.
    pub(super) fn has_code(self, code: &[u8]) -> bool {
        match (self, code) {
            (Self::Td3, [b'P', _]) | (Self::MrvA | Self::MrvB, [b'V', _]) => true,
            (Self::Td1 | Self::Td2, [b'A' | b'C' | b'I', second]) => *second != b'V',
            (Self::LicenceFra | Self::LicenceNld, code) => code == b"D1",
            (Self::LicenceChe, code) => code == b"FA",
            _ => false,
        }
    }

    /// Where a field is; `None` for one that the format does not have.
    pub(super) fn slot(self, field: Field) -> Option<Cells> {
        self.slots().iter().find(|(of, _)| *of == field).map(|&(_, cells)| cells)
    }

    pub(super) fn slots(self) -> &'static [(Field, Cells)] {
        use Field::*;
        match self {
            Self::Td1 => {
                const {
                    &[
                        (DocumentCode, cells(0, 1, 2)),
                        (Issuer, cells(0, 3, 5)),
                        (DocumentNumber, cells(0, 6, 14)),
                        (Optional1, cells(0, 16, 30)),
                        (BirthDate, cells(1, 1, 6)),
                        (Sex, cells(1, 8, 8)),
                        (ExpiryDate, cells(1, 9, 14)),
                        (Nationality, cells(1, 16, 18)),
                        (Optional2, cells(1, 19, 29)),
                        (Name, cells(2, 1, 30)),
                    ]
                }
            }
            Self::Td2 => {
                const {
                    &[
                        (DocumentCode, cells(0, 1, 2)),
                        (Issuer, cells(0, 3, 5)),
                        (Name, cells(0, 6, 36)),
                        (DocumentNumber, cells(1, 1, 9)),
                        (Nationality, cells(1, 11, 13)),
                        (BirthDate, cells(1, 14, 19)),
                        (Sex, cells(1, 21, 21)),
                        (ExpiryDate, cells(1, 22, 27)),
                        (Optional1, cells(1, 29, 35)),
                    ]
                }
            }
            Self::Td3 => {
                const {
                    &[
                        (DocumentCode, cells(0, 1, 2)),
                        (Issuer, cells(0, 3, 5)),
                        (Name, cells(0, 6, 44)),
                        (DocumentNumber, cells(1, 1, 9)),
                        (Nationality, cells(1, 11, 13)),
                        (BirthDate, cells(1, 14, 19)),
                        (Sex, cells(1, 21, 21)),
                        (ExpiryDate, cells(1, 22, 27)),
                        (PersonalNumber, cells(1, 29, 42)),
                    ]
                }
            }
            Self::MrvA => {
                const {
                    &[
                        (DocumentCode, cells(0, 1, 2)),
                        (Issuer, cells(0, 3, 5)),
                        (Name, cells(0, 6, 44)),
                        (DocumentNumber, cells(1, 1, 9)),
                        (Nationality, cells(1, 11, 13)),
                        (BirthDate, cells(1, 14, 19)),
                        (Sex, cells(1, 21, 21)),
                        (ExpiryDate, cells(1, 22, 27)),
                        (Optional1, cells(1, 29, 44)),
                    ]
                }
            }
            Self::MrvB => {
                const {
                    &[
                        (DocumentCode, cells(0, 1, 2)),
                        (Issuer, cells(0, 3, 5)),
                        (Name, cells(0, 6, 36)),
                        (DocumentNumber, cells(1, 1, 9)),
                        (Nationality, cells(1, 11, 13)),
                        (BirthDate, cells(1, 14, 19)),
                        (Sex, cells(1, 21, 21)),
                        (ExpiryDate, cells(1, 22, 27)),
                        (Optional1, cells(1, 29, 36)),
                    ]
                }
            }
            Self::LicenceFra => {
                const {
                    &[
                        (DocumentCode, cells(0, 1, 2)),
                        (Issuer, cells(0, 3, 5)),
                        (DocumentNumber, cells(0, 6, 14)),
                        (ExpiryDate, cells(0, 16, 21)),
                        (Name, cells(0, 22, 29)),
                    ]
                }
            }
            Self::LicenceChe => {
                const {
                    &[
                        (DocumentNumber, cells(0, 1, 9)),
                        (DocumentCode, cells(1, 1, 2)),
                        (Issuer, cells(1, 3, 5)),
                        (PersonalNumber, cells(1, 6, 14)),
                        (Optional1, cells(1, 15, 17)),
                        (BirthDate, cells(1, 20, 25)),
                        (Name, cells(2, 1, 30)),
                    ]
                }
            }
            Self::LicenceNld => {
                const {
                    &[
                        (DocumentCode, cells(0, 1, 2)),
                        (Issuer, cells(0, 3, 5)),
                        (DocumentNumber, cells(0, 7, 16)),
                        (Optional1, cells(0, 17, 29)),
                    ]
                }
            }
        }
    }

    /// Cells behind a field that are fillers on every document: of the Swiss licence, whose positions and forms are those of
    /// cheminfo/mrz's reader (`swissDrivingLicenseFields`).
    pub(super) fn fillers(self) -> &'static [(Field, Cells)] {
        match self {
            Self::LicenceChe => const { &[(Field::Optional1, cells(1, 18, 19)), (Field::BirthDate, cells(1, 26, 30))] },
            _ => &[],
        }
    }

    /// Whether these cells can be the document number of a licence whose numbers have one form: of the Dutch one ten digits; of
    /// the Swiss one three letters or digits, three digits, the letter of its language (German, French, Italian, Romansh) and
    /// two fillers.
    pub(super) fn is_number(self, cells: &str) -> bool {
        match (self, cells.as_bytes()) {
            (Self::LicenceNld, cells) => cells.iter().all(u8::is_ascii_digit),
            (Self::LicenceChe, [a, b, c, digits @ .., b'D' | b'F' | b'I' | b'R', b'<', b'<']) => {
                [a, b, c].iter().all(|cell| cell.is_ascii_alphanumeric()) && digits.iter().all(u8::is_ascii_digit)
            }
            (Self::LicenceChe, _) => false,
            _ => true,
        }
    }

    /// The check digits, in the order in which they are printed, but the composite one last.
    pub(super) fn digits(self) -> &'static [Digit] {
        use Field::*;
        match self {
            Self::Td1 => {
                const {
                    &[
                        digit!(Check::DocumentNumber, cells(0, 15, 15), &[cells(0, 6, 14)], &[DocumentNumber]),
                        digit!(Check::BirthDate, cells(1, 7, 7), &[cells(1, 1, 6)], &[BirthDate]),
                        digit!(Check::ExpiryDate, cells(1, 15, 15), &[cells(1, 9, 14)], &[ExpiryDate]),
                        digit!(
                            Check::Composite,
                            cells(1, 30, 30),
                            &[cells(0, 6, 30), cells(1, 1, 7), cells(1, 9, 15), cells(1, 19, 29)],
                            &[DocumentNumber, Optional1, BirthDate, ExpiryDate, Optional2],
                        ),
                    ]
                }
            }
            Self::Td2 => {
                const {
                    &[
                        digit!(Check::DocumentNumber, cells(1, 10, 10), &[cells(1, 1, 9)], &[DocumentNumber]),
                        digit!(Check::BirthDate, cells(1, 20, 20), &[cells(1, 14, 19)], &[BirthDate]),
                        digit!(Check::ExpiryDate, cells(1, 28, 28), &[cells(1, 22, 27)], &[ExpiryDate]),
                        digit!(
                            Check::Composite,
                            cells(1, 36, 36),
                            &[cells(1, 1, 10), cells(1, 14, 20), cells(1, 22, 35)],
                            &[DocumentNumber, BirthDate, ExpiryDate, Optional1],
                        ),
                    ]
                }
            }
            Self::Td3 => {
                const {
                    &[
                        digit!(Check::DocumentNumber, cells(1, 10, 10), &[cells(1, 1, 9)], &[DocumentNumber]),
                        digit!(Check::BirthDate, cells(1, 20, 20), &[cells(1, 14, 19)], &[BirthDate]),
                        digit!(Check::ExpiryDate, cells(1, 28, 28), &[cells(1, 22, 27)], &[ExpiryDate]),
                        digit!(Check::PersonalNumber, cells(1, 43, 43), &[cells(1, 29, 42)], &[PersonalNumber]),
                        digit!(
                            Check::Composite,
                            cells(1, 44, 44),
                            &[cells(1, 1, 10), cells(1, 14, 20), cells(1, 22, 43)],
                            &[DocumentNumber, BirthDate, ExpiryDate, PersonalNumber],
                        ),
                    ]
                }
            }
            Self::MrvA | Self::MrvB => {
                const {
                    &[
                        digit!(Check::DocumentNumber, cells(1, 10, 10), &[cells(1, 1, 9)], &[DocumentNumber]),
                        digit!(Check::BirthDate, cells(1, 20, 20), &[cells(1, 14, 19)], &[BirthDate]),
                        digit!(Check::ExpiryDate, cells(1, 28, 28), &[cells(1, 22, 27)], &[ExpiryDate]),
                    ]
                }
            }
            Self::LicenceFra => {
                const {
                    &[
                        digit!(
                            Check::DocumentNumber,
                            cells(0, 15, 15),
                            &[cells(0, 1, 14)],
                            &[DocumentCode, Issuer, DocumentNumber],
                        ),
                        digit!(
                            Check::Composite,
                            cells(0, 30, 30),
                            &[cells(0, 1, 29)],
                            &[DocumentCode, Issuer, DocumentNumber, ExpiryDate, Name],
                        ),
                    ]
                }
            }
            Self::LicenceChe => &[],
            Self::LicenceNld => {
                const {
                    &[digit!(
                        Check::Composite,
                        cells(0, 30, 30),
                        &[cells(0, 1, 29)],
                        &[DocumentCode, Issuer, DocumentNumber, Optional1],
                    )]
                }
            }
        }
    }

    /// Where a long document number goes on: TD1 and TD2 only (9303-5 and -6, note j).
    pub(super) fn overflow(self) -> Option<Cells> {
        matches!(self, Self::Td1 | Self::Td2).then(|| self.slot(Field::Optional1)).flatten()
    }
}

/// A field of a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// One or two characters for the type of document.
    DocumentCode,
    /// The code of the issuing state or organisation, up to three letters.
    Issuer,
    /// The document number.
    DocumentNumber,
    /// The code of the holder's nationality.
    Nationality,
    /// The date of birth.
    BirthDate,
    /// The sex.
    Sex,
    /// The last day on which the document is valid.
    ExpiryDate,
    /// The holder's name.
    Name,
    /// TD3: personal number or other data, with a check digit of its own. Swiss licence: the holder's number at the
    /// authority, nine digits.
    PersonalNumber,
    /// Data at the issuer's discretion. Swiss licence: the version, three digits. Dutch licence: thirteen characters
    /// that only serve as the key of its chip.
    Optional1,
    /// TD1: more data at the issuer's discretion, on the second line.
    Optional2,
}

impl Field {
    /// Every field.
    pub const ALL: &[Self] = &[
        Self::DocumentCode,
        Self::Issuer,
        Self::DocumentNumber,
        Self::Nationality,
        Self::BirthDate,
        Self::Sex,
        Self::ExpiryDate,
        Self::Name,
        Self::PersonalNumber,
        Self::Optional1,
        Self::Optional2,
    ];

    /// The stable code, such as `birth_date`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::DocumentCode => "document_code",
            Self::Issuer => "issuer",
            Self::DocumentNumber => "document_number",
            Self::Nationality => "nationality",
            Self::BirthDate => "birth_date",
            Self::Sex => "sex",
            Self::ExpiryDate => "expiry_date",
            Self::Name => "name",
            Self::PersonalNumber => "personal_number",
            Self::Optional1 => "optional_1",
            Self::Optional2 => "optional_2",
        }
    }
}

/// Which check digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// Of the document number.
    DocumentNumber,
    /// Of the date of birth.
    BirthDate,
    /// Of the date of expiry.
    ExpiryDate,
    /// Of the personal number, TD3 only.
    PersonalNumber,
    /// Of several fields together. It never covers the name, issuer, nationality or sex of an ICAO format.
    Composite,
}

impl Check {
    /// Every check digit.
    pub const ALL: &[Self] =
        &[Self::DocumentNumber, Self::BirthDate, Self::ExpiryDate, Self::PersonalNumber, Self::Composite];

    /// The stable code, such as `composite`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::DocumentNumber => "document_number",
            Self::BirthDate => "birth_date",
            Self::ExpiryDate => "expiry_date",
            Self::PersonalNumber => "personal_number",
            Self::Composite => "composite",
        }
    }
}

/// A check digit of a format.
pub(super) struct Digit {
    pub(super) check: Check,
    pub(super) at: Cells,
    /// What is summed up, in this order.
    pub(super) over: &'static [Cells],
    pub(super) fields: &'static [Field],
}

/// Neighbouring cells of one line, from 0, the end not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cells {
    pub(super) line: usize,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Cells {
    pub(super) fn range(self) -> Range<usize> {
        self.from..self.to
    }

    pub(super) fn len(self) -> usize {
        self.to - self.from
    }
}

/// The line from 0; the positions as the standard's tables print them, from 1 and both among them.
const fn cells(line: usize, first: usize, last: usize) -> Cells {
    Cells { line, from: first - 1, to: last }
}
