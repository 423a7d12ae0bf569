//! What stands beside the columns: the `geo` entry of `GeoParquet` 1.1, and where the data comes from.

use super::columns::GEOMETRY;
use crate::about;
use crate::error::ExportError;
use crate::selection::Selection;
use crate::wkb;
use gdal::spatial_ref::SpatialRef;
use geometry::{Bbox, Crs, Shape};
use parquet::file::metadata::KeyValue;
use serde_json::json;
use std::collections::BTreeSet;

/// What was seen of the geometries.
#[derive(Default)]
pub struct Seen {
    types: BTreeSet<&'static str>,
    bbox: Option<Bbox>,
}

impl Seen {
    /// Takes note of the geometry of a row.
    pub fn add(&mut self, shapes: &[Shape]) {
        self.types.extend(wkb::type_name(shapes));
        let boxes = self.bbox.into_iter().chain(shapes.iter().map(Shape::bbox));
        self.bbox = boxes.reduce(Bbox::union);
    }
}

/// The entries of a file's metadata.
pub fn entries(selection: &Selection, seen: &Seen) -> Result<Vec<KeyValue>, ExportError> {
    let mut entries = vec![
        KeyValue::new("title".to_owned(), about::title(selection).it),
        KeyValue::new("description".to_owned(), about::text(selection)),
        KeyValue::new("sources".to_owned(), about::sources(selection).to_string()),
    ];
    if selection.has_geometry() {
        entries.push(KeyValue::new("geo".to_owned(), geo(selection, seen)?));
    }
    Ok(entries)
}

fn geo(selection: &Selection, seen: &Seen) -> Result<String, ExportError> {
    let mut column = json!({ "encoding": "WKB", "geometry_types": seen.types });
    if let Some(Bbox { min: [west, south], max: [east, north] }) = seen.bbox {
        column["bbox"] = json!([west, south, east, north]);
    }
    let reference = selection.form().reference;
    // Longitude and latitude, in this order, go without saying.
    if reference.plane() != Crs::Geographic {
        let crs = SpatialRef::from_epsg(reference.epsg())?.to_projjson()?;
        column["crs"] =
            serde_json::from_str(&crs).map_err(|error| ExportError::Unfinished(error.to_string()))?;
    }
    let columns = json!({ GEOMETRY: column });
    Ok(json!({ "version": "1.1.0", "primary_column": GEOMETRY, "columns": columns }).to_string())
}
