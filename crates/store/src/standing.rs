//! What stands, now or after an earlier event: the published state of everything, as an edition is built from it.

use crate::encoding::{JsonText, Layout};
use crate::{Store, StoreError};
use domain::{
    Collection, CollectionId, FeatureId, Key, Location, MunicipalityCode, ProvinceCode, Record, ReleaseId,
    SourceId, Tally, Value,
};
use futures_util::TryStreamExt;
use futures_util::stream::BoxStream;
use sqlx::{PgConnection, Postgres, Transaction};
use std::collections::HashMap;
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

/// What stands at one instant, while it is read.
#[derive(Debug)]
pub struct Reading {
    transaction: Transaction<'static, Postgres>,
    at: At,
}

impl Reading {
    /// Begins to read what stands: all that is read is of the same instant.
    ///
    /// # Errors
    /// [`StoreError`] if the database does not answer.
    pub async fn begin(store: &Store, at: At) -> Result<Self, StoreError> {
        let mut transaction = store.pool.begin().await?;
        sqlx::query!("set transaction isolation level repeatable read, read only")
            .execute(&mut *transaction)
            .await?;
        Ok(Self { transaction, at })
    }

    /// The releases that stand, by source and collection.
    ///
    /// # Errors
    /// [`StoreError`] if the database does not answer.
    pub async fn releases(&mut self) -> Result<Vec<StandingRelease>, StoreError> {
        read_releases(&mut self.transaction, self.at).await
    }

    /// Hands over the records of a collection one after the other, in no order: there is no need to hold them all.
    ///
    /// # Errors
    /// [`StoreError`] if the database does not answer or holds what cannot be read.
    pub async fn records(
        &mut self,
        collection: &Collection,
        take: impl FnMut(StandingRecord),
    ) -> Result<(), StoreError> {
        let (id, at) = (collection.id.as_str(), self.at.event());
        let places = sqlx::query_file_as!(PlaceRow, "sql/location_standing.sql", id, at);
        let places = places_by_record(places.fetch(&mut *self.transaction)).await?;
        let rows = sqlx::query_file_as!(RecordRow, "sql/record_standing.sql", id, at);
        read(collection, rows.fetch(&mut *self.transaction), places, take).await
    }
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
    let mut values = Vec::new();
    let mut reading = Reading::begin(store, At::Now).await?;
    reading.records(collection, |standing| values.push(standing.record.values)).await?;
    Ok(values)
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

/// Rows on their way from the database.
pub(crate) type Rows<'r, R> = BoxStream<'r, Result<R, sqlx::Error>>;

/// A version of a record, as the database has it.
pub(crate) struct RecordRow {
    pub id: i64,
    pub feature_id: i64,
    pub source: String,
    pub properties: JsonText,
}

/// One of its places.
pub(crate) struct PlaceRow {
    pub record_id: i64,
    pub ordinal: i32,
    pub province: Option<String>,
    pub municipality: Option<String>,
    pub municipality_name: Option<String>,
    pub address: Option<String>,
    pub postal_code: Option<String>,
    pub share_percent: Option<f64>,
    pub geometry: Option<Vec<u8>>,
}

/// The places of records by the number of the row, each with its rank.
pub(crate) type Places = HashMap<i64, Vec<(i32, Location)>>;

/// Places by their record.
pub(crate) async fn places_by_record(mut rows: Rows<'_, PlaceRow>) -> Result<Places, StoreError> {
    let mut places = Places::new();
    while let Some(row) = rows.try_next().await? {
        places.entry(row.record_id).or_default().push((row.ordinal, row.into()));
    }
    Ok(places)
}

/// The records that rows mean, one after the other.
pub(crate) async fn read(
    collection: &Collection,
    mut rows: Rows<'_, RecordRow>,
    mut places: Places,
    mut take: impl FnMut(StandingRecord),
) -> Result<(), StoreError> {
    let layout = Layout::of(collection);
    while let Some(row) = rows.try_next().await? {
        let unreadable = |reason: String| StoreError::Unreadable {
            collection: collection.id.to_string(),
            feature_id: row.feature_id,
            reason,
        };
        let values = layout.read(collection, &row.properties.0).map_err(unreadable)?;
        let key = collection.key_of(&values).unwrap_or_else(|| Key::new(Vec::new()));
        let mut locations = places.remove(&row.id).unwrap_or_default();
        locations.sort_by_key(|(ordinal, _)| *ordinal);
        take(StandingRecord {
            id: FeatureId::from_number(row.feature_id.cast_unsigned())
                .ok_or_else(|| unreadable("its number is out of range".to_owned()))?,
            source: SourceId::parse(&row.source)
                .ok_or_else(|| unreadable("its source has no name".to_owned()))?,
            record: Record {
                key,
                values,
                locations: locations.into_iter().map(|(_, place)| place).collect(),
            },
        });
    }
    Ok(())
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
