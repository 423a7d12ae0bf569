//! What features carry into tiles, written beforehand: each distinct value once, in the bytes in which a tile holds it.

use super::arcs::KeyHasher;
use crate::mvt::{self, Value};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// The number that stands for no value.
const NONE: u32 = u32::MAX;

/// The attributes of the features of a layer.
#[derive(Debug, Default)]
pub struct Attributes {
    columns: Vec<Column>,
    /// All distinct values, one after the other; those of more than one feature come first.
    bytes: Vec<u8>,
    ends: Vec<u32>,
    common: u32,
}

#[derive(Debug)]
struct Column {
    key: String,
    /// For each feature the number of its value.
    values: Vec<u32>,
}

impl Attributes {
    /// The key of a column.
    pub fn key(&self, column: usize) -> &str {
        &self.columns[column].key
    }

    /// How many columns there are.
    pub const fn len(&self) -> usize {
        self.columns.len()
    }

    /// How many values are those of more than one feature; these have the first numbers.
    pub const fn common(&self) -> u32 {
        self.common
    }

    /// The number of a feature's value in a column.
    pub fn value(&self, column: usize, feature: u32) -> Option<u32> {
        Some(self.columns[column].values[feature as usize]).filter(|number| *number != NONE)
    }

    /// The bytes of a value.
    pub fn bytes(&self, value: u32) -> &[u8] {
        let start = value.checked_sub(1).map_or(0, |before| self.ends[before as usize] as usize);
        &self.bytes[start..self.ends[value as usize] as usize]
    }

    /// Bytes that they take in memory.
    pub fn size(&self) -> usize {
        let columns: usize = self.columns.iter().map(|column| size_of_val(&*column.values)).sum();
        columns + self.bytes.len() + size_of_val(&*self.ends)
    }

    /// The mean of the bytes that a feature takes in a tile for its first columns: numbers of keys and values, and the values
    /// that it shares with no other.
    pub fn mean_size(&self, columns: usize) -> usize {
        let own = |number: &&u32| **number != NONE && **number >= self.common;
        let columns = &self.columns[..columns.min(self.columns.len())];
        let values: usize = columns
            .iter()
            .flat_map(|column| column.values.iter().filter(own))
            .map(|number| self.bytes(*number).len())
            .sum();
        let features = columns.first().map_or(1, |column| column.values.len().max(1));
        columns.len() * 3 + values / features
    }
}

/// Collects attributes, column by column.
#[derive(Debug, Default)]
pub struct Writer {
    columns: Vec<Column>,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    uses: Vec<u32>,
    numbers: HashMap<u64, Vec<u32>, BuildHasherDefault<KeyHasher>>,
}

impl Writer {
    /// Adds a column: for each feature its value, if it has one.
    pub fn column<'v>(&mut self, key: &str, values: impl Iterator<Item = Option<Value<'v>>>) {
        let values = values.map(|value| value.map_or(NONE, |value| self.number(value))).collect();
        self.columns.push(Column { key: key.to_owned(), values });
    }

    /// The number of a value, the same for the same value.
    fn number(&mut self, value: Value<'_>) -> u32 {
        let start = self.bytes.len();
        mvt::write_value(&mut self.bytes, value);
        let (known, written) = self.bytes.split_at(start);
        let of = |number: u32| {
            let end = self.ends[number as usize];
            &known[number.checked_sub(1).map_or(0, |before| self.ends[before as usize])..end]
        };
        let numbers = self.numbers.entry(mvt::hash(written)).or_default();
        if let Some(number) = numbers.iter().copied().find(|number| of(*number) == written) {
            self.bytes.truncate(start);
            self.uses[number as usize] += 1;
            return number;
        }
        let number = self.ends.len().try_into().unwrap_or(NONE - 1);
        numbers.push(number);
        self.ends.push(self.bytes.len());
        self.uses.push(1);
        number
    }

    /// The attributes, their values put into the order of how common they are.
    pub fn finish(self) -> Attributes {
        let Self { columns, bytes, ends, uses, .. } = self;
        let mut order: Vec<usize> = (0..ends.len()).collect();
        order.sort_by_key(|number| uses[*number] < 2);
        let mut renumbered = vec![0; ends.len()];
        let mut sorted = Attributes { bytes: Vec::with_capacity(bytes.len()), ..Attributes::default() };
        for (new, old) in (0..).zip(order) {
            renumbered[old] = new;
            let start = old.checked_sub(1).map_or(0, |before| ends[before]);
            sorted.bytes.extend_from_slice(&bytes[start..ends[old]]);
            sorted.ends.push(sorted.bytes.len().try_into().unwrap_or(u32::MAX));
        }
        sorted.common = uses.iter().filter(|uses| **uses > 1).count().try_into().unwrap_or(NONE);
        sorted.columns = columns;
        for number in sorted.columns.iter_mut().flat_map(|column| &mut column.values) {
            if *number != NONE {
                *number = renumbered[*number as usize];
            }
        }
        sorted
    }
}
