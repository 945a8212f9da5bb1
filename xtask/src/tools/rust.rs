//! Components of the Rust tool chain.

use anyhow::{Context, Result};

use super::State;
use crate::{
    process::{Run, ask},
    say::Say,
    workspace::{cargo, command},
};

/// `name` is `rustfmt` or `clippy`.
pub(super) fn component_state(name: &str) -> State {
    let subcommand = if name == "rustfmt" { "fmt" } else { name };
    match ask(cargo(&[subcommand, "--version"])) {
        Some(version) => State::Ready(version),
        None => State::Missing(format!("no cargo {subcommand}")),
    }
}

pub(super) fn add_component(say: &Say, name: &str) -> Result<()> {
    let mut rustup = command("rustup");
    rustup.args(["component", "add", name]);
    let hint = format!("`rustup component add {name}` did not work; on Debian's own Rust: apt-get install {name}");
    Run::new(say, name, rustup).must().with_context(|| hint)?;
    Ok(())
}
