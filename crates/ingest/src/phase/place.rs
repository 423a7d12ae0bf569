//! The place of a row that states it in columns: two coordinates, or a shape as WKT.
//!
//! Both are in the CRS that the source declares, and in degrees (EPSG:4326) where it declares none: numbers that cannot be
//! degrees are then an issue of their row, for which CRS they are in is never guessed.

use super::ledger::Fault;
use super::rename;
use crate::format::Shape;
use crate::format::vector::{Transform, from_point, from_wkt};
use domain::source::{PlacePart, Source, Table};
use domain::{IssueKind, Territory};

/// The columns of a table that state the shape of its rows.
pub struct PlaceColumns<'a> {
    wkt: Option<usize>,
    point: Option<(usize, usize)>,
    /// From the declared CRS; `None` for degrees.
    to_degrees: Option<Transform>,
    /// Spellings of "not stated".
    missing: &'a [String],
    repair: bool,
    extent: [f64; 4],
}

impl<'a> PlaceColumns<'a> {
    /// The columns of `table` in a sheet with these `columns`. `None` if they do not state a shape.
    ///
    /// # Errors
    /// GDAL's words, if the CRS that the source declares is none.
    pub fn of(
        source: &'a Source,
        territory: &Territory,
        table: &Table,
        columns: &[String],
    ) -> Result<Option<Self>, String> {
        let place = |part| rename::place_position(table, part, columns);
        let (wkt, point) = (place(PlacePart::Wkt), place(PlacePart::X).zip(place(PlacePart::Y)));
        if wkt.is_none() && point.is_none() {
            return Ok(None);
        }
        let declared = source.crs.as_deref().filter(|crs| *crs != "EPSG:4326");
        Ok(Some(Self {
            wkt,
            point,
            to_degrees: declared.map(Transform::from).transpose()?,
            missing: &source.missing,
            repair: source.repair,
            extent: territory.extent,
        }))
    }

    /// The shape of a row. [`Shape::Missing`] if the row states no coordinate at all: it may still have a place by its
    /// municipality. `None` if what it states cannot be used: `faults` then says why.
    pub fn shape(&self, cells: &[&str], faults: &mut Vec<Fault>) -> Option<Shape> {
        let stated = |column: usize| {
            let text = cells.get(column).map(|text| text.trim()).unwrap_or_default();
            (!text.is_empty() && !self.missing.iter().any(|missing| missing.trim() == text)).then_some(text)
        };
        if let Some(text) = self.wkt.and_then(stated) {
            return self.drawn(text, faults);
        }
        let Some((x, y)) = self.point else { return Some(Shape::Missing) };
        match (stated(x), stated(y)) {
            (None, None) => Some(Shape::Missing),
            (Some(x), Some(y)) => self.point(x, y, faults),
            (x, y) => {
                let (lacks, has) = if x.is_none() { ("x", y) } else { ("y", x) };
                let message = format!("{lacks} is not stated, while the other coordinate is");
                faults.push(Fault::error(
                    IssueKind::MissingGeometry,
                    lacks,
                    has.unwrap_or_default(),
                    message,
                ));
                None
            }
        }
    }

    fn drawn(&self, text: &str, faults: &mut Vec<Fault>) -> Option<Shape> {
        let shape = from_wkt(text, self.to_degrees.as_ref(), self.repair);
        if shape.is_none() {
            let message = "it has to be a shape as WKT, such as POINT (9.19 45.46)";
            faults.push(Fault::error(IssueKind::UnreadableValue, PlacePart::Wkt.as_str(), text, message));
        }
        shape
    }

    fn point(&self, x: &str, y: &str, faults: &mut Vec<Fault>) -> Option<Shape> {
        let (east, north) = (coordinate(PlacePart::X, x, faults), coordinate(PlacePart::Y, y, faults));
        let (east, north) = (east?, north?);
        let mut outside = |message: String| {
            faults.push(Fault::error(IssueKind::OutsideTerritory, "geometry", &format!("{x}, {y}"), message));
            None
        };
        if (east, north) == (0.0, 0.0) {
            return outside(
                "0, 0 is no place here, but how some programs write that there is none".to_owned(),
            );
        }
        let point = self.in_degrees(east, north);
        if point.is_none_or(|point| !self.is_here(point)) {
            if self.in_degrees(north, east).is_some_and(|swapped| self.is_here(swapped)) {
                return outside(
                    "the coordinates are swapped: the other way round they lie in the territory; mend them at the source"
                        .to_owned(),
                );
            }
            if self.to_degrees.is_none() && (east.abs() > 180.0 || north.abs() > 90.0) {
                return outside(
                    "the coordinates cannot be degrees: declare crs in source.toml or beside an upload (usually EPSG:32632, EPSG:3003 or \
                     EPSG:6707)"
                        .to_owned(),
                );
            }
        }
        match point {
            Some(point) => Some(from_point(point)),
            None => Some(Shape::Invalid(
                "its coordinates cannot be turned into longitude and latitude".to_owned(),
            )),
        }
    }

    fn in_degrees(&self, x: f64, y: f64) -> Option<[f64; 2]> {
        self.to_degrees.as_ref().map_or(Some([x, y]), |to_degrees| to_degrees.point(x, y))
    }

    fn is_here(&self, [lon, lat]: [f64; 2]) -> bool {
        let [west, south, east, north] = self.extent;
        (west..=east).contains(&lon) && (south..=north).contains(&lat)
    }
}

/// A coordinate as a number, with a comma or a point before its decimals and nothing else but a sign.
fn coordinate(part: PlacePart, text: &str, faults: &mut Vec<Fault>) -> Option<f64> {
    let plain = text.replacen(',', ".", 1);
    let is_plain = plain.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    let number = plain.parse::<f64>().ok().filter(|number| is_plain && number.is_finite());
    if number.is_none() {
        let message =
            "a coordinate is a number, such as 45,4642 or 45.4642, without degrees, minutes and seconds";
        faults.push(Fault::error(IssueKind::UnreadableValue, part.as_str(), text, message));
    }
    number
}
