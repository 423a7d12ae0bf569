//! What has been: the releases there were, what each changed, and what stood when.

use crate::standing::At;
use crate::{Store, StoreError};
use domain::{Diff, FeatureId, Issue, IssueKind, ReleaseId, Severity, Tally};
use serde_json::{Map, Value as Json};
use sqlx::PgConnection;
use std::collections::{BTreeSet, HashMap};
use time::{Date, OffsetDateTime};

/// A release, whatever became of it.
#[derive(Clone, Debug)]
pub struct Release {
    /// Its number.
    pub id: ReleaseId,
    /// Its source.
    pub source: String,
    /// Whether it is invented data.
    pub demo: bool,
    /// `staged`, `published`, `withdrawn` or `discarded`.
    pub state: String,
    /// The generation of its schema.
    pub generation: Option<String>,
    /// The latest day on which the source says that it touched its data.
    pub extracted_on: Option<Date>,
    /// When it was read.
    pub read_at: OffsetDateTime,
    /// When it was published or withdrawn; `None` if it never was.
    pub decided_at: Option<OffsetDateTime>,
    /// Why a person did so; empty where nobody had to be asked.
    pub reason: String,
    /// Why it waits, or waited, for a person's word.
    pub waits_because: Vec<String>,
    /// Its files: `[{"name", "table", "bytes", "sha256", "encoding"}]`.
    pub files: Json,
    /// How many issues it has.
    pub issues: u64,
    /// What it says of each collection.
    pub parts: Vec<ReleasePart>,
}

/// What a release says of one collection.
#[derive(Clone, Debug)]
pub struct ReleasePart {
    /// The collection.
    pub collection: String,
    /// What became of its rows.
    pub tally: Tally,
    /// What became of its locations.
    pub locations: Tally,
    /// How its records differ from those of the same source that stood before.
    pub diff: Diff,
}

/// A record that stands differently.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its collection.
    pub collection: String,
    /// Its public number.
    pub id: FeatureId,
    /// What was stated before, by field, the places in words under `locations`; `None` if it is new.
    pub before: Option<Json>,
    /// What is stated after; `None` if it is gone.
    pub after: Option<Json>,
}

/// A field that is stated differently.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// The field; `locations` for the places.
    pub field: String,
    /// What was stated before; `None` if nothing was.
    pub before: Option<Json>,
    /// What is stated after.
    pub after: Option<Json>,
}

impl Change {
    /// `added`, `changed` or `removed`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match (&self.before, &self.after) {
            (None, _) => "added",
            (Some(_), None) => "removed",
            (Some(_), Some(_)) => "changed",
        }
    }

    /// The fields that are stated differently, in alphabetical order.
    #[must_use]
    pub fn fields(&self) -> Vec<FieldChange> {
        let none = Map::new();
        let stated = |side: &Option<Json>| side.as_ref().and_then(Json::as_object).unwrap_or(&none).clone();
        let (before, after) = (stated(&self.before), stated(&self.after));
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        let differs = |name: &&String| before.get(*name) != after.get(*name);
        let change = |name: &String| FieldChange {
            field: name.clone(),
            before: before.get(name).cloned(),
            after: after.get(name).cloned(),
        };
        names.into_iter().filter(differs).map(change).collect()
    }
}

/// The releases, the latest first: of one source or of all, `limit` at most.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn releases(store: &Store, source: Option<&str>, limit: i64) -> Result<Vec<Release>, StoreError> {
    list(&mut *store.pool.acquire().await?, source, None, limit).await
}

/// One release.
///
/// # Errors
/// [`StoreError::UnknownRelease`], or [`StoreError`] if the database does not answer.
pub async fn release(store: &Store, id: ReleaseId) -> Result<Release, StoreError> {
    let found = list(&mut *store.pool.acquire().await?, None, Some(id.0), 1).await?;
    found.into_iter().next().ok_or(StoreError::UnknownRelease(id))
}

