//! Whether a server runs on our data directory, as postmaster.pid, /proc and the socket tell.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use rustix::process::Pid;

use super::home::{Home, SOCKET_FILE};

/// The first message of a client that would like encryption, which every server answers with one letter: the length 8
/// and the number 80877103.
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];
const PATIENCE: Duration = Duration::from_secs(5);

/// What the cluster's server is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// There is none.
    Absent,
    /// It starts, perhaps recovering from a crash.
    Starting,
    /// It answers.
    Ready,
    /// It was told to stop.
    Stopping,
}

/// What the server is doing now.
pub fn of(home: &Home) -> Presence {
    match Pidfile::read(home) {
        Some(pidfile) if pidfile.pid.is_some_and(|pid| serves(home, pid)) => pidfile.presence,
        // In another container on the same folder its pid means nothing here, but the socket does.
        _ if answers(home) => Presence::Ready,
        _ => Presence::Absent,
    }
}

/// The server's process, `None` if there is none that we can reach.
pub fn pid(home: &Home) -> Option<Pid> {
    Pidfile::read(home)?.pid.filter(|pid| serves(home, *pid))
}

/// Whether the process is a living postgres on our data directory: by its working directory or, where that may not be
/// read (root without `CAP_SYS_PTRACE`, as in a container), by the cluster's mark in its title.
pub fn serves(home: &Home, pid: Pid) -> bool {
    let process = Path::new("/proc").join(pid.as_raw_nonzero().to_string());
    let is_postgres = fs::read(process.join("comm")).is_ok_and(|name| name == b"postgres\n");
    // A zombie has no command line.
    let title = fs::read(process.join("cmdline")).unwrap_or_default();
    if !is_postgres || title.is_empty() {
        return false;
    }
    match (fs::metadata(process.join("cwd")), fs::metadata(home.data())) {
        (Ok(folder), Ok(data)) => (folder.dev(), folder.ino()) == (data.dev(), data.ino()),
        _ => String::from_utf8_lossy(&title).contains(&home.mark()),
    }
}

/// Whether somebody at the socket speaks PostgreSQL. That it opens is not enough: the system accepts for a process that
/// is being killed. One that accepts and is silent counts as there, since starting another would endanger the data.
fn answers(home: &Home) -> bool {
    let Ok(mut socket) = UnixStream::connect(home.socket.join(SOCKET_FILE)) else { return false };
    let asked = socket.set_read_timeout(Some(PATIENCE)).and_then(|()| socket.write_all(&SSL_REQUEST));
    match asked.and_then(|()| socket.read(&mut [0])) {
        Ok(bytes) => bytes > 0,
        Err(error) => error.kind() == ErrorKind::WouldBlock,
    }
}

/// What postmaster.pid says, whoever wrote it and whenever.
#[derive(Debug, PartialEq, Eq)]
pub struct Pidfile {
    /// Its first line, `None` if that is no pid.
    pub pid: Option<Pid>,
    presence: Presence,
}

impl Pidfile {
    /// Reads the data directory's postmaster.pid, `None` if there is none.
    pub fn read(home: &Home) -> Option<Self> {
        let text = fs::read_to_string(home.data().join("postmaster.pid")).ok()?;
        Some(Self::parse(&text))
    }

    /// The first line is the pid, the eighth the status, written last of all.
    fn parse(text: &str) -> Self {
        let pid = text.lines().next().and_then(|pid| pid.trim().parse().ok()).and_then(Pid::from_raw);
        let presence = match text.lines().nth(7).map(str::trim) {
            Some("ready") => Presence::Ready,
            Some("stopping") => Presence::Stopping,
            _ => Presence::Starting,
        };
        Self { pid, presence }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_is_on_the_eighth_line() {
        let check = |text: &str, pid: Option<i32>, presence| {
            let expected = Pidfile { pid: pid.and_then(Pid::from_raw), presence };
            assert_eq!(Pidfile::parse(text), expected, "{text:?}");
        };
        let lines = |status| format!("31891\n/data\n1795298356\n5432\n../socket\n\n 10043697 12\n{status}");
        check(&lines("ready   \n"), Some(31891), Presence::Ready);
        check(&lines("starting\n"), Some(31891), Presence::Starting);
        check(&lines("stopping\n"), Some(31891), Presence::Stopping);
        check(&lines(""), Some(31891), Presence::Starting);
        check("31891\n", Some(31891), Presence::Starting);
        check("", None, Presence::Starting);
        check("0\n", None, Presence::Starting);
    }
}
