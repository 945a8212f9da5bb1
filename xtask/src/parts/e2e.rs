//! The whole way through real browsers.

use std::{fs, time::Duration};

use anyhow::Result;
use gatepass_tests::services::Postgres;

use super::{Part, Sheet};
use crate::{
    artefacts,
    counts::playwright,
    tools::{NpmFolder, Tool},
    workspace::command,
};

pub(super) const CHROMIUM: Part = Part {
    name: "e2e",
    about: "from registering to a permit in Chromium, with a camera film, on both databases",
    needs: &[
        Tool::WasmTarget,
        Tool::WasmBindgen,
        Tool::Chromium,
        Tool::Postgres,
        Tool::Oathtool,
        Tool::Zbar,
        Tool::Python,
        Tool::Npm(NpmFolder::Wasm),
        Tool::Npm(NpmFolder::Page),
        Tool::Npm(NpmFolder::EndToEnd),
    ],
    run: |sheet| run(sheet, "chromium"),
};

pub(super) const FIREFOX: Part = Part {
    name: "e2e-firefox",
    about: "the same without a camera film in Firefox",
    needs: &[
        Tool::WasmTarget,
        Tool::WasmBindgen,
        Tool::Firefox,
        Tool::Postgres,
        Tool::Npm(NpmFolder::Wasm),
        Tool::Npm(NpmFolder::Page),
        Tool::Npm(NpmFolder::EndToEnd),
    ],
    run: |sheet| run(sheet, "firefox"),
};

fn run(sheet: &mut Sheet<'_>, project: &str) -> Result<()> {
    let page = artefacts::page(sheet.say, Some(sheet.log()));
    if sheet.step("page", page).is_none() {
        return Ok(());
    }
    let portal = artefacts::portal(sheet.say, Some(sheet.log()), false);
    let Some(portal) = sheet.step("portal", portal) else { return Ok(()) };
    let Some(cluster) = sheet.step("PostgreSQL for the run", Postgres::start().map_err(Into::into)) else {
        return Ok(());
    };

    let report = sheet.beside("json");
    let _ = fs::remove_file(&report);
    let mut test = command("npx");
    test.args(["playwright", "test", "--project", project, "--reporter=list,json"])
        .current_dir(NpmFolder::EndToEnd.folder());
    test.env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report).env("GATEPASS_BIN", portal).env(Postgres::VARIABLE, cluster.url());
    sheet.counted_within(&format!("Playwright, {project}"), test, Duration::from_secs(30 * 60), |_| {
        playwright(&report).ok()
    })?;
    Ok(())
}
