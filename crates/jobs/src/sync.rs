//! Sync: the files that a source's definition names are fetched from their publisher, and imported if they are not those that
//! were imported before.
//!
//! Files lie in `<var>/fetch/<source>`; one program at a time works on a source. Every attempt is written down. If one file of a
//! source cannot be fetched, none is imported: half of a release would be worse than the one before.

mod address;
mod ask;
mod attempt;
mod body;
mod error;
mod fetch;
mod partial;
mod report;
mod request;
pub mod schedule;

pub use error::FetchError;
pub use report::{FileReport, Outcome, SyncReport};

use crate::configuration::{Configuration, UnknownSource};
use crate::import::{self, ImportError, Request};
use attempt::Source;
use domain::source::Fetch;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use std::{fs, io};
use store::{Store, StoreError, history};

/// How publishers are asked.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether source.toml may name servers of private networks: for offices that have one inside, and for tests.
    pub allow_private: bool,
    /// A proxy to go through, as `http://host:port`. It resolves names itself: what they lead to cannot be checked then, only
    /// addresses that are written as numbers.
    pub proxy: Option<String>,
    /// Where publishers can read who asks.
    pub public_url: Option<String>,
    /// The longest time until there is a connection.
    pub connect: Duration,
    /// The longest time without a byte.
    pub idle: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        let (connect, idle) = (Duration::from_secs(10), Duration::from_secs(30));
        Self { allow_private: false, proxy: None, public_url: None, connect, idle }
    }
}

/// Why a source was not synced. What was published stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// A source that is not defined.
    #[error(transparent)]
    UnknownSource(#[from] UnknownSource),
    /// A source that does not say where its files are.
    #[error("source {0} does not say where its files are: write [fetch] with urls into its source.toml")]
    NoFetch(String),
    /// No source does.
    #[error("no source says where its files are: write [fetch] with urls into a source.toml")]
    NothingToFetch,
    /// A proxy that is none; it may hold a password, so it is not said.
    #[error("what --proxy or HTTPS_PROXY says is no address of a proxy: write http://host:port")]
    NoProxy,
    /// Another program is at it.
    #[error("another program is syncing source {0}: wait until it is done")]
    Busy(String),
    /// Some of its files are not there.
    #[error("{failed} of {all} files could not be fetched, so none was imported")]
    Incomplete {
        /// How many.
        failed: usize,
        /// Of how many.
        all: usize,
    },
    /// A folder that cannot be used.
    #[error("cannot write {}: {reason}", path.display())]
    Disk {
        /// The folder or file.
        path: PathBuf,
        /// What the operating system says.
        reason: io::Error,
    },
    /// No thread to work on.
    #[error("the operating system gives no thread to sync on: {0}")]
    NoThread(io::Error),
    /// A thread that stopped by a fault of the program.
    #[error("fetching stopped by a fault of the program: please report it with the address")]
    Panicked,
    /// The files were refused.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The database did not do its part.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Syncs one source, or all that say where their files are. A source that fails does not keep the others from their turn: its
/// report says why.
///
/// # Errors
/// [`SyncError::UnknownSource`], [`SyncError::NoFetch`], [`SyncError::NothingToFetch`] or [`SyncError::NoProxy`], before anything
/// is fetched.
pub async fn sync(
    store: &Store,
    configuration: &Arc<Configuration>,
    var: &Path,
    chosen: Option<&str>,
    settings: &Settings,
) -> Result<Vec<SyncReport>, SyncError> {
    let asked: Vec<_> = match chosen {
        Some(id) => vec![source(configuration, id)?],
        None => sources(configuration).collect(),
    };
    if asked.is_empty() {
        return Err(SyncError::NothingToFetch);
    }
    check_proxy(settings)?;
    let mut reports = Vec::new();
    for (source, fetch) in asked {
        let source = Source { definition: source, fetch, settings };
        reports.push(one(store, configuration, var, source).await);
    }
    Ok(reports)
}

/// The sources that say where their files are.
fn sources(configuration: &Configuration) -> impl Iterator<Item = (&domain::source::Source, &Fetch)> {
    configuration.sources.iter().filter_map(|source| Some((source, source.fetch.as_ref()?)))
}

fn source<'a>(
    configuration: &'a Configuration,
    id: &str,
) -> Result<(&'a domain::source::Source, &'a Fetch), SyncError> {
    let source = configuration.source_called(id)?;
    Ok((source, source.fetch.as_ref().ok_or_else(|| SyncError::NoFetch(id.to_owned()))?))
}

