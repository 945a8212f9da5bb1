//! Every rule, natively.

use anyhow::Result;

use super::{Part, Sheet};
use crate::{tools::Tool, workspace::cargo};

pub(super) const PART: Part = Part {
    name: "core",
    about: "the core's unit, vector and property tests, with every feature and with none; shared test code; xtask itself",
    needs: &[Tool::Postgres, Tool::Python, Tool::Fonts],
    run,
};

fn run(sheet: &mut Sheet<'_>) -> Result<()> {
    sheet.libtest("core", cargo(&["test", "--package", "gatepass-core", "--all-features", "--no-fail-fast"]))?;
    sheet.check(
        "core without standard library",
        cargo(&["check", "--package", "gatepass-core", "--no-default-features", "--lib"]),
    )?;
    sheet.libtest("shared test code", cargo(&["test", "--package", "gatepass-tests", "--lib"]))?;
    sheet.libtest("xtask", cargo(&["test", "--package", "xtask", "--bins"]))?;
    Ok(())
}
