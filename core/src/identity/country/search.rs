use alloc::string::String;
use alloc::vec::Vec;

use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;

use super::Country;
use super::table::TABLE;

/// The longest query that is looked for, in characters.
pub const MAX_QUERY: usize = 64;

/// The countries that a person may mean by what was typed so far, best first: by the whole of a name or code, by the
/// beginning of a name, of a word in it, by a part of it. Case and accents do not matter; English, Swedish and the
/// country's own names are looked through. Every country for an empty query, none for one beyond [`MAX_QUERY`].
///
/// ```
/// use gatepass_core::identity::country::search;
///
/// assert_eq!(search("sver")[0].alpha2(), "SE");
/// assert_eq!(search("osterrike")[0].alpha2(), "AT");
/// assert_eq!(search("Ελλ")[0].alpha2(), "GR");
/// ```
#[must_use]
pub fn search(query: &str) -> Vec<Country> {
    if query.chars().nth(MAX_QUERY).is_some() {
        return Vec::new();
    }
    let query = plain(query);
    let mut found: Vec<(Rank, Country)> =
        Country::all().filter_map(|country| rank(country, &query).map(|rank| (rank, country))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, country)| country).collect()
}

/// How well a country answers, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Whole,
    Beginning,
    Word,
    Part,
}

fn rank(country: Country, query: &str) -> Option<Rank> {
    let row = TABLE.get(usize::from(country.0))?;
    let codes = [row.alpha2, row.alpha3];
    let names = [row.english, row.swedish];
    let names = names.iter().chain(row.own).chain(row.also);
    let of_name = |name: &&str| {
        let name = plain(name);
        if name == query {
            Some(Rank::Whole)
        } else if name.starts_with(query) {
            Some(Rank::Beginning)
        } else if name.match_indices(query).any(|(at, _)| name.get(..at).is_some_and(|before| before.ends_with(' '))) {
            Some(Rank::Word)
        } else {
            name.contains(query).then_some(Rank::Part)
        }
    };
    let code = codes.iter().any(|code| code.eq_ignore_ascii_case(query)).then_some(Rank::Whole);
    names.filter_map(of_name).chain(code).min()
}

/// Small letters without marks; everything else is one space.
fn plain(text: &str) -> String {
    let classes = CanonicalCombiningClassMapBorrowed::new();
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
    let mut plain = String::with_capacity(text.len());
    for character in decomposed.chars().flat_map(char::to_lowercase) {
        match character {
            'ø' => plain.push('o'),
            'đ' | 'ð' => plain.push('d'),
            'ł' => plain.push('l'),
            'ı' => plain.push('i'),
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            // Joined, so that "Cote dIvoire" finds what is written with an apostrophe.
            '\'' | '’' | 'ʻ' | 'ʼ' => {}
            _ if classes.get_u8(character) != 0 => {}
            _ if character.is_alphanumeric() => plain.push(character),
            _ if plain.is_empty() || plain.ends_with(' ') => {}
            _ => plain.push(' '),
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_found_by_each_of_its_names_and_codes() {
        for country in Country::all() {
            let names = [country.english(), country.swedish(), country.alpha2(), country.alpha3()];
            for name in names.iter().chain(country.own_names()) {
                assert!(rank(country, &plain(name)) == Some(Rank::Whole), "{name}");
            }
        }
    }

    #[test]
    fn the_best_answer_comes_first() {
        let first = |query: &str| search(query).first().map(|country| country.alpha2());
        assert_eq!(first("se"), Some("SE"));
        assert_eq!(first("Sverige"), Some("SE"));
        assert_eq!(first("tysk"), Some("DE"));
        assert_eq!(first("deutsch"), Some("DE"));
        assert_eq!(first("suomi"), Some("FI"));
        assert_eq!(first("Kosove"), Some("XK"));
        assert_eq!(first("UK"), Some("GB"));
        assert_eq!(first("aland"), Some("AX"));
        assert_eq!(first("cote d'ivoire"), Some("CI"));
        assert_eq!(first("Cote dIvoire"), Some("CI"));
        assert_eq!(first("república checa"), None);
        assert_eq!(first("日本"), Some("JP"));
        assert_eq!(
            search("guinea").iter().map(|country| country.alpha2()).collect::<Vec<_>>(),
            ["GN", "GQ", "GW", "PG"]
        );
    }

    #[test]
    fn odd_queries_find_everything_or_nothing() {
        assert_eq!(search("").len(), 250);
        assert_eq!(search(" - ").len(), 250);
        assert!(search("x\u{0}\u{202E}qqq").is_empty());
        assert!(search(&"s".repeat(10_000)).is_empty());
    }
}
