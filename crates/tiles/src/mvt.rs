//! Writes vector tiles: Mapbox Vector Tile 2.1, straight into bytes.
//!
//! ```
//! # use tiles::mvt::{Commands, Layer, Tile, Value};
//! let mut layer = Layer::new("services");
//! layer.attribute("name", Value::Text("Biblioteca Sormani"));
//! let mut geometry = Commands::default();
//! geometry.points(&[[2048, 1024]]);
//! layer.feature(Some(7), geometry::Kind::Points, &geometry);
//! let mut tile = Tile::new();
//! tile.push(&layer);
//! assert!(!tile.into_bytes().is_empty());
//! ```

mod commands;
mod dictionary;
mod layer;
mod protobuf;

pub use commands::Commands;
pub(crate) use dictionary::hash;
pub use layer::{Layer, write_value};
pub(crate) use protobuf::varint;

/// Units along the side of a tile. 4096 is what every client takes for granted: an eighth of a pixel of a
/// tile drawn 512 pixels wide.
pub const EXTENT: u32 = 4096;

/// A value of an attribute. An attribute without value is simply not given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Text.
    Text(&'a str),
    /// A whole number; cents too.
    Integer(i64),
    /// A number with decimals.
    Double(f64),
    /// Yes or no.
    Boolean(bool),
}

/// A tile in the making.
#[derive(Debug, Default)]
pub struct Tile {
    bytes: Vec<u8>,
}

impl Tile {
    /// A tile without layers.
    #[must_use]
    pub const fn new() -> Self {
        Self { bytes: Vec::new() }
    }

    /// Adds a layer, unless it has no features: readers must cope with such a layer, writers should not make
    /// one. Names must differ within a tile.
    pub fn push(&mut self, layer: &Layer) {
        layer.write(&mut self.bytes);
    }

    /// The bytes of the tile: none at all if there is nothing in it.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(test)]
mod tests;
