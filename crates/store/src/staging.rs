//! Releases that wait: a person publishes or discards them.

use crate::publication::{self, Part, Publication, changes::Changes};
use crate::standing::{self, PlaceRow, RecordRow};
use crate::{Store, StoreError};
use domain::{Collection, CollectionId, Diff, Record, ReleaseId, SourceId, Tally};
use sqlx::PgConnection;
use std::sync::Arc;
use time::Date;

/// Publishes a release that waits, compared with what stands now; gives how each of its parts differs from it.
///
/// # Errors
/// [`StoreError::UnknownRelease`], [`StoreError::WrongState`], [`StoreError::UndefinedCollection`] or [`StoreError::KeyTaken`];
/// then it still waits.
pub async fn publish(
    store: &Store,
    collections: &[Arc<Collection>],
    release: ReleaseId,
    today: Date,
    reason: &str,
) -> Result<Vec<Diff>, StoreError> {
    let mut transaction = publication::begin(store).await?;
    let waiting = waiting(&mut transaction, release).await?;
    let source = SourceId::parse(&waiting.source).ok_or(StoreError::UnknownRelease(release))?;
    let staged = parts(&mut transaction, collections, release).await?;
    let publication = Publication {
        source: &source,
        demo: waiting.demo,
        content_hash: [0; 32],
        definition_hash: [0; 32],
        generation: None,
        extracted_on: waiting.extracted_on,
        today,
        files: serde_json::Value::Null,
        columns: std::collections::BTreeMap::new(),
        parts: staged.iter().map(Staged::part).collect(),
        issues: &[],
    };
    let changes = Changes::find_all(&mut transaction, &publication).await?;
    clear(&mut transaction, release).await?;
    publication::stand(&mut transaction, &publication, release, &changes, reason).await?;
    let diffs: Vec<Diff> = changes.iter().map(|it| it.diff).collect();
    settle(&mut transaction, release, &publication, &diffs).await?;
    transaction.commit().await?;
    Ok(diffs)
}

/// Discards a release that waits. That it came stays on record; its records do not.
///
/// # Errors
/// [`StoreError::UnknownRelease`] or [`StoreError::WrongState`].
pub async fn discard(store: &Store, release: ReleaseId) -> Result<(), StoreError> {
    let mut transaction = publication::begin(store).await?;
    waiting(&mut transaction, release).await?;
    clear(&mut transaction, release).await?;
    sqlx::query!("update release set state = 'discarded' where id = $1", release.0)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Takes away the records of a release that waits.
async fn clear(connection: &mut PgConnection, release: ReleaseId) -> Result<(), StoreError> {
    sqlx::query_file!("sql/record_clear.sql", release.0).execute(connection).await?;
    Ok(())
}

struct Waiting {
    source: String,
    demo: bool,
    state: String,
    extracted_on: Option<Date>,
}

async fn waiting(connection: &mut PgConnection, release: ReleaseId) -> Result<Waiting, StoreError> {
    let found = sqlx::query_file_as!(Waiting, "sql/release_waiting.sql", release.0);
    let found = found.fetch_optional(connection).await?.ok_or(StoreError::UnknownRelease(release))?;
    if found.state != "staged" {
        let rule = "only a release that waits can be published or discarded";
        return Err(StoreError::WrongState { release, state: found.state, rule });
    }
    Ok(found)
}

/// What a release that waits says of one collection.
struct Staged {
    collection: Arc<Collection>,
    records: Vec<Record>,
}

impl Staged {
    fn part(&self) -> Part<'_> {
        let Self { collection, records } = self;
        Part { collection, tally: Tally::default(), locations: Tally::default(), records }
    }
}

async fn parts(
    connection: &mut PgConnection,
    collections: &[Arc<Collection>],
    release: ReleaseId,
) -> Result<Vec<Staged>, StoreError> {
    let ids = sqlx::query_scalar!("select collection from release_part where release_id = $1", release.0);
    let mut parts = Vec::new();
    for id in ids.fetch_all(&mut *connection).await? {
        let defined = CollectionId::parse(&id).and_then(|id| collections.iter().find(|it| it.id == id));
        let collection =
            defined.ok_or_else(|| StoreError::UndefinedCollection { release, collection: id.clone() })?;
        let rows = sqlx::query_file_as!(RecordRow, "sql/record_staged.sql", release.0, id);
        let rows = rows.fetch_all(&mut *connection).await?;
        let places = sqlx::query_file_as!(PlaceRow, "sql/location_staged.sql", release.0, id);
        let places = places.fetch_all(&mut *connection).await?;
        let records = standing::read(collection, rows, places)?;
        let records = records.into_iter().map(|standing| standing.record).collect();
        parts.push(Staged { collection: collection.clone(), records });
    }
    Ok(parts)
}

/// Writes down that the release stands, and how it differed from what stood when it did.
async fn settle(
    connection: &mut PgConnection,
    release: ReleaseId,
    publication: &Publication<'_>,
    diffs: &[Diff],
) -> Result<(), StoreError> {
    sqlx::query!("update release set state = 'published' where id = $1", release.0)
        .execute(&mut *connection)
        .await?;
    for (part, diff) in publication.parts.iter().zip(diffs) {
        let settled = sqlx::query_file!(
            "sql/release_part_settle.sql",
            release.0,
            part.collection.id.as_str(),
            diff.added.cast_signed(),
            diff.changed.cast_signed(),
            diff.removed.cast_signed(),
            diff.unchanged.cast_signed()
        );
        settled.execute(&mut *connection).await?;
    }
    Ok(())
}
