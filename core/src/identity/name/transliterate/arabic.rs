//! ICAO Doc 9303-3, eighth edition (2021), §6 table C, with the alternatives that appendix B asks a search to know.

/// How the letters of table C are written in the zone.
pub(super) enum Arabic {
    /// One of these forms.
    Forms(&'static [&'static str]),
    /// One of these forms, which may stand doubled: a shadda is optional in the name and in the zone (B.5.5.11).
    Consonant(&'static [&'static str]),
    /// Not encoded.
    Nothing,
}

/// The sign that doubles the letter before it.
pub(super) const SHADDA: char = '\u{651}';

pub(super) fn arabic(letter: char) -> Option<Arabic> {
    let forms: &[&str] = match letter {
        '\u{640}' | '\u{64B}'..='\u{650}' | '\u{652}' | '\u{670}' | '\u{69C}' | '\u{6A2}' | '\u{6A7}' | '\u{6A8}' => {
            return Some(Arabic::Nothing);
        }
        '\u{621}' => return Some(Arabic::Forms(&["XE"])),
        '\u{622}' => return Some(Arabic::Forms(&["XAA"])),
        '\u{623}' => return Some(Arabic::Forms(&["XAE"])),
        '\u{624}' => return Some(Arabic::Forms(&["U"])),
        '\u{625}' => return Some(Arabic::Forms(&["I"])),
        '\u{626}' => return Some(Arabic::Forms(&["XI"])),
        '\u{627}' => return Some(Arabic::Forms(&["A"])),
        // XAH at the end of a word, XTA elsewhere; a search knows both (B.5.5.6).
        '\u{629}' => return Some(Arabic::Forms(&["XAH", "XTA"])),
        '\u{649}' => return Some(Arabic::Forms(&["XAY"])),
        '\u{671}' => return Some(Arabic::Forms(&["XXA"])),
        '\u{628}' => &["B"],
        '\u{62A}' => &["T"],
        '\u{62B}' => &["XTH"],
        '\u{62C}' => &["J"],
        '\u{62D}' => &["XH"],
        '\u{62E}' => &["XKH"],
        '\u{62F}' => &["D"],
        '\u{630}' => &["XDH"],
        '\u{631}' => &["R"],
        '\u{632}' => &["Z"],
        '\u{633}' => &["S"],
        '\u{634}' => &["XSH"],
        '\u{635}' => &["XSS"],
        '\u{636}' => &["XDZ"],
        '\u{637}' => &["XTT"],
        '\u{638}' => &["XZZ"],
        '\u{639}' => &["E"],
        '\u{63A}' => &["G"],
        '\u{641}' => &["F"],
        '\u{642}' => &["Q"],
        '\u{643}' => &["K"],
        '\u{644}' => &["L"],
        '\u{645}' => &["M"],
        '\u{646}' => &["N"],
        '\u{647}' => &["H"],
        '\u{648}' => &["W"],
        '\u{64A}' | '\u{6D0}' => &["Y"],
        '\u{679}' => &["XXT"],
        '\u{67C}' => &["XRT"],
        '\u{67E}' => &["P"],
        '\u{681}' => &["XKE"],
        '\u{685}' => &["XXH"],
        '\u{686}' => &["XC"],
        '\u{688}' => &["XXD"],
        '\u{689}' => &["XDR"],
        '\u{691}' => &["XXR"],
        '\u{693}' => &["XRR"],
        '\u{696}' => &["XRX"],
        '\u{698}' => &["XJ"],
        '\u{69A}' => &["XXS"],
        // For foreign names, B.5.4.
        '\u{6A4}' => &["V"],
        '\u{6A5}' => &["XF"],
        '\u{6A9}' => &["XKK"],
        '\u{6AB}' => &["XXK"],
        '\u{6AD}' => &["XNG"],
        '\u{6AF}' => &["XGG"],
        '\u{6BA}' => &["XNN"],
        '\u{6BC}' => &["XXN"],
        '\u{6BE}' => &["XDO"],
        '\u{6C0}' => &["XYH"],
        '\u{6C1}' => &["XXG"],
        '\u{6C2}' => &["XGE"],
        '\u{6C3}' => &["XTG"],
        // Farsi yeh works as yeh and looks like alef maksura at a word's end (B.5.6, note 4).
        '\u{6CC}' => &["XYA", "Y", "XAY"],
        '\u{6CD}' => &["XXY"],
        '\u{6D2}' => &["XYB"],
        '\u{6D3}' => &["XBE"],
        _ => return None,
    };
    Some(Arabic::Consonant(forms))
}
