#![doc = include_str!("../README.md")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

mod artefacts;
mod bench;
mod counts;
mod demo;
mod doctor;
mod golden;
mod parts;
mod portal;
mod process;
mod runner;
mod say;
mod size;
mod synth;
mod tools;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use say::Say;

/// Everything one does with this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Set up, build and start the portal with demo accounts; Ctrl-C ends it.
    Demo(demo::Options),
    /// Set up and run every check and test; the last line is `N passed, N failed`.
    Test(runner::Options),
    /// Say what is there and what is missing, and change nothing.
    Doctor,
    /// Get everything that `test`, `demo` and `bench` need, and stop.
    Setup {
        /// Only what these parts of the tests need, by name, separated by commas.
        #[arg(long, value_delimiter = ',', value_name = "NAMES")]
        only: Vec<String>,
    },
    /// Measure against the targets, peers in the same run.
    Bench(bench::Options),
    /// Compare the reports on the whole golden set, native and in two browsers.
    Golden(golden::Options),
    /// Write a set of specimen photographs with their truth.
    Synth(synth::Options),
    /// Compare what a browser downloads with the budgets; fails when one is exceeded.
    Size,
    /// Build the npm package `gatepass` (wasm/npm).
    Wasm,
    /// Build the page (web-demo/page/dist) and the npm package it stands on.
    Page,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let say = Say::new();
    match run(&say, cli.task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            say.plain(format!("error: {why:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(say: &Say, task: Task) -> Result<bool> {
    process::end_children_on_signal()?;
    match task {
        Task::Demo(options) => demo::run(say, &options).map(|()| true),
        Task::Test(options) => runner::run(say, &options),
        Task::Doctor => Ok(doctor::run(say)),
        Task::Setup { only } => {
            let wanted = if only.is_empty() { tools::Tool::all() } else { runner::needs(&runner::choose(&only)?) };
            Ok(tools::ensure(say, &wanted).is_empty())
        }
        Task::Bench(options) => bench::run(say, &options),
        Task::Golden(options) => golden::run(say, &options),
        Task::Synth(options) => synth::run(say, &options).map(|()| true),
        Task::Size => size::run(say),
        Task::Wasm => artefacts::wasm_package(say, None).map(|()| true),
        Task::Page => artefacts::page(say, None).map(|()| true),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    /// A command whose options clash ends before it begins.
    #[test]
    fn every_command_can_be_read() {
        super::Cli::command().debug_assert();
    }
}
