//! What a release changes: its records compared, as they come, with those of the same source that stand.

use super::run::{Owner, Run, Writing};
use crate::StoreError;
use crate::encoding::{JsonText, Layout};
use domain::{Collection, Diff, FeatureId, Record, Role, SourceId, Value};
use sqlx::PgConnection;
use std::collections::HashMap;
use std::sync::Arc;
use time::Date;

/// What a release changes in one collection.
pub(crate) struct Changes {
    /// The collection.
    pub(crate) collection: Arc<Collection>,
    /// How many records it changes how.
    pub(crate) diff: Diff,
    /// How many of the source's records stood before.
    pub(super) stood: u64,
    layout: Layout,
    /// The values of the record under way, as JSON.
    properties: String,
    /// Those of which the release has said nothing yet.
    standing: HashMap<i64, Standing>,
}

struct Standing {
    row: i64,
    hash: Vec<u8>,
}

impl Changes {
    /// Nothing is changed yet.
    pub(crate) async fn begin(
        connection: &mut PgConnection,
        source: &SourceId,
        collection: &Arc<Collection>,
    ) -> Result<Self, StoreError> {
        let rows =
            sqlx::query_file!("sql/record_standing_hashes.sql", source.as_str(), collection.id.as_str());
        let rows = rows.fetch_all(connection).await?;
        let standing: HashMap<_, _> =
            rows.into_iter().map(|row| (row.feature_id, Standing { row: row.id, hash: row.hash })).collect();
        Ok(Self {
            collection: collection.clone(),
            diff: Diff::default(),
            stood: standing.len() as u64,
            layout: Layout::of(collection),
            properties: String::new(),
            standing,
        })
    }

    /// Takes more records; `run`, which is of this collection, comes to hold what is to be written of them too.
    pub(crate) fn take(&mut self, owner: &mut Owner, records: &[Record], run: &mut Run) {
        for record in records {
            let hash = self.layout.hash(record, &mut self.properties);
            let feature_id = self.feature_id(record);
            match self.standing.remove(&feature_id) {
                Some(before) if before.hash == hash => {
                    self.diff.unchanged += 1;
                    if !matches!(owner.writing, Writing::Staged(_)) {
                        continue;
                    }
                }
                Some(before) => {
                    self.diff.changed += 1;
                    run.end(before.row);
                }
                None => self.diff.added += 1,
            }
            run.push(owner, (feature_id, hash), &self.properties, &record.locations);
        }
    }

    /// Ends the records of which the release has said nothing. In a register, what is named no more is kept, and closed on `day`.
    /// `run`, which is of this collection, comes to hold what is to be written.
    pub(crate) async fn end(
        &mut self,
        connection: &mut PgConnection,
        owner: &mut Owner,
        day: Date,
        run: &mut Run,
    ) -> Result<(), StoreError> {
        let gone: Vec<i64> = self.standing.drain().map(|(_, it)| it.row).collect();
        let Some(valid_to) = self.collection.with_role(Role::ValidTo) else {
            self.diff.removed = gone.len() as u64;
            for row in gone {
                run.end(row);
            }
            return Ok(());
        };
        let closed = self.closed(connection, valid_to, &gone, day).await?;
        self.diff.removed = closed.len() as u64;
        self.diff.unchanged += (gone.len() - closed.len()) as u64;
        // A staged release is what its source said; what it closes is closed when it is published.
        if !matches!(owner.writing, Writing::Staged(_)) {
            for (row, record) in closed {
                run.end(row);
                let hash = self.layout.hash(&record, &mut self.properties);
                run.push(owner, (self.feature_id(&record), hash), &self.properties, &record.locations);
            }
        }
        Ok(())
    }

    fn feature_id(&self, record: &Record) -> i64 {
        // Below 2⁵³, so it is never negative.
        FeatureId::of(&self.collection.id, &record.key).number().cast_signed()
    }

    /// Of the rows that are named no more, those that are not closed yet, and the records that they become.
    async fn closed(
        &self,
        connection: &mut PgConnection,
        valid_to: usize,
        gone: &[i64],
        day: Date,
    ) -> Result<Vec<(i64, Record)>, StoreError> {
        let collection = &self.collection;
        let rows = sqlx::query!(
            r#"select id, feature_id, properties as "properties: JsonText" from record where id = any($1)"#,
            gone
        );
        let mut closed = Vec::new();
        for row in rows.fetch_all(connection).await? {
            let mut values =
                self.layout.read(collection, &row.properties.0).map_err(|reason| StoreError::Unreadable {
                    collection: collection.id.to_string(),
                    feature_id: row.feature_id,
                    reason,
                })?;
            let (Some(value), Some(key)) = (values.get(valid_to), collection.key_of(&values)) else {
                continue;
            };
            if value.is_missing() {
                values[valid_to] = Value::Date(day);
                closed.push((row.id, Record { key, values, locations: Vec::new() }));
            }
        }
        Ok(closed)
    }
}
