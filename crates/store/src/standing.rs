//! What stands: the published state of everything, as an edition is built from it.

use crate::{Store, StoreError, encoding};
use domain::{
    Collection, CollectionId, FeatureId, Key, Location, MunicipalityCode, ProvinceCode, Record, ReleaseId,
    SourceId, Tally,
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// A release that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingRelease {
    /// Its number.
    pub id: ReleaseId,
    /// Its source.
    pub source: SourceId,
    /// The collection it feeds.
    pub collection: CollectionId,
    /// Whether it is invented data.
    pub demo: bool,
    /// The latest day on which the source says that it touched its data.
    pub extracted_on: Option<Date>,
    /// When it was published here.
    pub published_at: OffsetDateTime,
    /// What became of its rows.
    pub tally: Tally,
}

/// A record that stands.
#[derive(Clone, Debug)]
pub struct StandingRecord {
    /// Its public number.
    pub id: FeatureId,
    /// The source that states it.
    pub source: SourceId,
    /// What it states.
    pub record: Record,
}

/// The published state of some collections at one instant.
#[derive(Debug)]
pub struct Snapshot {
    /// The releases that stand, by source.
    pub releases: Vec<StandingRelease>,
    /// The records of each collection asked for, in the order asked.
    pub records: Vec<Vec<StandingRecord>>,
}

/// Reads what stands of `collections`, all at one instant.
///
/// # Errors
/// [`StoreError`] if the database does not answer or holds what cannot be read.
pub async fn snapshot(store: &Store, collections: &[&Collection]) -> Result<Snapshot, StoreError> {
    let mut transaction = store.pool.begin().await?;
    sqlx::query!("set transaction isolation level repeatable read, read only")
        .execute(&mut *transaction)
        .await?;
    let releases = read_releases(&mut transaction).await?;
    let mut all = Vec::with_capacity(collections.len());
    for collection in collections {
        all.push(records(&mut transaction, collection).await?);
    }
    transaction.commit().await?;
    Ok(Snapshot { releases, records: all })
}

/// The releases that stand, by source.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn releases(store: &Store) -> Result<Vec<StandingRelease>, StoreError> {
    read_releases(&mut *store.pool.acquire().await?).await
}

async fn read_releases(connection: &mut PgConnection) -> Result<Vec<StandingRelease>, StoreError> {
    let rows = sqlx::query_file!("sql/release_standing.sql").fetch_all(connection).await?;
    let standing = rows.into_iter().filter_map(|row| {
        Some(StandingRelease {
            id: ReleaseId(row.id),
            source: SourceId::parse(&row.source)?,
            collection: CollectionId::parse(&row.collection)?,
            demo: row.demo,
            extracted_on: row.extracted_on,
            published_at: row.published_at,
            tally: Tally {
                read: row.rows_read.cast_unsigned(),
                accepted: row.rows_accepted.cast_unsigned(),
                quarantined: row.rows_quarantined.cast_unsigned(),
                filtered: row.rows_filtered.cast_unsigned(),
            },
        })
    });
    Ok(standing.collect())
}

async fn records(
    connection: &mut PgConnection,
    collection: &Collection,
) -> Result<Vec<StandingRecord>, StoreError> {
    let id = collection.id.as_str();
    let rows = sqlx::query_file!("sql/record_standing.sql", id).fetch_all(&mut *connection).await?;
    let places = sqlx::query_file!("sql/location_standing.sql", id).fetch_all(connection).await?;
    let mut places = places.into_iter().peekable();
    let mut records = Vec::with_capacity(rows.len());
    for row in rows {
        let unreadable = |reason: String| StoreError::Unreadable {
            collection: id.to_owned(),
            feature_id: row.feature_id,
            reason,
        };
        let values = encoding::values(collection, &row.properties).map_err(unreadable)?;
        let key = collection.key_of(&values).unwrap_or_else(|| Key::new(Vec::new()));
        let mut locations = Vec::new();
        while let Some(place) = places.next_if(|place| place.record_id == row.id) {
            locations.push(Location {
                province: place.province.and_then(|code| ProvinceCode::parse(&code).ok()),
                municipality: place.municipality.and_then(|code| MunicipalityCode::parse(&code).ok()),
                municipality_name: place.municipality_name,
                address: place.address,
                postal_code: place.postal_code,
                share_percent: place.share_percent,
                geometry: place.geometry,
            });
        }
        records.push(StandingRecord {
            id: FeatureId::from_number(row.feature_id.cast_unsigned())
                .ok_or_else(|| unreadable("its number is out of range".to_owned()))?,
            source: SourceId::parse(&row.source)
                .ok_or_else(|| unreadable("its source has no name".to_owned()))?,
            record: Record { key, values, locations },
        });
    }
    Ok(records)
}
