//! To which records the rows of a collection may belong: those that stand, those read before, and those that a table of
//! locations places in the territory.

use super::values::Values;
use domain::collection::Parent;
use domain::{Collection, Value};
use std::collections::HashSet;

/// The records of another collection to which rows may belong.
#[derive(Debug, Default)]
pub struct Parents {
    groups: Vec<Group>,
}

/// Records that state the same fields.
#[derive(Debug)]
struct Group {
    /// For each of the parent's fields, whether they state it.
    states: Vec<bool>,
    /// For each record, the texts of these fields.
    records: Vec<Vec<String>>,
}

/// How a row belongs to the records that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bond {
    /// It belongs to one of them.
    Whole,
    /// One of them has the first of its codes, but not the others: it concerns the territory, and its own record is unknown.
    First,
    /// It belongs to none.
    None,
}

impl Parents {
    /// Takes in whole records of the other collection: for each, its [`texts`].
    pub fn extend(&mut self, parent: &Parent, records: Vec<Vec<String>>) {
        self.groups.push(Group { states: vec![true; parent.fields.len()], records });
    }

    /// Takes in records of which only some fields are known: for each of the parent's fields, its text.
    pub fn extend_in_part(&mut self, states: Vec<bool>, records: Vec<Vec<String>>) {
        self.groups.push(Group { states, records });
    }

    /// The records by the fields that a sheet has.
    pub fn index(&self, parent: &Parent, collection: &Collection, values: &Values<'_>) -> Index {
        let places: Vec<_> = parent.fields.iter().map(|field| collection.position(field)).collect();
        let has = |place: &Option<usize>| place.is_some_and(|place| values.has(place));
        let has: Vec<bool> = places.iter().map(has).collect();
        let mut index = Index { places, ..Index::default() };
        for group in &self.groups {
            let compared: Vec<bool> = has.iter().zip(&group.states).map(|(a, b)| *a && *b).collect();
            let keys = group.records.iter().map(|record| chosen(record, &compared)).collect();
            index.firsts.extend(group.records.iter().filter_map(|record| record.first().cloned()));
            index.groups.push((compared, keys));
        }
        index
    }
}

/// The records by the fields that a sheet has.
#[derive(Default)]
pub struct Index {
    /// For each of the parent's fields, its place in the collection of the sheet.
    places: Vec<Option<usize>>,
    groups: Vec<(Vec<bool>, HashSet<Vec<String>>)>,
    firsts: HashSet<String>,
}

impl Index {
    /// How a row with these values belongs to the records.
    pub fn bond(&self, values: &[Value]) -> Bond {
        let texts: Vec<String> =
            self.places.iter().map(|place| text(place.and_then(|place| values.get(place)))).collect();
        let Some(first) = texts.first().filter(|first| !first.is_empty()) else { return Bond::None };
        if self.groups.iter().any(|(compared, keys)| keys.contains(&chosen(&texts, compared))) {
            Bond::Whole
        } else if self.firsts.contains(first) {
            Bond::First
        } else {
            Bond::None
        }
    }
}

/// The texts by which rows find a record of the other collection: those of the parent's fields.
pub fn texts(parent: &Parent, collection: &Collection, values: &[Value]) -> Vec<String> {
    let place = |field: &String| text(collection.position(field).and_then(|place| values.get(place)));
    parent.fields.iter().map(place).collect()
}

fn chosen(texts: &[String], chosen: &[bool]) -> Vec<String> {
    texts.iter().zip(chosen).filter(|(_, chosen)| **chosen).map(|(text, _)| text.clone()).collect()
}

/// A text as codes are compared: local codes change their case from one release to the next.
fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_text).map(str::to_lowercase).unwrap_or_default()
}
