//! A file that is only looked at: its shapes, whatever its format. Nothing of it is taken in, and all of it has to be usable.

use crate::IngestError;
use crate::definition::source;
use crate::format::archive::Archive;
use crate::format::content;
use crate::format::input::Input;
use crate::format::kind::{Kind, Vector};
use crate::format::vector::{self, Transform};
use crate::format::{Row, Shape, delimited, workbook};
use crate::phase::ledger::Fault;
use crate::phase::place::PlaceColumns;
use crate::phase::shape::accepted_shape;
use domain::source::Source;
use domain::{GeometryKind, Territory};
use geometry::{together, wkb};
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;

/// How an upload is understood: the definition of a source that there is not.
const DEFINITION: &str = include_str!("upload.toml");
/// The most vertices that are taken.
const MOST_VERTICES: usize = 200_000;
/// The most bytes that an archive may hold, unpacked.
const LARGEST: u64 = 128 << 20;

/// What was read of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Upload {
    /// All its shapes as one place, in degrees: one of each kind at most.
    pub shapes: Vec<geometry::Shape>,
    /// How many features it has with a shape.
    pub features: u64,
    /// How many have none.
    pub without_shape: u64,
}

/// Reads the file that lies `at`, which the user knows as `name`. `crs` is that of its coordinates if it does not say so itself.
///
/// # Errors
/// [`IngestError`] with a sentence if it cannot be read, or one of its shapes cannot be used.
pub fn read(name: &Path, at: &Path, crs: Option<&str>, territory: &Territory) -> Result<Upload, IngestError> {
    let source = definition(crs)?;
    let mut taken = Taken { name, territory, shapes: Vec::new(), vertices: 0, without_shape: 0 };
    let sent = Input::sent(name, at);
    match content::kind(name, at)? {
        Kind::Archive => {
            let input = only_member(name, at)?;
            match content::kind(name, input.at())? {
                Kind::Archive => {
                    let member = input.member.clone().unwrap_or_default();
                    return Err(IngestError::NestedArchive { path: name.to_owned(), member });
                }
                kind => taken.file(input, kind, &source)?,
            }
        }
        kind => taken.file(sent, kind, &source)?,
    }
    taken.finish()
}

/// Reads a shape that is written as WKT, in degrees or in `crs`.
///
/// # Errors
/// As [`read`].
pub fn read_wkt(
    name: &Path,
    text: &str,
    crs: Option<&str>,
    territory: &Territory,
) -> Result<Upload, IngestError> {
    let unusable = |reason: String| IngestError::Unusable { path: name.to_owned(), line: 1, reason };
    let crs = crs.filter(|crs| *crs != "EPSG:4326").map(Transform::from).transpose();
    let crs = crs.map_err(|reason| IngestError::Crs { path: name.to_owned(), reason })?;
    let shape = vector::from_wkt(text, crs.as_ref(), false);
    let shape = shape
        .ok_or_else(|| unusable("it has to be a shape as WKT, such as POINT (9.19 45.46)".to_owned()))?;
    let mut taken = Taken { name, territory, shapes: Vec::new(), vertices: 0, without_shape: 0 };
    taken.shape(1, shape)?;
    taken.finish()
}

fn definition(crs: Option<&str>) -> Result<Source, IngestError> {
    let fault = |error: &dyn std::error::Error| IngestError::NotVector {
        path: "upload".into(),
        reason: error.to_string(),
    };
    let source = source::parse(DEFINITION).map_err(|error| fault(&error))?;
    Ok(Source { crs: crs.map(str::to_owned), ..source })
}

fn only_member(name: &Path, at: &Path) -> Result<Input, IngestError> {
    let mut archive = Archive::open(name, at)?;
    archive.check_declared(LARGEST)?;
    let members = archive.members()?;
    let [only] = members.as_slice() else {
        let layers = members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", ");
        return Err(IngestError::SeveralLayers { path: name.to_owned(), layers });
    };
    archive.unpack(only)
}

/// What has been taken of a file so far.
struct Taken<'a> {
    name: &'a Path,
    territory: &'a Territory,
    shapes: Vec<geometry::Shape>,
    vertices: usize,
    without_shape: u64,
}

