//! System packages, by apt-get where we may call it.

use std::{
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail};

use super::{State, Tool};
use crate::{
    process::{Run, ask},
    say::Say,
    workspace::{command, find},
};

/// Programs that must be there and the Debian packages that bring them.
#[derive(Debug)]
pub(crate) struct Package {
    /// Each inner list: one of these programs must be there.
    probes: &'static [&'static [&'static str]],
    packages: &'static [&'static str],
    version: &'static [&'static str],
}

/// libFuzzer is C++.
const CXX: Package = Package { probes: &[&["c++"]], packages: &["g++"], version: &["c++", "--version"] };
const CHROMIUM: Package = Package {
    probes: &[&["chromium"], &["chromedriver"]],
    packages: &["chromium", "chromium-driver", "fonts-liberation"],
    version: &["chromium", "--version"],
};
const FIREFOX: Package =
    Package { probes: &[&["firefox-esr"]], packages: &["firefox-esr"], version: &["firefox-esr", "--version"] };
const WEBKIT: Package = Package {
    probes: &[&["WebKitWebDriver"], &["xvfb-run"], &["xauth"]],
    packages: &["webkit2gtk-driver", "xvfb", "xauth"],
    version: &["WebKitWebDriver", "--version"],
};
const POSTGRES: Package = Package {
    probes: &[&[
        "/usr/lib/postgresql/18/bin/initdb",
        "/usr/lib/postgresql/17/bin/initdb",
        "/usr/lib/postgresql/16/bin/initdb",
        "/usr/lib/postgresql/15/bin/initdb",
        "initdb",
    ]],
    packages: &["postgresql"],
    version: &["psql", "--version"],
};
const OATHTOOL: Package =
    Package { probes: &[&["oathtool"]], packages: &["oathtool"], version: &["oathtool", "--version"] };
const ZBAR: Package =
    Package { probes: &[&["zbarimg"]], packages: &["zbar-tools"], version: &["zbarimg", "--version"] };
const FONTS: Package = Package {
    probes: &[
        &["/usr/share/fonts/opentype/ocr-b/OCRB.otf"],
        &["/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"],
        &["/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"],
        &["/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"],
    ],
    packages: &["fonts-ocr-b", "fonts-dejavu-core"],
    version: &["dpkg-query", "--show", "fonts-ocr-b"],
};
const JAVA: Package = Package {
    probes: &[&["javac"], &["mvn"]],
    packages: &["default-jdk-headless", "maven"],
    version: &["javac", "-version"],
};
const VENV: Package =
    Package { probes: &[&["python3"]], packages: &["python3", "python3-venv"], version: &["python3", "--version"] };

pub(super) fn package(tool: Tool) -> Option<&'static Package> {
    match tool {
        Tool::Cxx => Some(&CXX),
        Tool::Chromium => Some(&CHROMIUM),
        Tool::Firefox => Some(&FIREFOX),
        Tool::WebKit => Some(&WEBKIT),
        Tool::Postgres => Some(&POSTGRES),
        Tool::Oathtool => Some(&OATHTOOL),
        Tool::Zbar => Some(&ZBAR),
        Tool::Fonts => Some(&FONTS),
        Tool::Java => Some(&JAVA),
        Tool::Venv => Some(&VENV),
        _ => None,
    }
}

impl Package {
    pub(super) fn state(&self) -> State {
        let lacking: Vec<&str> =
            self.probes.iter().filter(|any| find(any).is_none()).filter_map(|any| any.last().copied()).collect();
        if !lacking.is_empty() {
            return State::Missing(format!("no {}", lacking.join(", ")));
        }
        // Debian's python3 comes without the module that makes environments with pip in them.
        if self.packages.contains(&"python3-venv") {
            let mut import = command("python3");
            import.args(["-c", "import venv, ensurepip"]).stdout(Stdio::null()).stderr(Stdio::null());
            if !import.status().is_ok_and(|status| status.success()) {
                return State::Missing("Python without venv".to_owned());
            }
        }
        let mut version = command(self.version[0]);
        version.args(&self.version[1..]);
        State::Ready(ask(version).unwrap_or_default())
    }

    pub(super) fn how(&self) -> String {
        format!("apt-get install {}", self.packages.join(" "))
    }
}

/// Installs all of them with one call; as root, or through sudo.
pub(super) fn install(say: &Say, wanted: &[&Package]) -> Result<()> {
    let names: Vec<&str> = wanted.iter().flat_map(|package| package.packages.iter().copied()).collect();
    let by_hand = format!("apt-get install --no-install-recommends {}", names.join(" "));
    if find(&["apt-get"]).is_none() {
        bail!("this is not a Debian system; install what corresponds to: {by_hand}");
    }
    let Some(prefix) = privilege() else {
        bail!("neither root nor sudo: run this by hand, then start again:\n  {by_hand}");
    };
    let apt = |arguments: &[&str]| -> Command {
        let mut words: Vec<&str> = prefix.to_vec();
        words.extend([
            "env",
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "-q",
            "-o",
            "DPkg::Lock::Timeout=300",
            "-o",
            "Acquire::Retries=3",
        ]);
        words.extend(arguments);
        let mut apt = command(words[0]);
        apt.args(&words[1..]);
        apt
    };
    // A mirror that does not answer for one of several sources must not stop what the others can give.
    let updated = Run::new(say, "apt", apt(&["update"])).limit(Duration::from_secs(300)).go()?;
    if !updated.ok() {
        say.line(
            "apt",
            format!("apt-get update had trouble; going on with the lists that are there\n{}", updated.tail(3)),
        );
    }
    let mut arguments = vec!["install", "-y", "--no-install-recommends"];
    arguments.extend(&names);
    Run::new(say, "apt", apt(&arguments))
        .limit(Duration::from_secs(1_800))
        .must()
        .with_context(|| format!("by hand: {by_hand}"))?;
    Ok(())
}

/// What to put before a command that only root may run; nothing where there is no way.
fn privilege() -> Option<&'static [&'static str]> {
    if rustix::process::geteuid().is_root() {
        return Some(&[]);
    }
    let mut sudo = command("sudo");
    sudo.args(["-n", "true"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    sudo.status().is_ok_and(|status| status.success()).then_some(&["sudo", "-n"])
}
