//! Draws a text as a QR code in the terminal: two modules per character, light on dark terminals too.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use gatepass_core::qr::{EcLevel, encode};

const QUIET: usize = 2;

fn main() {
    let text = std::env::args().nth(1).expect("the text to draw is the only argument");
    let matrix = encode(&text, EcLevel::Medium).expect("the text fits into a QR code");
    let side = matrix.size();
    let dark = |x: usize, y: usize| {
        let inside = (QUIET..side + QUIET).contains(&x) && (QUIET..side + QUIET).contains(&y);
        inside && matrix.dark(x - QUIET, y - QUIET)
    };
    for y in (0..side + 2 * QUIET).step_by(2) {
        // Black on white by escape codes: a scanner must not depend on the terminal's own colours.
        let row: String = (0..side + 2 * QUIET)
            .map(|x| match (dark(x, y), dark(x, y + 1)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            })
            .collect();
        println!("  \x1b[30;107m{row}\x1b[0m");
    }
}