impl Taken<'_> {
    fn file(&mut self, input: Input, kind: Kind, source: &Source) -> Result<(), IngestError> {
        match kind {
            Kind::Vector(format) => self.vector(&Rc::new(vector::open(input, format, source)?), source),
            Kind::Text => {
                let text = delimited::open(input, &source.encodings)?;
                let delimiter = text.likely_delimiter();
                let sheet = text.into_sheet(delimiter);
                let Some(place) = self.place(source, &sheet.columns)? else {
                    return Err(self.no_columns(&sheet.columns));
                };
                self.table(|visit| sheet.visit(visit), &place)
            }
            Kind::Workbook(format) => self.workbook(&Rc::new(workbook::open(input, format)?), source),
            Kind::Archive => Err(IngestError::NotText { path: input.path, found: kind.as_str() }),
        }
    }

    /// All layers of a GPX or KML file, which have one for each sort or folder of features; else the only one.
    fn vector(&mut self, file: &Rc<vector::File>, source: &Source) -> Result<(), IngestError> {
        let mut layers = file.layers()?;
        // Tracks and routes are there as lines, and once more as their points.
        layers.retain(|layer| file.format() != Vector::Gpx || !layer.name.ends_with("_points"));
        if !matches!(file.format(), Vector::Gpx | Vector::Kml) && layers.len() > 1 {
            let names: Vec<&str> = layers.iter().map(|layer| layer.name.as_str()).collect();
            return Err(IngestError::SeveralLayers { path: self.name.to_owned(), layers: names.join(", ") });
        }
        for layer in &layers {
            let sheet = vector::Sheet::of(file, layer, source)?.with_most_vertices(MOST_VERTICES);
            let mut fault = None;
            sheet.visit(&mut |row| self.row(row.line, row.shape.unwrap_or(Shape::Missing), &mut fault))?;
            fault.map_or(Ok(()), Err)?;
        }
        Ok(())
    }

    /// The first sheet that has columns of coordinates.
    fn workbook(&mut self, book: &Rc<workbook::Workbook>, source: &Source) -> Result<(), IngestError> {
        let mut found = Vec::new();
        for (sheet, _) in book.sheets().enumerate() {
            for (row, columns) in book.headers(sheet) {
                if let Some(place) = self.place(source, &columns)?
                    && let Some(sheet) = workbook::Sheet::of(book, sheet, row)
                {
                    let visit = |visit: &mut dyn FnMut(Row<'_>) -> ControlFlow<()>| {
                        sheet.visit(visit);
                        Ok(())
                    };
                    return self.table(visit, &place);
                }
                found = if found.is_empty() { columns } else { found };
            }
        }
        Err(self.no_columns(&found))
    }

    fn table(
        &mut self,
        visit: impl FnOnce(&mut dyn FnMut(Row<'_>) -> ControlFlow<()>) -> Result<(), IngestError>,
        place: &PlaceColumns<'_>,
    ) -> Result<(), IngestError> {
        let mut fault = None;
        visit(&mut |row| {
            let mut faults = Vec::new();
            let shape = match row.cells {
                Ok(cells) => place.shape(cells, &mut faults),
                Err(reason) => Some(Shape::Invalid(reason)),
            };
            let shape = shape.unwrap_or_else(|| Shape::Invalid(reasons(&faults)));
            self.row(row.line, shape, &mut fault)
        })?;
        fault.map_or(Ok(()), Err)
    }

    /// Takes the shape of a row; `fault` says why no more are wanted.
    fn row(&mut self, line: u64, shape: Shape, fault: &mut Option<IngestError>) -> ControlFlow<()> {
        match self.shape(line, shape) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                *fault = Some(error);
                ControlFlow::Break(())
            }
        }
    }

    fn shape(&mut self, line: u64, shape: Shape) -> Result<(), IngestError> {
        if matches!(shape, Shape::Missing) {
            self.without_shape += 1;
            return Ok(());
        }
        let mut faults = Vec::new();
        let bytes = accepted_shape(shape, GeometryKind::Any, self.territory, &mut faults);
        let unusable = |reason| IngestError::Unusable { path: self.name.to_owned(), line, reason };
        let bytes = bytes.ok_or_else(|| unusable(reasons(&faults)))?;
        let shape = wkb::read(&bytes).map_err(|error| unusable(error.to_string()))?;
        self.vertices += shape.coords().len();
        if self.vertices > MOST_VERTICES {
            return Err(IngestError::TooDetailed { path: self.name.to_owned(), most: MOST_VERTICES });
        }
        self.shapes.push(shape);
        Ok(())
    }

    fn place<'s>(
        &self,
        source: &'s Source,
        columns: &[String],
    ) -> Result<Option<PlaceColumns<'s>>, IngestError> {
        let Some(table) = source.tables.first() else { return Ok(None) };
        let place = PlaceColumns::of(source, self.territory, table, columns);
        place.map_err(|reason| IngestError::Crs { path: self.name.to_owned(), reason })
    }

    fn no_columns(&self, found: &[String]) -> IngestError {
        let found: String = found.join(", ").chars().take(200).collect();
        IngestError::NoPlaceColumns { path: self.name.to_owned(), found }
    }

    fn finish(self) -> Result<Upload, IngestError> {
        let path = || self.name.to_owned();
        if self.shapes.is_empty() {
            return Err(IngestError::NoShapes { path: path() });
        }
        let features = self.shapes.len() as u64;
        let shapes = together(&self.shapes)
            .map_err(|error| IngestError::NotVector { path: path(), reason: error.to_string() })?;
        Ok(Upload { shapes, features, without_shape: self.without_shape })
    }
}

fn reasons(faults: &[Fault]) -> String {
    faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join("; ")
}
