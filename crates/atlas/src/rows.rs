//! The records of a collection, packed: numbers, sources, columns and places.

use crate::column::Column;
use crate::places::Places;
use domain::{Collection, FeatureId, Key, Value};

/// The records of a collection, by ascending number.
#[derive(Debug)]
pub struct Rows {
    pub ids: Vec<FeatureId>,
    /// For each the place of its source among the layer's origins.
    pub origins: Vec<u16>,
    /// One column for each field.
    pub columns: Vec<Column>,
    pub places: Places,
}

impl Rows {
    pub fn value(&self, at: usize, field: usize) -> &Value {
        self.columns[field].value(at)
    }

    /// The natural key of a record; empty where the definition has changed so that it has none.
    pub fn key(&self, collection: &Collection, at: usize) -> Key {
        let part = |field: &usize| self.value(at, *field).as_text().unwrap_or_default().to_owned();
        Key::new(collection.key.iter().map(part).collect())
    }

    /// The places of all records, in the order of their keys.
    pub fn by_key(&self, collection: &Collection) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.ids.len()).collect();
        let codes = |at: usize| collection.key.iter().map(move |field| self.columns[*field].code(at));
        order.sort_by(|one, other| codes(*one).cmp(codes(*other)));
        order
    }
}
