//! The server's log: one file, the one before it, and the last lines for those who ask why it did not start.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use super::error::{ClusterError, file};
use super::home::Home;

/// A log larger than this when the server starts becomes the one before.
const LARGE: u64 = 1 << 20;
const TAIL_BYTES: u64 = 4096;
const TAIL_LINES: usize = 8;

/// Where the log is.
pub fn path(home: &Home) -> PathBuf {
    home.path("log/postgresql.log")
}

/// The log, open for a server that starts.
pub fn open(home: &Home) -> Result<File, ClusterError> {
    home.private(&home.path("log"))?;
    let path = path(home);
    if fs::metadata(&path).is_ok_and(|log| log.len() > LARGE) {
        fs::rename(&path, home.path("log/postgresql.log.1")).map_err(file("rename", &path))?;
    }
    let opened = OpenOptions::new().append(true).create(true).mode(0o600).open(&path);
    let log = opened.map_err(file("open", &path))?;
    home.account.own(&path).map_err(file("change the owner of", &path))?;
    Ok(log)
}

/// Its last lines, empty if it cannot be read: it only explains an error that is already one.
pub fn tail(home: &Home) -> String {
    let mut end = Vec::new();
    if let Ok(mut log) = File::open(path(home)) {
        let start = log.metadata().map_or(0, |log| log.len().saturating_sub(TAIL_BYTES));
        log.seek(SeekFrom::Start(start)).and_then(|_| log.read_to_end(&mut end)).unwrap_or_default();
    }
    last_lines(&String::from_utf8_lossy(&end))
}

/// The last lines of what a program of PostgreSQL said.
pub fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n")
}
