//! Shapefiles in a ZIP: one for each kind of geometry, and a page that says what the format could not keep.

mod names;
mod readme;

use crate::encoder::PIECE;
use crate::error::ExportError;
use crate::selection::Selection;
use crate::stop::{Stop, check};
use crate::vector::{self, Attribute, Plan};
use domain::GeometryKind;
use gdal::vector::OGRwkbGeometryType::{self, Type};
use geometry::{Kind, Shape};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Bytes that a text of a shapefile has at most.
const MAX_TEXT: usize = 254;
/// The kinds of geometry, and what their files are called where there are several.
const KINDS: [(Kind, &str); 3] =
    [(Kind::Points, "points"), (Kind::Lines, "lines"), (Kind::Polygons, "polygons")];

/// Writes the ZIP of a selection; its parts lie in `folder` until it is whole.
pub fn write(selection: &Selection, path: &Path, folder: &Path, stop: Stop<'_>) -> Result<(), ExportError> {
    let parts = folder.join("parts");
    fs::create_dir(&parts)?;
    let columns = names::columns(selection);
    let attributes: Vec<Attribute> = columns.iter().map(|kept| kept.attribute.clone()).collect();
    let kinds = kinds(selection);
    for (rank, (kind, suffix)) in kinds.iter().enumerate() {
        let id = selection.layer().collection.id.as_str();
        let name = if kinds.len() > 1 { format!("{id}-{suffix}") } else { id.to_owned() };
        let plan = Plan {
            driver: "ESRI Shapefile",
            name: &name,
            geometry: geometry(selection, *kind),
            options: &["ENCODING=UTF-8"],
            attributes: &attributes,
        };
        let file = parts.join(&name).with_extension("shp");
        vector::write(&plan, selection, &file, stop, |place| {
            let shown = selection.shown(place);
            let is_here =
                if shown.is_empty() { rank == 0 } else { shown.iter().any(|it| it.kind() == *kind) };
            is_here.then(|| shown.iter().filter(|it| it.kind() == *kind).cloned().collect())
        })?;
    }
    pack(path, &parts, &readme::text(selection, &columns, kinds.len()), stop)?;
    fs::remove_dir_all(&parts)?;
    Ok(())
}

/// The kinds of which there is a geometry; where there is none at all, the one that the collection has.
fn kinds(selection: &Selection) -> Vec<(Kind, &'static str)> {
    let has = |kind: Kind| {
        let mut places = selection.places();
        places.any(|place| selection.layer().shown(place).iter().any(|shape| shape.kind() == kind))
    };
    let there: Vec<_> = KINDS.into_iter().filter(|(kind, _)| has(*kind)).collect();
    if !there.is_empty() {
        return there;
    }
    let usual = match selection.layer().collection.geometry {
        GeometryKind::Line => Kind::Lines,
        GeometryKind::Polygon => Kind::Polygons,
        _ => Kind::Points,
    };
    KINDS.into_iter().filter(|(kind, _)| *kind == usual).collect()
}

/// The type of a shapefile: lines and polygons may be one or many, points are one each or many each.
fn geometry(selection: &Selection, kind: Kind) -> Type {
    let is_many = |shape: &Shape| shape.kind() == Kind::Points && shape.part_count() > 1;
    match kind {
        Kind::Lines => OGRwkbGeometryType::wkbLineString,
        Kind::Polygons => OGRwkbGeometryType::wkbPolygon,
        Kind::Points if selection.places().any(|it| selection.layer().shown(it).iter().any(is_many)) => {
            OGRwkbGeometryType::wkbMultiPoint
        }
        Kind::Points => OGRwkbGeometryType::wkbPoint,
    }
}

/// Puts the parts and the page into a ZIP.
fn pack(path: &Path, parts: &Path, readme: &str, stop: Stop<'_>) -> Result<(), ExportError> {
    let mut zip = ZipWriter::new(File::create_new(path)?);
    let options = SimpleFileOptions::default().large_file(true);
    zip.start_file("LEGGIMI.txt", options)?;
    zip.write_all(readme.as_bytes())?;
    let files =
        fs::read_dir(parts)?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<BTreeSet<_>>>()?;
    for name in files {
        zip.start_file(name.to_string_lossy(), options)?;
        let mut part = File::open(parts.join(&name))?;
        let mut buffer = vec![0; PIECE];
        loop {
            check(stop)?;
            match part.read(&mut buffer)? {
                0 => break,
                read => zip.write_all(&buffer[..read])?,
            }
        }
    }
    zip.finish()?;
    Ok(())
}
