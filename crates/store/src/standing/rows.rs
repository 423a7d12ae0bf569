//! Records and their places on the way from the database, lent to who makes something of them.

use super::copy::{self, Fields, Odd};
use super::{At, StandingRecord};
use crate::StoreError;
use crate::encoding::Layout;
use domain::{
    Collection, CollectionId, FeatureId, Key, LentLocation, LentValue, Location, MunicipalityCode,
    ProvinceCode, Record, ReleaseId, SourceId,
};
use sqlx::PgConnection;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// A record that stands, lent.
#[derive(Debug)]
pub struct LentRecord<'a> {
    /// The number of its row, which its places name.
    pub row: i64,
    /// Its public number.
    pub id: FeatureId,
    /// The source that states it.
    pub source: &'a str,
    /// One value for each field.
    pub values: Vec<LentValue<'a>>,
}

/// One of the places of a record that stands, lent.
#[derive(Debug)]
pub struct LentPlace<'a> {
    /// The number of the record's row.
    pub row: i64,
    /// Its rank among the places of the record.
    pub ordinal: i32,
    /// The place.
    pub location: LentLocation<'a>,
}

/// Which records are meant.
#[derive(Clone, Copy)]
pub enum Which {
    /// Those that stand.
    Standing(At),
    /// Those of a release that waits.
    Staged(ReleaseId),
}

impl Which {
    /// What holds for their rows; COPY takes no parameters.
    fn condition(self, collections: &[&CollectionId]) -> String {
        let stand = match self {
            // There is an index of what stands now.
            Self::Standing(At::Now) => "record.event_from is not null and record.event_to is null".to_owned(),
            Self::Standing(At::Event(event)) => format!(
                "record.event_from <= {event} and (record.event_to is null or record.event_to > {event})"
            ),
            Self::Staged(ReleaseId(release)) => {
                format!("record.release_id = {release} and record.event_from is null")
            }
        };
        // Their ids are words of letters, digits and hyphens.
        let ids: Vec<String> = collections.iter().map(|id| format!("'{id}'")).collect();
        format!("record.collection in ({}) and {stand}", ids.join(", "))
    }
}

/// Hands over the records of collections in no order, each with the place of its collection among these.
///
/// # Errors
/// [`StoreError`] if the database does not answer or holds what cannot be read.
pub async fn records(
    connection: &mut PgConnection,
    which: Which,
    collections: &[&Collection],
    mut take: impl FnMut(usize, LentRecord<'_>),
) -> Result<(), StoreError> {
    let ids: Vec<&CollectionId> = collections.iter().map(|it| &it.id).collect();
    let query = include_str!("../../sql/record_copy.sql").replace("$which", &which.condition(&ids));
    let layouts: Vec<Layout> = collections.iter().map(|it| Layout::of(it)).collect();
    let mut outcome = Ok(());
    let each = |fields: Fields<'_>| match record(fields, &ids, collections, &layouts) {
        Ok((collection, record)) => {
            take(collection, record);
            ControlFlow::Continue(())
        }
        Err(error) => {
            outcome = Err(error);
            ControlFlow::Break(())
        }
    };
    copy::out(connection, &query, each).await?;
    outcome
}

fn record<'a>(
    mut fields: Fields<'a>,
    ids: &[&CollectionId],
    collections: &[&Collection],
    layouts: &[Layout],
) -> Result<(usize, LentRecord<'a>), StoreError> {
    let mut whole = || -> Result<_, Odd> {
        let (row, number) = (fields.bigint()?, fields.bigint()?);
        let [collection, source, json] = [fields.text()?, fields.text()?, fields.text()?];
        Ok((row, number, collection.ok_or(Odd)?, source.ok_or(Odd)?, json.ok_or(Odd)?))
    };
    let (row, number, collection, source, json) = whole().map_err(|Odd| odd("record"))?;
    let unreadable = |reason: &str| StoreError::Unreadable {
        collection: collection.to_owned(),
        feature_id: number,
        reason: reason.to_owned(),
    };
    let place = ids.iter().position(|id| id.as_str() == collection);
    let place = place.ok_or_else(|| unreadable("its collection was not asked for"))?;
    let id = FeatureId::from_number(number.cast_unsigned());
    let id = id.ok_or_else(|| unreadable("its number is out of range"))?;
    let values = layouts[place].lend(collections[place], json).map_err(|reason| unreadable(&reason))?;
    Ok((place, LentRecord { row, id, source, values }))
}

