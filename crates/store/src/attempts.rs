//! What came of asking publishers for the files of sources: every attempt is written down, whether it brought anything or not.

use crate::{Store, StoreError};
use domain::SourceId;
use time::OffsetDateTime;

/// One attempt at one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The source.
    pub source: String,
    /// The address, as the source's definition has it.
    pub url: String,
    /// When it began.
    pub started_at: OffsetDateTime,
    /// How long it took.
    pub elapsed_ms: u64,
    /// What the server answered in the end, after redirects; `None` if it did not answer.
    pub status: Option<u16>,
    /// What was received this time, unpacked.
    pub bytes: u64,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A file that is not the one before.
    Fetched(State),
    /// The file is as it was.
    Unchanged(State),
    /// No file, and why.
    Failed(String),
}

/// What tells one state of a file from another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// What the server calls this state.
    pub etag: Option<String>,
    /// When the server says that it changed last, in the server's own words.
    pub last_modified: Option<String>,
}

impl Outcome {
    /// The word for it in the database and in reports.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Fetched(_) => "fetched",
            Self::Unchanged(_) => "unchanged",
            Self::Failed(_) => "failed",
        }
    }

    /// The state that the file is in; `None` after a failure.
    #[must_use]
    pub const fn state(&self) -> Option<&State> {
        match self {
            Self::Fetched(state) | Self::Unchanged(state) => Some(state),
            Self::Failed(_) => None,
        }
    }

    /// Why there is no file; `None` if there is.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        match self {
            Self::Failed(error) => Some(error),
            Self::Fetched(_) | Self::Unchanged(_) => None,
        }
    }
}

/// Writes an attempt down.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn record(store: &Store, attempt: &Attempt) -> Result<(), StoreError> {
    let state = attempt.outcome.state();
    let insert = sqlx::query_file!(
        "sql/attempt_insert.sql",
        attempt.source,
        attempt.url,
        attempt.started_at,
        attempt.elapsed_ms.cast_signed(),
        attempt.status.map(i32::from),
        attempt.bytes.cast_signed(),
        state.map(|state| state.sha256.as_str()),
        state.and_then(|state| state.etag.as_deref()),
        state.and_then(|state| state.last_modified.as_deref()),
        attempt.outcome.as_str(),
        attempt.outcome.error()
    );
    insert.execute(&store.pool).await?;
    Ok(())
}

/// The last attempt that left a file of this address; `None` if there was none.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn last_good(store: &Store, source: &SourceId, url: &str) -> Result<Option<Attempt>, StoreError> {
    let row = sqlx::query_file_as!(Row, "sql/attempt_list.sql", source.as_str(), Some(url), 1);
    Ok(row.fetch_optional(&store.pool).await?.map(Attempt::from))
}

/// The attempts at files of a source, the latest first, `limit` at most.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn list(store: &Store, source: &SourceId, limit: i64) -> Result<Vec<Attempt>, StoreError> {
    let rows = sqlx::query_file_as!(Row, "sql/attempt_list.sql", source.as_str(), None::<&str>, limit);
    Ok(rows.fetch_all(&store.pool).await?.into_iter().map(Attempt::from).collect())
}

/// When a file of the source was last asked for; `None` if never.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn last_started(store: &Store, source: &SourceId) -> Result<Option<OffsetDateTime>, StoreError> {
    let started =
        sqlx::query_scalar!("select max(started_at) from attempt where source = $1", source.as_str());
    Ok(started.fetch_one(&store.pool).await?)
}

struct Row {
    source: String,
    url: String,
    started_at: OffsetDateTime,
    elapsed_ms: i64,
    status: Option<i32>,
    bytes: i64,
    sha256: Option<String>,
    etag: Option<String>,
    last_modified: Option<String>,
    outcome: String,
    error: Option<String>,
}

impl From<Row> for Attempt {
    fn from(row: Row) -> Self {
        let state = State {
            sha256: row.sha256.unwrap_or_default(),
            etag: row.etag,
            last_modified: row.last_modified,
        };
        Self {
            source: row.source,
            url: row.url,
            started_at: row.started_at,
            elapsed_ms: row.elapsed_ms.cast_unsigned(),
            status: row.status.and_then(|status| u16::try_from(status).ok()),
            bytes: row.bytes.cast_unsigned(),
            outcome: match row.outcome.as_str() {
                "fetched" => Outcome::Fetched(state),
                "unchanged" => Outcome::Unchanged(state),
                _ => Outcome::Failed(row.error.unwrap_or_default()),
            },
        }
    }
}
