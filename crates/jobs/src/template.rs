//! Templates: workbooks for sources that people fill in by hand, made of the definitions alone.
//!
//! Whatever a definition says of a column is in the workbook: its usual name, what it means, whether it is required, which values
//! it may have. A filled-in workbook is imported as it is.

mod columns;
mod kind;
mod words;
mod workbook;

use crate::configuration::{Configuration, UnknownSource};
use rust_xlsxwriter::XlsxError;

/// Why there is no template.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// A source that is not defined.
    #[error(transparent)]
    UnknownSource(#[from] UnknownSource),
    /// A workbook cannot hold what the definitions say.
    #[error("the template of source {source_id} cannot be written")]
    Workbook {
        /// The source.
        source_id: String,
        /// Why.
        source: XlsxError,
    },
}

/// The workbook of a source, in XLSX: a sheet for each of its tables, then the instructions and the lists of codes.
///
/// # Errors
/// [`TemplateError`].
pub fn xlsx(configuration: &Configuration, source: &str) -> Result<Vec<u8>, TemplateError> {
    let found = configuration.source_called(source)?;
    let fault = |error| TemplateError::Workbook { source_id: source.to_owned(), source: error };
    workbook::write(configuration, found).map_err(fault)
}

#[cfg(test)]
mod tests;
