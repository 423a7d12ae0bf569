//! A rectangle that a client draws, in whatever system it speaks.

use geometry::{Bbox, Crs, Reference, Shape, Xy, intersects};

/// Points on each side of a rectangle that are worked out in degrees, to find the rectangle round it there.
const STEPS: u32 = 16;

/// A rectangle, its borders included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// The rectangle round it, in degrees.
    around: Bbox,
    /// The plane in which it is a rectangle, and what it is there.
    plane: Crs,
    bbox: Bbox,
}

impl Area {
    /// The rectangle with two corners, the first of which is the south-western one; two rectangles where it crosses the
    /// antimeridian, that is where degrees fall from west to east. `None` for what is no rectangle on the earth.
    #[must_use]
    pub fn between(reference: Reference, corners: [Xy; 2]) -> Option<Vec<Self>> {
        let [[west, south], [east, north]] = corners.map(|corner| reference.eastward_first(corner));
        let plane = reference.plane();
        if ![west, south, east, north].iter().all(|number| number.is_finite()) || south > north {
            return None;
        }
        let one = |west: f64, east: f64| Self::new(plane, Bbox::new([west, south], [east, north]));
        if plane != Crs::Geographic {
            return (west <= east).then(|| vec![one(west, east)]);
        }
        if west.abs() > 180.0 || east.abs() > 180.0 || south < -90.0 || north > 90.0 {
            return None;
        }
        Some(if west <= east { vec![one(west, east)] } else { vec![one(west, 180.0), one(-180.0, east)] })
    }

    fn new(plane: Crs, bbox: Bbox) -> Self {
        let around = if plane == Crs::Geographic { bbox } else { in_degrees(plane, bbox) };
        Self { around, plane, bbox }
    }

    /// The rectangle round it, in degrees.
    #[must_use]
    pub const fn around(&self) -> Bbox {
        self.around
    }

    /// Whether a shape in degrees has a point in it.
    #[must_use]
    pub fn meets(&self, shape: &Shape) -> bool {
        if self.plane == Crs::Geographic {
            return intersects::bbox(shape, self.bbox);
        }
        self.around.intersects(shape.bbox())
            && intersects::bbox(&shape.transform(Crs::Geographic, self.plane), self.bbox)
    }

    /// Whether a place in degrees lies in it.
    #[must_use]
    pub fn holds(&self, lon_lat: Xy) -> bool {
        self.bbox.contains_point(Crs::Geographic.to(self.plane, lon_lat))
    }
}

/// A rectangle in degrees that holds one of another plane: the whole earth where that reaches so far that its corners mean
/// nothing.
fn in_degrees(plane: Crs, bbox: Bbox) -> Bbox {
    let whole = Bbox::new([-180.0, -90.0], [180.0, 90.0]);
    // Six degrees either side of the meridian is what these planes are for; thirty is what they bear.
    let sensible = Bbox::new([-3e6, -1e7], [5e6, 1e7]);
    if plane != Crs::Mercator && !sensible.contains(bbox) {
        return whole;
    }
    let steps = (0..=STEPS).map(|step| f64::from(step) / f64::from(STEPS));
    let [a, b, c, d] = bbox.corners();
    let sides = [(a, b), (b, c), (c, d), (d, a)];
    let along = |(from, to): (Xy, Xy), part: f64| {
        [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])]
    };
    let border: Vec<Xy> = steps
        .flat_map(|part| sides.map(|side| plane.to(Crs::Geographic, along(side, part))))
        .filter(|xy| xy.iter().all(|number| number.is_finite()))
        .collect();
    // Between the points the border may bulge: by less than this for a rectangle as wide as Italy.
    Bbox::around(&border).map_or(whole, |bbox| bbox.grown(0.01 * bbox.width().max(bbox.height())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rectangle_in_metres_is_one_there_and_not_in_degrees() {
        let corners = [[510_000.0, 5_030_000.0], [520_000.0, 5_040_000.0]];
        let area = Area::between(Reference::Epsg32632, corners).unwrap()[0];
        let check = |xy: Xy, expect: bool| {
            let lon_lat = Reference::Epsg32632.to_degrees(xy);
            assert_eq!(area.holds(lon_lat), expect, "{xy:?}");
            assert_eq!(area.meets(&Shape::points([lon_lat]).unwrap()), expect, "{xy:?}");
        };
        check([515_000.0, 5_035_000.0], true);
        check([510_000.5, 5_030_000.5], true);
        check([519_999.5, 5_039_999.5], true);
        check([510_000.0 - 0.5, 5_030_000.5], false);
        check([520_000.5, 5_039_999.5], false);
    }

    #[test]
    fn corners_are_in_the_order_of_the_system() {
        let milano = Shape::points([[9.19, 45.46]]).unwrap();
        let check = |reference, corners, expect| {
            let areas = Area::between(reference, corners).unwrap();
            assert_eq!(areas.iter().any(|area| area.meets(&milano)), expect, "{reference:?} {corners:?}");
        };
        check(Reference::Crs84, [[9.0, 45.0], [10.0, 46.0]], true);
        check(Reference::Epsg4326, [[45.0, 9.0], [46.0, 10.0]], true);
        check(Reference::Epsg4326, [[9.0, 45.0], [10.0, 46.0]], false);
        check(Reference::Epsg6707, [[5_000_000.0, 500_000.0], [5_100_000.0, 600_000.0]], true);
        check(Reference::Epsg7791, [[-1e12, -1e12], [1e12, 1e12]], true);
        check(Reference::Crs84, [[170.0, 45.0], [10.0, 46.0]], true);
        check(Reference::Crs84, [[10.0, 45.0], [9.0, 46.0]], false);
    }

    #[test]
    fn what_is_no_rectangle_is_refused() {
        let check = |reference, corners| assert_eq!(Area::between(reference, corners), None, "{corners:?}");
        check(Reference::Crs84, [[f64::NAN, 0.0], [1.0, 1.0]]);
        check(Reference::Crs84, [[-181.0, 0.0], [1.0, 1.0]]);
        check(Reference::Crs84, [[0.0, 5.0], [1.0, 4.0]]);
        check(Reference::Epsg4326, [[0.0, 0.0], [91.0, 1.0]]);
        check(Reference::Epsg3857, [[1.0, 0.0], [0.0, 1.0]]);
        check(Reference::Epsg32632, [[0.0, 0.0], [f64::INFINITY, 1.0]]);
    }
}
