//! Writes vector tiles: Mapbox Vector Tile 2.1, straight into bytes.
//!
//! ```
//! # use tiles::{TileAddress, mvt::{Layer, Tile, Value}};
//! # let shape = geometry::Shape::points([[0.5256, 0.3582]])?;
//! let mut layer = Layer::new("services", TileAddress::new(9, 269, 183)?, 64);
//! layer.feature(Some(7), &shape, [("name", Value::Text("Biblioteca Sormani"))]);
//! let mut tile = Tile::new();
//! tile.push(&layer);
//! assert!(!tile.into_bytes().is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod dictionary;
mod geometry;
mod layer;
mod protobuf;

pub use layer::Layer;

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
