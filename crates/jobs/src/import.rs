//! Import: files are read, compared with what stands, and published as a release.

mod reader;
mod report;

pub use report::{DiffReport, FileReport, IssueReport, PartReport, Report, TallyReport};

use crate::archive::{Copies, Original, Unkept};
use crate::configuration::{Configuration, UnknownSource};
use domain::source::Source;
use domain::{Collection, ReleaseId, Tally, Territory};
use ingest::{Definitions, IngestError, Reading, reading};
use reader::{Opened, Reader};
use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::publication::{self, Begun, Head, Outcome, Part, Publication, Purpose, Tail};
use store::{Store, StoreError, history};
use time::OffsetDateTime;
use tokio::task::JoinHandle;

/// What to import.
#[derive(Clone, Debug)]
pub struct Request {
    /// The name of the source that the files are of.
    pub source: String,
    /// Files, or folders of files.
    pub files: Vec<PathBuf>,
    /// Whether only to say what would come of it.
    pub dry_run: bool,
    /// Why a person wants it published even if it ends much of what stands or has other columns; `None` if nobody was asked.
    pub reason: Option<String>,
}

/// Why nothing was imported. What was published stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A source that is not defined.
    #[error(transparent)]
    UnknownSource(#[from] UnknownSource),
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
    #[error("cannot keep a copy of {} in the archive: {}", path.display(), why(reason))]
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

/// What the operating system says, or what to do where that is plain.
fn why(reason: &io::Error) -> String {
    match reason.kind() {
        io::ErrorKind::StorageFull => {
            "its disk is full: make room and try again; what was published stays as it was".to_owned()
        }
        _ => reason.to_string(),
    }
}

/// Imports the files of a source: reads them, compares with what stands, and, unless it is a dry run, publishes a release and
/// keeps the files in the archive under `var`. A release that goes further than the source's definition lets it is staged.
///
/// # Errors
/// [`ImportError`]; what was published stays as it was.
pub async fn import(
    store: &Store,
    configuration: &Arc<Configuration>,
    var: &Path,
    request: Request,
) -> Result<Report, ImportError> {
    let definitions = definitions(configuration, &request)?;
    if definitions.source.demo && publication::holds_official(store).await? {
        return Err(ImportError::DemoOverOfficial);
    }
    let max_removed_share = definitions.source.max_removed_share;
    let import =
        Import { store, territory: &configuration.territory, var, definitions: Arc::new(definitions) };
    let purpose = match (&request.reason, request.dry_run) {
        (_, true) => Purpose::Preview { max_removed_share },
        (Some(reason), false) => Purpose::PublishBecause(reason.clone()),
        (None, false) => Purpose::Publish { max_removed_share },
    };
    let given: Arc<[PathBuf]> = request.files.into();
    match import.run(&given, purpose).await? {
        Some(report) => Ok(report),
        // How far it goes is known at its end only: it is read once more, to wait for a person.
        None => match import.run(&given, Purpose::Stage { max_removed_share }).await? {
            Some(report) => Ok(report),
            None => Err(ImportError::Panicked),
        },
    }
}

/// What one import goes by.
struct Import<'a> {
    store: &'a Store,
    territory: &'a Territory,
    var: &'a Path,
    definitions: Arc<Definitions>,
}

impl Import<'_> {
    /// Reads the files while what they say is written. `None` if the release goes further than it may without being staged.
    async fn run(&self, given: &Arc<[PathBuf]>, purpose: Purpose) -> Result<Option<Report>, ImportError> {
        let Self { store, definitions, .. } = self;
        let is_kept = !matches!(purpose, Purpose::Preview { .. });
        let mut reader = Reader::start(store, definitions, given);
        let opened = reader.opened().await?;
        let originals = originals(opened.paths.clone()).await?;
        let files = report::files(&opened.files, &originals);
        let head = head(definitions, &opened, &originals, &files);
        let mut publication = match Publication::begin(store, head, purpose).await? {
            Begun::Already(release) => return self.already(release).await.map(Some),
            Begun::Open(publication) => publication,
        };
        let copies = is_kept.then(|| self.copies(originals));
        while let Some((collection, records)) = reader.records().await {
            publication.take(&collection, &records).await?;
            reader.give_back(records);
        }
        let reading = reader.end().await?;
        let report = Report::new(&definitions.source, &reading, opened.generation, files);
        refuse_nothing(&reading, &report, self.territory)?;
        // The originals are safe before anything says that they were published.
        if let Some(copies) = copies {
            copies.await.map_err(|_| ImportError::Panicked)?.and_then(Copies::keep).map_err(unkept)?;
        }
        Ok(match publication.end(&tail(&reading)).await? {
            Outcome::TooFar => None,
            Outcome::Previewed(diffs, reasons) => Some(report.with_diffs(&diffs).waiting(&reasons)),
            Outcome::Published(release, diffs) => Some(report.with_diffs(&diffs).published(release)),
            Outcome::Staged(release, diffs, reasons) => {
                Some(report.with_diffs(&diffs).published(release).waiting(&reasons))
            }
        })
    }

    async fn already(&self, release: ReleaseId) -> Result<Report, ImportError> {
        let release = history::release(self.store, release).await?;
        Ok(Report::already(&self.definitions.source, &release))
    }

    /// Copies the originals for the archive, while their rows are written.
    fn copies(&self, originals: Vec<Original>) -> JoinHandle<Result<Copies, Unkept>> {
        let var = self.var.to_owned();
        tokio::task::spawn_blocking(move || Copies::of(&var, &originals))
    }
}

