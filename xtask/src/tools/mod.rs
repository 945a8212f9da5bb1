//! Set-up: what each part needs, whether it is there, and how it is got. The ordinary way first, a fall-back where that
//! fails; a second run finds everything and is quick.

mod cargo_tools;
mod debian;
mod node;
mod python;
mod rust;
mod wasm_target;

use std::{
    fmt,
    sync::{Mutex, PoisonError},
    thread,
};

use anyhow::Result;

use crate::say::{Say, seconds};
use debian::Package;

pub(crate) use node::NpmFolder;

/// One thing that a part needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Tool {
    Rustfmt,
    Clippy,
    WasmTarget,
    Cxx,
    Chromium,
    Firefox,
    WebKit,
    Postgres,
    Oathtool,
    Zbar,
    Fonts,
    Java,
    Venv,
    WasmBindgen,
    WasmPack,
    Geckodriver,
    Node,
    Npm(NpmFolder),
    Python,
}

/// Whether a tool is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    /// There, with what it says of itself.
    Ready(String),
    /// Not there, or not as it must be, with the reason.
    Missing(String),
}

/// Which tools can be installed beside each other: each lane is one thread, in this order within the lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lane {
    Rust,
    Debian,
    Network,
}

impl Tool {
    /// Everything, in the order in which doctor shows it.
    pub(crate) fn all() -> Vec<Self> {
        let mut all = vec![
            Self::Rustfmt,
            Self::Clippy,
            Self::WasmTarget,
            Self::WasmBindgen,
            Self::WasmPack,
            Self::Geckodriver,
            Self::Cxx,
            Self::Chromium,
            Self::Firefox,
            Self::WebKit,
            Self::Postgres,
            Self::Oathtool,
            Self::Zbar,
            Self::Fonts,
            Self::Java,
            Self::Venv,
            Self::Python,
            Self::Node,
        ];
        all.extend(NpmFolder::ALL.map(Self::Npm));
        all
    }

    /// Whether it is there. Quick: no network.
    pub(crate) fn state(self) -> State {
        match self {
            Self::Rustfmt => rust::component_state("rustfmt"),
            Self::Clippy => rust::component_state("clippy"),
            Self::WasmTarget => wasm_target::state(),
            Self::WasmBindgen | Self::WasmPack | Self::Geckodriver => cargo_tools::state(self),
            Self::Node => node::node_state(),
            Self::Npm(folder) => folder.state(),
            Self::Python => python::state(),
            Self::Cxx
            | Self::Chromium
            | Self::Firefox
            | Self::WebKit
            | Self::Postgres
            | Self::Oathtool
            | Self::Zbar
            | Self::Fonts
            | Self::Java
            | Self::Venv => self.package().map_or_else(|| State::Missing(String::new()), |package| package.state()),
        }
    }

    /// How it is got, in a few words.
    pub(crate) fn how(self) -> String {
        match self {
            Self::Rustfmt => "rustup component add rustfmt".to_owned(),
            Self::Clippy => "rustup component add clippy".to_owned(),
            Self::WasmTarget => {
                "rustup target add wasm32-unknown-unknown; else built from Debian's rust-src".to_owned()
            }
            Self::WasmBindgen | Self::WasmPack | Self::Geckodriver => cargo_tools::how(self),
            Self::Node => "Node 20.19 or newer, from nodejs.org or your system".to_owned(),
            Self::Npm(folder) => format!("npm ci in {}", folder.path()),
            Self::Python => "pip, into target/tools/venv (tests/requirements.txt)".to_owned(),
            _ => self.package().map(Package::how).unwrap_or_default(),
        }
    }

    fn package(self) -> Option<&'static Package> {
        debian::package(self)
    }

    fn lane(self) -> Lane {
        match self {
            Self::Rustfmt
            | Self::Clippy
            | Self::WasmTarget
            | Self::WasmBindgen
            | Self::WasmPack
            | Self::Geckodriver => Lane::Rust,
            Self::Node | Self::Npm(_) => Lane::Network,
            _ => Lane::Debian,
        }
    }
}

impl fmt::Display for Tool {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rustfmt => out.write_str("rustfmt"),
            Self::Clippy => out.write_str("clippy"),
            Self::WasmTarget => out.write_str("WebAssembly target"),
            Self::Cxx => out.write_str("C++ compiler"),
            Self::Chromium => out.write_str("Chromium"),
            Self::Firefox => out.write_str("Firefox"),
            Self::WebKit => out.write_str("WebKit"),
            Self::Postgres => out.write_str("PostgreSQL"),
            Self::Oathtool => out.write_str("oathtool"),
            Self::Zbar => out.write_str("zbarimg"),
            Self::Fonts => out.write_str("typefaces"),
            Self::Java => out.write_str("Java and Maven"),
            Self::Venv => out.write_str("Python venv"),
            Self::WasmBindgen => out.write_str("wasm-bindgen"),
            Self::WasmPack => out.write_str("wasm-pack"),
            Self::Geckodriver => out.write_str("geckodriver"),
            Self::Node => out.write_str("Node"),
            Self::Npm(folder) => write!(out, "npm, {}", folder.path()),
            Self::Python => out.write_str("Python packages"),
        }
    }
}

