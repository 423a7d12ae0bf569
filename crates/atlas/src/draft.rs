//! A draft: what a layer is built of.

use crate::column::ColumnDraft;
use crate::origin::Origin;
use crate::places::{LoosePlaces, PlacesDraft};
use crate::rows::Rows;
use domain::{Collection, FeatureId, LentLocation, LentValue, Record, Value};
use rayon::iter::{IntoParallelRefMutIterator, ParallelIterator};
use std::sync::Arc;

/// What a layer is built of: records in the order in which they come, packed as they come.
#[derive(Debug)]
pub struct LayerDraft {
    pub(crate) collection: Arc<Collection>,
    pub(crate) origins: Vec<Origin>,
    pub(crate) tag: String,
    pub(crate) ids: Vec<FeatureId>,
    /// For each record the place of its source among the origins.
    pub(crate) sources: Vec<u16>,
    pub(crate) columns: Vec<ColumnDraft>,
    pub(crate) places: PlacesDraft,
}

impl LayerDraft {
    /// No record yet. `origins` are where its records come from; `tag` tells its content, and that of whatever else the layer is
    /// made of, from any other.
    #[must_use]
    pub fn new(collection: Arc<Collection>, origins: Vec<Origin>, tag: String) -> Self {
        let columns = collection.fields.iter().map(|_| ColumnDraft::default()).collect();
        Self {
            collection,
            origins,
            tag,
            ids: Vec::new(),
            sources: Vec::new(),
            columns,
            places: PlacesDraft::default(),
        }
    }

    /// The definition.
    #[must_use]
    pub const fn collection(&self) -> &Arc<Collection> {
        &self.collection
    }

    /// Where its records come from.
    #[must_use]
    pub fn origins(&self) -> &[Origin] {
        &self.origins
    }

    /// Adds a record that stands: its number, the place of its source among the origins, and what it states.
    pub fn push(&mut self, id: FeatureId, origin: usize, record: Record) {
        let mut values = record.values.into_iter();
        for column in &mut self.columns {
            column.push(values.next().unwrap_or(Value::Missing));
        }
        for location in &record.locations {
            self.places.push(self.ids.len(), &LentLocation::from(location));
        }
        self.ids.push(id);
        self.sources.push(u16::try_from(origin).unwrap_or(u16::MAX));
    }

    /// Adds a record without its places, whose values are lent; what is new of them is copied.
    pub fn lend<'a>(
        &mut self,
        id: FeatureId,
        origin: usize,
        values: impl IntoIterator<Item = LentValue<'a>>,
    ) {
        let mut values = values.into_iter();
        for column in &mut self.columns {
            column.lend(values.next().unwrap_or(LentValue::MISSING));
        }
        self.ids.push(id);
        self.sources.push(u16::try_from(origin).unwrap_or(u16::MAX));
    }

    /// Gives records their places; `rows` are those of the records, in the order in which they were added.
    pub fn place(&mut self, places: LoosePlaces, rows: &[i64]) {
        self.places = places.settle(rows);
    }

    /// The records by ascending number, without those that are dropped.
    pub(crate) fn pack(mut self, is_dropped: &[bool]) -> Rows {
        let mut order: Vec<u32> =
            (0..).zip(is_dropped).filter_map(|(at, is_dropped)| (!is_dropped).then_some(at)).collect();
        order.sort_unstable_by_key(|at| self.ids[*at as usize]);
        let places = || order.iter().map(|at| *at as usize);
        Rows {
            ids: places().map(|at| self.ids[at]).collect(),
            origins: places().map(|at| self.sources[at]).collect(),
            columns: self.columns.par_iter_mut().map(|column| column.finish(places())).collect(),
            places: self.places.finish(&order),
        }
    }
}
