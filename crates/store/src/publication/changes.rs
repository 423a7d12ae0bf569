//! What a release changes: its records compared with those of the same source that stand.

use super::{Part, Publication};
use crate::StoreError;
use crate::encoding::{self, Layout};
use domain::{Collection, Diff, FeatureId, Record, Role, SourceId, Value};
use sqlx::PgConnection;
use std::borrow::Cow;
use std::collections::HashMap;
use std::num::NonZero;
use std::thread;
use time::Date;

/// Records for which a thread of their own is worth starting.
const MIN_SHARE: usize = 1000;

/// A record version about to begin.
pub(super) struct Version<'a> {
    pub feature_id: i64,
    pub hash: [u8; 32],
    pub record: Cow<'a, Record>,
}

/// What a release changes in one collection.
pub(crate) struct Changes<'a> {
    /// Rows of the versions that end.
    pub(super) ended: Vec<i64>,
    /// Versions that begin.
    pub(super) begun: Vec<Version<'a>>,
    /// How many of each.
    pub(crate) diff: Diff,
    /// How many of the source's records stood before.
    pub(super) stood: u64,
}

struct Standing {
    row: i64,
    hash: Vec<u8>,
}

impl<'a> Changes<'a> {
    /// What each part of a publication changes.
    pub(crate) async fn find_all(
        connection: &mut PgConnection,
        publication: &Publication<'a>,
    ) -> Result<Vec<Self>, StoreError> {
        let day = publication.extracted_on.unwrap_or(publication.today);
        let mut all = Vec::with_capacity(publication.parts.len());
        for part in &publication.parts {
            all.push(Self::find(connection, publication.source, *part, day).await?);
        }
        Ok(all)
    }

    async fn find(
        connection: &mut PgConnection,
        source: &SourceId,
        part: Part<'a>,
        day: Date,
    ) -> Result<Self, StoreError> {
        let mut standing = standing(connection, source, part.collection).await?;
        let stood = standing.len() as u64;
        let (mut ended, mut begun, mut diff) = (Vec::new(), Vec::new(), Diff::default());
        for version in versions(part.collection, part.records) {
            match standing.remove(&version.feature_id) {
                Some(before) if before.hash == version.hash => {
                    diff.unchanged += 1;
                    continue;
                }
                Some(before) => {
                    diff.changed += 1;
                    ended.push(before.row);
                }
                None => diff.added += 1,
            }
            begun.push(version);
        }
        // In the order of the index, which then grows at its end alone.
        begun.sort_unstable_by_key(|version| version.feature_id);
        if let Some(valid_to) = part.collection.with_role(Role::ValidTo) {
            let closed = closed(connection, part.collection, valid_to, &standing, day).await?;
            diff.unchanged += (standing.len() - closed.len()) as u64;
            diff.removed = closed.len() as u64;
            for (row, version) in closed {
                ended.push(row);
                begun.push(version);
            }
        } else {
            diff.removed = standing.len() as u64;
            ended.extend(standing.into_values().map(|it| it.row));
        }
        Ok(Self { ended, begun, diff, stood })
    }
}

impl<'a> Version<'a> {
    fn of(collection: &Collection, layout: &Layout, record: Cow<'a, Record>, text: &mut String) -> Self {
        Self {
            // Below 2⁵³, so it is never negative.
            feature_id: FeatureId::of(&collection.id, &record.key).number().cast_signed(),
            hash: layout.hash(&record, text),
            record,
        }
    }
}

/// The versions that records are, in their order; hashing them is shared among the processor's cores.
pub(super) fn versions<'a>(collection: &Collection, records: &'a [Record]) -> Vec<Version<'a>> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = records.len().div_ceil(cores).max(MIN_SHARE);
    let layout = Layout::of(collection);
    let of = |records: &'a [Record]| -> Vec<Version<'a>> {
        let mut text = String::new();
        let version = |record| Version::of(collection, &layout, Cow::Borrowed(record), &mut text);
        records.iter().map(version).collect()
    };
    thread::scope(|scope| {
        let mut shares = records.chunks(share);
        let first = shares.next().unwrap_or_default();
        let others: Vec<_> = shares.map(|share| scope.spawn(move || of(share))).collect();
        let mut versions = of(first);
        for other in others {
            match other.join() {
                Ok(other) => versions.extend(other),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        versions
    })
}

async fn standing(
    connection: &mut PgConnection,
    source: &SourceId,
    collection: &Collection,
) -> Result<HashMap<i64, Standing>, StoreError> {
    let rows = sqlx::query_file!("sql/record_standing_hashes.sql", source.as_str(), collection.id.as_str());
    let rows = rows.fetch_all(connection).await?;
    Ok(rows.into_iter().map(|row| (row.feature_id, Standing { row: row.id, hash: row.hash })).collect())
}

/// In a register, what is named no more is kept and closed: new versions of those that are not closed yet.
async fn closed(
    connection: &mut PgConnection,
    collection: &Collection,
    valid_to: usize,
    gone: &HashMap<i64, Standing>,
    day: Date,
) -> Result<Vec<(i64, Version<'static>)>, StoreError> {
    let ids: Vec<i64> = gone.values().map(|it| it.row).collect();
    let rows = sqlx::query!("select id, feature_id, properties from record where id = any($1)", &ids);
    let (mut closed, layout) = (Vec::new(), Layout::of(collection));
    for row in rows.fetch_all(connection).await? {
        let mut values =
            encoding::values(collection, &row.properties).map_err(|reason| StoreError::Unreadable {
                collection: collection.id.to_string(),
                feature_id: row.feature_id,
                reason,
            })?;
        let (Some(value), Some(key)) = (values.get(valid_to), collection.key_of(&values)) else { continue };
        if value.is_missing() {
            values[valid_to] = Value::Date(day);
            let record = Record { key, values, locations: Vec::new() };
            closed.push((row.id, Version::of(collection, &layout, Cow::Owned(record), &mut String::new())));
        }
    }
    Ok(closed)
}
