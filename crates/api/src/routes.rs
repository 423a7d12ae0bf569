//! One file for each resource.

pub mod assets;
pub mod collections;
pub mod conformance;
pub mod health;
pub mod item;
pub mod items;
pub mod landing;
pub mod openapi;
pub mod styles;
pub mod tiles;
