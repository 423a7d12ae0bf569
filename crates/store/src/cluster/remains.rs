//! What a crashed server leaves behind, cleared before the next one starts: processes without their head, and two files
//! that name its pid, which may be somebody else's by now (after a restart of the machine it often is).

use std::fs;
use std::io;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::error::{ClusterError, file};
use super::home::{Home, SOCKET_FILE};
use super::locks::Turn;
use super::presence::{Pidfile, serves};

/// How long orphans may take to end after each signal.
const PATIENCE: Duration = Duration::from_secs(5);
const STEP: Duration = Duration::from_millis(20);

/// Clears the way for a server to start. Only for the holder of the turn, who has seen that no server is there.
pub fn clear(home: &Home, _turn: &Turn) -> Result<(), ClusterError> {
    // Backends whose postmaster was killed notice it only between two steps of a query. They still write into the
    // shared memory of the dead cluster, so PostgreSQL refuses to start beside them.
    for signal in [Signal::QUIT, Signal::KILL] {
        if end_orphans(home, signal) {
            clear_pidfile(home)?;
            return remove(&home.socket.join(format!("{SOCKET_FILE}.lock")));
        }
    }
    let pids: Vec<String> = orphans(home).iter().map(|pid| pid.as_raw_nonzero().to_string()).collect();
    Err(ClusterError::Remains { data: home.data(), pids: pids.join(", ") })
}

fn end_orphans(home: &Home, signal: Signal) -> bool {
    let asked = Instant::now();
    for pid in orphans(home) {
        tracing::warn!(pid = pid.as_raw_nonzero(), "ending a process that a crashed PostgreSQL left behind");
        if let Err(error) = kill_process(pid, signal) {
            tracing::debug!(%error, pid = pid.as_raw_nonzero(), "it was quicker");
        }
    }
    while !orphans(home).is_empty() {
        if asked.elapsed() > PATIENCE {
            return false;
        }
        sleep(STEP);
    }
    true
}

fn orphans(home: &Home) -> Vec<Pid> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = processes.filter_map(|process| Pid::from_raw(process.file_name().to_str()?.parse().ok()?));
    pids.filter(|pid| serves(home, *pid)).collect()
}

/// Removes a postmaster.pid that PostgreSQL itself would not dare to: one that names a living process, which we know
/// to be a stranger, or nobody at all. Any other it must see, for it finds the dead cluster's shared memory through it.
fn clear_pidfile(home: &Home) -> Result<(), ClusterError> {
    let path = home.data().join("postmaster.pid");
    let is_in_the_way = |pid: Pid| Path::new("/proc").join(pid.as_raw_nonzero().to_string()).exists();
    match Pidfile::read(home) {
        Some(pidfile) if pidfile.pid.is_none_or(is_in_the_way) => remove(&path),
        _ => Ok(()),
    }
}

fn remove(path: &Path) -> Result<(), ClusterError> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(file("remove", path)(cause)),
        _ => Ok(()),
    }
}
