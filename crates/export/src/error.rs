//! What can go wrong with a download.

use gdal::errors::GdalError;
use parquet::errors::ParquetError;
use rust_xlsxwriter::XlsxError;
use std::io;
use zip::result::ZipError;

/// Why there is no download, or why it breaks off.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The records cannot be in this format, or not so; the sentence says what to do.
    #[error("{0}")]
    Unfit(String),
    /// Nobody wants it any more.
    #[error("the download was given up")]
    Stopped,
    /// A file cannot be written or read.
    #[error("the file of the download cannot be written or read")]
    Io(#[from] io::Error),
    /// GDAL does not do what it is asked for.
    #[error("GDAL cannot write the file: {reason}")]
    Gdal {
        /// GDAL's words.
        reason: String,
        /// Its error.
        source: Box<GdalError>,
    },
    /// GDAL says that all is well, and complains.
    #[error("GDAL complains of the file that it wrote: {0}")]
    Unfinished(String),
    /// The workbook cannot be written.
    #[error("the workbook cannot be written")]
    Workbook(#[from] XlsxError),
    /// The Parquet file cannot be written.
    #[error("the Parquet file cannot be written")]
    Parquet(#[from] ParquetError),
    /// The ZIP cannot be written.
    #[error("the ZIP cannot be written")]
    Zip(#[from] ZipError),
}

impl From<GdalError> for ExportError {
    fn from(source: GdalError) -> Self {
        Self::Gdal { reason: source.to_string(), source: Box::new(source) }
    }
}
