//! How GDAL is let at a file: by one driver, under a name of our own, with nothing else in its reach.

use crate::IngestError;
use crate::encoding::Encoding;
use crate::format::input::Input;
use crate::format::kind::Vector;
use gdal::errors::{CplErrType, GdalError};
use gdal::vector::Layer;
use gdal::{Dataset, DatasetOptions, GdalOpenFlags};
use std::cell::RefCell;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::Once;
use tempfile::TempDir;

/// What GDAL may not do with files that come from outside.
const RULES: [(&str, &str); 10] = [
    // An address that is followed all the same leads nowhere: there is no such kind of proxy.
    ("GDAL_HTTP_PROXY", "none://none"),
    ("GDAL_HTTP_CONNECTTIMEOUT", "1"),
    ("GDAL_HTTP_TIMEOUT", "1"),
    ("GDAL_HTTP_MAX_RETRY", "0"),
    ("CPL_VSIL_CURL_ALLOWED_FILENAME", "none"),
    ("PROJ_NETWORK", "OFF"),
    // References from one GML element to another, or to another file, stay unresolved.
    ("GML_SKIP_RESOLVE_ELEMS", "ALL"),
    // Without a schema GML has text alone: a code that looks like a number keeps its zeros.
    ("GML_FIELDTYPES", "ALWAYS_STRING"),
    // Names of extensions; "NO" would be one.
    ("OGR_SQLITE_LOAD_EXTENSIONS", ""),
    // The size of a feature, in megabytes as GDAL estimates them; see `format::geojson` for what is held to first.
    ("OGR_GEOJSON_MAX_OBJ_SIZE", "1024"),
];

/// A file that GDAL has open.
pub struct Opened {
    // Closed before its folder goes: fields are dropped in this order.
    dataset: Dataset,
    _folder: TempDir,
}

impl Opened {
    /// GDAL's own face of it.
    pub const fn dataset(&self) -> &Dataset {
        &self.dataset
    }
}

/// Opens a file with the driver of its format alone; `at` is where its bytes lie.
///
/// GDAL gets a link to them in an empty folder, with a name of ours: no name from outside is taken for an address or for a
/// virtual file, no other file lies beside it (schemas, templates, indexes), and none is written where the original is.
pub fn open(
    input: &Input,
    at: &Path,
    format: Vector,
    encoding: Option<Encoding>,
) -> Result<Opened, IngestError> {
    prepare();
    let unreadable = |error: std::io::Error| IngestError::Unreadable {
        path: input.path.clone(),
        reason: error.to_string(),
    };
    let (drivers, extension): (&[&str], _) = match format {
        Vector::GeoJson => (&["GeoJSON", "GeoJSONSeq"], "geojson"),
        Vector::Shapefile => (&["ESRI Shapefile"], "shp"),
        Vector::GeoPackage => (&["GPKG"], "gpkg"),
        Vector::FlatGeobuf => (&["FlatGeobuf"], "fgb"),
        Vector::Gml => (&["GML"], "gml"),
        Vector::Kml => (&["LIBKML"], "kml"),
        Vector::Gpx => (&["GPX"], "gpx"),
    };
    let folder = tempfile::tempdir().map_err(unreadable)?;
    let name = folder.path().join(format!("data.{extension}"));
    symlink(at.canonicalize().map_err(unreadable)?, &name).map_err(unreadable)?;
    for part in ["dbf", "shx", "prj"] {
        if let Some(at) = input.part(part).filter(|_| format == Vector::Shapefile) {
            let at = at.canonicalize().map_err(unreadable)?;
            symlink(at, name.with_extension(part)).map_err(unreadable)?;
        }
    }
    let options = match (format, encoding) {
        (Vector::Shapefile, Some(encoding)) => vec![format!("ENCODING={}", encoding.name)],
        // No journal is looked for or written beside the original.
        (Vector::GeoPackage, _) => vec!["IMMUTABLE=YES".to_owned()],
        _ => Vec::new(),
    };
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let options = DatasetOptions {
        open_flags: GdalOpenFlags::GDAL_OF_VECTOR | GdalOpenFlags::GDAL_OF_READONLY,
        allowed_drivers: Some(drivers),
        open_options: Some(&options),
        ..DatasetOptions::default()
    };
    let dataset = Dataset::open_ex(&name, options)
        .map_err(|error| IngestError::NotVector { path: input.path.clone(), reason: reason(&error) })?;
    Ok(Opened { dataset, _folder: folder })
}

/// A layer by its place.
pub fn layer<'a>(path: &Path, dataset: &'a Dataset, place: usize) -> Result<Layer<'a>, IngestError> {
    dataset
        .layer(place)
        .map_err(|error| IngestError::Damaged { path: path.to_owned(), reason: reason(&error) })
}

thread_local! {
    /// What GDAL last complained about on this thread.
    static COMPLAINT: RefCell<Option<String>> = const { RefCell::new(None) };
    /// What it last warned of: GEOS's word for what is wrong with a shape is a warning.
    static WARNING: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Sets the rules, once, and keeps GDAL from printing: its complaints are kept for the error that they explain.
pub fn prepare() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        for (key, value) in RULES {
            // A key or value with a NUL character is the only fault there can be.
            let _ = gdal::config::set_config_option(key, value);
        }
        gdal::config::set_error_handler(|class, _, message| {
            let kept = match class {
                CplErrType::Failure | CplErrType::Fatal => &COMPLAINT,
                CplErrType::Warning => &WARNING,
                _ => return,
            };
            kept.with_borrow_mut(|kept| *kept = Some(message.to_owned()));
        });
    });
}

/// What GDAL last complained about; it is then forgotten.
pub fn take_complaint() -> Option<String> {
    COMPLAINT.take()
}

/// What GDAL last warned of; it is then forgotten.
pub fn take_warning() -> Option<String> {
    WARNING.take()
}

/// GDAL's own words for an error; some of its errors carry none.
pub fn reason(error: &GdalError) -> String {
    take_complaint().filter(|complaint| !complaint.is_empty()).unwrap_or_else(|| match error {
        GdalError::NullPointer { .. } => "GDAL recognises none of its formats in it".to_owned(),
        other => other.to_string(),
    })
}
