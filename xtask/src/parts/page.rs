//! The page's own tests, in Node and in a browser, and that it builds.

use std::fs;

use anyhow::Result;

use super::{Part, Sheet};
use crate::{
    artefacts,
    counts::vitest,
    tools::{NpmFolder, Tool},
    workspace::command,
};

pub(super) const PART: Part = Part {
    name: "page",
    about: "the page's tests in Node and in Chromium, and its build",
    needs: &[
        Tool::WasmTarget,
        Tool::WasmBindgen,
        Tool::Chromium,
        Tool::Npm(NpmFolder::Wasm),
        Tool::Npm(NpmFolder::Page),
    ],
    run,
};

fn run(sheet: &mut Sheet<'_>) -> Result<()> {
    let built = artefacts::page(sheet.say, Some(sheet.log()));
    let passed = built.is_ok();
    let text = built.as_ref().map_or_else(|why| format!("{why:#}"), |()| "web-demo/page/dist".to_owned());
    sheet.judge("build", passed, &text);

    for (name, config) in [("vitest", "vite.config.ts"), ("vitest in Chromium", "vitest.browser.config.ts")] {
        let report = sheet.beside("json");
        let _ = fs::remove_file(&report);
        let mut test = command("npx");
        test.args(["vitest", "run", "--config", config, "--reporter=default", "--reporter=json"]);
        test.arg(format!("--outputFile.json={}", report.display())).current_dir(NpmFolder::Page.folder());
        sheet.counted(name, test, |_| vitest(&report).ok())?;
    }
    Ok(())
}
