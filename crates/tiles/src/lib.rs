//! From the edition to vector tiles: addresses, definitions, placement, and the encoder.

pub mod address;
pub mod describe;
pub mod draw;
mod drawn;
mod error;
pub mod mvt;
pub mod placement;
pub mod pmtiles;
pub mod pyramid;
mod selection;
pub mod tileset;

pub use address::TileAddress;
pub use drawn::Drawn;
pub use error::Error;
pub use pyramid::Pyramid;
pub use selection::Selection;
pub use tileset::Tileset;
