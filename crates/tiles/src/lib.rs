//! From the edition to vector tiles: addresses, definitions, placement, and the encoder.

pub mod address;
pub mod draw;
mod drawn;
mod error;
pub mod mvt;
pub mod placement;
pub mod tileset;

pub use address::TileAddress;
pub use drawn::Drawn;
pub use error::Error;
pub use tileset::Tileset;
