//! Node itself and the packages of each folder that has some.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Result;
use serde_json::{Map, Value};

use super::State;
use crate::{
    process::{Run, ask},
    say::Say,
    workspace::{at, command},
};

/// A folder with a `package-lock.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum NpmFolder {
    Wasm,
    Page,
    EndToEnd,
    Interop,
}

impl NpmFolder {
    /// The wasm package first: the page depends on its folder.
    pub(crate) const ALL: [Self; 4] = [Self::Wasm, Self::Page, Self::EndToEnd, Self::Interop];

    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Wasm => "wasm/npm",
            Self::Page => "web-demo/page",
            Self::EndToEnd => "tests/e2e",
            Self::Interop => "tests/interop",
        }
    }

    pub(crate) fn folder(self) -> PathBuf {
        at(self.path())
    }

    /// Compares what npm wrote into `node_modules` at the end of its last run with the lock file.
    pub(super) fn state(self) -> State {
        let Some(wanted) = packages(&self.folder().join("package-lock.json")) else {
            return State::Missing(format!("no {}/package-lock.json", self.path()));
        };
        let Some(installed) = packages(&self.folder().join("node_modules/.package-lock.json")) else {
            return State::Missing("not installed".to_owned());
        };
        // Optional ones are for other systems; the first, nameless one is the folder itself.
        let here = wanted.iter().filter(|(name, package)| !name.is_empty() && package["optional"] != true);
        match here
            .clone()
            .find(|(name, package)| installed.get(*name).map(|found| &found["version"]) != Some(&package["version"]))
        {
            Some((name, _)) => State::Missing(format!("{name} is not as locked")),
            None => State::Ready(format!("{} packages as locked", here.count())),
        }
    }

    /// `npm ci`: exactly what the lock file says. No package downloads a browser of its own.
    pub(super) fn install(self, say: &Say) -> Result<()> {
        let mut npm = command("npm");
        npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=http"]).current_dir(self.folder());
        npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Run::new(say, "npm", npm).limit(Duration::from_secs(900)).must()?;
        Ok(())
    }
}

fn packages(lock: &Path) -> Option<Map<String, Value>> {
    let mut lock: Value = serde_json::from_str(&fs::read_to_string(lock).ok()?).ok()?;
    match lock["packages"].take() {
        Value::Object(packages) => Some(packages),
        _ => None,
    }
}

pub(super) fn node_state() -> State {
    let mut node = command("node");
    node.arg("--version");
    let Some(version) = ask(node) else { return State::Missing("no node".to_owned()) };
    let mut numbers = version.trim_start_matches('v').split('.').map(|number| number.parse::<u32>().unwrap_or(0));
    let (major, minor) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if (major, minor) >= (20, 19) { State::Ready(version) } else { State::Missing(format!("{version} is too old")) }
}
