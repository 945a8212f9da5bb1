//! Python packages in an environment of our own.

use std::{fs, path::PathBuf, time::Duration};

use anyhow::Result;

use super::State;
use crate::{
    process::Run,
    say::Say,
    workspace::{at, command, venv},
};

const REQUIREMENTS: &str = "tests/requirements.txt";

/// The requirements as they were when they were last installed are kept beside them.
pub(super) fn state() -> State {
    match (fs::read_to_string(at(REQUIREMENTS)), fs::read_to_string(stamp())) {
        (Ok(wanted), Ok(found)) if found == wanted => State::Ready(format!("as in {REQUIREMENTS}")),
        (_, Ok(_)) => State::Missing(format!("{REQUIREMENTS} has changed")),
        _ => State::Missing("not installed".to_owned()),
    }
}

pub(super) fn install(say: &Say) -> Result<()> {
    let folder = venv();
    if !folder.join("bin/python").exists() {
        let mut make = command("python3");
        make.args(["-m", "venv"]).arg(&folder);
        Run::new(say, "python", make).limit(Duration::from_secs(300)).must()?;
    }
    let mut pip = command(folder.join("bin/python"));
    pip.args(["-m", "pip", "install", "--disable-pip-version-check", "--requirement"]).arg(at(REQUIREMENTS));
    Run::new(say, "python", pip).limit(Duration::from_secs(900)).must()?;
    fs::copy(at(REQUIREMENTS), stamp())?;
    Ok(())
}

fn stamp() -> PathBuf {
    venv().join(".installed-requirements")
}
