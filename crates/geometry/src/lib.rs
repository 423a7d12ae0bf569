//! CRS, shapes, index and areas: pure arithmetic on plane coordinates, no I/O.
//!
//! Everything here works on [`Shape`], one flat layout for points, lines and polygons, whatever plane its
//! coordinates are in; only [`crs`] knows what the numbers mean. Where a unit matters, the doc comment names
//! it.

pub mod area;
mod bbox;
pub mod clip;
pub mod contains;
pub mod crs;
mod curve;
pub mod dissolve;
mod error;
mod index;
pub mod interior;
pub mod intersects;
mod kind;
pub mod length;
mod position;
pub mod relate;
mod shape;
mod survey;
mod together;
pub mod wkb;

pub use bbox::Bbox;
pub use crs::{Crs, Reference};
pub use error::Error;
pub use index::Index;
pub use kind::Kind;
pub use position::Xy;
pub use shape::{Builder, Part, Shape};
pub use survey::{Pair, Survey};
pub use together::together;

#[cfg(test)]
mod tests;
