//! GeoJSON (RFC 7946) in one document, as a text sequence (RFC 8142), or line by line.

use crate::about;
use crate::encoder::Encoder;
use crate::error::ExportError;
use crate::selection::Selection;
use serde_json::Value;

/// What stands before each text of a sequence.
const RECORD_SEPARATOR: u8 = 0x1e;

/// How features follow one another.
pub enum GeoJson {
    /// As a `FeatureCollection`, which says of itself what it is.
    Collection,
    /// Each between a record separator and a line feed.
    Sequence,
    /// Each on a line.
    Lines,
}

impl Encoder for GeoJson {
    fn head(&mut self, selection: &Selection, out: &mut Vec<u8>) -> Result<(), ExportError> {
        if let Self::Collection = self {
            let count = selection.len();
            let (name, title) = (&selection.layer().collection.id, about::title(selection).it);
            let notes: Value =
                about::sentences(selection).into_iter().map(|both| Value::from(both.it)).collect();
            let head = format!(
                r#"{{"type":"FeatureCollection","name":"{name}","title":{},"notes":{notes},"sources":{},"numberMatched":{count},"numberReturned":{count},"features":["#,
                Value::from(title),
                about::sources(selection),
            );
            out.extend_from_slice(head.as_bytes());
        }
        Ok(())
    }

    fn record(
        &mut self,
        selection: &Selection,
        rank: usize,
        place: usize,
        out: &mut Vec<u8>,
    ) -> Result<(), ExportError> {
        match self {
            Self::Collection if rank > 0 => out.extend_from_slice(b",\n"),
            Self::Collection => out.push(b'\n'),
            Self::Sequence => out.push(RECORD_SEPARATOR),
            Self::Lines => {}
        }
        selection.layer().write_geojson(out, place, selection.form());
        if !matches!(self, Self::Collection) {
            out.push(b'\n');
        }
        Ok(())
    }

    fn foot(&mut self, _: &Selection, out: &mut Vec<u8>) -> Result<(), ExportError> {
        if let Self::Collection = self {
            out.extend_from_slice(b"\n]}\n");
        }
        Ok(())
    }
}