fn check_proxy(settings: &Settings) -> Result<(), SyncError> {
    match &settings.proxy {
        Some(proxy) => ureq::Proxy::new(proxy).map(drop).map_err(|_| SyncError::NoProxy),
        None => Ok(()),
    }
}

/// Syncs one source; whatever happens is in the report.
async fn one(
    store: &Store,
    configuration: &Arc<Configuration>,
    var: &Path,
    source: Source<'_>,
) -> SyncReport {
    let mut report = SyncReport::of(&source.definition.id);
    if let Err(error) = fetch_and_import(store, configuration, var, source, &mut report).await {
        report.fail(&error);
    }
    report
}

async fn fetch_and_import(
    store: &Store,
    configuration: &Arc<Configuration>,
    var: &Path,
    source: Source<'_>,
    report: &mut SyncReport,
) -> Result<(), SyncError> {
    let id = &source.definition.id;
    let folder = var.join("fetch").join(id.as_str());
    fs::create_dir_all(&folder).map_err(|reason| SyncError::Disk { path: folder.clone(), reason })?;
    let turn = turn(&folder, id.as_str())?;
    let mut files = Vec::new();
    for (url, name) in source.fetch.urls.iter().zip(attempt::names(&source.fetch.urls)) {
        let file = folder.join(name);
        let attempt = source.attempt(store, url, &file, &turn).await?;
        report.files.push(FileReport::of(&attempt));
        files.push(file);
    }
    let failed = report.files.iter().filter(|file| file.error.is_some()).count();
    if failed > 0 {
        return Err(SyncError::Incomplete { failed, all: files.len() });
    }
    if let Some(release) = turned_down(store, report).await? {
        report.unchanged(release);
        return Ok(());
    }
    // Files that did not change are imported all the same: it is no new release unless their last import failed, or the
    // definitions have become better.
    let request = Request { source: id.to_string(), files, dry_run: false, reason: None };
    report.imported(import::import(store, configuration, var, request).await?);
    Ok(())
}

/// The right to work on a source, which ends with this value, or with the program.
fn turn(folder: &Path, source: &str) -> Result<Arc<File>, SyncError> {
    let path = folder.with_extension("lock");
    let disk = |reason| SyncError::Disk { path: path.clone(), reason };
    let file = File::options().create(true).append(true).open(&path).map_err(disk)?;
    match file.try_lock() {
        Ok(()) => Ok(Arc::new(file)),
        Err(TryLockError::WouldBlock) => Err(SyncError::Busy(source.to_owned())),
        Err(TryLockError::Error(reason)) => Err(disk(reason)),
    }
}

/// The last release of the source, if it is of these very files and a person discarded or withdrew it: it is not to come back.
async fn turned_down(store: &Store, report: &SyncReport) -> Result<Option<i64>, SyncError> {
    let last = history::releases(store, Some(&report.source), 1).await?.into_iter().next();
    let Some(last) = last.filter(|last| matches!(last.state.as_str(), "discarded" | "withdrawn")) else {
        return Ok(None);
    };
    let hashes = |hash: Option<&str>| hash.map(str::to_owned);
    let files = last.files.as_array().into_iter().flatten();
    let mut imported: Vec<_> = files.map(|file| hashes(file["sha256"].as_str())).collect();
    let mut fetched: Vec<_> = report.files.iter().map(|file| hashes(file.sha256.as_deref())).collect();
    imported.sort_unstable();
    fetched.sort_unstable();
    Ok((imported == fetched).then_some(last.id.0))
}
