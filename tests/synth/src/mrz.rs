//! Composes machine-readable zones (ICAO 9303-3 §4 and §6, 9303-4 §4.2, 9303-5 §4.2): a small emitter of this crate's own,
//! so that what is printed is not checked by the code that printed it.

use crate::people::Holder;

/// The specimen state of ICAO 9303.
pub const STATE: &str = "UTO";

/// TD3: two lines of 44, a passport's data page.
#[must_use]
pub fn td3(holder: &Holder) -> Vec<String> {
    let personal = filled("", 14);
    let (number, born, expires) = (filled(&holder.number, 9), holder.born.short(), holder.expires.short());
    let (number_check, born_check, expires_check) = (check(&number), check(&born), check(&expires));
    let personal_check = check(&personal);
    let all =
        check(&format!("{number}{number_check}{born}{born_check}{expires}{expires_check}{personal}{personal_check}"));
    vec![
        format!("P<{STATE}{}", name(holder, 39)),
        format!(
            "{number}{number_check}{STATE}{born}{born_check}{}{expires}{expires_check}{personal}{personal_check}{all}",
            sex(holder)
        ),
    ]
}

/// TD1: three lines of 30, the back of a card.
#[must_use]
pub fn td1(holder: &Holder) -> Vec<String> {
    let (number, born, expires) = (filled(&holder.number, 9), holder.born.short(), holder.expires.short());
    let (number_check, born_check, expires_check) = (check(&number), check(&born), check(&expires));
    let (optional, more) = (filled("", 15), filled("", 11));
    let all = check(&format!("{number}{number_check}{optional}{born}{born_check}{expires}{expires_check}{more}"));
    vec![
        format!("IR{STATE}{number}{number_check}{optional}"),
        format!("{born}{born_check}{}{expires}{expires_check}{STATE}{more}{all}", sex(holder)),
        name(holder, 30),
    ]
}

/// The check digit of a field: weights 7, 3, 1, modulo 10; A = 10 … Z = 35, `<` = 0 (ICAO 9303-3 §4.9).
#[must_use]
pub fn check(field: &str) -> char {
    let sum: u32 = field
        .bytes()
        .zip([7, 3, 1].iter().cycle())
        .map(|(letter, weight)| match letter {
            b'0'..=b'9' => u32::from(letter - b'0') * weight,
            b'A'..=b'Z' => (u32::from(letter - b'A') + 10) * weight,
            _ => 0,
        })
        .sum();
    char::from(b'0' + (sum % 10) as u8)
}

/// Letters of the zone for a name as printed; the first of ICAO's recommended forms (9303-3 §6, table A).
#[must_use]
pub fn letters(name: &str) -> String {
    let mut zone = String::new();
    for letter in name.chars().flat_map(char::to_uppercase) {
        match letter {
            'A'..='Z' => zone.push(letter),
            ' ' | '-' => zone.push('<'),
            '’' | '\'' => {}
            'Á' | 'À' | 'Â' | 'Ã' | 'Ă' | 'Ą' | 'Ā' => zone.push('A'),
            'Å' => zone.push_str("AA"),
            'Ä' | 'Æ' => zone.push_str("AE"),
            'Ç' | 'Ć' | 'Č' | 'Ċ' => zone.push('C'),
            'Ď' | 'Đ' | 'Ð' => zone.push('D'),
            'É' | 'È' | 'Ê' | 'Ë' | 'Ě' | 'Ę' | 'Ė' | 'Ē' => zone.push('E'),
            'Ğ' | 'Ģ' | 'Ġ' => zone.push('G'),
            'Ħ' => zone.push('H'),
            'Í' | 'Ì' | 'Î' | 'Ï' | 'İ' | 'Ī' | 'Į' => zone.push('I'),
            'Ķ' => zone.push('K'),
            'Ł' | 'Ľ' | 'Ļ' | 'Ĺ' => zone.push('L'),
            'Ñ' | 'Ń' | 'Ň' | 'Ņ' => zone.push('N'),
            'Ö' | 'Ø' | 'Œ' => zone.push_str("OE"),
            'Ó' | 'Ò' | 'Ô' | 'Õ' | 'Ő' | 'Ō' => zone.push('O'),
            'Ř' | 'Ŕ' => zone.push('R'),
            'Ś' | 'Š' | 'Ş' | 'Ș' => zone.push('S'),
            'ẞ' | 'ß' => zone.push_str("SS"),
            'Ť' | 'Ț' | 'Ţ' => zone.push('T'),
            'Ü' => zone.push_str("UE"),
            'Ú' | 'Ù' | 'Û' | 'Ű' | 'Ū' | 'Ų' => zone.push('U'),
            'Ý' => zone.push('Y'),
            'Ź' | 'Ž' | 'Ż' => zone.push('Z'),
            'Þ' => zone.push_str("TH"),
            // A letter of our own lists without a rule is our mistake, which a test finds.
            _ => zone.push('?'),
        }
    }
    zone
}

fn name(holder: &Holder, length: usize) -> String {
    let (surname, given) = (letters(&holder.surname), letters(&holder.given));
    // Both must appear: where the field is too short, given names give way first, but keep their first letter.
    let room = length.saturating_sub(surname.len() + 2).max(1);
    let surname = &surname[..surname.len().min(length - 3)];
    filled(&format!("{surname}<<{}", &given[..given.len().min(room)]), length)
}

fn sex(holder: &Holder) -> char {
    if holder.sex == 'X' { '<' } else { holder.sex }
}

fn filled(text: &str, length: usize) -> String {
    let mut field: String = text.chars().take(length).collect();
    field.extend(std::iter::repeat_n('<', length - field.len()));
    field
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        people::{Day, GIVEN, SURNAMES},
        rng::Rng,
    };

    fn eriksson() -> Holder {
        Holder {
            surname: "Eriksson".to_owned(),
            given: "Anna Maria".to_owned(),
            sex: 'F',
            born: Day { year: 1974, month: 8, day: 12 },
            place: "Zenith".to_owned(),
            number: "L898902C3".to_owned(),
            issued: Day { year: 2007, month: 4, day: 16 },
            expires: Day { year: 2012, month: 4, day: 15 },
        }
    }

    #[test]
    fn digits_are_those_of_the_specimen_in_icao_9303_4() {
        // The specimen's second line is L898902C36UTO7408122F1204159ZE184226B<<<<<10; ours has no personal number.
        let zone = td3(&eriksson());
        assert_eq!(zone[0], "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<");
        assert_eq!(&zone[1][..28], "L898902C36UTO7408122F1204159");
        assert_eq!(check("ZE184226B<<<<<"), '1');
        assert_eq!(check("L898902C3674081221204159ZE184226B<<<<<1"), '0');
        // 9303-5: the composite digit of I<UTOD231458907 / 7408122F1204159UTO is 6.
        assert_eq!(check("D231458907<<<<<<<<<<<<<<<74081221204159<<<<<<<<<<<"), '6');
    }

    #[test]
    fn every_name_of_the_lists_fits_and_uses_the_zone_s_letters_only() {
        for surname in SURNAMES {
            for given in GIVEN {
                let mut holder = eriksson();
                holder.surname = (*surname).to_owned();
                holder.given = (*given).to_owned();
                for (zone, length) in [(td3(&holder), 44), (td1(&holder), 30)] {
                    for line in zone {
                        assert_eq!(line.len(), length, "{line}");
                        assert!(
                            line.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'<'),
                            "{line}"
                        );
                        assert!(line.len() < 30 || !line.contains('?'));
                    }
                }
            }
        }
        let _ = Holder::draw(&mut Rng::new(1));
    }
}
