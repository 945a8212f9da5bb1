//! The same report bit for bit, native and in two browsers.

use anyhow::Result;

use super::{Part, Sheet};
use crate::{artefacts, golden};

pub(super) const PART: Part = Part {
    name: "golden",
    about: "reports on 552 frames and 4 films, bit for bit: native, Chromium, Firefox, the committed hashes",
    needs: golden::NEEDS,
    run,
};

fn run(sheet: &mut Sheet<'_>) -> Result<()> {
    let built = artefacts::wasm_package(sheet.say, Some(sheet.log()));
    if sheet.step("npm package", built).is_none() {
        return Ok(());
    }
    let ran = golden::some(sheet.say, sheet.log())?;
    let compared = golden::compared(&ran.stdout);
    if compared.len() != 3 {
        sheet.fail("comparison", &ran.tail(25));
    }
    for one in compared {
        let text = if one.equal { one.text } else { format!("{}\n{}", one.text, ran.tail(40)) };
        sheet.judge(&one.with, one.equal, &text);
    }
    Ok(())
}
