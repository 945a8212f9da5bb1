//! ICAO Doc 9303-3, eighth edition (2021), §6 table B, by the Unicode column: the column of glyphs has three slips
//! (U+0402 shows Ћ, U+040E a small letter, U+0474 the Latin V).

/// Whose column of table B a name is read by. A name is of one language: letters of one name are never read by two
/// columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// The table without its exceptions, which is Russian.
    #[default]
    Russian,
    /// "Belorussian" in the table.
    Belarusian,
    /// Щ is SHT.
    Bulgarian,
    /// Ж, Х, Ц, Ч, Ш lose their second letter.
    Serbian,
    /// И is Y, Г is H, and five letters differ at the beginning of a word.
    Ukrainian,
    /// "The language spoken in the former Yugoslav Republic of Macedonia" in the table.
    Macedonian,
}

impl Language {
    /// Every language with a column of its own.
    pub const ALL: &[Self] =
        &[Self::Russian, Self::Belarusian, Self::Bulgarian, Self::Serbian, Self::Ukrainian, Self::Macedonian];

    /// The ISO 639-1 code: `ru`, `be`, `bg`, `sr`, `uk`, `mk`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Russian => "ru",
            Self::Belarusian => "be",
            Self::Bulgarian => "bg",
            Self::Serbian => "sr",
            Self::Ukrainian => "uk",
            Self::Macedonian => "mk",
        }
    }
}

/// The forms of a capital Cyrillic letter; `first`: it begins a word.
pub(super) fn forms(letter: char, language: Language, first: bool) -> Option<&'static [&'static str]> {
    use Language::{Belarusian, Bulgarian, Macedonian, Serbian, Ukrainian};
    let first_ukrainian = first && language == Ukrainian;
    Some(match letter {
        'Ё' if language == Belarusian => &["IO"],
        'Ё' | 'Е' | 'Э' => &["E"],
        'Ђ' | 'Д' => &["D"],
        'Є' if first_ukrainian => &["YE"],
        'Є' | 'Ъ' => &["IE"],
        'Ѕ' => &["DZ"],
        'Џ' if language == Macedonian => &["DJ"],
        'Џ' => &["DZ"],
        'Ї' if first_ukrainian => &["YI"],
        'Й' if first_ukrainian => &["Y"],
        'И' if language == Ukrainian => &["Y"],
        'І' | 'Ї' | 'Й' | 'И' => &["I"],
        'Ј' => &["J"],
        'Љ' => &["LJ"],
        'Њ' => &["NJ"],
        'Ќ' if language == Macedonian => &["KJ"],
        'Ќ' | 'К' => &["K"],
        'Ў' | 'У' | 'Ѫ' => &["U"],
        'А' => &["A"],
        'Б' => &["B"],
        'В' => &["V"],
        // The table says H for Serbian too. Serbian in Latin letters, which is what its passports show, has G.
        'Г' if language == Serbian => &["H", "G"],
        'Г' if matches!(language, Belarusian | Ukrainian) => &["H"],
        'Г' | 'Ґ' => &["G"],
        'Ғ' if language == Macedonian => &["GJ"],
        'Ғ' => &["G"],
        // Not in the table, which gives GJ to U+0492: the sixth edition had it here.
        'Ѓ' => &["GJ"],
        'Ж' if language == Serbian => &["Z"],
        'Ж' => &["ZH"],
        'З' => &["Z"],
        'Л' => &["L"],
        'М' => &["M"],
        'Н' => &["N"],
        'О' => &["O"],
        'П' => &["P"],
        'Р' => &["R"],
        'С' => &["S"],
        'Т' => &["T"],
        'Ф' => &["F"],
        'Х' if matches!(language, Serbian | Macedonian) => &["H"],
        'Х' => &["KH"],
        'Ц' if matches!(language, Serbian | Macedonian) => &["C"],
        'Ц' => &["TS"],
        'Ч' if language == Serbian => &["C"],
        'Ч' => &["CH"],
        'Ш' if language == Serbian => &["S"],
        'Ш' => &["SH"],
        'Щ' if language == Bulgarian => &["SHT"],
        'Щ' => &["SHCH"],
        'Ы' | 'Ѵ' => &["Y"],
        'Ю' if first_ukrainian => &["YU"],
        'Ю' => &["IU"],
        'Я' if first_ukrainian => &["YA"],
        'Я' => &["IA"],
        'Һ' => &["C"],
        // Not in the table, whose row for U+0402 shows its glyph: the sixth edition had C for Serbian.
        'Ћ' => &["C"],
        // Not in the table: the sixth edition left it out of the zone.
        'Ь' => &[""],
        _ => return None,
    })
}
