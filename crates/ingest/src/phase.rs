//! The phases of reading a source, in the order in which [`crate::reading`] goes through them.

pub mod context;
pub mod generation;
pub mod ledger;
pub mod located;
pub mod location;
pub mod locations;
pub mod municipality;
pub mod open;
pub mod parents;
pub mod parse;
pub mod place;
pub mod records;
pub mod rename;
pub mod shape;
pub mod values;
