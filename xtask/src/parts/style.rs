//! Formatting, lints, types, documentation, licences.

use anyhow::Result;

use super::{Part, Sheet};
use crate::{
    artefacts,
    process::ask,
    tools::{NpmFolder, Tool},
    workspace::{cargo, command},
};

pub(super) const PART: Part = Part {
    name: "style",
    about: "rustfmt, clippy, rustdoc, Biome, svelte-check, tsc, licences",
    needs: &[
        Tool::Rustfmt,
        Tool::Clippy,
        Tool::WasmTarget,
        Tool::WasmBindgen,
        Tool::Npm(NpmFolder::Wasm),
        Tool::Npm(NpmFolder::Page),
        Tool::Npm(NpmFolder::EndToEnd),
    ],
    run,
};

fn run(sheet: &mut Sheet<'_>) -> Result<()> {
    sheet.check("rustfmt", cargo(&["fmt", "--all", "--check"]))?;
    // `embed-page` takes the built page into the program; the page's own check needs the package's types.
    let built = artefacts::page(sheet.say, Some(sheet.log()));
    if sheet.step("the page, for what holds it and what checks it", built).is_none() {
        return Ok(());
    }
    // With every feature, for what the portal does not use of the core is checked as well.
    let everything = ["clippy", "--workspace", "--all-targets", "--all-features", "--locked", "--", "-D", "warnings"];
    sheet.check("clippy", cargo(&everything))?;
    sheet.check(
        "clippy, WebAssembly",
        cargo(&[
            "clippy",
            "--package",
            "gatepass-wasm",
            "--all-targets",
            "--target",
            "wasm32-unknown-unknown",
            "--locked",
            "--",
            "-D",
            "warnings",
        ]),
    )?;
    let mut documentation =
        cargo(&["doc", "--workspace", "--all-features", "--no-deps", "--locked", "--document-private-items"]);
    documentation.env("RUSTDOCFLAGS", "-D warnings -A rustdoc::private_intra_doc_links");
    sheet.check("rustdoc", documentation)?;

    let mut npm = command("npm");
    npm.args(["run", "check"]).current_dir(NpmFolder::Page.folder());
    sheet.check("page: npm run check", npm)?;
    let mut biome = command(NpmFolder::Page.folder().join("node_modules/.bin/biome"));
    biome.args(["check", "--error-on-warnings"]);
    sheet.check("Biome: page, npm package, end-to-end tests", biome)?;

    let mut end_to_end = command("npm");
    end_to_end.args(["run", "check"]).current_dir(NpmFolder::EndToEnd.folder());
    sheet.check("end-to-end tests: npm run check", end_to_end)?;

    match ask(cargo(&["deny", "--version"])) {
        Some(_) => {
            // It reads .deny.toml by itself.
            let deny = cargo(&["deny", "--offline", "check", "licenses", "bans", "sources"]);
            sheet.check("licences and duplicate versions (cargo-deny)", deny)?;
        }
        None => sheet
            .note("licences and duplicate versions: cargo-deny is not installed here, so .deny.toml was not checked"),
    }
    Ok(())
}
