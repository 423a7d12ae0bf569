//! Some of the records of a collection, as configuration chooses them.

use crate::collection::CollectionId;

/// Some of a collection's records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The collection.
    pub collection: CollectionId,
    /// Fields with the values that one of them has to have; a record fits if all fields do. Empty: every record.
    pub filter: Vec<(String, Vec<String>)>,
}
