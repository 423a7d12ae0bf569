//! Downloads without a server: what stands of a collection, as a file.

use crate::Configuration;
use crate::edition::{self, EditionError};
use export::{ExportError, Format, Selection};
use std::sync::Arc;
use store::Store;

pub use export::Pieces;

/// Why there is no download.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    /// A collection that is not defined.
    #[error("there is no collection “{name}”: there are {known}")]
    UnknownCollection {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// A format that is not offered for the collection.
    #[error("{collection} cannot be written as “{name}”: choose one of {known}")]
    UnknownFormat {
        /// The collection.
        collection: String,
        /// What was asked for.
        name: String,
        /// What is offered.
        known: String,
    },
    /// What stands cannot be read.
    #[error(transparent)]
    Edition(#[from] EditionError),
    /// It cannot be written.
    #[error(transparent)]
    Export(#[from] ExportError),
}

/// A download that can be written.
pub struct Download {
    /// The name that its file has.
    pub name: String,
    /// How many records are in it.
    pub records: usize,
    /// Its bytes.
    pub pieces: Pieces,
}

/// What stands of a collection, in a format.
///
/// # Errors
/// [`DownloadError`].
pub async fn open(
    store: &Store,
    configuration: &Arc<Configuration>,
    collection: &str,
    format: &str,
) -> Result<Download, DownloadError> {
    let known = || configuration.collections.iter().map(|it| it.id.as_str()).collect::<Vec<_>>().join(", ");
    let unknown = || DownloadError::UnknownCollection { name: collection.to_owned(), known: known() };
    let defined = configuration.collections.iter().find(|it| it.id.as_str() == collection);
    let defined = defined.ok_or_else(unknown)?;
    let offered = || Format::of(defined).map(Format::as_str).collect::<Vec<_>>().join(", ");
    let found = Format::of(defined).find(|it| it.as_str() == format);
    let format = found.ok_or_else(|| DownloadError::UnknownFormat {
        collection: collection.to_owned(),
        name: format.to_owned(),
        known: offered(),
    })?;
    let edition = edition::build(store, configuration).await?;
    let layer = edition.layers.iter().find(|layer| layer.collection.id == defined.id).ok_or_else(unknown)?;
    let selection = Selection::whole(&edition, layer);
    let (name, records) = (export::file_name(&selection, format), selection.len());
    Ok(Download { name, records, pieces: export::open(selection, format, &|| false)? })
}
