//! The npm package: in Node, as a customer installs it, and in three browsers.

use std::process::Command;

use anyhow::Result;

use super::{Part, Sheet};
use crate::{
    artefacts,
    counts::node_test,
    tools::{NpmFolder, Tool},
    workspace::{at, command, find, tools_bin},
};

pub(super) const PART: Part = Part {
    name: "wasm",
    about: "the npm package in Node, installed as a customer would, and in Chromium, Firefox and WebKit",
    needs: &[
        Tool::WasmTarget,
        Tool::WasmBindgen,
        Tool::WasmPack,
        Tool::Geckodriver,
        Tool::Chromium,
        Tool::Firefox,
        Tool::WebKit,
        Tool::Npm(NpmFolder::Wasm),
    ],
    run,
};

fn run(sheet: &mut Sheet<'_>) -> Result<()> {
    let built = artefacts::wasm_package(sheet.say, Some(sheet.log()));
    if sheet.step("npm package", built).is_some() {
        let mut npm = command("npm");
        npm.args(["test"]).current_dir(NpmFolder::Wasm.folder());
        sheet.counted("package in Node and as a customer installs it", npm, |ran| node_test(&ran.output))?;
    }

    let driver = |programs: &[&str]| find(programs).map(|file| file.display().to_string()).unwrap_or_default();
    let chromedriver = driver(&["chromedriver"]);
    sheet.libtest(
        "Chromium",
        wasm_pack(&["test", "--headless", "--mode", "no-install", "--chrome", "--chromedriver", &chromedriver]),
    )?;
    let geckodriver = tools_bin().join("geckodriver");
    let geckodriver = if geckodriver.is_file() { geckodriver.display().to_string() } else { driver(&["geckodriver"]) };
    sheet.libtest(
        "Firefox",
        wasm_pack(&["test", "--headless", "--mode", "no-install", "--firefox", "--geckodriver", &geckodriver]),
    )?;
    let webkit = driver(&["WebKitWebDriver"]);
    let mut in_webkit = command("xvfb-run");
    in_webkit
        .args(["-a", "wasm-pack", "test", "--headless", "--mode", "no-install", "--safari", "--safaridriver", &webkit])
        .arg(at("wasm"));
    if rustix::process::geteuid().is_root() {
        in_webkit.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
    }
    sheet.libtest("WebKit", in_webkit)?;
    Ok(())
}

fn wasm_pack(arguments: &[&str]) -> Command {
    let mut wasm_pack = command("wasm-pack");
    wasm_pack.args(arguments).arg(at("wasm")).env("CARGO_TERM_COLOR", "never");
    wasm_pack
}
