//! Programs that Cargo builds into `target/tools`.

use std::{fs, process::Command};

use anyhow::Result;

use super::{State, Tool};
use crate::{
    process::{Run, ask},
    say::Say,
    workspace::{at, cargo, command, tools, tools_bin},
};

const WASM_PACK: &str = "0.15.1";
const GECKODRIVER: &str = "0.37.1";

struct Wanted {
    package: &'static str,
    binary: &'static str,
    version: String,
}

/// The version of the wasm-bindgen CLI must be that of the library exactly.
fn wanted(tool: Tool) -> Wanted {
    match tool {
        Tool::WasmBindgen => Wanted {
            package: "wasm-bindgen-cli",
            binary: "wasm-bindgen",
            version: locked_version("wasm-bindgen").unwrap_or_else(|| "0.2.130".to_owned()),
        },
        Tool::WasmPack => Wanted { package: "wasm-pack", binary: "wasm-pack", version: WASM_PACK.to_owned() },
        _ => Wanted { package: "geckodriver", binary: "geckodriver", version: GECKODRIVER.to_owned() },
    }
}

pub(super) fn state(tool: Tool) -> State {
    let wanted = wanted(tool);
    let mut own = Command::new(tools_bin().join(wanted.binary));
    own.arg("--version");
    match ask(own).or_else(|| ask_elsewhere(wanted.binary)) {
        Some(found) if found.split_whitespace().any(|word| word == wanted.version) => State::Ready(found),
        Some(found) => State::Missing(format!("{found} is there, {} is needed", wanted.version)),
        None => State::Missing(format!("no {} {}", wanted.binary, wanted.version)),
    }
}

pub(super) fn how(tool: Tool) -> String {
    let wanted = wanted(tool);
    format!("cargo install {} --version {} --root target/tools", wanted.package, wanted.version)
}

/// Cargo takes the dependencies' versions that its own index has: the lock file inside wasm-bindgen-cli may name one that
/// is gone. Optimised only a little: these programs run for seconds, and full optimisation takes minutes.
pub(super) fn install(say: &Say, tool: Tool) -> Result<()> {
    let wanted = wanted(tool);
    let mut install = cargo(&["install", wanted.package, "--version", &wanted.version, "--force", "--root"]);
    install.arg(tools());
    install.env("CARGO_TARGET_DIR", tools().join("build"));
    for (name, value) in
        [("OPT_LEVEL", "1"), ("LTO", "off"), ("CODEGEN_UNITS", "16"), ("DEBUG", "0"), ("STRIP", "debuginfo")]
    {
        install.env(format!("CARGO_PROFILE_RELEASE_{name}"), value);
    }
    install.env_remove("RUSTFLAGS");
    Run::new(say, wanted.binary, install).must()?;
    Ok(())
}

/// The version of a package in our lock file.
pub(super) fn locked_version(package: &str) -> Option<String> {
    let lock = fs::read_to_string(at("Cargo.lock")).ok()?;
    let entry = lock.split("[[package]]").find(|entry| entry.contains(&format!("\nname = \"{package}\"\n")))?;
    let line = entry.lines().find_map(|line| line.strip_prefix("version = \""))?;
    Some(line.trim_end_matches('"').to_owned())
}

fn ask_elsewhere(binary: &str) -> Option<String> {
    let mut elsewhere = command(binary);
    elsewhere.arg("--version");
    ask(elsewhere)
}
