//! A feature: a record with its place worked out.

use crate::complement::Also;
use crate::municipalities::Municipalities;
use domain::{FeatureId, GeometryKind, LocationPrecision, MunicipalityCode, Record};
use geometry::{Bbox, Crs, Kind, Shape, Xy, interior, wkb};
use std::collections::BTreeSet;

/// A record of the edition.
#[derive(Debug)]
pub struct Feature {
    /// Its public number.
    pub id: FeatureId,
    /// What its source states.
    pub record: Record,
    /// Place of its source among the layer's origins.
    pub origin: usize,
    /// What other sources say of it as well, before it was official.
    pub also: Vec<Also>,
    /// The best precision of its places.
    pub precision: LocationPrecision,
    /// The municipalities of the territory in which it lies, by code.
    pub municipalities: Vec<MunicipalityCode>,
    /// The shape of each of its locations, in degrees; `None` where only a municipality or less is known.
    pub drawn: Vec<Option<Shape>>,
    /// Its own shapes in degrees (EPSG:4326), at most one of each kind; none if only a municipality or less is known.
    pub shapes: Vec<Shape>,
    /// The same in world units: the square of web mercator, 0 to 1, y downwards.
    pub world: Vec<Shape>,
    /// A point well inside its polygons, in world units, where its name is written; `None` for points and lines.
    pub label: Option<Xy>,
    /// Where it is shown in features, in degrees: its own shapes, or else a point inside each of its municipalities.
    pub shown: Vec<Shape>,
}

impl Feature {
    /// The box around where it is shown, in degrees; `None` if it is shown nowhere.
    pub fn bbox(&self) -> Option<Bbox> {
        around(&self.shown)
    }

    pub fn new(
        id: FeatureId,
        record: Record,
        origin: usize,
        kind: GeometryKind,
        municipalities: &Municipalities,
    ) -> Self {
        let drawn = record.locations.iter().map(|location| wkb::read(location.geometry.as_ref()?).ok());
        let drawn: Vec<Option<Shape>> = drawn.collect();
        let shapes = merged(drawn.iter().flatten().cloned().collect());
        let here: BTreeSet<_> = record
            .locations
            .iter()
            .filter_map(|location| location.municipality)
            .filter(|code| kind != GeometryKind::Locations || municipalities.get(*code).is_some())
            .collect();
        let points: Vec<Xy> = here.iter().filter_map(|code| Some(municipalities.get(*code)?.point)).collect();
        let shown =
            if shapes.is_empty() { Shape::points(points).into_iter().collect() } else { shapes.clone() };
        Self {
            id,
            origin,
            also: Vec::new(),
            precision: record.precision(),
            municipalities: here.into_iter().collect(),
            label: shapes
                .iter()
                .find(|shape| shape.kind() == Kind::Polygons)
                .map(|polygons| Crs::Geographic.to(Crs::World, interior::point(polygons))),
            world: shapes.iter().map(|shape| shape.transform(Crs::Geographic, Crs::World)).collect(),
            drawn,
            shapes,
            shown,
            record,
        }
    }
}

/// The box around some shapes; `None` if there are none.
pub fn around(shapes: &[Shape]) -> Option<Bbox> {
    shapes.iter().map(Shape::bbox).reduce(Bbox::union)
}

/// The shapes with those of the same kind put together.
fn merged(shapes: Vec<Shape>) -> Vec<Shape> {
    if shapes.len() < 2 {
        return shapes;
    }
    let of = |kind: Kind| shapes.iter().filter(move |shape| shape.kind() == kind).flat_map(Shape::parts);
    let points = Shape::points(of(Kind::Points).flat_map(|part| part.shell().iter().copied()));
    let lines = Shape::lines(of(Kind::Lines).map(|part| part.shell().to_vec()));
    let polygons =
        Shape::polygons(of(Kind::Polygons).map(|part| part.rings().map(<[Xy]>::to_vec).collect::<Vec<_>>()));
    // A kind of which there is no shape is no shape.
    [points, lines, polygons].into_iter().flatten().collect()
}
