//! Vector files, through GDAL. Coordinates leave this file as longitude and latitude (EPSG:4326), in that order.

mod access;
mod crs;
mod shape;

pub use crs::{Crs, Transform};
pub use shape::{from_point, from_wkt};

use super::geojson::{self, Light};
use super::input::Input;
use super::kind::Vector;
use super::{Row, Shape, shapefile};
use crate::IngestError;
use crate::encoding::Encoding;
use access::Opened;
use domain::source::Source;
use gdal::vector::{Feature, Geometry, LayerAccess};
use std::borrow::Cow;
use std::io;
use std::ops::ControlFlow;
use std::rc::Rc;

/// An opened vector file.
pub struct File {
    input: Input,
    format: Vector,
    opened: Opened,
    encoding: Option<Encoding>,
    /// What GDAL has only marks of.
    light: Option<Light>,
}

/// A layer of a vector file, before it is known which table it is.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// The names of its fields, as written.
    pub columns: Vec<String>,
    /// Its place in the file.
    place: usize,
}

/// A layer whose features can be read.
pub struct Sheet {
    /// The names of its fields, as written.
    pub columns: Vec<String>,
    /// The CRS of its coordinates, and what told it.
    pub crs: Crs,
    file: Rc<File>,
    place: usize,
    to_degrees: Transform,
    repair: bool,
    most_vertices: usize,
}

/// Opens a vector file of this format.
///
/// # Errors
/// [`IngestError`] if it lacks parts or GDAL cannot read it.
pub fn open(input: Input, format: Vector, source: &Source) -> Result<File, IngestError> {
    let (mut encoding, mut light) = (None, None);
    match format {
        Vector::Shapefile => {
            shapefile::check_whole(&input)?;
            encoding = Some(shapefile::encoding(&input, &source.encodings));
        }
        Vector::GeoJson => light = Some(geojson::lighten(&input.path, input.at())?),
        _ => {}
    }
    let at = light.as_ref().map_or(input.at(), Light::at);
    let opened = access::open(&input, at, format, encoding)?;
    Ok(File { input, format, opened, encoding, light })
}

impl File {
    /// Its layers. GPX always has five, and KML has one for each folder: there the empty ones are passed over.
    ///
    /// # Errors
    /// [`IngestError::NoFeatures`] if there is none.
    pub fn layers(&self) -> Result<Vec<Layer>, IngestError> {
        let passes_over = matches!(self.format, Vector::Gpx | Vector::Kml);
        let layers = self.opened.dataset().layers().enumerate();
        let layers: Vec<Layer> = layers
            .filter(|(_, layer)| !passes_over || layer.feature_count() > 0)
            .map(|(place, layer)| Layer {
                name: layer.name(),
                columns: layer.defn().fields().map(|field| field.name()).collect(),
                place,
            })
            .collect();
        let _ = access::take_complaint();
        if layers.is_empty() {
            return Err(IngestError::NoFeatures { path: self.input.path.clone() });
        }
        Ok(layers)
    }

    /// Its format.
    #[must_use]
    pub const fn format(&self) -> Vector {
        self.format
    }

    /// The file that was given.
    #[must_use]
    pub const fn input(&self) -> &Input {
        &self.input
    }

    /// The geometry of a feature, wherever it was read; `None` if it is empty or there is none.
    fn geometry<'f>(&self, feature: &'f Feature<'_>) -> Result<Option<Cow<'f, Geometry>>, IngestError> {
        let unreadable = |error: io::Error| IngestError::Unreadable {
            path: self.input.path.clone(),
            reason: error.to_string(),
        };
        // A feature without geometry has one that GDAL complains about as soon as it is looked at.
        let geometry = feature.geometry().filter(|geometry| geometry.has_gdal_ptr() && !geometry.is_empty());
        if access::take_complaint().is_some() {
            return Ok(None);
        }
        let Some(geometry) = geometry else { return Ok(None) };
        let Some(light) = &self.light else { return Ok(Some(Cow::Borrowed(geometry))) };
        let read = light.shapes.marked(geometry).map_err(unreadable)?;
        let read = read.and_then(|wkb| Geometry::from_wkb(&wkb).ok());
        Ok(Some(read.map_or(Cow::Borrowed(geometry), Cow::Owned)))
    }
}

