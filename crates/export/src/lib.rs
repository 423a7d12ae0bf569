//! Downloads: a selection of an edition's records in the formats that other programs read.
//!
//! [`open`] gives a download in pieces of about [`PIECE`] bytes, each made when it is asked for: whatever the size of the whole,
//! no more than a piece of it is in memory. What a format says of itself (source, release, licence) is [`about`].

pub mod about;
mod column;
mod csv;
mod encoder;
mod error;
mod file;
mod format;
mod geojson;
mod kml;
mod name;
mod parquet;
mod pieces;
mod selection;
mod shapefile;
mod stop;
mod vector;
mod wkb;
mod wkt;
mod xlsx;

pub use column::Column;
pub use csv::cell;
pub use encoder::PIECE;
pub use error::ExportError;
pub use format::Format;
pub use name::file_name;
pub use pieces::{Pieces, can_be, open};
pub use selection::Selection;
pub use stop::Stop;
