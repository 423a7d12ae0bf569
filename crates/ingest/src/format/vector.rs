//! Vector files, through GDAL. Coordinates leave this file as longitude and latitude (EPSG:4326), in that order.

use super::{Row, Shape, check_is_data};
use crate::IngestError;
use gdal::cpl::CslStringList;
use gdal::errors::GdalError;
use gdal::spatial_ref::{AxisMappingStrategy, CoordTransform, SpatialRef};
use gdal::vector::{Feature, Geometry, LayerAccess};
use gdal::{Dataset, DatasetOptions, GdalOpenFlags, vsi};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Once;

/// The drivers that foreign files may reach: plain vector formats, none that opens other files or addresses.
const DRIVERS: [&str; 8] =
    ["GeoJSON", "GeoJSONSeq", "ESRI Shapefile", "GPKG", "FlatGeobuf", "GML", "LIBKML", "GPX"];

/// An opened layer of a vector file.
pub struct Sheet {
    /// Where the file is.
    pub path: PathBuf,
    /// The names of its fields, as written.
    pub columns: Vec<String>,
    dataset: Dataset,
    to_degrees: CoordTransform,
    repair: bool,
}

/// Opens the only layer of a vector file or of a ZIP archive with one.
///
/// `crs` is the CRS of files that name none; `repair` is whether invalid shapes are to be repaired.
///
/// # Errors
/// [`IngestError`] if it cannot be read, has several layers, lacks parts, or has no usable CRS.
pub fn open(path: &Path, crs: Option<&str>, repair: bool) -> Result<Sheet, IngestError> {
    check_is_data(path)?;
    quiet();
    let name = gdal_name(path)?;
    let options = DatasetOptions {
        open_flags: GdalOpenFlags::GDAL_OF_VECTOR | GdalOpenFlags::GDAL_OF_READONLY,
        allowed_drivers: Some(&DRIVERS),
        ..DatasetOptions::default()
    };
    let dataset = Dataset::open_ex(&name, options)
        .map_err(|error| IngestError::NotVector { path: path.to_owned(), reason: reason(&error) })?;
    let layers: Vec<String> = dataset.layers().map(|layer| layer.name()).collect();
    if layers.len() > 1 {
        return Err(IngestError::SeveralLayers { path: path.to_owned(), layers: layers.join(", ") });
    }
    let (columns, own_crs) = {
        let layer = dataset
            .layer(0)
            .map_err(|error| IngestError::NotVector { path: path.to_owned(), reason: reason(&error) })?;
        (layer.defn().fields().map(|field| field.name()).collect(), layer.spatial_ref())
    };
    let to_degrees = to_degrees(path, own_crs, crs)?;
    Ok(Sheet { path: path.to_owned(), columns, dataset, to_degrees, repair })
}

impl Sheet {
    /// Visits the features.
    ///
    /// # Errors
    /// [`IngestError::Damaged`] if the file breaks off.
    pub fn visit(&self, visit: &mut dyn FnMut(Row<'_>)) -> Result<(), IngestError> {
        let damaged = |reason| IngestError::Damaged { path: self.path.clone(), reason };
        let mut layer = self.dataset.layer(0).map_err(|error| damaged(reason(&error)))?;
        let _ = take_complaint();
        for (line, feature) in (1..).zip(layer.features()) {
            if let Some(complaint) = take_complaint() {
                return Err(damaged(complaint));
            }
            let cells: Vec<String> = (0..self.columns.len())
                .map(|column| feature.field_as_string(column).ok().flatten().unwrap_or_default())
                .collect();
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            visit(Row { line, entry: line, cells: Ok(&cells), shape: Some(self.shape(&feature)) });
        }
        // GDAL stops at a damaged place without an error of its own: the complaint is all there is.
        take_complaint().map_or(Ok(()), |complaint| Err(damaged(complaint)))
    }

    fn shape(&self, feature: &Feature<'_>) -> Shape {
        let Some(geometry) = feature.geometry() else { return Shape::Missing };
        // A feature without geometry has one that GDAL complains about as soon as it is looked at.
        let is_empty = geometry.is_empty();
        if take_complaint().is_some() || is_empty {
            return Shape::Missing;
        }
        let Ok(mut geometry) = geometry.transform(&self.to_degrees) else {
            let _ = take_complaint();
            return Shape::Invalid;
        };
        geometry.flatten_to_2d();
        checked(geometry, self.repair)
    }
}

/// Reads a shape written as WKT in EPSG:4326; what is no WKT is no valid shape.
#[must_use]
pub fn from_wkt(text: &str, repair: bool) -> Shape {
    quiet();
    let geometry = Geometry::from_wkt(text);
    let _ = take_complaint();
    geometry.map_or(Shape::Invalid, |geometry| checked(geometry, repair))
}

/// The files that a vector file is made of: a shapefile has several, by the same name.
#[must_use]
pub fn parts(path: &Path) -> Vec<PathBuf> {
    let is_shapefile = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("shp"));
    let extensions: &[&str] =
        if is_shapefile { &["dbf", "DBF", "shx", "SHX", "prj", "PRJ", "cpg", "CPG"] } else { &[] };
    let beside =
        extensions.iter().map(|extension| path.with_extension(extension)).filter(|part| part.exists());
    std::iter::once(path.to_owned()).chain(beside).collect()
}

