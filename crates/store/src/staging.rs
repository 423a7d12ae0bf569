//! Releases that wait: a person publishes or discards them.

use crate::publication::{
    self,
    changes::Changes,
    run::{Owner, Run},
};
use crate::standing::rows::{self, Which};
use crate::{Store, StoreError};
use domain::{Collection, CollectionId, Diff, Record, ReleaseId, SourceId};
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
    let found = waiting(&mut transaction, release).await?;
    let source = SourceId::parse(&found.source).ok_or(StoreError::UnknownRelease(release))?;
    let staged = parts(&mut transaction, collections, release).await?;
    clear(&mut transaction, release).await?;
    let writing = publication::stand(&mut transaction, release, found.demo, reason).await?;
    let next = publication::next_record(&mut transaction).await?;
    let mut run = Run::new();
    let mut owner = Owner { source, writing, next };
    let day = found.extracted_on.unwrap_or(today);
    let mut diffs = Vec::with_capacity(staged.len());
    for Staged { collection, records } in &staged {
        let mut changes = Changes::begin(&mut transaction, &owner.source, collection).await?;
        run.begin(&owner, collection);
        changes.take(&mut owner, records, &mut run);
        run.write(&mut transaction).await?;
        run.begin(&owner, collection);
        changes.end(&mut transaction, &mut owner, day, &mut run).await?;
        run.write(&mut transaction).await?;
        settle(&mut transaction, release, collection, changes.diff).await?;
        diffs.push(changes.diff);
    }
    publication::take_numbers(&mut transaction, owner.next).await?;
    sqlx::query!("update release set state = 'published' where id = $1", release.0)
        .execute(&mut *transaction)
        .await?;
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
        let mut records = Vec::new();
        rows::whole(connection, Which::Staged(release), collection, |it| records.push(it.record)).await?;
        parts.push(Staged { collection: collection.clone(), records });
    }
    Ok(parts)
}

/// Writes down how the release differed from what stood when it was published.
async fn settle(
    connection: &mut PgConnection,
    release: ReleaseId,
    collection: &Collection,
    diff: Diff,
) -> Result<(), StoreError> {
    let settled = sqlx::query_file!(
        "sql/release_part_settle.sql",
        release.0,
        collection.id.as_str(),
        diff.added.cast_signed(),
        diff.changed.cast_signed(),
        diff.removed.cast_signed(),
        diff.unchanged.cast_signed()
    );
    settled.execute(connection).await?;
    Ok(())
}