/// Hands over the places of the records of collections in no order, each with the place of its collection among these.
///
/// # Errors
/// [`StoreError`] if the database does not answer or holds what cannot be read.
pub async fn places(
    connection: &mut PgConnection,
    which: Which,
    collections: &[&Collection],
    mut take: impl FnMut(usize, LentPlace<'_>),
) -> Result<(), StoreError> {
    let ids: Vec<&CollectionId> = collections.iter().map(|it| &it.id).collect();
    let query = include_str!("../../sql/location_copy.sql").replace("$which", &which.condition(&ids));
    let mut outcome = Ok(());
    let each = |fields: Fields<'_>| {
        if let Ok((collection, place)) = place(fields, &ids) {
            take(collection, place);
            return ControlFlow::Continue(());
        }
        outcome = Err(odd("location"));
        ControlFlow::Break(())
    };
    copy::out(connection, &query, each).await?;
    outcome
}

fn place<'a>(mut fields: Fields<'a>, ids: &[&CollectionId]) -> Result<(usize, LentPlace<'a>), Odd> {
    let collection = fields.text()?.ok_or(Odd)?;
    let collection = ids.iter().position(|id| id.as_str() == collection).ok_or(Odd)?;
    let (row, ordinal) = (fields.bigint()?, fields.integer()?);
    let location = LentLocation {
        province: fields.text()?.and_then(|code| ProvinceCode::parse(code).ok()),
        municipality: fields.text()?.and_then(|code| MunicipalityCode::parse(code).ok()),
        municipality_name: fields.text()?,
        address: fields.text()?,
        postal_code: fields.text()?,
        share_percent: fields.double()?,
        geometry: fields.bytes()?,
    };
    Ok((collection, LentPlace { row, ordinal, location }))
}

/// The records of a collection with their places, one after the other, in no order.
///
/// # Errors
/// [`StoreError`] if the database does not answer or holds what cannot be read.
pub async fn whole(
    connection: &mut PgConnection,
    which: Which,
    collection: &Collection,
    mut take: impl FnMut(StandingRecord),
) -> Result<(), StoreError> {
    let collections = [collection];
    let mut places_of: HashMap<i64, Vec<(i32, Location)>> = HashMap::new();
    places(connection, which, &collections, |_, place| {
        places_of.entry(place.row).or_default().push((place.ordinal, place.location.into()));
    })
    .await?;
    let mut nameless = None;
    records(connection, which, &collections, |_, record| {
        let Some(source) = SourceId::parse(record.source) else {
            nameless = Some(record.id);
            return;
        };
        let mut locations = places_of.remove(&record.row).unwrap_or_default();
        locations.sort_by_key(|(ordinal, _)| *ordinal);
        let values: Vec<_> = record.values.into_iter().map(Into::into).collect();
        let key = collection.key_of(&values).unwrap_or_else(|| Key::new(Vec::new()));
        let locations = locations.into_iter().map(|(_, place)| place).collect();
        take(StandingRecord { id: record.id, source, record: Record { key, values, locations } });
    })
    .await?;
    nameless.map_or(Ok(()), |id| {
        Err(StoreError::Unreadable {
            collection: collection.id.to_string(),
            feature_id: id.number().cast_signed(),
            reason: "its source has no name".to_owned(),
        })
    })
}

/// A row of a table is not as its columns are declared.
fn odd(table: &str) -> StoreError {
    StoreError::from(sqlx::Error::Protocol(format!("a row of {table} is not what was asked for")))
}
