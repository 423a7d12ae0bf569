//! A release is published whole, in one transaction, or not at all.

mod insert;

use crate::database::CHANNEL;
use crate::{Store, StoreError, encoding};
use domain::{Collection, Diff, FeatureId, Issue, Record, ReleaseId, SourceId, Tally};
use serde_json::Value as Json;
use sqlx::{PgConnection, Postgres, Transaction};
use std::collections::HashMap;
use time::Date;

/// A source read whole, to be published.
#[derive(Debug)]
pub struct Publication<'a> {
    /// The source.
    pub source: &'a SourceId,
    /// Its collection.
    pub collection: &'a Collection,
    /// Whether it is invented data.
    pub demo: bool,
    /// SHA-256 of its files.
    pub content_hash: [u8; 32],
    /// SHA-256 of the definitions by which they were read.
    pub definition_hash: [u8; 32],
    /// The generation of its schema.
    pub generation: Option<&'a str>,
    /// The latest day on which it touched its data.
    pub extracted_on: Option<Date>,
    /// What became of its rows.
    pub tally: Tally,
    /// What became of its locations.
    pub locations: Tally,
    /// The files: `[{"name", "table", "bytes", "sha256", "encoding"}]`.
    pub files: Json,
    /// The accepted records.
    pub records: &'a [Record],
    /// The issues.
    pub issues: &'a [Issue],
}

/// What a publication came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The same bytes had been published already: nothing was written.
    Unchanged(ReleaseId),
    /// A new release.
    Published(ReleaseId, Diff),
}

/// Whether official data has been published.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn holds_official(store: &Store) -> Result<bool, StoreError> {
    let held = sqlx::query_scalar!("select exists (select from release where not demo)");
    Ok(held.fetch_one(&store.pool).await? == Some(true))
}

/// How the records would differ from those that stand, without writing anything.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn diff(store: &Store, publication: &Publication<'_>) -> Result<Diff, StoreError> {
    let mut connection = store.pool.acquire().await?;
    Ok(Changes::find(&mut connection, publication).await?.diff)
}

/// Publishes a release: what changed ends and begins anew, what is gone ends, what is the same stays. One transaction: after
/// a crash at any instant the old release stands or the new one, whole. Publications wait for each other.
///
/// # Errors
/// [`StoreError`]; then nothing was written.
pub async fn publish(store: &Store, publication: &Publication<'_>) -> Result<Outcome, StoreError> {
    let mut transaction = store.pool.begin().await?;
    sqlx::query!("select pg_advisory_xact_lock(hashtext('remix publication'))")
        .execute(&mut *transaction)
        .await?;
    let Publication { source, content_hash, definition_hash, .. } = publication;
    if let Some(release) = latest(&mut transaction, source, *content_hash, *definition_hash).await? {
        return Ok(Outcome::Unchanged(release));
    }
    let changes = Changes::find(&mut transaction, publication).await?;
    let release = write(&mut transaction, publication, &changes).await?;
    transaction.commit().await?;
    Ok(Outcome::Published(release, changes.diff))
}

async fn write(
    transaction: &mut Transaction<'_, Postgres>,
    publication: &Publication<'_>,
    changes: &Changes<'_>,
) -> Result<ReleaseId, StoreError> {
    let release = insert::release(transaction, publication, changes.diff).await?;
    sqlx::query!("update record set release_to = $1 where id = any($2)", release.0, &changes.ended)
        .execute(&mut **transaction)
        .await?;
    if !publication.demo {
        sqlx::query_file!("sql/demo_withdraw.sql", release.0).execute(&mut **transaction).await?;
    }
    insert::records(transaction, publication, release, &changes.begun).await?;
    insert::issues(transaction, release, publication.issues).await?;
    sqlx::query!("select pg_notify($1, $2)", CHANNEL, release.to_string())
        .execute(&mut **transaction)
        .await?;
    Ok(release)
}

async fn latest(
    connection: &mut PgConnection,
    source: &SourceId,
    content_hash: [u8; 32],
    definition_hash: [u8; 32],
) -> Result<Option<ReleaseId>, StoreError> {
    let latest = sqlx::query!(
        "select id, content_hash, definition_hash from release where source = $1 order by id desc limit 1",
        source.as_str()
    );
    let latest = latest.fetch_optional(connection).await?;
    let same = latest.filter(|it| it.content_hash == content_hash && it.definition_hash == definition_hash);
    Ok(same.map(|it| ReleaseId(it.id)))
}

/// A record version about to be written.
struct Version<'a> {
    feature_id: i64,
    properties: Json,
    hash: Vec<u8>,
    record: &'a Record,
}

/// What a publication changes.
struct Changes<'a> {
    /// Rows of the versions that end.
    ended: Vec<i64>,
    /// Versions that begin.
    begun: Vec<Version<'a>>,
    diff: Diff,
}

impl<'a> Changes<'a> {
    async fn find(connection: &mut PgConnection, publication: &Publication<'a>) -> Result<Self, StoreError> {
        let standing = sqlx::query!(
            "select id, feature_id, hash from record where source = $1 and release_to is null",
            publication.source.as_str()
        );
        let standing = standing.fetch_all(connection).await?;
        let mut standing: HashMap<i64, (i64, Vec<u8>)> =
            standing.into_iter().map(|row| (row.feature_id, (row.id, row.hash))).collect();
        let (mut ended, mut begun, mut diff) = (Vec::new(), Vec::new(), Diff::default());
        for record in publication.records {
            let version = Version::of(publication.collection, record);
            match standing.remove(&version.feature_id) {
                Some((_, hash)) if hash == version.hash => {
                    diff.unchanged += 1;
                    continue;
                }
                Some((row, _)) => {
                    diff.changed += 1;
                    ended.push(row);
                }
                None => diff.added += 1,
            }
            begun.push(version);
        }
        diff.removed = standing.len() as u64;
        ended.extend(standing.into_values().map(|(row, _)| row));
        Ok(Self { ended, begun, diff })
    }
}

impl<'a> Version<'a> {
    fn of(collection: &Collection, record: &'a Record) -> Self {
        let properties = encoding::properties(collection, record);
        let number = FeatureId::of(&collection.id, &record.key).number();
        Self {
            // Below 2⁵³, so it is never negative.
            feature_id: number.cast_signed(),
            hash: encoding::hash(&properties, &record.locations),
            properties,
            record,
        }
    }
}
