//! The history of one record: each time that it began to say something else, or went.

use crate::history::{self, Change};
use crate::{Store, StoreError};
use domain::{CollectionId, FeatureId, ReleaseId};
use serde_json::Value as Json;
use time::OffsetDateTime;

/// A time at which a record came, changed or went.
#[derive(Clone, Debug)]
pub struct Step {
    /// When.
    pub at: OffsetDateTime,
    /// The release by which.
    pub release: ReleaseId,
    /// Whether it was because that release was withdrawn.
    pub is_withdrawal: bool,
    /// The source that states the record, or stated it.
    pub source: String,
    /// What it said before, and what it says since.
    pub change: Change,
}

/// The history of a record, the earliest step first; empty if there never was such a record.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn steps(store: &Store, collection: &CollectionId, id: FeatureId) -> Result<Vec<Step>, StoreError> {
    let mut connection = store.pool.acquire().await?;
    let number = id.number().cast_signed();
    let rows = sqlx::query_file_as!(VersionRow, "sql/record_versions.sql", collection.as_str(), number);
    let mut rows = rows.fetch_all(&mut *connection).await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let places = history::places(&mut connection, &ids).await?;
    for row in &mut rows {
        history::put_places(&mut row.stated, places.get(&row.id));
    }
    let change = |before, after| Change { collection: collection.to_string(), id, before, after };
    let mut steps = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let earlier = place.checked_sub(1).and_then(|place| rows.get(place));
        let before = earlier.filter(|it| it.ended == Some(row.began)).map(|it| it.stated.clone());
        steps.push(row.beginning(change(before, Some(row.stated.clone()))));
        let follows = rows.get(place + 1).is_some_and(|later| row.ended == Some(later.began));
        let gone = row.ending(change(Some(row.stated.clone()), None)).filter(|_| !follows);
        steps.extend(gone);
    }
    Ok(steps)
}

struct VersionRow {
    id: i64,
    source: String,
    stated: Json,
    began: i64,
    began_by_withdrawal: bool,
    began_by: i64,
    began_at: OffsetDateTime,
    ended: Option<i64>,
    ended_by_withdrawal: Option<bool>,
    ended_by: Option<i64>,
    ended_at: Option<OffsetDateTime>,
}

impl VersionRow {
    fn beginning(&self, change: Change) -> Step {
        Step {
            at: self.began_at,
            release: ReleaseId(self.began_by),
            is_withdrawal: self.began_by_withdrawal,
            source: self.source.clone(),
            change,
        }
    }

    fn ending(&self, change: Change) -> Option<Step> {
        Some(Step {
            at: self.ended_at?,
            release: ReleaseId(self.ended_by?),
            is_withdrawal: self.ended_by_withdrawal?,
            source: self.source.clone(),
            change,
        })
    }
}
