//! What layers are built of, read from the database: records on one connection, their places on another, at the same time.

use atlas::{LayerDraft, LoosePlaces};
use domain::{Collection, SourceId};
use store::standing::{LentPlace, LentRecord, Reading};
use store::{Store, StoreError};
use tokio::runtime::Handle;

/// Fills drafts with what stands of their collections. It is work: call it on a thread of its own.
///
/// # Errors
/// [`StoreError`] if the database does not answer or holds what cannot be read.
pub fn fill(
    runtime: &Handle,
    store: &Store,
    reading: &mut Reading,
    drafts: Vec<LayerDraft>,
) -> Result<Vec<LayerDraft>, StoreError> {
    if drafts.is_empty() {
        return Ok(drafts);
    }
    let mut beside = runtime.block_on(reading.beside(store))?;
    let collections: Vec<_> = drafts.iter().map(|draft| draft.collection().clone()).collect();
    let collections: Vec<&Collection> = collections.iter().map(AsRef::as_ref).collect();
    let (records, places) = std::thread::scope(|threads| {
        let places = threads.spawn(|| runtime.block_on(places(&mut beside, &collections)));
        (runtime.block_on(records(reading, &collections, drafts)), places.join())
    });
    let places = places.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    let place = |((mut draft, rows), places): ((LayerDraft, Vec<i64>), LoosePlaces)| {
        draft.place(places, &rows);
        draft
    };
    Ok(records?.into_iter().zip(places).map(place).collect())
}

/// The drafts with their records, and the rows of these.
async fn records(
    reading: &mut Reading,
    collections: &[&Collection],
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
    reading.lend_records(collections, take).await?;
    Ok(filled)
}

/// The places of their records.
async fn places(reading: &mut Reading, collections: &[&Collection]) -> Result<Vec<LoosePlaces>, StoreError> {
    let mut places: Vec<LoosePlaces> = collections.iter().map(|_| LoosePlaces::default()).collect();
    let take = |collection: usize, place: LentPlace<'_>| {
        places[collection].push(place.row, place.ordinal, &place.location);
    };
    reading.lend_places(collections, take).await?;
    Ok(places)
}