fn unkept((path, reason): Unkept) -> ImportError {
    ImportError::Archive { path, reason }
}

/// Reads the files through, beside the thread that reads their rows.
async fn originals(paths: Vec<PathBuf>) -> Result<Vec<Original>, ImportError> {
    let original = |path: PathBuf| {
        Original::of(&path).map_err(|error| IngestError::Unreadable { path, reason: error.to_string() })
    };
    let read = move || paths.into_iter().map(original).collect::<Result<Vec<_>, _>>();
    Ok(tokio::task::spawn_blocking(read).await.map_err(|_| ImportError::Panicked)??)
}

fn head(definitions: &Definitions, opened: &Opened, originals: &[Original], files: &[FileReport]) -> Head {
    Head {
        source: definitions.source.id.clone(),
        demo: definitions.source.demo,
        content_hash: content_hash(originals),
        definition_hash: definition_hash(definitions),
        generation: opened.generation.clone(),
        files: serde_json::to_value(files).unwrap_or_default(),
        columns: opened.files.iter().map(|file| (file.table.clone(), file.columns.clone())).collect(),
        today: OffsetDateTime::now_utc().date(),
    }
}

fn tail(reading: &Reading) -> Tail<'_> {
    let parts = reading.parts.iter().map(|reading::Part { collection, tally, locations }| Part {
        collection,
        tally: *tally,
        locations: *locations,
    });
    Tail { extracted_on: reading.extracted_on, parts: parts.collect(), issues: &reading.issues }
}

/// A release without a record would end all that stands: that is never what such a file means.
fn refuse_nothing(reading: &Reading, report: &Report, territory: &Territory) -> Result<(), ImportError> {
    let sum = |count: fn(&Tally) -> u64| reading.parts.iter().map(|part| count(&part.tally)).sum::<u64>();
    let (accepted, read, filtered) = (sum(|it| it.accepted), sum(|it| it.read), sum(|it| it.filtered));
    if accepted > 0 {
        return Ok(());
    }
    if read == 0 {
        return Err(ImportError::NothingHere { filtered, territory: territory.title.it.clone() });
    }
    let first = reading.issues.first();
    let first = first.map(|it| format!("{}, line {}: {}", it.file, it.line, it.message));
    let report = Box::new(report.clone());
    Err(ImportError::NothingAccepted { read, first: first.unwrap_or_default(), report })
}

fn definitions(configuration: &Configuration, request: &Request) -> Result<Definitions, ImportError> {
    let source = configuration.source_called(&request.source)?;
    if request.files.is_empty() {
        return Err(ImportError::NoFiles(request.source.clone()));
    }
    let (collections, territory) = (&configuration.collections, configuration.territory.clone());
    Ok(Definitions::of(source.clone(), collections, territory))
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

/// What tells the definitions by which files were read from any others; comments in them do not matter, nor where the files come from.
fn definition_hash(definitions: &Definitions) -> [u8; 32] {
    let Definitions { source, collections, territory } = definitions;
    let source = Source { fetch: None, ..source.clone() };
    let is_fed =
        |collection: &&Arc<Collection>| source.tables.iter().any(|table| table.collection == collection.id);
    let fed: Vec<_> = collections.iter().filter(is_fed).collect();
    Sha256::digest(format!("{source:?}\n{fed:?}\n{territory:?}")).into()
}
