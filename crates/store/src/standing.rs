//! What stands, now or after an earlier event: the published state of everything, as an edition is built from it.

use crate::{Store, StoreError, encoding};
use domain::{
    Collection, CollectionId, FeatureId, Key, Location, MunicipalityCode, ProvinceCode, Record, ReleaseId,
    SourceId, Tally, Value,
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// When.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Now.
    Now,
    /// After the event with this number.
    Event(i64),
}

impl At {
    pub(crate) const fn event(self) -> Option<i64> {
        match self {
            Self::Now => None,
            Self::Event(event) => Some(event),
        }
    }
}

/// A release that stands, as far as one of its collections goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingRelease {
    /// Its number.
    pub id: ReleaseId,
    /// Its source.
    pub source: SourceId,
    /// The collection.
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
pub async fn snapshot(store: &Store, collections: &[&Collection], at: At) -> Result<Snapshot, StoreError> {
    let mut transaction = store.pool.begin().await?;
    sqlx::query!("set transaction isolation level repeatable read, read only")
        .execute(&mut *transaction)
        .await?;
    let releases = read_releases(&mut transaction, at).await?;
    let mut all = Vec::with_capacity(collections.len());
    for collection in collections {
        all.push(records(&mut transaction, collection, at).await?);
    }
    transaction.commit().await?;
    Ok(Snapshot { releases, records: all })
}

/// The releases that stand now, by source and collection.
///
/// # Errors
/// [`StoreError`] if the database does not answer.
pub async fn releases(store: &Store) -> Result<Vec<StandingRelease>, StoreError> {
    read_releases(&mut *store.pool.acquire().await?, At::Now).await
}

/// The values of the records of a collection that stand now.
///
/// # Errors
/// [`StoreError`] if the database does not answer or holds what cannot be read.
pub async fn values(store: &Store, collection: &Collection) -> Result<Vec<Vec<Value>>, StoreError> {
    let records = records(&mut *store.pool.acquire().await?, collection, At::Now).await?;
    Ok(records.into_iter().map(|standing| standing.record.values).collect())
}

async fn read_releases(connection: &mut PgConnection, at: At) -> Result<Vec<StandingRelease>, StoreError> {
    let rows = sqlx::query_file!("sql/release_standing.sql", at.event()).fetch_all(connection).await?;
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
    at: At,
) -> Result<Vec<StandingRecord>, StoreError> {
    let id = collection.id.as_str();
    let rows = sqlx::query_file_as!(RecordRow, "sql/record_standing.sql", id, at.event());
    let rows = rows.fetch_all(&mut *connection).await?;
    let places = sqlx::query_file_as!(PlaceRow, "sql/location_standing.sql", id, at.event());
    read(collection, rows, places.fetch_all(connection).await?)
}

/// A version of a record, as the database has it.
pub(crate) struct RecordRow {
    pub id: i64,
    pub feature_id: i64,
    pub source: String,
    pub properties: serde_json::Value,
}

/// One of its places.
pub(crate) struct PlaceRow {
    pub record_id: i64,
    pub province: Option<String>,
    pub municipality: Option<String>,
    pub municipality_name: Option<String>,
    pub address: Option<String>,
    pub postal_code: Option<String>,
    pub share_percent: Option<f64>,
    pub geometry: Option<Vec<u8>>,
}

/// The records that rows mean; both kinds of row are in the order of the records.
pub(crate) fn read(
    collection: &Collection,
    rows: Vec<RecordRow>,
    places: Vec<PlaceRow>,
) -> Result<Vec<StandingRecord>, StoreError> {
    let mut places = places.into_iter().peekable();
    let mut records = Vec::with_capacity(rows.len());
    for row in rows {
        let unreadable = |reason: String| StoreError::Unreadable {
            collection: collection.id.to_string(),
            feature_id: row.feature_id,
            reason,
        };
        let values = encoding::values(collection, &row.properties).map_err(unreadable)?;
        let key = collection.key_of(&values).unwrap_or_else(|| Key::new(Vec::new()));
        let mut locations = Vec::new();
        while let Some(place) = places.next_if(|place| place.record_id == row.id) {
            locations.push(place.into());
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

impl From<PlaceRow> for Location {
    fn from(place: PlaceRow) -> Self {
        Self {
            province: place.province.and_then(|code| ProvinceCode::parse(&code).ok()),
            municipality: place.municipality.and_then(|code| MunicipalityCode::parse(&code).ok()),
            municipality_name: place.municipality_name,
            address: place.address,
            postal_code: place.postal_code,
            share_percent: place.share_percent,
            geometry: place.geometry,
        }
    }
}
