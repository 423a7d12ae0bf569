//! A good place for a label: a position well inside a shape.

mod pole;

pub use pole::pole;

use crate::{Bbox, Kind, Part, Shape, Xy, area, length};

/// The position by which a shape is best known: for polygons one strictly inside the largest of them, as far
/// from its borders as a fiftieth of its narrower extent tells apart; for lines the middle of the longest;
/// for points the first.
///
/// The same shape always gives the same position.
#[must_use]
pub fn point(shape: &Shape) -> Xy {
    let largest = match shape.kind() {
        Kind::Points => None,
        Kind::Lines => largest(shape, |line| length::line(line.shell())),
        Kind::Polygons => largest(shape, |polygon| area::ring(polygon.shell()).abs()),
    };
    match largest {
        Some(line) if shape.kind() == Kind::Lines => middle(line.shell()),
        Some(polygon) => {
            let extent = Bbox::around(polygon.shell()).unwrap_or(shape.bbox());
            pole(polygon, extent.width().min(extent.height()) / 50.0)
        }
        None => shape.coords()[0],
    }
}

/// The part with the greatest measure, the first of them if several have it.
fn largest(shape: &Shape, measure: impl Fn(Part<'_>) -> f64) -> Option<Part<'_>> {
    let measured = shape.parts().map(|part| (measure(part), part));
    measured.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, part)| part)
}

/// The position half-way along a line.
fn middle(line: &[Xy]) -> Xy {
    let mut left = length::line(line) / 2.0;
    for edge in line.windows(2) {
        let step = length::line(edge);
        if step > 0.0 && left <= step {
            return [0, 1].map(|axis| edge[0][axis] + (edge[1][axis] - edge[0][axis]) * (left / step));
        }
        left -= step;
    }
    line[0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contains;

    fn square(x: f64, y: f64, side: f64) -> Vec<Xy> {
        vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    }

    fn near(got: Xy, expected: Xy, tolerance: f64) {
        let error = (got[0] - expected[0]).hypot(got[1] - expected[1]);
        assert!(error <= tolerance, "{got:?} is not {expected:?}");
    }

    #[test]
    fn lines_have_a_middle_and_points_a_first() {
        let short = vec![[50.0, 50.0], [51.0, 50.0]];
        let long = vec![[0.0, 0.0], [4.0, 0.0], [4.0, 0.0], [4.0, 8.0]];
        near(point(&Shape::lines([short, long]).unwrap()), [4.0, 2.0], 1e-12);
        near(point(&Shape::lines([[[3.0, 3.0], [3.0, 3.0]]]).unwrap()), [3.0, 3.0], 0.0);
        near(point(&Shape::points([[7.0, 8.0], [9.0, 9.0]]).unwrap()), [7.0, 8.0], 0.0);
    }

    #[test]
    fn the_largest_polygon_is_labelled() {
        let shape = Shape::polygons([[square(90.0, 0.0, 2.0)], [square(0.0, 0.0, 10.0)]]).unwrap();
        near(point(&shape), [5.0, 5.0], 0.2);
    }

    #[test]
    fn holes_and_bays_are_avoided() {
        let ring = Shape::polygons([[square(0.0, 0.0, 10.0), square(1.0, 1.0, 7.0)]]).unwrap();
        let at = point(&ring);
        assert!(contains::point(&ring, at), "{at:?}");
        near(at, [8.83, 8.83], 0.3);
        let c = [
            [0.0, 0.0],
            [9.0, 0.0],
            [9.0, 1.0],
            [2.0, 1.0],
            [2.0, 8.0],
            [9.0, 8.0],
            [9.0, 9.0],
            [0.0, 9.0],
            [0.0, 0.0],
        ];
        let c = Shape::polygons([[c]]).unwrap();
        assert!(contains::point(&c, point(&c)));
    }

    #[test]
    fn slivers_still_have_an_inside() {
        for (width, rise) in [(1e-1, 700.0), (1e-4, 700.0), (1e-8, 700.0), (1e-1, 0.0), (1e-9, 0.0)] {
            let sliver = [[0.0, 0.0], [1000.0, rise], [1000.0, rise + width], [0.0, width], [0.0, 0.0]];
            let sliver = Shape::polygons([[sliver]]).unwrap();
            assert!(contains::point(&sliver, point(&sliver)), "{width} {rise}");
        }
        let flat = Shape::polygons([[[[0.0, 0.0], [1.0, 1.0], [2.0, 2.0], [0.0, 0.0]]]]).unwrap();
        assert!(point(&flat).iter().all(|number| number.is_finite()));
    }
}
