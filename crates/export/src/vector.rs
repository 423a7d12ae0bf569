//! Vector files through GDAL: one driver, a name of our own, one thread from the beginning to the end.

mod field;
mod quiet;

use crate::about;
use crate::error::ExportError;
use crate::selection::Selection;
use crate::stop::{Stop, check};
use crate::wkb;
use gdal::errors::GdalError;
use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};
use gdal::vector::OGRwkbGeometryType::{self, Type};
use gdal::vector::{Feature, Geometry, LayerAccess, LayerOptions, geometry_type_flatten};
use gdal::{Dataset, DriverManager};
use geometry::Shape;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

pub use field::Attribute;

/// Records for which the index of a `FlatGeobuf` is made: GDAL sorts it in memory, a third of a kilobyte for each.
const INDEXED: usize = 50_000;

/// How a file is written.
pub struct Plan<'a> {
    /// GDAL's name of the driver.
    pub driver: &'static str,
    /// The name of the layer.
    pub name: &'a str,
    /// The type of its geometries.
    pub geometry: Type,
    /// What GDAL calls layer creation options.
    pub options: &'a [&'a str],
    /// Its attributes, one for each column of the selection.
    pub attributes: &'a [Attribute],
}

/// Writes a `GeoPackage`; title and notes are in its table of contents.
pub fn geopackage(selection: &Selection, path: &Path, stop: Stop<'_>) -> Result<(), ExportError> {
    let identifier = format!("IDENTIFIER={}", about::title(selection).it);
    let description = format!("DESCRIPTION={}", about::text(selection));
    whole(selection, path, stop, "GPKG", &[&identifier, &description, "GEOMETRY_NAME=geometry"])
}

/// Writes a `FlatGeobuf`, with its index unless there are too many records. GDAL 3.6 has no place for notes in it, and leaves
/// records without a geometry out: the name of the file says so.
pub fn flatgeobuf(selection: &Selection, path: &Path, stop: Stop<'_>) -> Result<(), ExportError> {
    let index = if selection.len() > INDEXED { "SPATIAL_INDEX=NO" } else { "SPATIAL_INDEX=YES" };
    whole(selection, path, stop, "FlatGeobuf", &[index])
}

fn whole(
    selection: &Selection,
    path: &Path,
    stop: Stop<'_>,
    driver: &'static str,
    options: &[&str],
) -> Result<(), ExportError> {
    let attributes = Attribute::all(selection);
    let plan = Plan {
        driver,
        name: selection.layer().collection.id.as_str(),
        geometry: declared(selection),
        options,
        attributes: &attributes,
    };
    write(&plan, selection, path, stop, |place| Some(selection.shown(place)))
}

/// Writes the records for which `shapes` gives something: the shapes with which they are to be in the file.
pub fn write<'a>(
    plan: &Plan<'_>,
    selection: &'a Selection,
    path: &Path,
    stop: Stop<'_>,
    shapes: impl Fn(usize) -> Option<Cow<'a, [Shape]>>,
) -> Result<(), ExportError> {
    quiet::about(|| {
        // Of a file that is thrown away when anything goes wrong, nothing need be on the disk before the end.
        gdal::config::set_thread_local_config_option("OGR_SQLITE_SYNCHRONOUS", "OFF")?;
        let mut dataset = DriverManager::get_driver_by_name(plan.driver)?.create_vector_only(path)?;
        if plan.driver == "GPKG" {
            let mut transaction = dataset.start_transaction()?;
            fill(&mut transaction, plan, selection, stop, shapes)?;
            transaction.commit()?;
        } else {
            fill(&mut dataset, plan, selection, stop, shapes)?;
        }
        dataset.close()?;
        Ok(())
    })
}

fn fill<'a>(
    dataset: &mut Dataset,
    plan: &Plan<'_>,
    selection: &'a Selection,
    stop: Stop<'_>,
    shapes: impl Fn(usize) -> Option<Cow<'a, [Shape]>>,
) -> Result<(), ExportError> {
    let mut crs = SpatialRef::from_epsg(selection.form().reference.epsg())?;
    crs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    let layer = dataset.create_layer(LayerOptions {
        name: plan.name,
        srs: (plan.geometry != OGRwkbGeometryType::wkbNone).then_some(&crs),
        ty: plan.geometry,
        options: Some(plan.options),
    })?;
    for attribute in plan.attributes {
        attribute.add_to(&layer)?;
    }
    let definition = layer.defn();
    for place in selection.places() {
        check(stop)?;
        let Some(shapes) = shapes(place) else { continue };
        let mut feature = Feature::new(definition)?;
        for (at, (column, attribute)) in selection.columns().zip(plan.attributes).enumerate() {
            attribute.set(&mut feature, at, &column.value(selection.layer(), place))?;
        }
        if let Some(bytes) = wkb::of(&shapes) {
            feature.set_geometry(promoted(Geometry::from_wkb(&bytes)?, plan.geometry)?)?;
        }
        feature.create(&layer)?;
    }
    Ok(())
}

/// A geometry as its layer says that all are: one of a kind as many of it, where the layer is of many.
fn promoted(geometry: Geometry, wanted: Type) -> Result<Geometry, GdalError> {
    let is_multi = |kind| {
        [
            OGRwkbGeometryType::wkbMultiPoint,
            OGRwkbGeometryType::wkbMultiLineString,
            OGRwkbGeometryType::wkbMultiPolygon,
        ]
        .contains(&kind)
    };
    if !is_multi(wanted) || geometry_type_flatten(geometry.geometry_type()) == wanted {
        return Ok(geometry);
    }
    let mut many = Geometry::empty(wanted)?;
    many.add_geometry(geometry)?;
    Ok(many)
}

/// The type that all geometries of a selection have, as many where some are; unknown where there are several.
fn declared(selection: &Selection) -> Type {
    if !selection.has_geometry() {
        return OGRwkbGeometryType::wkbNone;
    }
    let shown = selection.places().map(|place| selection.layer().shown(place));
    let names: BTreeSet<&str> = shown.filter_map(|shapes| wkb::type_name(&shapes)).collect();
    let is_only =
        |one: &str| !names.is_empty() && names.iter().all(|name| name.trim_start_matches("Multi") == one);
    let has_many = names.iter().any(|name| name.starts_with("Multi"));
    let (single, multi) = if is_only("Point") {
        (OGRwkbGeometryType::wkbPoint, OGRwkbGeometryType::wkbMultiPoint)
    } else if is_only("LineString") {
        (OGRwkbGeometryType::wkbLineString, OGRwkbGeometryType::wkbMultiLineString)
    } else if is_only("Polygon") {
        (OGRwkbGeometryType::wkbPolygon, OGRwkbGeometryType::wkbMultiPolygon)
    } else {
        (OGRwkbGeometryType::wkbUnknown, OGRwkbGeometryType::wkbUnknown)
    };
    if has_many { multi } else { single }
}
