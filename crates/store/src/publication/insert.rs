//! The rows of a release, written in batches.

use super::{Publication, Version};
use crate::StoreError;
use domain::{Diff, Issue, Location, ReleaseId};
use sqlx::{PgConnection, Postgres, Transaction};
use std::collections::HashMap;

/// Rows sent at a time: few round trips, and no message of unbounded size.
const BATCH: usize = 5000;

pub(super) async fn release(
    transaction: &mut Transaction<'_, Postgres>,
    publication: &Publication<'_>,
    diff: Diff,
) -> Result<ReleaseId, StoreError> {
    let (rows, places) = (publication.tally, publication.locations);
    let insert = sqlx::query_file_scalar!(
        "sql/release_insert.sql",
        publication.source.as_str(),
        publication.collection.id.as_str(),
        publication.demo,
        &publication.content_hash[..],
        &publication.definition_hash[..],
        publication.generation,
        publication.extracted_on,
        rows.read.cast_signed(),
        rows.accepted.cast_signed(),
        rows.quarantined.cast_signed(),
        rows.filtered.cast_signed(),
        places.read.cast_signed(),
        places.accepted.cast_signed(),
        places.quarantined.cast_signed(),
        places.filtered.cast_signed(),
        diff.added.cast_signed(),
        diff.changed.cast_signed(),
        diff.removed.cast_signed(),
        diff.unchanged.cast_signed(),
        publication.files
    );
    Ok(ReleaseId(insert.fetch_one(&mut **transaction).await?))
}

pub(super) async fn records(
    transaction: &mut Transaction<'_, Postgres>,
    publication: &Publication<'_>,
    release: ReleaseId,
    versions: &[Version<'_>],
) -> Result<(), StoreError> {
    let (source, collection) = (publication.source, &publication.collection.id);
    for batch in versions.chunks(BATCH) {
        let ids: Vec<i64> = batch.iter().map(|version| version.feature_id).collect();
        let properties: Vec<_> = batch.iter().map(|version| version.properties.clone()).collect();
        let hashes: Vec<_> = batch.iter().map(|version| version.hash.clone()).collect();
        let insert = sqlx::query_file!(
            "sql/record_insert.sql",
            collection.as_str(),
            source.as_str(),
            release.0,
            &ids,
            &properties,
            &hashes
        );
        let rows = insert.fetch_all(&mut **transaction).await.map_err(|error| {
            if error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation) {
                return StoreError::KeyTaken {
                    source_id: source.to_string(),
                    collection: collection.to_string(),
                };
            }
            error.into()
        })?;
        let rows: HashMap<i64, i64> = rows.into_iter().map(|row| (row.feature_id, row.id)).collect();
        let places = batch.iter().flat_map(|version| {
            let row = rows.get(&version.feature_id).copied().unwrap_or_default();
            (0..).zip(&version.record.locations).map(move |(ordinal, place)| (row, ordinal, place))
        });
        locations(transaction, places.collect()).await?;
    }
    Ok(())
}

async fn locations(
    connection: &mut PgConnection,
    places: Vec<(i64, i32, &Location)>,
) -> Result<(), StoreError> {
    for batch in places.chunks(BATCH) {
        let texts = |read: fn(&Location) -> Option<String>| -> Vec<Option<String>> {
            batch.iter().map(|(_, _, place)| read(place)).collect()
        };
        let shares: Vec<_> = batch.iter().map(|(_, _, place)| place.share_percent).collect();
        let geometries: Vec<_> = batch.iter().map(|(_, _, place)| place.geometry.clone()).collect();
        let insert = sqlx::query_file!(
            "sql/location_insert.sql",
            &batch.iter().map(|(row, _, _)| *row).collect::<Vec<_>>(),
            &batch.iter().map(|(_, ordinal, _)| *ordinal).collect::<Vec<_>>(),
            &texts(|place| Some(place.precision().as_str().to_owned())) as &[Option<String>],
            &texts(|place| place.province.map(|code| code.to_string())) as &[Option<String>],
            &texts(|place| place.municipality.map(|code| code.to_string())) as &[Option<String>],
            &texts(|place| place.municipality_name.clone()) as &[Option<String>],
            &texts(|place| place.address.clone()) as &[Option<String>],
            &texts(|place| place.postal_code.clone()) as &[Option<String>],
            &shares as &[Option<f64>],
            &geometries as &[Option<Vec<u8>>]
        );
        insert.execute(&mut *connection).await?;
    }
    Ok(())
}

pub(super) async fn issues(
    connection: &mut PgConnection,
    release: ReleaseId,
    issues: &[Issue],
) -> Result<(), StoreError> {
    let numbered: Vec<(i32, &Issue)> = (0..).zip(issues).collect();
    for batch in numbered.chunks(BATCH) {
        let texts = |read: fn(&Issue) -> &str| -> Vec<String> {
            // PostgreSQL's text has no place for a NUL, which damaged files contain.
            batch.iter().map(|(_, issue)| read(issue).replace('\0', "␀")).collect()
        };
        let insert = sqlx::query_file!(
            "sql/issue_insert.sql",
            release.0,
            &batch.iter().map(|(ordinal, _)| *ordinal).collect::<Vec<_>>(),
            &texts(|issue| &issue.file),
            &batch.iter().map(|(_, issue)| issue.line.cast_signed()).collect::<Vec<_>>(),
            &texts(|issue| &issue.field),
            &texts(|issue| &issue.value),
            &texts(|issue| issue.kind.as_str()),
            &texts(|issue| issue.severity.as_str()),
            &texts(|issue| &issue.message)
        );
        insert.execute(&mut *connection).await?;
    }
    Ok(())
}
