//! The portal on SQLite and on PostgreSQL.

use anyhow::Result;
use gatepass_tests::services::Postgres;

use super::{Part, Sheet};
use crate::{tools::Tool, workspace::cargo};

pub(super) const PART: Part = Part {
    name: "portal",
    about: "the portal's tests, each on SQLite and on PostgreSQL",
    needs: &[Tool::Postgres, Tool::Python, Tool::Oathtool, Tool::Fonts],
    run,
};

fn run(sheet: &mut Sheet<'_>) -> Result<()> {
    let Some(cluster) = sheet.step("PostgreSQL for the run", Postgres::start().map_err(Into::into)) else {
        return Ok(());
    };
    let mut test = cargo(&["test", "--package", "gatepass-portal", "--no-fail-fast"]);
    test.env(Postgres::VARIABLE, cluster.url());
    sheet.libtest("portal", test)?;
    Ok(())
}
