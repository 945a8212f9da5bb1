//! stub
use crate::say::Say;
use anyhow::Result;
use clap::Args;
#[derive(Debug, Args)]
pub(crate) struct Options {}
pub(crate) fn run(_: &Say, _: &Options) -> Result<bool> {
    Ok(true)
}
