//! Relations: which records of other collections belong to a record.

use crate::layer::Layer;
use domain::Value;
use domain::money::Cents;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The children of all records of an edition.
#[derive(Debug, Default)]
pub struct Relations(Vec<Relation>);

/// The records of one collection that belong to those of another.
#[derive(Debug)]
struct Relation {
    /// The place of the parent's layer in the edition.
    parent: usize,
    /// The place of the children's.
    child: usize,
    /// Where the parent has the fields by which they belong to it.
    fields: Vec<usize>,
    /// For each choice of these fields (those that a child states), the children by the values.
    by_stated: BTreeMap<Vec<usize>, HashMap<Vec<String>, Vec<u32>>>,
}

impl Relations {
    /// Finds out which records of `layers` belong to which others.
    pub fn of(layers: &[Arc<Layer>]) -> Self {
        let relation = |(child, layer): (usize, &Arc<Layer>)| {
            let definition = layer.collection.parent.as_ref()?;
            let parent = layers.iter().position(|it| it.collection.id == definition.collection)?;
            let fields = |layer: &Layer| {
                definition.fields.iter().map(|id| layer.collection.position(id)).collect::<Option<Vec<_>>>()
            };
            let own = fields(layer)?;
            let fields = fields(&layers[parent])?;
            let mut relation = Relation { parent, child, fields, by_stated: BTreeMap::new() };
            for (at, place) in (0..layer.len()).zip(0..) {
                relation.add(&own, |field| layer.value(at, field), place);
            }
            Some(relation)
        };
        Self(layers.iter().enumerate().filter_map(relation).collect())
    }

    /// The children of the record with these values in the layer at `parent`: the place of each child's layer, and their places
    /// in it, ascending.
    pub fn children<'v>(&self, parent: usize, value: impl Fn(usize) -> &'v Value) -> Vec<(usize, Vec<u32>)> {
        let own = self.0.iter().filter(|relation| relation.parent == parent);
        let found = own.map(|relation| (relation.child, relation.children(&value)));
        found.filter(|(_, children)| !children.is_empty()).collect()
    }
}

impl Relation {
    /// A record that states none of the fields belongs to none.
    fn add<'v>(&mut self, own: &[usize], value: impl Fn(usize) -> &'v Value, place: u32) {
        let stated = own.iter().enumerate().filter_map(|(rank, field)| Some((rank, token(value(*field))?)));
        let (stated, tokens): (Vec<usize>, Vec<String>) = stated.unzip();
        if !stated.is_empty() {
            self.by_stated.entry(stated).or_default().entry(tokens).or_default().push(place);
        }
    }

    fn children<'v>(&self, value: &impl Fn(usize) -> &'v Value) -> Vec<u32> {
        let mut children: Vec<u32> = Vec::new();
        for (stated, by_values) in &self.by_stated {
            let tokens: Option<Vec<String>> =
                stated.iter().map(|rank| token(value(self.fields[*rank]))).collect();
            children.extend(tokens.and_then(|tokens| by_values.get(&tokens)).into_iter().flatten());
        }
        children.sort_unstable();
        children
    }
}

/// A value as text by which values are compared; `None` if it is missing.
pub fn token(value: &Value) -> Option<String> {
    match value {
        Value::Missing => None,
        Value::Text(text) => Some(text.clone()),
        Value::Integer(number) | Value::Cents(Cents(number)) => Some(number.to_string()),
        Value::Decimal(number) => Some(number.to_string()),
        Value::Date(date) => Some(date.to_string()),
        Value::Boolean(truth) => Some(truth.to_string()),
        Value::List(texts) => Some(texts.join(";")),
    }
}

#[cfg(test)]
mod tests;
