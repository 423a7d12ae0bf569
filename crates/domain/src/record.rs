//! One record of a collection, as one release of one source states it.

use crate::location::{Location, LocationPrecision};
use crate::value::Value;
use std::fmt;

/// The natural key of a record: the values of the collection's key fields, in order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Vec<String>);

impl Key {
    /// Makes a key of its parts.
    #[must_use]
    pub fn new(parts: Vec<String>) -> Self {
        Self(parts)
    }

    /// The values, in the order of the collection's key fields.
    #[must_use]
    pub fn parts(&self) -> &[String] {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" · "))
    }
}

/// One record: its key, a value for each field of the collection in the collection's order, and its places.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The natural key.
    pub key: Key,
    /// One value for each field.
    pub values: Vec<Value>,
    /// The places, in the order of the source. A record with a shape of its own has one location that carries it.
    pub locations: Vec<Location>,
}

impl Record {
    /// The best precision of all its places; [`LocationPrecision::None`] if it has none.
    #[must_use]
    pub fn precision(&self) -> LocationPrecision {
        self.locations.iter().map(Location::precision).min().unwrap_or(LocationPrecision::None)
    }
}