/// What could not be had, and why.
#[derive(Debug, Default)]
pub(crate) struct Failures(Vec<(Tool, String)>);

impl Failures {
    /// Why a part that needs these tools cannot run, if it cannot.
    pub(crate) fn reason(&self, needs: &[Tool]) -> Option<String> {
        let reasons: Vec<String> = self
            .0
            .iter()
            .filter(|(tool, _)| needs.contains(tool))
            .map(|(tool, why)| format!("{tool}: {}", why.lines().next().unwrap_or_default()))
            .collect();
        (!reasons.is_empty()).then(|| reasons.join("; "))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Installs what is missing of `wanted`; says so first. Never fails as a whole: a part whose tool is missing can say so.
pub(crate) fn ensure(say: &Say, wanted: &[Tool]) -> Failures {
    // Parts run side by side, and two installations in one place would spoil each other.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let mut missing: Vec<(Tool, String)> = Vec::new();
    for tool in with_prerequisites(wanted) {
        if let State::Missing(why) = tool.state() {
            missing.push((tool, why));
        }
    }
    if missing.is_empty() {
        return Failures::default();
    }
    say.line("set-up", "Needed and not there yet; it will be got now:");
    for (tool, why) in &missing {
        say.line("set-up", format!("  {tool} ({why}): {}", tool.how()));
    }

    let lane = |lane: Lane| -> Vec<Tool> {
        missing.iter().map(|(tool, _)| *tool).filter(|tool| tool.lane() == lane).collect()
    };
    let (rust, debian, network) = (lane(Lane::Rust), lane(Lane::Debian), lane(Lane::Network));
    let mut failures = Vec::new();
    thread::scope(|scope| {
        let lanes = [
            scope.spawn(|| install_each(say, &rust)),
            scope.spawn(|| install_debian_and_python(say, &debian)),
            scope.spawn(|| install_each(say, &network)),
        ];
        for lane in lanes {
            failures.extend(lane.join().unwrap_or_default());
        }
    });
    for (tool, why) in &failures {
        say.line("set-up", format!("NOT there: {tool}\n{why}"));
    }
    say.line("set-up", format!("set-up took {}", seconds(say.elapsed())));
    Failures(failures)
}

/// Python packages stand in an environment that Debian's python3-venv makes.
fn with_prerequisites(wanted: &[Tool]) -> Vec<Tool> {
    let mut all = wanted.to_vec();
    if all.contains(&Tool::Python) {
        all.push(Tool::Venv);
    }
    if all.iter().any(|tool| matches!(tool, Tool::Npm(_))) {
        all.push(Tool::Node);
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn install_each(say: &Say, tools: &[Tool]) -> Vec<(Tool, String)> {
    let mut failures = Vec::new();
    for tool in tools {
        let installed = match tool {
            Tool::Rustfmt => rust::add_component(say, "rustfmt"),
            Tool::Clippy => rust::add_component(say, "clippy"),
            Tool::WasmTarget => wasm_target::install(say),
            Tool::WasmBindgen | Tool::WasmPack | Tool::Geckodriver => cargo_tools::install(say, *tool),
            Tool::Npm(folder) => folder.install(say),
            Tool::Python => python::install(say),
            other => Err(anyhow::anyhow!("{}", other.how())),
        };
        note(say, *tool, installed, &mut failures);
    }
    failures
}

fn install_debian_and_python(say: &Say, tools: &[Tool]) -> Vec<(Tool, String)> {
    let packages: Vec<Tool> = tools.iter().copied().filter(|tool| tool.package().is_some()).collect();
    let mut failures = Vec::new();
    if !packages.is_empty() {
        let wanted: Vec<&Package> = packages.iter().filter_map(|tool| tool.package()).collect();
        let installed = debian::install(say, &wanted);
        for tool in packages {
            let judged = match (&installed, tool.state()) {
                (_, State::Ready(_)) => Ok(()),
                (Err(why), _) => Err(anyhow::anyhow!("{why:#}")),
                (Ok(()), State::Missing(why)) => Err(anyhow::anyhow!("still not there after apt-get: {why}")),
            };
            note(say, tool, judged, &mut failures);
        }
    }
    let rest: Vec<Tool> = tools.iter().copied().filter(|tool| tool.package().is_none()).collect();
    failures.extend(install_each(say, &rest));
    failures
}

fn note(say: &Say, tool: Tool, installed: Result<()>, failures: &mut Vec<(Tool, String)>) {
    match installed {
        Ok(()) => say.line("set-up", format!("{tool}: there")),
        Err(why) => failures.push((tool, format!("{why:#}"))),
    }
}
