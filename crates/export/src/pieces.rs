//! A download in pieces.

use crate::csv::Csv;
use crate::encoder::{Encoder, PIECE};
use crate::error::ExportError;
use crate::file::{self, Ready};
use crate::format::Format;
use crate::geojson::GeoJson;
use crate::kml::Kml;
use crate::parquet::GeoParquet;
use crate::selection::Selection;
use crate::stop::Stop;
use geometry::{Crs, Reference};

/// The pieces of a download, one after the other; each is made, or read, when it is asked for. None follows an error.
pub struct Pieces(Step);

enum Step {
    Head(Selection, Box<dyn Encoder>),
    /// The record of this rank comes next.
    Record(Selection, Box<dyn Encoder>, usize),
    File(Ready),
    End,
}

/// Begins a download. A format that needs a file is written as a whole here, which takes its time: it ends when
/// `stop` says so.
///
/// # Errors
/// [`ExportError`] if the records cannot be in this format.
pub fn open(selection: Selection, format: Format, stop: Stop<'_>) -> Result<Pieces, ExportError> {
    can_be(&selection, format)?;
    let encoder: Box<dyn Encoder> = match format {
        Format::GeoJson => Box::new(GeoJson::Collection),
        Format::GeoJsonSequence => Box::new(GeoJson::Sequence),
        Format::GeoJsonLines => Box::new(GeoJson::Lines),
        Format::Csv => Box::new(Csv),
        Format::Kml => Box::new(Kml),
        Format::GeoParquet => Box::<GeoParquet>::default(),
        Format::Xlsx | Format::GeoPackage | Format::FlatGeobuf | Format::Shapefile => {
            return Ok(Pieces(Step::File(file::write(&selection, format, stop)?)));
        }
    };
    Ok(Pieces(Step::Head(selection, encoder)))
}

/// Whether records can be in a format, before any work.
///
/// # Errors
/// [`ExportError::Unfit`] with a sentence that says what to do.
pub fn can_be(selection: &Selection, format: Format) -> Result<(), ExportError> {
    let unfit = |sentence: String| Err(ExportError::Unfit(sentence));
    let (title, form) = (format.title(), selection.form());
    if format.needs_geometry() && !selection.has_geometry() {
        return unfit(format!(
            "{title} is for records with a geometry, which these have not: choose another format."
        ));
    }
    // Its coordinates are written as the system orders its axes, and a file would not say which that is (RFC 7946, 4).
    let is_json = matches!(format, Format::GeoJson | Format::GeoJsonSequence | Format::GeoJsonLines);
    let is_told = match format {
        Format::Kml => form.reference.plane() == Crs::Geographic,
        _ => !is_json || form.reference == Reference::Crs84,
    };
    if !is_told {
        return unfit(format!(
            "{title} knows longitude and latitude alone: leave crs away, or ask for a GeoPackage."
        ));
    }
    Ok(())
}

impl Pieces {
    /// How many bytes there are in all, where that is known from the beginning.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        if let Step::File(ready) = &self.0 { Some(ready.length) } else { None }
    }
}

impl Iterator for Pieces {
    type Item = Result<Vec<u8>, ExportError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut out = Vec::with_capacity(PIECE + PIECE / 4);
        while out.len() < PIECE {
            match std::mem::replace(&mut self.0, Step::End).go(&mut out) {
                Ok(Step::End) => break,
                Ok(step) => self.0 = step,
                Err(error) => return Some(Err(error)),
            }
        }
        (!out.is_empty()).then_some(Ok(out))
    }
}

impl Step {
    /// Writes a little, and gives what comes next.
    fn go(self, out: &mut Vec<u8>) -> Result<Self, ExportError> {
        Ok(match self {
            Self::Head(selection, mut encoder) => {
                encoder.head(&selection, out)?;
                Self::Record(selection, encoder, 0)
            }
            Self::Record(selection, mut encoder, rank) => {
                let Some(place) = selection.place(rank) else {
                    encoder.foot(&selection, out)?;
                    return Ok(Self::End);
                };
                encoder.record(&selection, rank, place, out)?;
                Self::Record(selection, encoder, rank + 1)
            }
            Self::File(mut ready) => match ready.read(out)? {
                0 => Self::End,
                _ => Self::File(ready),
            },
            Self::End => Self::End,
        })
    }
}
