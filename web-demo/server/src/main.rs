//! The binary `gatepass`.

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use gatepass_portal::{config::Config, observe, serve};

/// The Gatepass portal: accounts, second factor, tool login, permits.
#[derive(Debug, Parser)]
#[command(name = "gatepass", version)]
struct Cli {
    /// Settings, TOML. Environment variables GATEPASS__SECTION__KEY win over it.
    #[arg(long, short, global = true, env = "GATEPASS_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the portal until it is told to stop (SIGTERM or Ctrl-C).
    Serve,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            observe::complain(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let config = Config::load(cli.config.as_deref())?;
    observe::start_logging(&config.log)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve => serve::run(config).await,
        }
    })
}
