//! `test-cluster -- COMMAND…` runs COMMAND with `DATABASE_URL` set to a fresh database, migrated by the files that are in
//! `migrations/` now, and exits as it does. Test processes inside share the cluster that is already up.
#![expect(clippy::print_stderr, reason = "a program that a person types")]

use std::env;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{ExitCode, ExitStatus};

use tokio::process::Command;
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> std::io::Result<ExitCode> {
    let mut arguments = env::args_os().skip(1).skip_while(|argument| argument == "--");
    let Some(program) = arguments.next() else {
        eprintln!("usage: test-cluster -- COMMAND…");
        return Ok(ExitCode::from(2));
    };
    // Ctrl-C reaches the command as well; it decides what comes of it, and we tidy up after it.
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let migrations = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations");
    let database = testkit::database_migrated_by(&migrations).await;
    let mut command = Command::new(&program);
    command.args(arguments).env("DATABASE_URL", database.url()).kill_on_drop(true);
    let mut running = match command.spawn() {
        Ok(running) => running,
        Err(error) => {
            eprintln!("test-cluster: cannot run {}: {error}", program.display());
            return Ok(ExitCode::from(127));
        }
    };
    let status = loop {
        tokio::select! {
            status = running.wait() => break status?,
            _ = interrupt.recv() => {}
            _ = terminate.recv() => running.start_kill()?,
        }
    };
    drop(database);
    Ok(exit_code(status))
}

/// The command's own, or what a shell says of one that a signal ended.
fn exit_code(status: ExitStatus) -> ExitCode {
    let code = status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or_default());
    u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from)
}
