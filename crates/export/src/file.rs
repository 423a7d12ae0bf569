//! Formats that are written as a file: in a temporary folder, which goes with the download.

use crate::encoder::PIECE;
use crate::error::ExportError;
use crate::format::Format;
use crate::selection::Selection;
use crate::stop::Stop;
use crate::{shapefile, vector, xlsx};
use std::fs::File;
use std::io::Read;
use tempfile::TempDir;

/// A file that is ready.
pub struct Ready {
    file: File,
    /// Its bytes.
    pub length: u64,
    _folder: TempDir,
}

/// Writes the file of a selection.
pub fn write(selection: &Selection, format: Format, stop: Stop<'_>) -> Result<Ready, ExportError> {
    let folder = tempfile::Builder::new().prefix("remix-export-").tempdir()?;
    let path = folder.path().join(format!("{}.{}", selection.layer().collection.id, format.extension()));
    match format {
        Format::Xlsx => xlsx::write(selection, &path, folder.path(), stop)?,
        Format::GeoPackage => vector::geopackage(selection, &path, stop)?,
        Format::FlatGeobuf => vector::flatgeobuf(selection, &path, stop)?,
        _ => shapefile::write(selection, &path, folder.path(), stop)?,
    }
    let file = File::open(&path)?;
    Ok(Ready { length: file.metadata()?.len(), file, _folder: folder })
}

impl Ready {
    /// Reads the next bytes to the end of `out`: how many; none at the end.
    pub fn read(&mut self, out: &mut Vec<u8>) -> Result<usize, ExportError> {
        Ok((&mut self.file).take(PIECE as u64).read_to_end(out)?)
    }
}
