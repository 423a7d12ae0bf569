//! The embedded PostGIS: a private PostgreSQL cluster under `<var>/postgres`, shared by every program on that folder.
//!
//! Whoever comes first creates and starts it, whoever leaves last stops it. What keeps them apart are two file locks
//! (see [`locks`]), which vanish with their holder: a program that was killed leaves a cluster running, the next one
//! joins it, and stops it when it is the last to leave.
//!
//! ```text
//! <var>/postgres/          0700, owned by the account that PostgreSQL runs under
//!     data/                the data directory; data.new.* while it is being created
//!     socket/              the Unix socket, the only way in (in /tmp if this path is too long for a socket)
//!     log/postgresql.log   what the server says; the log before it in postgresql.log.1
//!     turn.lock seats.lock
//! ```

mod account;
mod binaries;
mod creation;
mod database;
mod error;
mod home;
mod locks;
mod log;
mod postmaster;
mod presence;
mod remains;

use std::path::PathBuf;

use sqlx::postgres::PgConnectOptions;

pub use self::error::ClusterError;
use self::home::Home;
use self::locks::{Seat, Turn};

/// Where the private cluster lives and what runs it.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The program's state folder; the cluster takes `postgres/` in it. Created if missing.
    pub var: PathBuf,
    /// The folder of `postgres` and `initdb`; `None` takes the newest installed PostgreSQL that has PostGIS, or the
    /// one that wrote the existing data.
    pub pg_bin: Option<PathBuf>,
    /// Whether what was committed survives a power cut (fsync). Only throw-away test clusters say `false`; the
    /// program that starts the cluster decides.
    pub durable: bool,
}

/// A place at the running private cluster, held until [`Cluster::leave`] or drop.
#[derive(Debug)]
pub struct Cluster {
    settings: Settings,
    home: Home,
    /// `None` only after `leave`.
    seat: Option<Seat>,
}

/// Joins the cluster under `settings.var`: creates it, starts it, makes its database `remix` with PostGIS, as needed.
///
/// # Errors
/// One sentence that says what to do: PostgreSQL or PostGIS is not installed, the data is of another version, a
/// folder cannot be written, the server did not start (with the end of its log).
pub async fn join(settings: &Settings) -> Result<Cluster, ClusterError> {
    let settings = settings.clone();
    // In this order, and kept together: should this future be dropped half-way, the turn ends before the cluster is
    // left, which takes a turn of its own.
    let joined = blocking(move || {
        let home = Home::prepare(&settings.var)?;
        let turn = Turn::take(&home)?;
        let seat = Seat::take(&home, &turn)?;
        postmaster::ensure(&home, &settings, &turn)?;
        Ok((turn, Cluster { settings, home, seat: Some(seat) }))
    })
    .await?;
    let made = database::ensure(&joined.1.connect_options()).await;
    let (turn, cluster) = joined;
    drop(turn);
    made.map(|()| cluster)
}

impl Cluster {
    /// How to connect to the database `remix`, as its owner.
    #[must_use]
    pub fn connect_options(&self) -> PgConnectOptions {
        database::options(&self.home.socket)
    }

    /// The same for `psql` and other clients: `postgresql:///remix?host=…&user=remix`.
    #[must_use]
    pub fn url(&self) -> String {
        database::url(&self.home.socket)
    }

    /// Starts the server again if it is gone (a crash, a kill); recovery of what was committed is PostgreSQL's own.
    /// Cheap when the server is there. Returns whether it had to be started.
    ///
    /// # Errors
    /// As [`join`].
    pub async fn ensure_running(&self) -> Result<bool, ClusterError> {
        let (home, settings) = (self.home.clone(), self.settings.clone());
        let started = blocking(move || {
            if presence::of(&home) == presence::Presence::Ready {
                return Ok(false);
            }
            let turn = Turn::take(&home)?;
            postmaster::ensure(&home, &settings, &turn)
        })
        .await?;
        if started {
            database::ensure(&self.connect_options()).await?;
        }
        Ok(started)
    }

    /// Gives the place up; the last to leave stops the server and waits until it has stopped.
    ///
    /// # Errors
    /// When the server is still running a minute after it was told to stop.
    pub async fn leave(mut self) -> Result<(), ClusterError> {
        let (home, seat) = (self.home.clone(), self.seat.take());
        blocking(move || seat.map_or(Ok(()), |seat| give_up(&home, seat))).await
    }
}

impl Drop for Cluster {
    /// Best effort for a cluster nobody left by [`Cluster::leave`]: the same, blocking.
    fn drop(&mut self) {
        if let Some(Err(error)) = self.seat.take().map(|seat| give_up(&self.home, seat)) {
            tracing::warn!(%error, "left the private cluster untidily");
        }
    }
}

fn give_up(home: &Home, seat: Seat) -> Result<(), ClusterError> {
    let turn = Turn::take(home)?;
    if seat.give_up(&turn) { postmaster::stop(home) } else { Ok(()) }
}

/// Runs what waits for locks and processes off the async threads.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ClusterError> + Send + 'static,
) -> Result<T, ClusterError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| ClusterError::Interrupted)?
}
