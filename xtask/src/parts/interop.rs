//! Our codes against programs that no one here wrote.

use anyhow::Result;

use super::{Part, Sheet};
use crate::{
    tools::{NpmFolder, Tool},
    workspace::cargo,
};

pub(super) const PART: Part = Part {
    name: "interop",
    about: "100,000 random codes against totp-rs, pyotp, npm otpauth and oathtool",
    needs: &[Tool::Oathtool, Tool::Python, Tool::Npm(NpmFolder::Interop)],
    run,
};

fn run(sheet: &mut Sheet<'_>) -> Result<()> {
    sheet.libtest(
        "other programs agree",
        cargo(&["test", "--package", "gatepass-tests", "--test", "*", "--no-fail-fast"]),
    )?;
    Ok(())
}
