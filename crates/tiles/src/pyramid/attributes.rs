//! What features carry into tiles, written beforehand: each distinct value once, in the bytes in which a tile holds it.

use super::arcs::KeyHasher;
use crate::mvt::{self, Value};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// The number that stands for no value.
const NONE: u32 = u32::MAX;

/// The attributes of the features of a layer. What neighbours on the map state lies side by side: a tile reads it in one go.
#[derive(Debug, Default)]
pub struct Attributes {
    keys: Vec<String>,
    /// For each feature the place of its row.
    rows: Vec<u32>,
    /// Row by row, for each key the number of the value.
    values: Vec<u32>,
    /// All distinct values, one after the other; those of more than one feature come first.
    bytes: Vec<u8>,
    ends: Vec<u32>,
    common: u32,
}

impl Attributes {
    /// The key of a column.
    pub fn key(&self, column: usize) -> &str {
        &self.keys[column]
    }

    /// How many features there are.
    pub const fn rows(&self) -> usize {
        self.rows.len()
    }

    /// How many columns there are.
    pub const fn len(&self) -> usize {
        self.keys.len()
    }

    /// How many values are those of more than one feature; these have the first numbers.
    pub const fn common(&self) -> u32 {
        self.common
    }

    /// The numbers of a feature's values, column by column, where it has one.
    pub fn of(&self, feature: u32) -> impl Iterator<Item = Option<u32>> {
        let start = self.rows[feature as usize] as usize * self.keys.len();
        let row = &self.values[start..start + self.keys.len()];
        row.iter().map(|number| Some(*number).filter(|number| *number != NONE))
    }

    /// The bytes of a value.
    pub fn bytes(&self, value: u32) -> &[u8] {
        let start = value.checked_sub(1).map_or(0, |before| self.ends[before as usize] as usize);
        &self.bytes[start..self.ends[value as usize] as usize]
    }

    /// Bytes that they take in memory.
    pub fn size(&self) -> usize {
        size_of_val(&*self.rows) + size_of_val(&*self.values) + self.bytes.len() + size_of_val(&*self.ends)
    }

    /// The mean of the bytes that a feature takes in a tile for its first columns: numbers of keys and values, and the values
    /// that it shares with no other.
    pub fn mean_size(&self, columns: usize) -> usize {
        let columns = columns.min(self.keys.len());
        let first = self.values.chunks_exact(self.keys.len().max(1)).flat_map(|row| &row[..columns]);
        let own = first.filter(|number| **number != NONE && **number >= self.common);
        let values: usize = own.map(|number| self.bytes(*number).len()).sum();
        columns * 3 + values / self.rows.len().max(1)
    }
}

#[derive(Debug)]
struct Column {
    key: String,
    /// For each feature the number of its value.
    values: Vec<u32>,
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

    /// The attributes: values of several features first, the others in the order of the features on the map, which is `order`.
    pub fn finish(self, order: &[u32]) -> Attributes {
        let Self { columns, bytes, ends, uses, .. } = self;
        let of_row = |feature: u32| columns.iter().map(move |column| column.values[feature as usize]);
        let is_own = |number: &u32| *number != NONE && uses[*number as usize] < 2;
        let common = (0..).zip(&uses).filter(|(_, uses)| **uses > 1).map(|(number, _)| number);
        let common: Vec<u32> = common.collect();
        let own = order.iter().copied().flat_map(of_row).filter(is_own);
        let mut made = Attributes { bytes: Vec::with_capacity(bytes.len()), ..Attributes::default() };
        let mut renumbered = vec![NONE; ends.len()];
        for (new, old) in (0..).zip(common.iter().copied().chain(own)) {
            renumbered[old as usize] = new;
            let start = old.checked_sub(1).map_or(0, |before| ends[before as usize]);
            made.bytes.extend_from_slice(&bytes[start..ends[old as usize]]);
            made.ends.push(made.bytes.len().try_into().unwrap_or(u32::MAX));
        }
        let new = |number: u32| renumbered.get(number as usize).copied().unwrap_or(NONE);
        made.values = order.iter().copied().flat_map(of_row).map(new).collect();
        made.rows = vec![0; order.len()];
        for (row, feature) in (0..).zip(order) {
            made.rows[*feature as usize] = row;
        }
        made.common = common.len().try_into().unwrap_or(NONE);
        made.keys = columns.into_iter().map(|column| column.key).collect();
        made
    }
}
