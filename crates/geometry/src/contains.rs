//! Whether a position lies in a shape.

use crate::{Kind, Shape, Xy};

/// Whether a point lies in the polygons of a shape, by the even-odd rule. Points and lines contain nothing.
///
/// A position on a border that two polygons share is in exactly one of them, as long as both write the border
/// with the same coordinates: a point is never counted twice, nor lost.
#[must_use]
pub fn point(shape: &Shape, xy: Xy) -> bool {
    shape.kind() == Kind::Polygons
        && shape.bbox().contains_point(xy)
        && shape.rings().fold(false, |inside, ring| inside ^ in_ring(ring, xy))
}

/// Whether a ray from a position towards greater x crosses a closed ring an odd number of times.
pub(crate) fn in_ring(ring: &[Xy], xy: Xy) -> bool {
    ring.windows(2).filter(|edge| crosses(edge[0], edge[1], xy)).count() % 2 == 1
}

/// Whether the ray from a position crosses an edge, which holds its lower end but not its upper one.
fn crosses(a: Xy, b: Xy, [x, y]: Xy) -> bool {
    if (a[1] <= y) == (b[1] <= y) {
        return false;
    }
    // Always from the lower end, so that an edge and its reverse round alike.
    let (low, high) = if a[1] <= y { (a, b) } else { (b, a) };
    (high[0] - low[0]) * (y - low[1]) > (x - low[0]) * (high[1] - low[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f64, y: f64, side: f64) -> Vec<Xy> {
        vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    }

    #[test]
    fn holes_are_outside_and_islands_in_them_inside() {
        let polygons = [vec![square(0.0, 0.0, 9.0), square(2.0, 2.0, 5.0)], vec![square(4.0, 4.0, 1.0)]];
        let shape = Shape::polygons(polygons).unwrap();
        let check = |xy: Xy, inside: bool| assert_eq!(point(&shape, xy), inside, "{xy:?}");
        check([1.0, 1.0], true);
        check([3.0, 3.0], false);
        check([4.5, 4.5], true);
        check([8.0, 4.5], true);
        check([9.5, 4.5], false);
        check([-1.0, 2.0], false);
    }

    #[test]
    fn a_partition_holds_every_point_once() {
        // Triangles round a centre; the probes include the centre, the corners and the shared edges.
        let rim = [[0.0, 0.0], [7.0, -2.0], [9.0, 5.0], [4.0, 8.0], [-3.0, 4.0], [0.0, 0.0]];
        let center = [3.0, 3.0];
        let triangles: Vec<Shape> = rim
            .windows(2)
            .map(|edge| Shape::polygons([[[edge[0], edge[1], center, edge[0]]]]).unwrap())
            .collect();
        let whole = Shape::polygons([[rim]]).unwrap();
        for (i, j) in (-16..40).flat_map(|i| (-12..36).map(move |j| (i, j))) {
            let probe = [f64::from(i) / 4.0, f64::from(j) / 4.0];
            let holders = triangles.iter().filter(|triangle| point(triangle, probe)).count();
            assert_eq!(holders, usize::from(point(&whole, probe)), "{probe:?}");
        }
    }

    #[test]
    fn lines_contain_nothing() {
        assert!(!point(&Shape::lines([square(0.0, 0.0, 2.0)]).unwrap(), [1.0, 1.0]));
    }
}
