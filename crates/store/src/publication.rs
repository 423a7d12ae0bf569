//! A release is published whole, in one transaction, or not at all; or it is staged, and waits for a person's word.

pub(crate) mod changes;
mod copy;
mod gate;
mod insert;

pub use gate::Reason;

use crate::database::CHANNEL;
use crate::{Store, StoreError};
use changes::Changes;
use domain::{Collection, Diff, Issue, Record, ReleaseId, SourceId, Tally};
use serde_json::Value as Json;
use sqlx::{PgConnection, Postgres, Transaction};
use std::collections::BTreeMap;
use time::Date;

/// A source read whole, to be published.
#[derive(Debug)]
pub struct Publication<'a> {
    /// The source.
    pub source: &'a SourceId,
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
    /// The day of the import.
    pub today: Date,
    /// The files: `[{"name", "table", "bytes", "sha256", "encoding"}]`.
    pub files: Json,
    /// The columns of each table, as names are compared.
    pub columns: BTreeMap<String, Vec<String>>,
    /// What it says of each collection.
    pub parts: Vec<Part<'a>>,
    /// The issues.
    pub issues: &'a [Issue],
}

/// What a source says of one collection.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The collection.
    pub collection: &'a Collection,
    /// What became of its rows.
    pub tally: Tally,
    /// What became of its locations.
    pub locations: Tally,
    /// The accepted records.
    pub records: &'a [Record],
}

/// How far a release may go.
#[derive(Clone, Copy, Debug)]
pub enum Consent<'a> {
    /// It is published if it ends no greater share of the standing records, from 0 to 1, and has the columns that the release
    /// before it had; else it is staged.
    Within {
        /// The share.
        max_removed_share: f64,
    },
    /// A person has said that it is to be published, and why.
    Given(&'a str),
}

/// What a publication came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The same bytes stand already, or wait already: nothing was written.
    Unchanged(ReleaseId),
    /// A new release, with how each of its parts differs from what stood before.
    Published(ReleaseId, Vec<Diff>),
    /// A release that waits for a person's word, and why.
    Staged(ReleaseId, Vec<Diff>, Vec<Reason>),
}

/// Whether official data stands.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn holds_official(store: &Store) -> Result<bool, StoreError> {
    let held =
        sqlx::query_scalar!("select exists (select from release where not demo and state = 'published')");
    Ok(held.fetch_one(&store.pool).await? == Some(true))
}

/// The release that the same files, read by the same definitions, are already: it stands, or it waits.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn already(
    store: &Store,
    source: &SourceId,
    content_hash: [u8; 32],
    definition_hash: [u8; 32],
) -> Result<Option<ReleaseId>, StoreError> {
    same(&mut *store.pool.acquire().await?, source, content_hash, definition_hash).await
}

/// How the records would differ from those that stand, and why the release would wait, without writing anything.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn preview(
    store: &Store,
    publication: &Publication<'_>,
    max_removed_share: f64,
) -> Result<(Vec<Diff>, Vec<Reason>), StoreError> {
    let mut connection = store.pool.acquire().await?;
    let changes = Changes::find_all(&mut connection, publication).await?;
    let reasons = gate::reasons(&mut connection, publication, &changes, max_removed_share).await?;
    Ok((changes.iter().map(|it| it.diff).collect(), reasons))
}

/// Publishes a release, or stages it if it goes further than `consent` lets it: what changed ends and begins anew, what is gone
/// ends, what is the same stays. One transaction: after a crash at any instant the old release stands or the new one, whole.
/// Publications wait for each other.
///
/// # Errors
/// [`StoreError`]; then nothing was written.
pub async fn publish(
    store: &Store,
    publication: &Publication<'_>,
    consent: Consent<'_>,
) -> Result<Outcome, StoreError> {
    let mut transaction = begin(store).await?;
    let Publication { source, content_hash, definition_hash, .. } = publication;
    if let Some(release) = same(&mut transaction, source, *content_hash, *definition_hash).await? {
        return Ok(Outcome::Unchanged(release));
    }
    let changes = Changes::find_all(&mut transaction, publication).await?;
    let diffs: Vec<Diff> = changes.iter().map(|it| it.diff).collect();
    let (reasons, reason) = match consent {
        Consent::Given(reason) => (Vec::new(), reason),
        Consent::Within { max_removed_share } => {
            (gate::reasons(&mut transaction, publication, &changes, max_removed_share).await?, "")
        }
    };
    let release = insert::release(&mut transaction, publication, &reasons).await?;
    insert::parts(&mut transaction, release, publication, &diffs).await?;
    insert::issues(&mut transaction, release, publication.issues).await?;
    let outcome = if reasons.is_empty() {
        stand(&mut transaction, publication, release, &changes, reason).await?;
        Outcome::Published(release, diffs)
    } else {
        insert::staged(&mut transaction, publication, release).await?;
        Outcome::Staged(release, diffs, reasons)
    };
    transaction.commit().await?;
    Ok(outcome)
}

/// Begins a transaction that changes what is published; only one at a time.
pub(crate) async fn begin(store: &Store) -> Result<Transaction<'static, Postgres>, StoreError> {
    let mut transaction = store.pool.begin().await?;
    sqlx::query!("select pg_advisory_xact_lock(hashtext('remix publication'))")
        .execute(&mut *transaction)
        .await?;
    Ok(transaction)
}

/// Makes the changes of a release stand.
pub(crate) async fn stand(
    transaction: &mut Transaction<'_, Postgres>,
    publication: &Publication<'_>,
    release: ReleaseId,
    changes: &[Changes<'_>],
    reason: &str,
) -> Result<(), StoreError> {
    let event = event(transaction, "published", release, reason).await?;
    let ended: Vec<i64> = changes.iter().flat_map(|it| it.ended.iter().copied()).collect();
    sqlx::query!("update record set event_to = $1 where id = any($2)", event, &ended)
        .execute(&mut **transaction)
        .await?;
    if !publication.demo {
        sqlx::query_file!("sql/demo_end.sql", event).execute(&mut **transaction).await?;
    }
    for (part, changes) in publication.parts.iter().zip(changes) {
        let owner = insert::Owner { source: publication.source, collection: part.collection, release };
        insert::records(transaction, owner, Some(event), &changes.begun).await?;
    }
    Ok(())
}

/// Writes an event down and announces it, once the transaction is committed.
pub(crate) async fn event(
    connection: &mut PgConnection,
    kind: &str,
    release: ReleaseId,
    reason: &str,
) -> Result<i64, StoreError> {
    let insert = sqlx::query_scalar!(
        "insert into event (kind, release_id, reason) values ($1, $2, $3) returning id",
        kind,
        release.0,
        reason
    );
    let event = insert.fetch_one(&mut *connection).await?;
    sqlx::query!("select pg_notify($1, $2)", CHANNEL, release.to_string()).execute(connection).await?;
    Ok(event)
}

async fn same(
    connection: &mut PgConnection,
    source: &SourceId,
    content_hash: [u8; 32],
    definition_hash: [u8; 32],
) -> Result<Option<ReleaseId>, StoreError> {
    let same = sqlx::query_file_scalar!(
        "sql/release_same.sql",
        source.as_str(),
        &content_hash[..],
        &definition_hash[..]
    );
    Ok(same.fetch_optional(connection).await?.map(ReleaseId))
}
