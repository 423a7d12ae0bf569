//! Work from start to end: from files to a release, from the database to an edition, from nothing to a demo.

pub mod archive;
pub mod check;
pub mod configuration;
pub mod demo;
mod digest;
pub mod download;
pub mod edition;
pub mod folder;
pub mod import;
pub mod overlay;
pub mod pmtiles;
pub mod releases;
pub mod seed;
pub mod sync;
pub mod template;

pub use configuration::Configuration;
