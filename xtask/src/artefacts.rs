//! What others stand on: the npm package, the page, the portal's program. Each is built once and again only when
//! something it is made of has changed.

use std::{
    collections::hash_map::DefaultHasher,
    fs,
    hash::{Hash, Hasher},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::{
    process::Run,
    say::Say,
    tools::{self, NpmFolder, Tool},
    workspace::{at, cargo, command, target},
};

/// What building the npm package needs.
pub(crate) const WASM_NEEDS: &[Tool] = &[Tool::WasmTarget, Tool::WasmBindgen, Tool::Node, Tool::Npm(NpmFolder::Wasm)];
/// What building the page needs.
pub(crate) const PAGE_NEEDS: &[Tool] =
    &[Tool::WasmTarget, Tool::WasmBindgen, Tool::Node, Tool::Npm(NpmFolder::Wasm), Tool::Npm(NpmFolder::Page)];

/// `wasm/npm`: the package `gatepass` as it would be published.
pub(crate) fn wasm_package(say: &Say, log: Option<&Path>) -> Result<()> {
    set_up(say, WASM_NEEDS)?;
    let inputs = Inputs::of(&[
        "core/src",
        "core/Cargo.toml",
        "wasm/src",
        "wasm/Cargo.toml",
        "wasm/npm/src",
        "wasm/npm/scripts",
        "wasm/npm/package.json",
        "wasm/npm/package-lock.json",
        "wasm/npm/tsconfig.json",
        "Cargo.lock",
        "Cargo.toml",
    ])?;
    let outputs = [
        at("wasm/npm/dist/index.js"),
        at("wasm/npm/pkg/full/gatepass.wasm"),
        at("wasm/npm/pkg/otp/gatepass-otp.wasm"),
        at("wasm/npm/pkg/identity/gatepass-identity.wasm"),
        at("wasm/npm/pkg/capture/gatepass-capture.wasm"),
    ];
    inputs.build_once("wasm-package", &outputs, || {
        say.line("wasm", "building the npm package (wasm/npm)");
        let mut npm = command("npm");
        npm.args(["run", "--silent", "build"]).current_dir(at("wasm/npm")).env("CARGO_TERM_COLOR", "never");
        run(say, "wasm", npm, log)
    })
}

/// `web-demo/page/dist`: the page as the portal serves it.
pub(crate) fn page(say: &Say, log: Option<&Path>) -> Result<()> {
    set_up(say, PAGE_NEEDS)?;
    wasm_package(say, log)?;
    let inputs = Inputs::of(&["web-demo/page", "wasm/npm/dist", "wasm/npm/pkg"])?;
    inputs.build_once("page", &[at("web-demo/page/dist/authenticator.html")], || {
        say.line("page", "building the page (web-demo/page)");
        let mut npm = command("npm");
        npm.args(["run", "--silent", "build"]).current_dir(at("web-demo/page"));
        run(say, "page", npm, log)
    })
}

/// The program `gatepass`; its path.
pub(crate) fn portal(say: &Say, log: Option<&Path>, release: bool) -> Result<PathBuf> {
    let mut arguments = vec!["build", "--package", "gatepass-portal", "--bin", "gatepass"];
    if release {
        arguments.push("--release");
    }
    run(say, "portal", cargo(&arguments), log)?;
    let program = target().join(if release { "release" } else { "debug" }).join("gatepass");
    if !program.is_file() {
        bail!("cargo built no {}", program.display());
    }
    Ok(program)
}

fn set_up(say: &Say, needs: &[Tool]) -> Result<()> {
    match tools::ensure(say, needs).reason(needs) {
        Some(reason) => bail!("{reason}"),
        None => Ok(()),
    }
}

fn run(say: &Say, who: &str, command: std::process::Command, log: Option<&Path>) -> Result<()> {
    let run = Run::new(say, who, command);
    match log {
        Some(log) => run.log(log).must(),
        None => run.must(),
    }?;
    Ok(())
}

/// A fingerprint of files and folders.
struct Inputs(String);

impl Inputs {
    fn of(paths: &[&str]) -> Result<Self> {
        let mut files = Vec::new();
        for path in paths {
            collect(&at(path), &mut files)?;
        }
        files.sort();
        let mut hasher = DefaultHasher::new();
        for file in files {
            file.hash(&mut hasher);
            fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?.hash(&mut hasher);
        }
        Ok(Self(format!("{:016x}", hasher.finish())))
    }

    /// Builds unless the last successful build had the same inputs and its outputs are still there.
    fn build_once(&self, name: &str, outputs: &[PathBuf], build: impl FnOnce() -> Result<()>) -> Result<()> {
        let stamps = target().join("stamps");
        fs::create_dir_all(&stamps)?;
        // Two builds in one folder would take each other's files away.
        let lock = fs::File::create(stamps.join(format!("{name}.lock")))?;
        lock.lock().context("cannot wait for another build")?;
        let stamp = stamps.join(name);
        let fresh = fs::read_to_string(&stamp).is_ok_and(|found| found == self.0);
        if fresh && outputs.iter().all(|file| file.exists()) {
            return Ok(());
        }
        let _ = fs::remove_file(&stamp);
        build()?;
        if let Some(lacking) = outputs.iter().find(|file| !file.exists()) {
            bail!("the build left no {}", lacking.display());
        }
        fs::write(stamp, &self.0)?;
        Ok(())
    }
}

/// Every file below, except what is installed or built there.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    let Ok(entries) = fs::read_dir(path) else { return Ok(()) };
    for entry in entries {
        let entry = entry?.path();
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let generated = ["node_modules", "test-results", ".vite", "coverage"].contains(&name.as_str());
        let own_output = name == "dist" && path.ends_with("page");
        if !generated && !own_output {
            collect(&entry, files)?;
        }
    }
    Ok(())
}
