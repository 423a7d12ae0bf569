//! Work from start to end: from files to a release, from the database to an edition, from nothing to a demo.

pub mod archive;
pub mod configuration;
pub mod demo;
mod digest;
pub mod edition;
pub mod folder;
pub mod import;
pub mod seed;
pub mod template;

pub use configuration::Configuration;
