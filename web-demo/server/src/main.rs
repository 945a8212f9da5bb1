//! The binary `gatepass`.

use std::{io, path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use gatepass_portal::{admin, config::Config, inspect, keys, observe, serve};

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
    /// Look after accounts: verify an identity, unlock, reset a second factor.
    #[command(subcommand)]
    Admin(admin::Command),
    /// Make, list and rotate the keys that lie outside the database.
    #[command(subcommand)]
    Keys(keys::Command),
    /// Ask the rules about one photograph, zone, name, film, profile, URI or QR code; needs no portal.
    #[command(subcommand)]
    Inspect(inspect::Command),
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(code) => code,
        // Who reads only the first lines of an answer, as `head` does, has what was wanted.
        Err(error)
            if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) =>
        {
            ExitCode::SUCCESS
        }
        Err(error) => {
            observe::complain(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    // A helpdesk inspects on machines that have no portal, and no settings of one.
    if let Command::Inspect(command) = cli.command {
        return inspect::run(command);
    }
    let config = Config::load(cli.config.as_deref())?;
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    if config.database.is_sqlite() {
        // SQLite does one thing at a time on a thread of its own. A second worker adds nothing but threads that wake each
        // other, a third of the time of a login (`cargo xtask bench portal`). Hashes and files have threads of their own.
        runtime.worker_threads(1);
    }
    let runtime = runtime.enable_all().build()?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve => {
                observe::start_logging(&config.log)?;
                serve::run(config).await
            }
            Command::Admin(command) => admin::run(config, command).await,
            Command::Keys(command) => keys::run(config, command).await,
            Command::Inspect(command) => inspect::run(command),
        }
    })
}
