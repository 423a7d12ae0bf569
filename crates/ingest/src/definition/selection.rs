//! Selections: a collection, and in `filter` fields with the values of which a record has one.

use super::DefinitionError;
use domain::{CollectionId, Selection};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelectionEntry {
    collection: String,
    #[serde(default)]
    filter: BTreeMap<String, Vec<String>>,
}

/// The selection that an entry means.
///
/// # Errors
/// [`DefinitionError`] if the collection has no name that can be one, or a field no value.
pub fn read(entry: SelectionEntry) -> Result<Selection, DefinitionError> {
    let collection = CollectionId::parse(&entry.collection).ok_or_else(|| {
        DefinitionError::value(
            "collection",
            &entry.collection,
            "it is lower-case letters, digits and hyphens",
        )
    })?;
    if let Some((field, _)) = entry.filter.iter().find(|(_, values)| values.is_empty()) {
        return Err(DefinitionError::value("filter", field, "it has one value or more"));
    }
    Ok(Selection { collection, filter: entry.filter.into_iter().collect() })
}
