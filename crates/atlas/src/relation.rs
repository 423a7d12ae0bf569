//! Relations: which records of a layer belong to a record of another.

use crate::rows::Rows;
use domain::money::Cents;
use domain::{Collection, Value};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The records of a layer by what they state of those they belong to.
#[derive(Debug)]
pub struct Relation {
    /// Where the layer has the fields by which they belong.
    fields: Vec<usize>,
    /// For each choice of these fields (those that a record states) the records, ascending by the hash of the values.
    by_stated: BTreeMap<Vec<usize>, Vec<(u64, u32)>>,
}

impl Relation {
    /// That of a layer whose records belong to others.
    pub fn of(collection: &Collection, rows: &Rows) -> Option<Self> {
        let parent = collection.parent.as_ref()?;
        let fields: Vec<usize> =
            parent.fields.iter().map(|id| collection.position(id)).collect::<Option<_>>()?;
        let hashes: Vec<Vec<Option<u64>>> = fields
            .iter()
            .map(|field| rows.columns[*field].values().iter().map(|it| token(it).map(hash)).collect())
            .collect();
        let mut by_stated: BTreeMap<Vec<usize>, Vec<(u64, u32)>> = BTreeMap::new();
        for (at, place) in (0..rows.ids.len()).zip(0..) {
            let stated = fields.iter().zip(&hashes).enumerate().filter_map(|(rank, (field, hashes))| {
                Some((rank, hashes[rows.columns[*field].code(at) as usize]?))
            });
            let (stated, hashes): (Vec<usize>, Vec<u64>) = stated.unzip();
            // A record that states none of the fields belongs to none.
            if !stated.is_empty() {
                by_stated.entry(stated).or_default().push((hash(hashes), place));
            }
        }
        for records in by_stated.values_mut() {
            records.sort_unstable();
            records.shrink_to_fit();
        }
        Some(Self { fields, by_stated })
    }

    /// The records that belong to one with these values, which are given in the order of the fields by which they belong: their
    /// places among `rows`, ascending.
    pub fn children(&self, rows: &Rows, values: &[&Value]) -> Vec<u32> {
        let tokens: Vec<Option<String>> = values.iter().map(|value| token(value)).collect();
        let mut children: Vec<u32> = Vec::new();
        for (stated, records) in &self.by_stated {
            let wanted: Option<Vec<&String>> = stated.iter().map(|rank| tokens[*rank].as_ref()).collect();
            let Some(wanted) = wanted else { continue };
            let wanted_hash = hash(wanted.iter().map(hash).collect::<Vec<u64>>());
            let is_same = |place: &u32| {
                let own = stated.iter().map(|rank| rows.value(*place as usize, self.fields[*rank]));
                own.zip(&wanted).all(|(own, wanted)| token(own).as_ref() == Some(wanted))
            };
            let first = records.partition_point(|(hash, _)| *hash < wanted_hash);
            let alike = records[first..].iter().take_while(|(hash, _)| *hash == wanted_hash);
            children.extend(alike.map(|(_, place)| *place).filter(is_same));
        }
        children.sort_unstable();
        children
    }
}

fn hash(what: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
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