/// The issues of a release, in the order of its files and lines.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn issues(store: &Store, id: ReleaseId) -> Result<Vec<Issue>, StoreError> {
    let rows = sqlx::query_file_as!(IssueRow, "sql/issue_list.sql", id.0).fetch_all(&store.pool).await?;
    let issue = |row: IssueRow| {
        Some(Issue {
            kind: IssueKind::parse(&row.kind)?,
            severity: Severity::parse(&row.severity)?,
            file: row.file,
            line: row.line.cast_unsigned(),
            entry: row.entry.cast_unsigned(),
            record: row.record,
            field: row.field,
            value: row.value,
            message: row.message,
        })
    };
    Ok(rows.into_iter().filter_map(issue).collect())
}

/// What a release changed when it was published, or would change now if it waits.
///
/// # Errors
/// [`StoreError::UnknownRelease`], or [`StoreError`] if the database does not answer.
pub async fn changes(store: &Store, id: ReleaseId) -> Result<Vec<Change>, StoreError> {
    let release = release(store, id).await?;
    let mut connection = store.pool.acquire().await?;
    if release.state == "staged" {
        let rows = sqlx::query_file_as!(ChangeRow, "sql/record_changes_staged.sql", release.source, id.0);
        let rows = rows.fetch_all(&mut *connection).await?;
        return in_words(&mut connection, rows).await;
    }
    match publication_of(&mut connection, id).await? {
        Some(event) => between_events(&mut connection, &release.source, event - 1, event).await,
        None => Ok(Vec::new()),
    }
}

/// How the records of one source differ after `later` from what they were after `earlier`.
///
/// # Errors
/// [`StoreError::UnknownRelease`] or [`StoreError::WrongState`] if one of them was never published.
pub async fn between(
    store: &Store,
    source: &str,
    earlier: ReleaseId,
    later: ReleaseId,
) -> Result<Vec<Change>, StoreError> {
    let mut connection = store.pool.acquire().await?;
    let earlier = published(&mut connection, earlier).await?;
    let later = published(&mut connection, later).await?;
    between_events(&mut connection, source, earlier, later).await
}

/// The event after which a release began to stand.
///
/// # Errors
/// [`StoreError::UnknownRelease`] or [`StoreError::WrongState`] if it was never published.
pub async fn at_release(store: &Store, id: ReleaseId) -> Result<At, StoreError> {
    Ok(At::Event(published(&mut *store.pool.acquire().await?, id).await?))
}

/// The last event at or before an instant; event 0, after which nothing stands, if there was none.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn at_instant(store: &Store, instant: OffsetDateTime) -> Result<At, StoreError> {
    let event = sqlx::query_file_scalar!("sql/event_before.sql", instant).fetch_one(&store.pool).await?;
    Ok(At::Event(event.unwrap_or_default()))
}

struct IssueRow {
    file: String,
    line: i64,
    entry: i64,
    record: String,
    field: String,
    value: String,
    kind: String,
    severity: String,
    message: String,
}

struct ReleaseRow {
    id: i64,
    source: String,
    demo: bool,
    state: String,
    generation: Option<String>,
    extracted_on: Option<Date>,
    read_at: OffsetDateTime,
    files: Json,
    waits_because: Vec<String>,
    decided_at: Option<OffsetDateTime>,
    reason: Option<String>,
    issues: i64,
}

struct ChangeRow {
    collection: String,
    feature_id: i64,
    before_id: Option<i64>,
    after_id: Option<i64>,
    before: Option<Json>,
    after: Option<Json>,
}

async fn published(connection: &mut PgConnection, release: ReleaseId) -> Result<i64, StoreError> {
    let state = sqlx::query_scalar!("select state from release where id = $1", release.0);
    let state = state.fetch_optional(&mut *connection).await?.ok_or(StoreError::UnknownRelease(release))?;
    let event = publication_of(connection, release).await?;
    event.ok_or(StoreError::WrongState { release, state, rule: "only published releases can be compared" })
}

async fn publication_of(
    connection: &mut PgConnection,
    release: ReleaseId,
) -> Result<Option<i64>, StoreError> {
    let event = sqlx::query_scalar!(
        "select max(id) from event where release_id = $1 and kind = 'published'",
        release.0
    );
    Ok(event.fetch_one(connection).await?)
}

