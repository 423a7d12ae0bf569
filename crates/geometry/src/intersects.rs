//! Whether a shape really meets a rectangle, and not only its own rectangle does.

use crate::{Bbox, Kind, Shape, Xy, contains};

/// Whether a shape and a rectangle have at least a point in common; touching is meeting.
///
/// This is what the `bbox` parameter of OGC API – Features asks for (OGC 17-069r4 §7.15.3).
#[must_use]
pub fn bbox(shape: &Shape, bbox: Bbox) -> bool {
    if !bbox.intersects(shape.bbox()) {
        return false;
    }
    if bbox.contains(shape.bbox()) {
        return true;
    }
    match shape.kind() {
        Kind::Points => shape.coords().iter().any(|&xy| bbox.contains_point(xy)),
        Kind::Lines => crosses(shape, bbox),
        // With no border in the rectangle, all of it is inside or all of it outside.
        Kind::Polygons => crosses(shape, bbox) || contains::point(shape, bbox.min),
    }
}

fn crosses(shape: &Shape, bbox: Bbox) -> bool {
    shape.rings().any(|ring| ring.windows(2).any(|edge| segment(edge[0], edge[1], bbox)))
}

/// Whether a segment meets a rectangle: neither the axes nor the line of the segment separate them.
fn segment(a: Xy, b: Xy, bbox: Bbox) -> bool {
    let span = Bbox::new(a, a).with(b);
    if !span.intersects(bbox) {
        return false;
    }
    if bbox.contains_point(a) || bbox.contains_point(b) {
        return true;
    }
    let sides = bbox.corners().map(|[x, y]| (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]));
    !(sides.iter().all(|&side| side > 0.0) || sides.iter().all(|&side| side < 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Bbox = Bbox::new([0.0, 0.0], [2.0, 1.0]);

    #[test]
    fn lines_meet_it_only_where_they_run() {
        let check = |line: [Xy; 2], meets: bool| {
            let turned = [line[1], line[0]];
            for line in [line, turned] {
                assert_eq!(bbox(&Shape::lines([line]).unwrap(), BOX), meets, "{line:?}");
            }
        };
        check([[-1.0, 0.5], [3.0, 0.6]], true);
        check([[1.0, 0.5], [5.0, 5.0]], true);
        check([[-1.0, 1.0], [1.0, 3.0]], false);
        check([[-1.0, 0.0], [1.0, 2.0]], true);
        check([[-1.0, 0.1], [1.0, 2.1]], false);
        check([[2.0, -1.0], [2.0, 3.0]], true);
        check([[2.1, -1.0], [2.1, 3.0]], false);
    }

    #[test]
    fn polygons_meet_it_round_about_and_not_with_their_holes() {
        let ring = |margin: f64| {
            let [a, b, c, d] = BOX.grown(margin).corners();
            vec![a, b, c, d, a]
        };
        let check = |rings: Vec<Vec<Xy>>, meets: bool| {
            assert_eq!(bbox(&Shape::polygons([rings.clone()]).unwrap(), BOX), meets, "{rings:?}");
        };
        check(vec![ring(5.0)], true);
        check(vec![ring(5.0), ring(1.0)], false);
        check(vec![ring(5.0), ring(0.0)], true);
        check(vec![ring(5.0), ring(-0.1)], true);
        check(vec![ring(-0.1)], true);
        // An L round the rectangle: the boxes overlap, the shapes do not.
        let l = [[-1.0, -1.0], [4.0, -1.0], [4.0, 3.0], [3.0, 3.0], [3.0, -0.5], [-1.0, -0.5], [-1.0, -1.0]];
        check(vec![l.to_vec()], false);
    }

    #[test]
    fn points_meet_it_on_its_border() {
        let check =
            |xy: Xy, meets: bool| assert_eq!(bbox(&Shape::points([[9.0, 9.0], xy]).unwrap(), BOX), meets);
        check([2.0, 1.0], true);
        check([1.0, 0.5], true);
        check([2.0, 1.1], false);
    }
}