/// The shape as WKB, if it is valid or may be repaired.
fn checked(geometry: Geometry, repair: bool) -> Shape {
    let valid = geometry.is_valid();
    // What GEOS finds wrong with a shape is an issue of that row, not damage of the file.
    let _ = take_complaint();
    let (geometry, repaired) = match (valid, repair) {
        (true, _) => (geometry, false),
        (false, false) => return Shape::Invalid,
        (false, true) => match geometry.make_valid(&CslStringList::new()) {
            Ok(mended) => (mended, true),
            Err(_) => return Shape::Invalid,
        },
    };
    geometry.wkb().map_or(Shape::Invalid, |bytes| Shape::Wkb { bytes, repaired })
}

/// The transformation from the file's CRS, or else the declared one, to longitude and latitude.
fn to_degrees(
    path: &Path,
    own: Option<SpatialRef>,
    declared: Option<&str>,
) -> Result<CoordTransform, IngestError> {
    let fault = |error: &GdalError| IngestError::Crs { path: path.to_owned(), reason: reason(error) };
    let from = match (own, declared) {
        (Some(own), _) => own,
        (None, Some(declared)) => {
            let mut crs = SpatialRef::from_definition(declared).map_err(|error| fault(&error))?;
            crs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
            crs
        }
        (None, None) => return Err(IngestError::NoCrs { path: path.to_owned() }),
    };
    let mut degrees = SpatialRef::from_epsg(4326).map_err(|error| fault(&error))?;
    degrees.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    CoordTransform::new(&from, &degrees).map_err(|error| fault(&error))
}

/// The name by which GDAL opens the file; refuses shapefiles without their parts, which GDAL would open half.
fn gdal_name(path: &Path) -> Result<PathBuf, IngestError> {
    let has = |extension| path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension));
    let incomplete = |part| IngestError::IncompleteShapefile { path: path.to_owned(), part };
    if has("zip") {
        let name = PathBuf::from(format!("/vsizip/{}", absolute(path).display()));
        let members = vsi::read_dir(&name, true).unwrap_or_default();
        let holds = |part: &str| {
            members
                .iter()
                .any(|member| member.extension().is_some_and(|found| found.eq_ignore_ascii_case(part)))
        };
        if holds("shp") && !holds("dbf") {
            return Err(incomplete(".dbf"));
        }
        return Ok(name);
    }
    if has("shp") {
        for (part, upper) in [("dbf", "DBF"), ("shx", "SHX")] {
            if !path.with_extension(part).exists() && !path.with_extension(upper).exists() {
                return Err(incomplete(if part == "dbf" { ".dbf" } else { ".shx" }));
            }
        }
    }
    Ok(path.to_owned())
}

fn absolute(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

thread_local! {
    /// What GDAL last complained about on this thread.
    static COMPLAINT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps GDAL from printing: its complaints are kept for the error that they explain.
fn quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        gdal::config::set_error_handler(|class, _, message| {
            let serious =
                matches!(class, gdal::errors::CplErrType::Failure | gdal::errors::CplErrType::Fatal);
            if serious {
                COMPLAINT.with_borrow_mut(|complaint| *complaint = Some(message.to_owned()));
            }
        });
    });
}

fn take_complaint() -> Option<String> {
    COMPLAINT.take()
}

/// GDAL's own words for an error; some of its errors carry none.
fn reason(error: &GdalError) -> String {
    take_complaint().filter(|complaint| !complaint.is_empty()).unwrap_or_else(|| match error {
        GdalError::NullPointer { .. } => "GDAL recognises none of its formats in it".to_owned(),
        other => other.to_string(),
    })
}
