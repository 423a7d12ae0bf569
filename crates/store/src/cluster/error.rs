//! What can keep the private cluster from running, each in one sentence that says what, where and what to do.

use std::io;
use std::path::{Path, PathBuf};

/// Why the private cluster could not be joined, kept running or left.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// The operating system refused something: no permission, disk full, read-only.
    #[error("cannot {doing} {path}: {cause}")]
    File {
        /// What was tried, as a verb: "create the folder".
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said; part of the sentence, hence not a source.
        cause: io::Error,
    },

    /// A folder of the cluster belongs to another account, or is open to others.
    #[error(
        "{path} is not a folder of the cluster's account alone (its owner has the uid {owner}): run this as its owner, \
         give another folder by --var, or remove it"
    )]
    NotPrivate {
        /// The folder.
        path: PathBuf,
        /// Who owns it.
        owner: u32,
    },

    /// There is no PostgreSQL server.
    #[error(
        "no PostgreSQL server was found {looked}: install PostgreSQL with PostGIS (Debian 12: apt install \
         postgresql-15-postgis-3; elsewhere the packages postgresql and postgis) or use an existing database through \
         DATABASE_URL"
    )]
    NoPostgres {
        /// Where it was looked for, as the sentence's "in …".
        looked: String,
    },

    /// There is a PostgreSQL server without the PostGIS extension.
    #[error(
        "PostgreSQL {major} in {bin} has no PostGIS: install it (Debian: apt install postgresql-{major}-postgis-3; \
         elsewhere the package postgis) or use an existing database through DATABASE_URL"
    )]
    NoPostgis {
        /// Its major version.
        major: u32,
        /// Its folder of programs.
        bin: PathBuf,
    },

    /// The data was written by a major version that is not installed. Nothing was touched.
    #[error(
        "the data in {data} was written by PostgreSQL {wrote}, but installed here is PostgreSQL {found}: install \
         postgresql-{wrote}-postgis-3 again, or dump the data with version {wrote} (pg_dump) and restore it into a new \
         folder given by --var; nothing was touched"
    )]
    OtherVersion {
        /// The data directory.
        data: PathBuf,
        /// The version that wrote it.
        wrote: u32,
        /// The versions that were found.
        found: String,
    },

    /// initdb failed.
    #[error("PostgreSQL could not create its data directory {data}; initdb said: {output}")]
    Creation {
        /// The data directory that was to be.
        data: PathBuf,
        /// The end of initdb's output.
        output: String,
    },

    /// The server ended while starting.
    #[error("PostgreSQL did not start; its log {log} ends with:\n{tail}")]
    Start {
        /// The log file.
        log: PathBuf,
        /// Its last lines.
        tail: String,
    },

    /// The server neither ended nor became ready.
    #[error("PostgreSQL was not ready after {seconds} s; its log {log} ends with:\n{tail}")]
    Slow {
        /// How long it was waited for.
        seconds: u64,
        /// The log file.
        log: PathBuf,
        /// Its last lines.
        tail: String,
    },

    /// Processes of a crashed server could not be ended, so that starting another would endanger the data.
    #[error(
        "processes of a crashed PostgreSQL still hold {data} (pid {pids}) and could not be ended: end them, then start \
         again"
    )]
    Remains {
        /// The data directory.
        data: PathBuf,
        /// Their ids, separated by commas.
        pids: String,
    },

    /// Another program has been starting or stopping the cluster for too long.
    #[error(
        "another program has been starting or stopping the cluster for {seconds} s (it holds {lock}): see what it \
         waits for"
    )]
    Busy {
        /// How long it was waited for.
        seconds: u64,
        /// The lock it holds.
        lock: PathBuf,
    },

    /// The server did not stop.
    #[error(
        "PostgreSQL (pid {pid}) was told to stop and is still running after {seconds} s; its log is {log}"
    )]
    Stop {
        /// The postmaster's id.
        pid: i32,
        /// How long it was waited for.
        seconds: u64,
        /// The log file.
        log: PathBuf,
    },

    /// The server runs but does not do what the program needs first.
    #[error("the private cluster runs, but the program cannot {doing}")]
    Database {
        /// What was tried, as a verb.
        doing: &'static str,
        /// What the server said.
        source: sqlx::Error,
    },

    /// The work was cut short because the program itself is ending.
    #[error("the program ended while it waited for the private cluster")]
    Interrupted,
}

/// Turns what the system said into [`ClusterError::File`], for `map_err`.
pub fn file(doing: &'static str, path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> ClusterError {
    move |cause| ClusterError::File { doing, path: path.as_ref().to_owned(), cause }
}
