//! The same bytes on every machine. The numbers below came from the profiles dev and release, which agree; they are no
//! judgement on the pictures. Whoever changes a picture on purpose changes them.

use gatepass_synth::{
    capture::{Profile, Shot, shoot},
    document::{Kind, Side, render_at},
    encode,
    fonts::Fonts,
};

/// FNV-1a.
fn print(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |print, byte| (print ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Of the typefaces that the numbers were made with: Debian 12's.
const FACES: u64 = 0x4e0b_1210_b7ba_7779;

#[test]
fn pictures_are_the_same_on_this_machine() {
    let fonts = Fonts::debian().expect("the typefaces are installed");
    if fonts.print() != FACES {
        // Other releases of the typefaces draw other outlines: nothing to compare with.
        return;
    }
    let known = [
        (Kind::Passport, Side::Front, 0xb57f_77c3_8857_b3eb),
        (Kind::Licence, Side::Back, 0x7aa8_4161_8514_d959),
        (Kind::Permit, Side::Front, 0x98dc_fe6b_9496_9ddd_u64),
    ];
    let found: Vec<u64> = known
        .iter()
        .map(|&(kind, side, _)| {
            let sheet = render_at(&fonts, 17, kind, side, 6.0);
            let mut shot = Shot::draw(23, Profile::Wild, &sheet);
            (shot.width, shot.height, shot.across) = (480, 360, 300.0);
            let frame = shoot(&sheet, &shot);
            print(&frame.raster.rgb) ^ print(&encode::jpeg(&frame.raster, 80))
        })
        .collect();
    assert_eq!(found, known.map(|(_, _, bytes)| bytes), "{found:x?}");
}