impl Layer {
    /// Whether nothing at all can be read from it: no columns, no features.
    #[must_use]
    pub fn is_empty(&self, file: &File) -> bool {
        let count = || file.opened.dataset().layer(self.place).map_or(0, |layer| layer.feature_count());
        self.columns.is_empty() && count() == 0
    }
}

impl Sheet {
    /// The layer of the file, read as `source` declares it.
    ///
    /// # Errors
    /// [`IngestError`] if there is no usable CRS.
    pub fn of(file: &Rc<File>, layer: &Layer, source: &Source) -> Result<Self, IngestError> {
        let path = &file.input.path;
        let mut features = access::layer(path, file.opened.dataset(), layer.place)?;
        let own = features.spatial_ref();
        // Only GeoJSON means degrees without saying so: its first shape tells whether they can be.
        let first = match file.format {
            Vector::GeoJson => first_coordinate(file, &mut features)?,
            _ => None,
        };
        let (crs, to_degrees) = crs::of_layer(path, own, source.crs.as_deref(), first)?;
        Ok(Self {
            columns: layer.columns.clone(),
            crs,
            file: Rc::clone(file),
            place: layer.place,
            to_degrees,
            repair: source.repair,
            most_vertices: shape::MOST_VERTICES,
        })
    }

    /// The same layer, of which no shape with more vertices than this is looked at.
    #[must_use]
    pub fn with_most_vertices(self, most_vertices: usize) -> Self {
        Self { most_vertices, ..self }
    }

    /// The file that was given.
    #[must_use]
    pub fn input(&self) -> &Input {
        &self.file.input
    }

    /// The encoding of the attributes, where it had to be found out.
    #[must_use]
    pub fn encoding(&self) -> Option<Encoding> {
        self.file.encoding
    }

    /// Visits the features, until `visit` wants no more.
    ///
    /// # Errors
    /// [`IngestError::Damaged`] if the file breaks off.
    pub fn visit(&self, visit: &mut dyn FnMut(Row<'_>) -> ControlFlow<()>) -> Result<(), IngestError> {
        let path = &self.file.input.path;
        let damaged = |reason| IngestError::Damaged { path: path.clone(), reason };
        let mut layer = access::layer(path, self.file.opened.dataset(), self.place)?;
        let _ = access::take_complaint();
        for (line, feature) in (1..).zip(layer.features()) {
            if let Some(complaint) = access::take_complaint() {
                return Err(damaged(complaint));
            }
            let cells: Vec<String> = (0..self.columns.len()).map(|column| cell(&feature, column)).collect();
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            let shape = match self.file.geometry(&feature)? {
                Some(geometry) => {
                    shape::in_degrees(&geometry, &self.to_degrees, self.repair, self.most_vertices)
                }
                None => Shape::Missing,
            };
            let row = Row { line, entry: line, cells: Ok(&cells), shape: Some(shape) };
            if visit(row).is_break() {
                return Ok(());
            }
        }
        // GDAL stops at a damaged place without an error of its own: the complaint is all there is.
        access::take_complaint().map_or(Ok(()), |complaint| Err(damaged(complaint)))
    }
}

/// The text of a field; GDAL writes large numbers with an exponent, which no code or amount has.
fn cell(feature: &Feature<'_>, column: usize) -> String {
    let text = feature.field_as_string(column).ok().flatten().unwrap_or_default();
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.e".contains(&byte));
    match text.contains("e+").then(|| text.parse::<f64>()) {
        Some(Ok(number)) if is_number(&text) => number.to_string(),
        _ => text,
    }
}

/// A corner of the box around the first shape there is.
fn first_coordinate(
    file: &File,
    features: &mut gdal::vector::Layer<'_>,
) -> Result<Option<[f64; 2]>, IngestError> {
    for feature in features.features() {
        if let Some(geometry) = file.geometry(&feature)? {
            let envelope = geometry.envelope();
            let _ = access::take_complaint();
            return Ok(Some([envelope.MinX, envelope.MinY]));
        }
    }
    let _ = access::take_complaint();
    Ok(None)
}
