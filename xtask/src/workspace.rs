//! Where things are, and commands that see our own tools first.

use std::{
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    process::Command,
};

/// The top folder of the repository.
pub(crate) fn root() -> PathBuf {
    gatepass_tests::vectors::repository()
}

/// A path inside the repository.
pub(crate) fn at(path: &str) -> PathBuf {
    root().join(path)
}

/// Cargo's target folder.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| at("target"), |set| root().join(set))
}

/// Everything that set-up installs for this repository alone.
pub(crate) fn tools() -> PathBuf {
    target().join("tools")
}

/// Programs that Cargo installed for us.
pub(crate) fn tools_bin() -> PathBuf {
    tools().join("bin")
}

/// The Python environment of our own.
pub(crate) fn venv() -> PathBuf {
    tools().join("venv")
}

/// True in continuous integration: nothing may be skipped there.
pub(crate) fn in_ci() -> bool {
    env::var_os("CI").is_some_and(|set| !set.is_empty() && set != *"false" && set != *"0")
}

/// `program` in the top folder, with our tools first on PATH and without what `cargo run` sets for xtask itself (it would
/// make Cargo rebuild crates that look at these variables).
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).env("PATH", path());
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let of_cargo_run = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
        if of_cargo_run.iter().any(|prefix| text.starts_with(prefix))
            || text == "CARGO_PRIMARY_PACKAGE"
            || text == "OUT_DIR"
        {
            command.env_remove(&name);
        }
    }
    command
}

/// Cargo itself, without colours so that its words can be read by us.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).env("CARGO_TERM_COLOR", "never");
    command
}

fn path() -> OsString {
    let own = [tools_bin(), venv().join("bin")];
    let inherited = env::var_os("PATH").unwrap_or_default();
    env::join_paths(own.into_iter().chain(env::split_paths(&inherited))).unwrap_or(inherited)
}

/// The first of these programs that is there: a bare name is looked up on PATH (and where Debian keeps administrators'
/// programs), a path is taken as it is.
pub(crate) fn find(programs: &[&str]) -> Option<PathBuf> {
    let path = path();
    let folders: Vec<PathBuf> = env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]).collect();
    programs.iter().find_map(|program| {
        if program.contains('/') {
            return Some(PathBuf::from(program)).filter(|file| file.exists());
        }
        folders.iter().map(|folder| folder.join(program)).find(|file| file.is_file())
    })
}

/// A path as people would type it from the top folder.
pub(crate) fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
