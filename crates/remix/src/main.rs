//! The program: reads the environment, wires the rooms together, and says what went wrong in one sentence.

mod arguments;
mod check;
mod export;
mod import;
mod overlay;
mod releases;
mod report;
mod serve;
mod session;
mod sync;
mod template;

use anyhow::Result;
use arguments::{Arguments, Command};
use clap::Parser;
use std::io::IsTerminal;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// Half of an import is texts that come and go; this allocator makes and forgets them faster than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_new(&arguments.common.log).unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .init();
    match run(arguments) {
        Ok(code) => code,
        Err(error) => {
            say(&sentence(&error));
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn run(arguments: Arguments) -> Result<ExitCode> {
    match arguments.command {
        Command::Serve(options) => serve::run(&arguments.common, options).await,
        Command::Import(options) => import::run(&arguments.common, options).await,
        Command::Releases(command) => releases::run(&arguments.common, command).await,
        Command::Overlay(options) => overlay::run(&arguments.common, options).await,
        Command::Check => check::run(&arguments.common).await,
        Command::Sync(options) => sync::run(&arguments.common, options).await,
        Command::Export(options) => export::run(&arguments.common, options).await,
        Command::Template(options) => template::run(&arguments.common, options),
    }
}

/// The error and what it comes from, without saying anything twice.
fn sentence(error: &anyhow::Error) -> String {
    let mut said = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if said.is_empty() {
            said = cause;
        } else if !said.contains(&cause) {
            said = format!("{said}: {cause}");
        }
    }
    format!("remix: {said}")
}

#[expect(clippy::print_stderr, reason = "a program answers on its streams")]
fn say(text: &str) {
    eprintln!("{text}");
}
