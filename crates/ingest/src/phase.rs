//! The phases of reading a source, in the order in which [`crate::reading::read`] goes through them.

pub mod ledger;
pub mod locations;
pub mod open;
pub mod parse;
pub mod place;
pub mod records;
pub mod rename;
