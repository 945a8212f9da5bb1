//! What a browser downloads, against the budgets.

use anyhow::Result;

use super::{Part, Sheet};
use crate::{artefacts, size};

pub(super) const PART: Part = Part {
    name: "size",
    about: "what a browser downloads stays within the budgets",
    needs: artefacts::PAGE_NEEDS,
    run,
};

fn run(sheet: &mut Sheet<'_>) -> Result<()> {
    let built = artefacts::page(sheet.say, Some(sheet.log()));
    if sheet.step("page", built).is_none() {
        return Ok(());
    }
    if let Some(measured) = sheet.step("measuring", size::measure()) {
        for size in measured {
            sheet.judge(&size.name, size.fits(), &size.to_string());
        }
    }
    Ok(())
}
