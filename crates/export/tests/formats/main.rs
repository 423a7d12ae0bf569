//! Each format read back by a reader that is not its writer: the same records, values and places.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod gdal;
mod hostile;
mod parquet;
mod samples;
mod text;
mod workbook;
