//! Import: files are read, compared with what stands, and published as a release.

mod report;

pub use report::{DiffReport, FileReport, IssueReport, PartReport, Report, TallyReport};

use crate::archive::{self, Original};
use crate::configuration::{Configuration, UnknownSource};
use domain::source::Source;
use domain::{Collection, ReleaseId, Tally, Territory};
use ingest::{Definitions, IngestError, Reading, Standing, reading};
use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::publication::{self, Consent, Outcome, Part, Publication};
use store::{Store, StoreError, history, standing};
use time::OffsetDateTime;
use tokio::runtime::Handle;

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
    let work = Work { store: store.clone(), definitions, request };
    let (work, originals, read) = work.read().await?;
    let Work { definitions, request, .. } = work;
    let source = &definitions.source;
    let reading = match read {
        Read::Already(release) => {
            return Ok(Report::already(source, &history::release(store, release).await?));
        }
        Read::Whole(reading) => reading,
    };
    let report = Report::new(source, &reading, &originals);
    refuse_nothing(&reading, &report, &configuration.territory)?;
    let publication = publication(&definitions, &reading, &originals, &report);
    let max_removed_share = source.max_removed_share;
    if request.dry_run {
        let (diffs, reasons) = publication::preview(store, &publication, max_removed_share).await?;
        return Ok(report.with_diffs(&diffs).waiting(&reasons));
    }
    // The originals are safe before anything says that they were published.
    for original in &originals {
        archive::keep(var, original)
            .map_err(|reason| ImportError::Archive { path: original.path.clone(), reason })?;
    }
    let consent = request.reason.as_deref().map_or(Consent::Within { max_removed_share }, Consent::Given);
    Ok(match publication::publish(store, &publication, consent).await? {
        Outcome::Unchanged(release) => Report::already(source, &history::release(store, release).await?),
        Outcome::Published(release, diffs) => report.with_diffs(&diffs).published(release),
        Outcome::Staged(release, diffs, reasons) => {
            report.with_diffs(&diffs).published(release).waiting(&reasons)
        }
    })
}

fn publication<'a>(
    definitions: &'a Definitions,
    reading: &'a Reading,
    originals: &[Original],
    report: &Report,
) -> Publication<'a> {
    let part = |part: &'a reading::Part| Part {
        collection: &part.collection,
        tally: part.tally,
        locations: part.locations,
        records: &part.records,
    };
    Publication {
        source: &definitions.source.id,
        demo: definitions.source.demo,
        content_hash: content_hash(originals),
        definition_hash: definition_hash(definitions),
        generation: reading.generation.as_deref(),
        extracted_on: reading.extracted_on,
        today: OffsetDateTime::now_utc().date(),
        files: serde_json::to_value(&report.files).unwrap_or_default(),
        columns: reading.files.iter().map(|file| (file.table.clone(), file.columns.clone())).collect(),
        parts: reading.parts.iter().map(part).collect(),
        issues: &reading.issues,
    }
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

/// What the thread that reads works with.
struct Work {
    store: Store,
    definitions: Definitions,
    request: Request,
}

/// What reading came to.
enum Read {
    /// The files are a release already.
    Already(ReleaseId),
    /// They have been read.
    Whole(Reading),
}

impl Work {
    /// Reads the files on a thread of their own: it is work for the processor, and GDAL's handles stay on one thread.
    async fn read(self) -> Result<(Self, Vec<Original>, Read), ImportError> {
        let database = Handle::current();
        let work = move || {
            let (originals, read) = self.read_here(&database)?;
            Ok((self, originals, read))
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| ImportError::Panicked)?
    }

    fn read_here(&self, database: &Handle) -> Result<(Vec<Original>, Read), ImportError> {
        let Self { store, definitions, request } = self;
        let opened = ingest::open(definitions, &request.files)?;
        let mut originals = Vec::new();
        for path in opened.files() {
            originals.push(Original::of(&path).map_err(|error| IngestError::Unreadable {
                path: path.clone(),
                reason: error.to_string(),
            })?);
        }
        let (content, definition) = (content_hash(&originals), definition_hash(definitions));
        let already = publication::already(store, &definitions.source.id, content, definition);
        if let Some(release) = database.block_on(already)?.filter(|_| !request.dry_run) {
            return Ok((originals, Read::Already(release)));
        }
        let mut standing = Standing::new();
        for id in opened.parents() {
            if let Some(collection) = definitions.collections.iter().find(|it| it.id == id) {
                standing.insert(id, database.block_on(standing::values(store, collection))?);
            }
        }
        Ok((originals, Read::Whole(opened.read(&standing)?)))
    }
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
