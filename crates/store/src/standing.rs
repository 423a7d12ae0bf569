//! What stands, now or after an earlier event: the published state of everything, as an edition is built from it.

mod copy;
pub(crate) mod rows;

pub use rows::{LentPlace, LentRecord};

use crate::{Store, StoreError};
use domain::{Collection, CollectionId, FeatureId, Record, ReleaseId, SourceId, Tally, Value};
use rows::Which;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Transaction};
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

    /// Another reading of the same instant on a connection of its own, so that both can be read at once.
    ///
    /// # Errors
    /// [`StoreError`] if the database does not answer.
    pub async fn beside(&mut self, store: &Store) -> Result<Self, StoreError> {
        let snapshot = sqlx::query_scalar!("select pg_export_snapshot()").fetch_one(&mut *self.transaction);
        let snapshot = snapshot.await?.unwrap_or_default();
        let mut other = Self::begin(store, self.at).await?;
        // The statement takes no parameters; the server itself has just given this name.
        let same_instant = AssertSqlSafe(format!("set transaction snapshot '{snapshot}'"));
        sqlx::raw_sql(same_instant).execute(&mut *other.transaction).await?;
        Ok(other)
    }

    /// Hands over the records of a collection one after the other, in no order.
    ///
    /// # Errors
    /// [`StoreError`] if the database does not answer or holds what cannot be read.
    pub async fn records(
        &mut self,
        collection: &Collection,
        take: impl FnMut(StandingRecord),
    ) -> Result<(), StoreError> {
        rows::whole(&mut self.transaction, Which::Standing(self.at), collection, take).await
    }

    /// Lends the records of collections one after the other, in no order and without their places, each with the place of its
    /// collection among these.
    ///
    /// # Errors
    /// [`StoreError`] if the database does not answer or holds what cannot be read.
    pub async fn lend_records(
        &mut self,
        collections: &[&Collection],
        take: impl FnMut(usize, LentRecord<'_>),
    ) -> Result<(), StoreError> {
        rows::records(&mut self.transaction, Which::Standing(self.at), collections, take).await
    }

    /// Lends the places of the same records, in no order.
    ///
    /// # Errors
    /// [`StoreError`] if the database does not answer or holds what cannot be read.
    pub async fn lend_places(
        &mut self,
        collections: &[&Collection],
        take: impl FnMut(usize, LentPlace<'_>),
    ) -> Result<(), StoreError> {
        rows::places(&mut self.transaction, Which::Standing(self.at), collections, take).await
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
