//! A run of records, made ready to be written: which versions end, and the rows of those that begin.

use super::copy::Rows;
use crate::StoreError;
use domain::{Collection, Location, MunicipalityCode, ProvinceCode, ReleaseId, SourceId};
use sqlx::PgConnection;
use std::sync::Arc;

/// Whose records are written, and how.
#[derive(Clone, Debug)]
pub(crate) struct Owner {
    /// The source.
    pub(crate) source: SourceId,
    /// What becomes of its records.
    pub(crate) writing: Writing,
    /// The number of the next row; nobody else writes records meanwhile, since publications wait for each other.
    pub(crate) next: i64,
}

/// What becomes of the records of a release.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Writing {
    /// They are compared with what stands, and not written.
    Nothing,
    /// All of them are written, and stand from no event.
    Staged(ReleaseId),
    /// What changes is written, and stands from an event.
    Standing(ReleaseId, i64),
}

impl Writing {
    /// The release that is written, if it is.
    pub(super) const fn release(self) -> Option<ReleaseId> {
        match self {
            Self::Nothing => None,
            Self::Staged(release) | Self::Standing(release, _) => Some(release),
        }
    }
}

/// Bytes of rows that are worth a run.
const FULL: usize = 4 << 20;

/// A run of records of one collection.
pub(crate) struct Run {
    /// The source and the collection, and the event from which what begins stands, if anything is to be written.
    of: Option<(SourceId, Arc<Collection>, Option<i64>)>,
    /// Rows of the versions that end.
    ended: Vec<i64>,
    records: Rows,
    locations: Rows,
}

impl Run {
    /// Of nothing yet.
    pub(crate) fn new() -> Self {
        let records = "copy record (id, collection, source, release_id, event_from, feature_id, properties, hash) \
                       from stdin (format binary)";
        let locations = "copy location (record_id, ordinal, precision, province, municipality, municipality_name, address, \
                         postal_code, share_percent, geometry) from stdin (format binary)";
        Self {
            of: None,
            ended: Vec::new(),
            records: Rows::new(records, 8),
            locations: Rows::new(locations, 10),
        }
    }

    /// Begins anew, with records of this collection.
    pub(crate) fn begin(&mut self, owner: &Owner, collection: &Arc<Collection>) {
        let event = match owner.writing {
            Writing::Nothing => None,
            Writing::Staged(_) => Some(None),
            Writing::Standing(_, event) => Some(Some(event)),
        };
        self.of = event.map(|event| (owner.source.clone(), collection.clone(), event));
        self.ended.clear();
        self.records.clear();
        self.locations.clear();
    }

    /// Whether it is large enough to be written: for each run, program and database wait for each other a few times.
    pub(super) const fn is_full(&self) -> bool {
        self.records.size() + self.locations.size() > FULL
    }

    /// A version that ends, by its row.
    pub(super) fn end(&mut self, row: i64) {
        self.ended.push(row);
    }

    /// A version that is written; its values as JSON, and its places.
    pub(super) fn push(
        &mut self,
        owner: &mut Owner,
        (feature_id, hash): (i64, [u8; 32]),
        properties: &str,
        places: &[Location],
    ) {
        let (Some((source, collection, event)), Some(release)) = (&self.of, owner.writing.release()) else {
            return;
        };
        let mut row = self.records.row();
        row.bigint(Some(owner.next));
        row.text(Some(collection.id.as_str()));
        row.text(Some(source.as_str()));
        row.bigint(Some(release.0));
        row.bigint(*event);
        row.bigint(Some(feature_id));
        row.json(properties);
        row.bytes(Some(&hash));
        for (ordinal, place) in (0..).zip(places) {
            push_location(&mut self.locations, owner.next, ordinal, place);
        }
        owner.next += 1;
    }

    /// Writes it.
    ///
    /// # Errors
    /// [`StoreError`]; another source may have published one of the keys.
    pub(crate) async fn write(&self, connection: &mut PgConnection) -> Result<(), StoreError> {
        let Some((source, collection, event)) = &self.of else { return Ok(()) };
        if event.is_some() && !self.ended.is_empty() {
            sqlx::query!("update record set event_to = $1 where id = any($2)", *event, &self.ended)
                .execute(&mut *connection)
                .await?;
        }
        let copied = self.records.copy(connection).await;
        copied.map_err(|error| error.or_key_taken(source, collection))?;
        self.locations.copy(connection).await
    }
}

fn push_location(locations: &mut Rows, record: i64, ordinal: i32, place: &Location) {
    let mut row = locations.row();
    row.bigint(Some(record));
    row.integer(ordinal);
    row.text(Some(place.precision().as_str()));
    row.text(place.province.as_ref().map(ProvinceCode::as_str));
    row.text(place.municipality.as_ref().map(MunicipalityCode::as_str));
    row.text(place.municipality_name.as_deref());
    row.text(place.address.as_deref());
    row.text(place.postal_code.as_deref());
    row.double(place.share_percent);
    row.geometry(place.geometry.as_deref());
}