/// How the records of one source differ after one event from what they were after an earlier one.
pub(crate) async fn between_events(
    connection: &mut PgConnection,
    source: &str,
    earlier: i64,
    later: i64,
) -> Result<Vec<Change>, StoreError> {
    let rows = sqlx::query_file_as!(ChangeRow, "sql/record_changes.sql", source, earlier, later);
    let rows = rows.fetch_all(&mut *connection).await?;
    in_words(connection, rows).await
}

/// The changes, the places of each record in words beside its values.
async fn in_words(connection: &mut PgConnection, rows: Vec<ChangeRow>) -> Result<Vec<Change>, StoreError> {
    let ids: Vec<i64> = rows.iter().flat_map(|row| [row.before_id, row.after_id]).flatten().collect();
    let places = places(connection, &ids).await?;
    let with_places = |properties: Option<Json>, id: Option<i64>| {
        let mut properties = properties?;
        put_places(&mut properties, id.and_then(|id| places.get(&id)));
        Some(properties)
    };
    let change = |row: ChangeRow| {
        Some(Change {
            collection: row.collection,
            id: FeatureId::from_number(row.feature_id.cast_unsigned())?,
            before: with_places(row.before, row.before_id),
            after: with_places(row.after, row.after_id),
        })
    };
    Ok(rows.into_iter().filter_map(change).collect())
}

/// The places of versions of records in words, by the version's row.
pub(crate) async fn places(
    connection: &mut PgConnection,
    ids: &[i64],
) -> Result<HashMap<i64, String>, StoreError> {
    let rows = sqlx::query_file!("sql/location_of_records.sql", ids).fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.record_id, row.places)).collect())
}

/// Puts the places beside the values of a version.
pub(crate) fn put_places(properties: &mut Json, places: Option<&String>) {
    if let (Some(object), Some(places)) = (properties.as_object_mut(), places) {
        object.insert("locations".to_owned(), Json::from(places.as_str()));
    }
}

async fn list(
    connection: &mut PgConnection,
    source: Option<&str>,
    id: Option<i64>,
    limit: i64,
) -> Result<Vec<Release>, StoreError> {
    let rows = sqlx::query_file_as!(ReleaseRow, "sql/release_list.sql", source, id, limit);
    let rows = rows.fetch_all(&mut *connection).await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut parts: HashMap<i64, Vec<ReleasePart>> = HashMap::new();
    for row in sqlx::query_file!("sql/release_parts.sql", &ids).fetch_all(connection).await? {
        let tally = |read: i64, accepted: i64, quarantined: i64, filtered: i64| Tally {
            read: read.cast_unsigned(),
            accepted: accepted.cast_unsigned(),
            quarantined: quarantined.cast_unsigned(),
            filtered: filtered.cast_unsigned(),
        };
        parts.entry(row.release_id).or_default().push(ReleasePart {
            tally: tally(row.rows_read, row.rows_accepted, row.rows_quarantined, row.rows_filtered),
            locations: tally(
                row.locations_read,
                row.locations_accepted,
                row.locations_quarantined,
                row.locations_filtered,
            ),
            diff: Diff {
                added: row.records_added.cast_unsigned(),
                changed: row.records_changed.cast_unsigned(),
                removed: row.records_removed.cast_unsigned(),
                unchanged: row.records_unchanged.cast_unsigned(),
            },
            collection: row.collection,
        });
    }
    let mut release = |row: ReleaseRow| Release {
        id: ReleaseId(row.id),
        source: row.source,
        demo: row.demo,
        state: row.state,
        generation: row.generation,
        extracted_on: row.extracted_on,
        read_at: row.read_at,
        decided_at: row.decided_at,
        reason: row.reason.unwrap_or_default(),
        waits_because: row.waits_because,
        files: row.files,
        issues: row.issues.cast_unsigned(),
        parts: parts.remove(&row.id).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(&mut release).collect())
}
