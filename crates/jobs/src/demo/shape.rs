//! Points, lines and polygons of the demo: how they are made, measured and written.

use super::noise::noise;
use super::plane::{Degrees, Plane, Point};
use serde_json::{Value, json};

/// What a feature looks like; a polygon is its outer ring, without the first point again at the end.
#[derive(Debug, Clone)]
pub enum Shape {
    Point(Point),
    Line(Vec<Point>),
    Polygon(Vec<Point>),
}

impl Shape {
    pub fn geojson(&self, plane: &Plane) -> Value {
        match self {
            Self::Point(point) => json!({"type": "Point", "coordinates": plane.degrees(*point)}),
            Self::Line(line) => json!({"type": "LineString", "coordinates": degrees(line, plane)}),
            Self::Polygon(ring) => json!({"type": "Polygon", "coordinates": [closed(ring, plane)]}),
        }
    }

    pub fn wkt(&self, plane: &Plane) -> String {
        let text = |places: &[Degrees]| {
            let places: Vec<String> = places.iter().map(|[x, y]| format!("{x} {y}")).collect();
            places.join(", ")
        };
        match self {
            Self::Point(point) => format!("POINT ({})", text(&[plane.degrees(*point)])),
            Self::Line(line) => format!("LINESTRING ({})", text(&degrees(line, plane))),
            Self::Polygon(ring) => format!("POLYGON (({}))", text(&closed(ring, plane))),
        }
    }
}

fn degrees(points: &[Point], plane: &Plane) -> Vec<Degrees> {
    points.iter().map(|point| plane.degrees(*point)).collect()
}

/// Counter-clockwise, as RFC 7946 asks of an outer ring, and ending where it begins.
fn closed(ring: &[Point], plane: &Plane) -> Vec<Degrees> {
    let mut places = degrees(ring, plane);
    if signed_area(ring) < 0.0 {
        places.reverse();
    }
    places.extend(places.first().copied());
    places
}

/// An irregular round shape: noise of this seed moves its edge in and out by up to a third.
pub fn blob(seed: u64, centre: Point, radius: f64, corners: u32) -> Vec<Point> {
    let corner = |number: u32| {
        let (east, north) = direction(f64::from(number) / f64::from(corners));
        let edge = centre.shifted(radius * east, radius * north);
        let bend = 1.0 + noise(seed, 0.8 * radius, edge) / 3.0;
        centre.shifted(radius * bend * east, radius * bend * north)
    };
    (0..corners).map(corner).collect()
}

/// A rectangle whose long side points in the direction of this turn.
pub fn block(centre: Point, length: f64, width: f64, turn: f64) -> Vec<Point> {
    let (east, north) = direction(turn);
    let corner = |along: f64, across: f64| {
        centre.shifted(along * east - across * north, along * north + across * east)
    };
    let (along, across) = (length / 2.0, width / 2.0);
    vec![corner(-along, -across), corner(along, -across), corner(along, across), corner(-along, across)]
}

/// A band along a line that only ever goes north: each point is widened to the west and to the east by its own width.
pub fn band(line: &[(Point, f64)]) -> Vec<Point> {
    let west = line.iter().rev().map(|(point, width)| point.shifted(-width, 0.0));
    line.iter().map(|(point, width)| point.shifted(*width, 0.0)).chain(west).collect()
}

/// Rounds the corners of a line by cutting each twice (Chaikin 1974); its ends stay.
pub fn rounded(line: &[Point]) -> Vec<Point> {
    let cut = |line: &[Point]| {
        let pieces =
            line.windows(2).flat_map(|ends| [ends[0].towards(ends[1], 0.25), ends[0].towards(ends[1], 0.75)]);
        let ends = (line.first().copied(), line.last().copied());
        ends.0.into_iter().chain(pieces).chain(ends.1).collect::<Vec<_>>()
    };
    cut(&cut(line))
}

/// The unit vector of a turn from east (0) over north (0.25) back to east (1), about evenly spaced.
pub fn direction(turn: f64) -> (f64, f64) {
    // The circle's rational form, a quarter at a time: sines differ between platforms in the last bit.
    let quarters = (turn - turn.floor()) * 4.0;
    let t = quarters - quarters.floor();
    let (x, y) = ((1.0 - t * t) / (1.0 + t * t), 2.0 * t / (1.0 + t * t));
    match quarters {
        quarters if quarters < 1.0 => (x, y),
        quarters if quarters < 2.0 => (-y, x),
        quarters if quarters < 3.0 => (-x, -y),
        _ => (y, -x),
    }
}

/// Square metres, positive if the ring runs counter-clockwise.
pub fn signed_area(ring: &[Point]) -> f64 {
    sides(ring).map(|(from, to)| (from.x * to.y - to.x * from.y) / 2.0).sum()
}

/// Metres.
pub fn length(line: &[Point]) -> f64 {
    line.windows(2).map(|ends| ends[0].distance(ends[1])).sum()
}

/// Whether the place is inside the ring: a line from it to the east meets the ring an odd number of times.
pub fn contains(ring: &[Point], place: Point) -> bool {
    let met = sides(ring).filter(|(from, to)| {
        (from.y > place.y) != (to.y > place.y)
            && place.x < from.x + (place.y - from.y) / (to.y - from.y) * (to.x - from.x)
    });
    met.count() % 2 == 1
}

fn sides(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}
