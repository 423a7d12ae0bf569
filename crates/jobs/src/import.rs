//! Import: files are read, compared with what stands, and published as a release.

mod report;

pub use report::{DiffReport, FileReport, IssueReport, Report, TallyReport};

use crate::archive::{self, Original};
use crate::configuration::Configuration;
use domain::source::Source;
use domain::{Collection, Tally, Territory};
use ingest::{IngestError, Reading};
use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::publication::{self, Outcome, Publication};
use store::{Store, StoreError};

/// What to import.
#[derive(Clone, Debug)]
pub struct Request {
    /// The name of the source that the files are of.
    pub source: String,
    /// Files, or folders of files.
    pub files: Vec<PathBuf>,
    /// Whether only to say what would come of it.
    pub dry_run: bool,
}

/// Why nothing was imported. What was published stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A source that is not defined.
    #[error("there is no source {id}: data/sources has {known}")]
    UnknownSource {
        /// The name asked for.
        id: String,
        /// The names there are.
        known: String,
    },
    /// No file was named.
    #[error("name the files of source {0}, or the folder that they are in")]
    NoFiles(String),
    /// Invented data, where official data stands.
    #[error("official data has been published: invented data does not stand beside it")]
    DemoOverOfficial,
    /// Not one row could be accepted.
    #[error("none of the {read} rows can be accepted; the first is at fault in {first}")]
    NothingAccepted {
        /// Rows read.
        read: u64,
        /// File, line and message of the first issue.
        first: String,
        /// The whole report.
        report: Box<Report>,
    },
    /// Every row is of other territories.
    #[error("none of the {filtered} rows concerns {territory}: all are of other territories")]
    NothingHere {
        /// Rows of other territories.
        filtered: u64,
        /// The territory served.
        territory: String,
    },
    /// The files cannot be used.
    #[error(transparent)]
    Ingest(#[from] IngestError),
    /// The database did not do its part.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The files cannot be kept.
    #[error("cannot keep a copy of {} in the archive: {reason}", path.display())]
    Archive {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        reason: io::Error,
    },
    /// The reading stopped by a fault of the program.
    #[error("reading stopped by a fault of the program: please report it with the files")]
    Panicked,
}

/// Imports the files of a source: reads them, compares with what stands, and, unless it is a dry run, publishes a release and
/// keeps the files in the archive under `var`.
///
/// # Errors
/// [`ImportError`]; what was published stays as it was.
pub async fn import(
    store: &Store,
    configuration: &Arc<Configuration>,
    var: &Path,
    request: Request,
) -> Result<Report, ImportError> {
    let (source, collection) = definitions(configuration, &request)?;
    if source.demo && publication::holds_official(store).await? {
        return Err(ImportError::DemoOverOfficial);
    }
    let (reading, originals) = read(configuration, source, collection, &request).await?;
    let content_hash = content_hash(&originals);
    let definition_hash = definition_hash(source, collection, configuration);
    let report = Report::new(source, &reading, &originals);
    refuse_nothing(&reading, &report, &configuration.territory)?;
    let publication = Publication {
        source: &source.id,
        collection,
        demo: source.demo,
        content_hash,
        definition_hash,
        generation: reading.generation.as_deref(),
        extracted_on: reading.extracted_on,
        tally: reading.tally,
        locations: reading.locations,
        files: serde_json::to_value(&report.files).unwrap_or_default(),
        records: &reading.records,
        issues: &reading.issues,
    };
    if request.dry_run {
        return Ok(report.with_diff(publication::diff(store, &publication).await?));
    }
    // The originals are safe before anything says that they were published.
    for original in &originals {
        archive::keep(var, original)
            .map_err(|reason| ImportError::Archive { path: original.path.clone(), reason })?;
    }
    Ok(match publication::publish(store, &publication).await? {
        Outcome::Unchanged(release) => report.unchanged(release, reading.records.len() as u64),
        Outcome::Published(release, diff) => report.with_diff(diff).published(release),
    })
}

/// A release without a record would end all that stands: that is never what such a file means.
fn refuse_nothing(reading: &Reading, report: &Report, territory: &Territory) -> Result<(), ImportError> {
    match reading.tally {
        Tally { accepted: 0, read: 0, filtered, .. } => {
            Err(ImportError::NothingHere { filtered, territory: territory.title.it.clone() })
        }
        Tally { accepted: 0, read, .. } => {
            let first = reading.issues.first();
            let first = first.map(|it| format!("{}, line {}: {}", it.file, it.line, it.message));
            let report = Box::new(report.clone());
            Err(ImportError::NothingAccepted { read, first: first.unwrap_or_default(), report })
        }
        _ => Ok(()),
    }
}

fn definitions<'a>(
    configuration: &'a Configuration,
    request: &Request,
) -> Result<(&'a Source, &'a Collection), ImportError> {
    let source = configuration.sources.iter().find(|source| source.id.as_str() == request.source);
    let found =
        source.and_then(|source| Some((source, configuration.collection(&source.collection)?.as_ref())));
    let found = found.ok_or_else(|| {
        let known: Vec<_> = configuration.sources.iter().map(|source| source.id.as_str()).collect();
        ImportError::UnknownSource { id: request.source.clone(), known: known.join(", ") }
    })?;
    if request.files.is_empty() {
        return Err(ImportError::NoFiles(request.source.clone()));
    }
    Ok(found)
}

/// Reads the files on a thread of their own: it is work for the processor, and GDAL's handles stay on one thread.
async fn read(
    configuration: &Arc<Configuration>,
    source: &Source,
    collection: &Collection,
    request: &Request,
) -> Result<(Reading, Vec<Original>), ImportError> {
    let (source, collection) = (source.clone(), collection.clone());
    let (territory, files) = (configuration.territory.clone(), request.files.clone());
    let read = move || {
        let reading = ingest::read(&source, &collection, &territory, &files)?;
        let mut originals = Vec::new();
        for path in reading.files.iter().flat_map(|file| &file.parts) {
            originals.push(Original::of(path).map_err(|error| IngestError::Unreadable {
                path: path.clone(),
                reason: error.to_string(),
            })?);
        }
        Ok::<_, IngestError>((reading, originals))
    };
    Ok(tokio::task::spawn_blocking(read).await.map_err(|_| ImportError::Panicked)??)
}

/// What tells the files of a release from any others: their contents, in whatever order and under whatever name they came.
fn content_hash(originals: &[Original]) -> [u8; 32] {
    let mut contents: Vec<_> = originals.iter().map(|original| original.sha256.as_str()).collect();
    contents.sort_unstable();
    let mut hash = Sha256::new();
    for content in contents {
        hash.update(content);
    }
    hash.finalize().into()
}

/// What tells the definitions by which files were read from any others; comments in them do not matter.
fn definition_hash(source: &Source, collection: &Collection, configuration: &Configuration) -> [u8; 32] {
    Sha256::digest(format!("{source:?}\n{collection:?}\n{:?}", configuration.territory)).into()
}
