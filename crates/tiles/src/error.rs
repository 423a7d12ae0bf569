//! Why a tile has no address or a tileset no definition.

/// Why a tile has no address or a tileset no definition.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A number in a tile address is none, or negative, or too long.
    #[error("{name} is a whole number, not {text:?}")]
    AddressNumber {
        /// `z`, `x` or `y`.
        name: &'static str,
        /// What was written.
        text: String,
        /// What the number reader says.
        source: std::num::ParseIntError,
    },
    /// The zoom level is deeper than the pyramid.
    #[error("zoom level {z} is beyond the deepest, {}", crate::address::MAX_ZOOM)]
    AddressZoom {
        /// What was asked.
        z: u8,
    },
    /// Column or row is not on the zoom level.
    #[error("tile {x}/{y} is not on zoom level {z}, where both numbers are below {}", 1_u32 << .z)]
    AddressRange {
        /// The zoom level, which is sound.
        z: u8,
        /// The column.
        x: u32,
        /// The row.
        y: u32,
    },
    /// There is no zoom level that has tiles.
    #[error("no zoom level has tiles: name collections that are places, and a deeper level")]
    NoTiles,
    /// A pyramid cannot be written.
    #[error("cannot write the pyramid")]
    Pmtiles(#[from] std::io::Error),
    /// A definition is not TOML, or has keys or values that mean nothing; the source says where and what.
    #[error("{file} is no tileset definition")]
    TilesetSyntax {
        /// The name of the file.
        file: String,
        /// With line and column.
        source: Box<toml::de::Error>,
    },
    /// A definition contradicts itself.
    #[error("{file}, line {line}: {rule}")]
    TilesetRule {
        /// The name of the file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What has to be.
        rule: &'static str,
    },
}
