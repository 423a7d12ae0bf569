//! The rows of a release.

use super::changes::{self, Version};
use super::{Part, Publication, Reason, copy};
use crate::StoreError;
use crate::encoding::Layout;
use domain::{Collection, Diff, Issue, Location, ReleaseId, SourceId};
use serde_json::json;
use sqlx::PgConnection;

/// Whose records are written.
#[derive(Clone, Copy)]
pub(super) struct Owner<'a> {
    pub source: &'a SourceId,
    pub collection: &'a Collection,
    pub release: ReleaseId,
}

pub(super) async fn release(
    connection: &mut PgConnection,
    publication: &Publication<'_>,
    reasons: &[Reason],
) -> Result<ReleaseId, StoreError> {
    let state = if reasons.is_empty() { "published" } else { "staged" };
    let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
    let insert = sqlx::query_file_scalar!(
        "sql/release_insert.sql",
        publication.source.as_str(),
        publication.demo,
        &publication.content_hash[..],
        &publication.definition_hash[..],
        publication.generation,
        publication.extracted_on,
        publication.files,
        json!(publication.columns),
        state,
        &reasons
    );
    Ok(ReleaseId(insert.fetch_one(connection).await?))
}

pub(super) async fn parts(
    connection: &mut PgConnection,
    release: ReleaseId,
    publication: &Publication<'_>,
    diffs: &[Diff],
) -> Result<(), StoreError> {
    for (Part { collection, tally, locations, .. }, diff) in publication.parts.iter().zip(diffs) {
        let insert = sqlx::query_file!(
            "sql/release_part_insert.sql",
            release.0,
            collection.id.as_str(),
            tally.read.cast_signed(),
            tally.accepted.cast_signed(),
            tally.quarantined.cast_signed(),
            tally.filtered.cast_signed(),
            locations.read.cast_signed(),
            locations.accepted.cast_signed(),
            locations.quarantined.cast_signed(),
            locations.filtered.cast_signed(),
            diff.added.cast_signed(),
            diff.changed.cast_signed(),
            diff.removed.cast_signed(),
            diff.unchanged.cast_signed()
        );
        insert.execute(&mut *connection).await?;
    }
    Ok(())
}

/// The whole release, of which nothing stands yet.
pub(super) async fn staged(
    connection: &mut PgConnection,
    publication: &Publication<'_>,
    release: ReleaseId,
) -> Result<(), StoreError> {
    for Part { collection, records: all, .. } in &publication.parts {
        let versions = changes::versions(collection, all);
        let owner = Owner { source: publication.source, collection, release };
        records(connection, owner, None, &versions).await?;
    }
    Ok(())
}

/// Versions of records that stand from `event`; from none if they are staged.
pub(super) async fn records(
    connection: &mut PgConnection,
    owner: Owner<'_>,
    event: Option<i64>,
    versions: &[Version<'_>],
) -> Result<(), StoreError> {
    if versions.is_empty() {
        return Ok(());
    }
    let first = reserve(connection, versions.len()).await?;
    let statement = "copy record (id, collection, source, release_id, event_from, feature_id, properties, hash) \
                     from stdin (format binary)";
    let (layout, mut text) = (Layout::of(owner.collection), String::new());
    let write = |row: &mut copy::Row<'_>, (id, version): (i64, &Version<'_>)| {
        row.bigint(Some(id));
        row.text(Some(owner.collection.id.as_str()));
        row.text(Some(owner.source.as_str()));
        row.bigint(Some(owner.release.0));
        row.bigint(event);
        row.bigint(Some(version.feature_id));
        text.clear();
        layout.write(&version.record, &mut text);
        row.json(&text);
        row.bytes(Some(&version.hash));
    };
    let copied = copy::copy(connection, statement, 8, (first..).zip(versions), write).await;
    copied.map_err(|error| error.or_key_taken(owner.source, owner.collection))?;
    let places = (first..).zip(versions).flat_map(|(id, version)| {
        (0..).zip(&version.record.locations).map(move |(ordinal, place)| (id, ordinal, place))
    });
    locations(connection, places).await
}

/// Takes numbers for rows; nobody else writes records meanwhile, since publications wait for each other.
async fn reserve(connection: &mut PgConnection, count: usize) -> Result<i64, StoreError> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let first = sqlx::query_file_scalar!("sql/record_reserve.sql", count).fetch_one(connection).await?;
    Ok(first.unwrap_or_default())
}

async fn locations<'a>(
    connection: &mut PgConnection,
    places: impl Iterator<Item = (i64, i32, &'a Location)>,
) -> Result<(), StoreError> {
    let statement = "copy location (record_id, ordinal, precision, province, municipality, municipality_name, address, \
                     postal_code, share_percent, geometry) from stdin (format binary)";
    let write = |row: &mut copy::Row<'_>, (record, ordinal, place): (i64, i32, &Location)| {
        row.bigint(Some(record));
        row.integer(ordinal);
        row.text(Some(place.precision().as_str()));
        row.text(place.province.as_ref().map(domain::ProvinceCode::as_str));
        row.text(place.municipality.as_ref().map(domain::MunicipalityCode::as_str));
        row.text(place.municipality_name.as_deref());
        row.text(place.address.as_deref());
        row.text(place.postal_code.as_deref());
        row.double(place.share_percent);
        row.geometry(place.geometry.as_deref());
    };
    copy::copy(connection, statement, 10, places, write).await
}

pub(super) async fn issues(
    connection: &mut PgConnection,
    release: ReleaseId,
    issues: &[Issue],
) -> Result<(), StoreError> {
    let statement = "copy issue (release_id, ordinal, file, line, entry, record, field, value, kind, severity, message) \
                     from stdin (format binary)";
    let write = |row: &mut copy::Row<'_>, (ordinal, issue): (i32, &Issue)| {
        row.bigint(Some(release.0));
        row.integer(ordinal);
        row.text(Some(&issue.file));
        row.bigint(Some(issue.line.cast_signed()));
        row.bigint(Some(issue.entry.cast_signed()));
        row.text(Some(&issue.record));
        row.text(Some(&issue.field));
        row.text(Some(&issue.value));
        row.text(Some(issue.kind.as_str()));
        row.text(Some(issue.severity.as_str()));
        row.text(Some(&issue.message));
    };
    copy::copy(connection, statement, 11, (0..).zip(issues), write).await
}
