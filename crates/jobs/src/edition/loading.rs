//! What layers are built of, read from the database: records on one connection, their places on another, at the same time.

use super::EditionError;
use atlas::{LayerDraft, LoosePlaces};
use domain::{Collection, SourceId};
use std::sync::Arc;
use store::standing::{LentPlace, LentRecord, Reading};
use store::{Store, StoreError};

/// Fills drafts with what stands of their collections. Each connection is read by a task of its own: a thread that is blocked would
/// have to be woken for every few rows, which takes as long as reading them.
///
/// # Errors
/// [`EditionError`].
pub async fn fill(
    store: &Store,
    mut reading: Reading,
    drafts: Vec<LayerDraft>,
) -> Result<Vec<LayerDraft>, EditionError> {
    if drafts.is_empty() {
        return Ok(drafts);
    }
    let beside = reading.beside(store).await?;
    let collections: Arc<[_]> = drafts.iter().map(|draft| draft.collection().clone()).collect();
    let records = tokio::spawn(records(reading, collections.clone(), drafts));
    let places = tokio::spawn(places(beside, collections));
    let (records, places) = tokio::try_join!(records, places).map_err(|_| EditionError::Panicked)?;
    let place = |((mut draft, rows), places): ((LayerDraft, Vec<i64>), LoosePlaces)| {
        draft.place(places, &rows);
        draft
    };
    Ok(records?.into_iter().zip(places?).map(place).collect())
}

/// The drafts with their records, and the rows of these.
async fn records(
    mut reading: Reading,
    collections: Arc<[Arc<Collection>]>,
    drafts: Vec<LayerDraft>,
) -> Result<Vec<(LayerDraft, Vec<i64>)>, StoreError> {
    let sources = |draft: &LayerDraft| draft.origins().iter().map(|it| it.source.clone()).collect();
    let sources: Vec<Vec<SourceId>> = drafts.iter().map(sources).collect();
    let mut filled: Vec<_> = drafts.into_iter().map(|draft| (draft, Vec::new())).collect();
    let take = |collection: usize, record: LentRecord<'_>| {
        let origin = sources[collection].iter().position(|source| source.as_str() == record.source);
        let (draft, rows) = &mut filled[collection];
        draft.lend(record.id, origin.unwrap_or_default(), record.values);
        rows.push(record.row);
    };
    let collections: Vec<&Collection> = collections.iter().map(AsRef::as_ref).collect();
    reading.lend_records(&collections, take).await?;
    Ok(filled)
}

/// The places of their records.
async fn places(
    mut reading: Reading,
    collections: Arc<[Arc<Collection>]>,
) -> Result<Vec<LoosePlaces>, StoreError> {
    let mut places: Vec<LoosePlaces> = collections.iter().map(|_| LoosePlaces::default()).collect();
    let take = |collection: usize, place: LentPlace<'_>| {
        places[collection].push(place.row, place.ordinal, &place.location);
    };
    let collections: Vec<&Collection> = collections.iter().map(AsRef::as_ref).collect();
    reading.lend_places(&collections, take).await?;
    Ok(places)
}
