//! The pictures that the image gates are measured on.

use anyhow::Result;

use super::{Part, Sheet};
use crate::{tools::Tool, workspace::cargo};

pub(super) const PART: Part = Part {
    name: "synth",
    about: "specimen documents and photographs of them: their truth, their zones, the same bytes from the same seed",
    needs: &[Tool::Fonts],
    run,
};

fn run(sheet: &mut Sheet<'_>) -> Result<()> {
    sheet.libtest("synthetic documents", cargo(&["test", "--package", "gatepass-synth", "--no-fail-fast"]))?;
    sheet.libtest("how the gates are measured", cargo(&["test", "--package", "gatepass-gates", "--no-fail-fast"]))?;
    Ok(())
}
