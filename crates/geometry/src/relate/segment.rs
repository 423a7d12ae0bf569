//! A segment, and how positions stand to it.

use crate::{Bbox, Xy};
use robust::{Coord, orient2d};

/// A directed segment whose ends differ. Those of polygons have the interior on their left.
pub type Segment = [Xy; 2];

/// The rectangle round a segment.
pub fn around([a, b]: Segment) -> Bbox {
    Bbox::new(a, a).with(b)
}

/// Which of two positions comes first: any order will do, as long as it is one.
pub fn order(a: &Xy, b: &Xy) -> std::cmp::Ordering {
    a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1]))
}

/// Whether two positions are one. Coordinates here are as they were given, not calculated: equal is equal.
pub fn same(a: Xy, b: Xy) -> bool {
    order(&a, &b).is_eq()
}

/// On which side of the line through `a` and `b`, seen from `a`, a position lies: positive on the left, negative on
/// the right, zero on the line. The sign is exact.
pub fn side(a: Xy, b: Xy, c: Xy) -> f64 {
    let coord = |[x, y]: Xy| Coord { x, y };
    orient2d(coord(a), coord(b), coord(c))
}

/// Whether a position lies on a segment, its ends included.
pub fn is_on([a, b]: Segment, xy: Xy) -> bool {
    around([a, b]).contains_point(xy) && side(a, b, xy) == 0.0
}

/// Puts positions on a segment in the order in which it runs, each once: along it x grows or falls, or y does where x stays.
pub fn along([start, end]: Segment, positions: &mut Vec<Xy>) {
    positions.sort_unstable_by(order);
    positions.dedup();
    if order(&start, &end).is_gt() {
        positions.reverse();
    }
}
