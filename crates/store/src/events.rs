//! Events: each time that a release was published or withdrawn, and what changed by it.

use crate::history::{self, Change};
use crate::{Store, StoreError};
use domain::ReleaseId;
use time::OffsetDateTime;

/// A release was published or withdrawn.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its number; later events have greater ones.
    pub id: i64,
    /// When.
    pub at: OffsetDateTime,
    /// The release.
    pub release: ReleaseId,
    /// Whether it was withdrawn, and not published.
    pub is_withdrawal: bool,
    /// The release's source.
    pub source: String,
    /// Whether it is invented data.
    pub demo: bool,
    /// How many issues the release has.
    pub issues: u64,
}

/// The latest events, the last first: `limit` at most.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn latest(store: &Store, limit: i64) -> Result<Vec<Event>, StoreError> {
    let rows = sqlx::query_file!("sql/event_list.sql", limit).fetch_all(&store.pool).await?;
    let events = rows.into_iter().map(|row| Event {
        id: row.id,
        at: row.at,
        release: ReleaseId(row.release_id),
        is_withdrawal: row.is_withdrawal,
        source: row.source,
        demo: row.demo,
        issues: row.issues.cast_unsigned(),
    });
    Ok(events.collect())
}

/// What stood differently after an event than before it, among the records of its source.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn changes(store: &Store, event: &Event) -> Result<Vec<Change>, StoreError> {
    let mut connection = store.pool.acquire().await?;
    history::between_events(&mut connection, &event.source, event.id - 1, event.id).await
}
