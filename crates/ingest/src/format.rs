//! The formats that are read, behind one face: a sheet of named columns whose rows are visited in order.

pub mod delimited;
pub mod vector;

use crate::IngestError;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// One row, as the format gives it.
pub struct Row<'a> {
    /// Line of the file, the header included; or the number of the feature. From 1.
    pub line: u64,
    /// Which of the rows it is, from 1, the header not counted.
    pub entry: u64,
    /// A cell for each column, or why they cannot be told apart.
    pub cells: Result<&'a [&'a str], String>,
    /// The row's shape, if the format has shapes.
    pub shape: Option<Shape>,
}

/// The shape of a row.
pub enum Shape {
    /// None was given.
    Missing,
    /// As ISO WKB in EPSG:4326 (longitude, latitude), two-dimensional; and whether it had to be repaired.
    Wkb {
        /// The bytes.
        bytes: Vec<u8>,
        /// Whether it was invalid and has been repaired.
        repaired: bool,
    },
    /// It is not valid, and the source does not ask for repair.
    Invalid,
}

/// Refuses, with a sentence that names the cause, what is no data file at all: missing, empty, a saved web page.
///
/// # Errors
/// [`IngestError::Unreadable`], [`IngestError::Empty`] or [`IngestError::WebPage`].
pub fn check_is_data(path: &Path) -> Result<Vec<u8>, IngestError> {
    let unreadable =
        |error: std::io::Error| IngestError::Unreadable { path: path.to_owned(), reason: error.to_string() };
    let mut start = Vec::new();
    File::open(path).and_then(|file| file.take(1024).read_to_end(&mut start)).map_err(unreadable)?;
    if start.is_empty() {
        return Err(IngestError::Empty { path: path.to_owned() });
    }
    let text = String::from_utf8_lossy(&start).to_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with("<!doctype html") || text.starts_with("<html") {
        return Err(IngestError::WebPage { path: path.to_owned() });
    }
    Ok(start)
}
