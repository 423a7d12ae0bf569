//! One file for each resource.

pub mod assets;
pub mod collections;
pub mod conformance;
pub mod diff;
pub mod download;
pub mod events;
pub mod health;
pub mod issues;
pub mod item;
pub mod items;
pub mod landing;
pub mod map;
pub mod metrics;
pub mod openapi;
pub mod pmtiles;
pub mod releases;
pub mod schema;
pub mod search;
pub mod sheets;
pub mod sources;
pub mod styles;
pub mod tile_matrix_sets;
pub mod tiles;
pub mod tilesets;
pub mod xml_schema;
