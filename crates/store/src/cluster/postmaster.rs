//! Starting and stopping the server, by the holder of the turn.

use std::os::unix::process::CommandExt;
use std::process::{Child, Stdio};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use rustix::process::{Signal, kill_process};

use super::binaries::{self, Install};
use super::error::{ClusterError, file};
use super::home::Home;
use super::locks::Turn;
use super::presence::{self, Presence};
use super::{Settings, creation, log, remains};

/// Recovery after a crash reads up to a gigabyte of log, on a slow disk for minutes.
const START_PATIENCE: Duration = Duration::from_mins(3);
const STOP_PATIENCE: Duration = Duration::from_mins(1);
const STEP: Duration = Duration::from_millis(10);
/// A start can fail on what is just vanishing (a socket, shared memory): it is tried again, that often, after a pause.
const RETRIES: u32 = 4;
const PAUSE: Duration = Duration::from_millis(500);

/// How the server runs; given on the command line, so that these lines and not a file in the data directory decide.
const CONFIGURATION: [&str; 9] = [
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "port=5432",
    "max_connections=100",
    "shared_buffers=128MB",
    "timezone=UTC",
    "log_checkpoints=off",
    "logging_collector=off",
    // Compiling a query takes longer than most of ours run.
    "jit=off",
];
const DURABLE: [&str; 2] = ["fsync=on", "full_page_writes=on"];
const THROWAWAY: [&str; 2] = ["fsync=off", "full_page_writes=off"];

/// Makes sure that the server runs; returns whether it had to be started.
pub fn ensure(home: &Home, settings: &Settings, turn: &Turn) -> Result<bool, ClusterError> {
    let asked = Instant::now();
    let mut failures = 0;
    loop {
        match presence::of(home) {
            Presence::Ready => return Ok(false),
            Presence::Absent => match start(home, settings, turn) {
                Err(ClusterError::Start { .. }) if failures < RETRIES => {
                    failures += 1;
                    sleep(PAUSE);
                }
                started => return started.map(|()| true),
            },
            // Somebody told it to stop in a way that waits for its clients, which would be forever: we are one.
            Presence::Stopping => stop(home)?,
            // Who started it was killed before it was ready.
            Presence::Starting if asked.elapsed() < START_PATIENCE => sleep(STEP),
            Presence::Starting => return Err(slow(home)),
        }
    }
}

/// Stops the server, if there is one: connections are cut, what was committed is written, and we wait for it.
pub fn stop(home: &Home) -> Result<(), ClusterError> {
    let Some(pid) = presence::pid(home) else { return Ok(()) };
    tracing::info!(pid = pid.as_raw_nonzero(), "stopping PostgreSQL");
    let asked = Instant::now();
    if let Err(error) = kill_process(pid, Signal::INT) {
        tracing::debug!(%error, "PostgreSQL was quicker");
    }
    while presence::serves(home, pid) {
        if asked.elapsed() > STOP_PATIENCE {
            let (pid, seconds) = (pid.as_raw_nonzero().get(), STOP_PATIENCE.as_secs());
            return Err(ClusterError::Stop { pid, seconds, log: log::path(home) });
        }
        sleep(STEP);
    }
    Ok(())
}

fn start(home: &Home, settings: &Settings, turn: &Turn) -> Result<(), ClusterError> {
    let install = binaries::find(home, settings.pg_bin.as_deref())?;
    if home.version()?.is_none() {
        creation::create(home, &install, settings.durable, turn)?;
    }
    remains::clear(home, turn)?;
    tracing::info!(data = %home.data().display(), "starting PostgreSQL {}", install.major);
    let mut server = spawn(home, &install, settings.durable)?;
    let asked = Instant::now();
    while presence::of(home) != Presence::Ready {
        if server.try_wait().map_err(file("wait for", install.bin.join("postgres")))?.is_some() {
            return Err(ClusterError::Start { log: log::path(home), tail: log::tail(home) });
        }
        if asked.elapsed() > START_PATIENCE {
            stop(home)?;
            return Err(slow(home));
        }
        sleep(STEP);
    }
    // The server may outlive us or end before us; somebody must take its exit code, or it would stay as a zombie.
    thread::spawn(move || {
        if let Ok(ended) = server.wait() {
            tracing::debug!(%ended, "PostgreSQL ended");
        }
    });
    Ok(())
}

fn spawn(home: &Home, install: &Install, durable: bool) -> Result<Child, ClusterError> {
    home.private(&home.socket)?;
    let (program, data) = (install.bin.join("postgres"), home.data());
    let log = log::open(home)?;
    let mut command = home.account.command(&program, &data).map_err(file("open", &data))?;
    for line in CONFIGURATION.into_iter().chain(if durable { DURABLE } else { THROWAWAY }) {
        command.args(["-c", line]);
    }
    command.arg("-c").arg(format!("cluster_name={}", home.mark()));
    command.arg("-k").arg(home.socket_from_data());
    let errors = log.try_clone().map_err(file("open", log::path(home)))?;
    // A group of its own: Ctrl-C in our terminal is not meant for it.
    command.process_group(0).stdout(Stdio::from(log)).stderr(Stdio::from(errors));
    command.spawn().map_err(file("run", program))
}

fn slow(home: &Home) -> ClusterError {
    ClusterError::Slow { seconds: START_PATIENCE.as_secs(), log: log::path(home), tail: log::tail(home) }
}
