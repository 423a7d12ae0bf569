//! Geometries that stand in a filter, whichever way they are written.

use super::error::FilterError;
use geometry::{Crs, Reference, Shape, Xy};

/// Coordinates, as deep as a kind of geometry has them.
#[derive(Clone, Debug)]
pub enum Coordinates {
    /// Positions.
    Points(Vec<Xy>),
    /// Runs of positions.
    Runs(Vec<Vec<Xy>>),
    /// Polygons, each of them rings.
    Polygons(Vec<Vec<Vec<Xy>>>),
}

/// The geometry, in longitude and latitude, that a name, in upper case, makes of its coordinates.
///
/// # Errors
/// If they are none: rings that are open, lines of one position, places that are not on the earth.
pub fn shape(
    name: &str,
    coordinates: &Coordinates,
    reference: Reference,
    at: Option<usize>,
) -> Result<Shape, FilterError> {
    let shape = match (name, coordinates) {
        ("POINT", Coordinates::Points(points)) if points.len() == 1 => Shape::points(points.iter().copied()),
        ("MULTIPOINT", Coordinates::Points(points)) => Shape::points(points.iter().copied()),
        ("LINESTRING", Coordinates::Points(points)) => Shape::lines([points.iter().copied()]),
        ("MULTILINESTRING", Coordinates::Runs(runs)) => {
            Shape::lines(runs.iter().map(|run| run.iter().copied()))
        }
        ("POLYGON", Coordinates::Runs(rings)) => Shape::polygons([rings.clone()]),
        ("MULTIPOLYGON", Coordinates::Polygons(polygons)) => Shape::polygons(polygons.clone()),
        _ => return Err(FilterError::new(format!("these coordinates make no {name}"), at)),
    };
    let shape = shape.map_err(|error| FilterError::new(format!("the {name} is none: {error}"), at))?;
    let shape = shape.map(|xy| reference.to_degrees(xy));
    if shape.coords().iter().all(|xy| is_on_earth(*xy)) { Ok(shape) } else { Err(nowhere(name, at)) }
}

/// The rectangle of four numbers (or six, heights passed over) in longitude and latitude; two where it crosses the
/// antimeridian. One in metres is the polygon of its corners.
///
/// # Errors
/// For another count of numbers, or a rectangle upside down.
pub fn bbox(numbers: &[f64], reference: Reference, at: Option<usize>) -> Result<Vec<Shape>, FilterError> {
    let corners = match *numbers {
        [a, b, c, d] | [a, b, _, c, d, _] => [[a, b], [c, d]],
        _ => return Err(FilterError::new("a BBOX has four numbers, or six with heights", at)),
    };
    let [[west, south], [east, north]] = corners.map(|xy| reference.eastward_first(xy));
    let is_round = reference.plane() == Crs::Geographic;
    if south > north || (west > east && !is_round) {
        return Err(FilterError::new("the BBOX has its second corner below its first", at));
    }
    let spans = if west <= east { vec![(west, east)] } else { vec![(west, 180.0), (-180.0, east)] };
    let ring = |(west, east): (f64, f64)| {
        let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
        vec![ring.map(|xy| reference.eastward_first(xy)).to_vec()]
    };
    let polygons = Coordinates::Polygons(spans.into_iter().map(ring).collect());
    Ok(vec![shape("MULTIPOLYGON", &polygons, reference, at)?])
}

fn is_on_earth([lon, lat]: Xy) -> bool {
    lon.abs() <= 180.0 && lat.abs() <= 90.0
}

fn nowhere(name: &str, at: Option<usize>) -> FilterError {
    let what =
        format!("the {name} has a place that is not on the earth: mind filter-crs and the order of its axes");
    FilterError::new(what, at)
}
