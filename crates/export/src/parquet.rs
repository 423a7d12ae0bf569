//! `GeoParquet` 1.1: a column for each property, the geometry as WKB in longitude and latitude (OGC:CRS84, the default).

mod columns;
mod metadata;

use crate::encoder::Encoder;
use crate::error::ExportError;
use crate::selection::Selection;
use metadata::Seen;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use std::mem;
use std::sync::Arc;

/// A group of rows is written once it has so many, or its geometries so many bytes: only one is in memory.
const ROWS: usize = 10_000;
const BYTES: usize = 8 << 20;

/// The encoder; it has a writer from the head on.
#[derive(Default)]
pub struct GeoParquet {
    writer: Option<SerializedFileWriter<Vec<u8>>>,
    /// Places of the rows that are not written yet, and the bytes of their geometries.
    waiting: Vec<usize>,
    bytes: usize,
    seen: Seen,
}

impl Encoder for GeoParquet {
    fn head(&mut self, selection: &Selection, out: &mut Vec<u8>) -> Result<(), ExportError> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(format!("REMIX {}", env!("CARGO_PKG_VERSION")))
            .build();
        let schema = columns::schema(selection)?;
        self.writer = Some(SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?);
        self.drain(out);
        Ok(())
    }

    fn record(
        &mut self,
        selection: &Selection,
        _: usize,
        place: usize,
        out: &mut Vec<u8>,
    ) -> Result<(), ExportError> {
        let shapes = selection.shown(place);
        self.seen.add(&shapes);
        self.bytes += shapes.iter().map(|shape| 16 * shape.coords().len()).sum::<usize>();
        self.waiting.push(place);
        if self.waiting.len() >= ROWS || self.bytes >= BYTES {
            self.write(selection)?;
            self.drain(out);
        }
        Ok(())
    }

    fn foot(&mut self, selection: &Selection, out: &mut Vec<u8>) -> Result<(), ExportError> {
        if !self.waiting.is_empty() {
            self.write(selection)?;
        }
        if let Some(mut writer) = self.writer.take() {
            for entry in metadata::entries(selection, &self.seen)? {
                writer.append_key_value_metadata(entry);
            }
            out.append(&mut writer.into_inner()?);
        }
        Ok(())
    }
}

impl GeoParquet {
    /// Writes the waiting rows as a group, column by column.
    fn write(&mut self, selection: &Selection) -> Result<(), ParquetError> {
        let rows = mem::take(&mut self.waiting);
        self.bytes = 0;
        if let Some(writer) = &mut self.writer {
            let mut group = writer.next_row_group()?;
            columns::write(&mut group, selection, &rows)?;
            group.close()?;
        }
        Ok(())
    }

    /// Hands on what is written so far.
    fn drain(&mut self, out: &mut Vec<u8>) {
        if let Some(writer) = &mut self.writer {
            out.append(writer.inner_mut());
        }
    }
}
