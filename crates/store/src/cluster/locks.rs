//! The two file locks that let programs share one cluster.
//!
//! A [`Turn`] is exclusive and short: only its holder may create, start or stop the cluster. A [`Seat`] is shared and
//! lasts as long as a program uses the cluster: who can have it exclusively is alone. Both vanish with their holder,
//! even one that was killed. They belong to the open file, so that two users in one process count as two.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::error::{ClusterError, file};
use super::home::Home;

/// How long others may take to create or start the cluster before we say so instead of waiting on.
const PATIENCE: Duration = Duration::from_mins(5);
const STEP: Duration = Duration::from_millis(10);

/// The right to create, start or stop the cluster, held by one at a time.
#[derive(Debug)]
pub struct Turn(File);

impl Turn {
    /// Waits until it is our turn.
    pub fn take(home: &Home) -> Result<Self, ClusterError> {
        let path = home.path("turn.lock");
        let lock = open(home, &path)?;
        let asked = Instant::now();
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(Self(lock)),
                Err(TryLockError::Error(cause)) => return Err(file("lock", path)(cause)),
                Err(TryLockError::WouldBlock) if asked.elapsed() > PATIENCE => {
                    return Err(ClusterError::Busy { seconds: PATIENCE.as_secs(), lock: path });
                }
                Err(TryLockError::WouldBlock) => sleep(STEP),
            }
        }
    }
}

impl Drop for Turn {
    /// Closing the file is not enough: a process that is being spawned at this instant holds a copy of it.
    fn drop(&mut self) {
        if let Err(error) = self.0.unlock() {
            tracing::warn!(%error, "could not unlock the cluster's turn");
        }
    }
}

/// The use of the cluster, shared with others.
#[derive(Debug)]
pub struct Seat {
    lock: File,
    path: PathBuf,
}

impl Seat {
    /// Sits down. Never waits long: only the holder of a turn asks for the seats exclusively, and only for an instant.
    pub fn take(home: &Home, _turn: &Turn) -> Result<Self, ClusterError> {
        let path = home.path("seats.lock");
        let lock = open(home, &path)?;
        lock.lock_shared().map_err(file("lock", &path))?;
        Ok(Self { lock, path })
    }

    /// Stands up; says whether nobody is left. When in doubt somebody is: a cluster left running does no harm.
    pub fn give_up(self, _turn: &Turn) -> bool {
        let last = self.lock.unlock().map_err(TryLockError::Error).and_then(|()| self.lock.try_lock());
        if let Err(TryLockError::Error(error)) = &last {
            tracing::warn!(%error, lock = %self.path.display(), "could not tell whether others use the cluster");
        }
        // As for the turn, a copy of the file may outlive it for an instant.
        last.and_then(|()| self.lock.unlock().map_err(TryLockError::Error)).is_ok()
    }
}

fn open(home: &Home, path: &Path) -> Result<File, ClusterError> {
    let opened = OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path);
    let lock = opened.map_err(file("open", path))?;
    home.account.own(path).map_err(file("change the owner of", path))?;
    Ok(lock)
}
