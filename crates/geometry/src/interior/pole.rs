//! The pole of inaccessibility: the position in a polygon that is farthest from its borders.
//!
//! Quadtree search with the bound of V. Agafonkin's "polylabel" (Mapbox, 2016), begun from a position on a
//! scan line that is inside whatever the shape, so that the answer is inside even where the precision is too
//! coarse to find it.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::f64::consts::SQRT_2;

use crate::{Bbox, Part, Xy, contains};

/// More cells than this are never looked at: a bound for hostile shapes, not reached by real ones.
const MOST_CELLS: usize = 4_000;
/// Squares along the longer extent to begin with: a bound for very long ones.
const MOST_SQUARES: f64 = 32.0;

/// The position in a polygon farthest from its borders, to within a precision in the unit of the coordinates.
///
/// Strictly inside a polygon that has an area; any of its coordinates otherwise.
#[must_use]
pub fn pole(polygon: Part<'_>, precision: f64) -> Xy {
    let start = scanned(polygon);
    let Some(extent) = Bbox::around(polygon.shell()) else { return start };
    let side = extent.width().min(extent.height()).max(extent.width().max(extent.height()) / MOST_SQUARES);
    if side <= 0.0 {
        return start;
    }
    let mut best = Cell::new(start, 0.0, inner_distance(polygon, start));
    let (mut queue, mut seen) = (BinaryHeap::new(), 0);
    for center in centers(extent, side) {
        queue.extend(Cell::promising(polygon, center, side / 2.0, best.distance, precision));
        seen += 1;
    }
    while let Some(cell) = queue.pop() {
        if cell.distance > best.distance {
            best = cell;
        }
        if cell.bound - best.distance <= precision || seen > MOST_CELLS {
            break;
        }
        let half = cell.half / 2.0;
        for [dx, dy] in [[-half, -half], [half, -half], [-half, half], [half, half]] {
            let center = [cell.center[0] + dx, cell.center[1] + dy];
            queue.extend(Cell::promising(polygon, center, half, best.distance, precision));
        }
        seen += 4;
    }
    best.center
}

/// A square that may hold the pole.
#[derive(Clone, Copy)]
struct Cell {
    center: Xy,
    half: f64,
    /// From the center to the border, negative outside.
    distance: f64,
    /// No position in the square is farther from the border than this.
    bound: f64,
}

impl Cell {
    fn new(center: Xy, half: f64, distance: f64) -> Self {
        Self { center, half, distance, bound: distance + half * SQRT_2 }
    }

    /// A square; none if neither its center nor any position in it can be farther from the border than what was found, but for the
    /// precision. Most are far enough out that one edge tells.
    fn promising(polygon: Part<'_>, center: Xy, half: f64, found: f64, precision: f64) -> Option<Self> {
        let least = found.min(found + precision - half * SQRT_2);
        Some(Self::new(center, half, distance_beyond(polygon, center, least)?))
    }
}

impl Ord for Cell {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bound.total_cmp(&other.bound)
    }
}

impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Cell {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Cell {}

/// The centers of squares that cover a rectangle, row by row.
fn centers(extent: Bbox, side: f64) -> impl Iterator<Item = Xy> {
    let steps = move |from: f64, to: f64| {
        std::iter::successors(Some(from + side / 2.0), move |at| Some(at + side))
            .take_while(move |at| at - side / 2.0 < to)
    };
    steps(extent.min[1], extent.max[1])
        .flat_map(move |y| steps(extent.min[0], extent.max[0]).map(move |x| [x, y]))
}

/// Distance from a position to the borders of a polygon, negative outside it.
fn inner_distance(polygon: Part<'_>, xy: Xy) -> f64 {
    distance_beyond(polygon, xy, f64::NEG_INFINITY).unwrap_or_default()
}

/// The same; `None` if a border is as near as `least`.
fn distance_beyond(polygon: Part<'_>, xy: Xy, least: f64) -> Option<f64> {
    let too_near = if least > 0.0 { least * least } else { f64::NEG_INFINITY };
    let mut edges = polygon.rings().flat_map(|ring| ring.windows(2));
    let nearest = edges.try_fold(f64::INFINITY, |nearest, edge| {
        let nearest = distance_squared(edge[0], edge[1], xy).min(nearest);
        (nearest > too_near).then_some(nearest)
    })?;
    let inside = polygon.rings().fold(false, |inside, ring| inside ^ contains::in_ring(ring, xy));
    Some(if inside { nearest.sqrt() } else { -nearest.sqrt() })
}

fn distance_squared(a: Xy, b: Xy, [x, y]: Xy) -> f64 {
    let (way, off) = ([b[0] - a[0], b[1] - a[1]], [x - a[0], y - a[1]]);
    let length_squared = way[0] * way[0] + way[1] * way[1];
    let share = if length_squared > 0.0 {
        ((off[0] * way[0] + off[1] * way[1]) / length_squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (dx, dy) = (off[0] - share * way[0], off[1] - share * way[1]);
    dx * dx + dy * dy
}

/// The middle of the widest stretch inside a polygon on a horizontal line that passes no vertex.
fn scanned(polygon: Part<'_>) -> Xy {
    let y = between_vertices(polygon);
    let mut crossings: Vec<f64> = polygon
        .rings()
        .flat_map(|ring| ring.windows(2))
        .filter(|edge| (edge[0][1] <= y) != (edge[1][1] <= y))
        .map(|edge| edge[0][0] + (edge[1][0] - edge[0][0]) * ((y - edge[0][1]) / (edge[1][1] - edge[0][1])))
        .collect();
    crossings.sort_unstable_by(f64::total_cmp);
    let stretches = crossings.chunks_exact(2).map(|pair| (pair[1] - pair[0], pair[0].midpoint(pair[1])));
    let widest = stretches.reduce(|best, next| if next.0 > best.0 { next } else { best });
    widest.map_or(polygon.shell()[0], |(_, x)| [x, y])
}

/// A y half-way between the two vertices next to the middle, one above and one below.
fn between_vertices(polygon: Part<'_>) -> f64 {
    let shell = polygon.shell();
    let extent = Bbox::around(shell).unwrap_or(Bbox::new(shell[0], shell[0]));
    let (middle, mut low, mut high) = (extent.center()[1], extent.min[1], extent.max[1]);
    for &[_, y] in polygon.rings().flatten() {
        if y <= middle {
            low = low.max(y);
        } else {
            high = high.min(y);
        }
    }
    low.midpoint(high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Shape;

    #[test]
    fn the_start_is_inside_whatever_the_shape() {
        let check = |ring: &[Xy]| {
            let shape = Shape::polygons([[ring.to_vec()]]).unwrap();
            for polygon in shape.parts() {
                let start = scanned(polygon);
                assert!(inner_distance(polygon, start) > 0.0, "{start:?}");
            }
        };
        check(&[[0.0, 0.0], [1e3, 0.0], [1e3, 1e-9], [0.0, 1e-9], [0.0, 0.0]]);
        check(&[[0.0, 0.0], [5.0, 2.0], [9.0, 0.0], [5.0, 4.0], [0.0, 0.0]]);
        check(&[
            [0.0, 0.0],
            [9.0, 0.0],
            [9.0, 8.0],
            [6.0, 8.0],
            [6.0, 4.0],
            [3.0, 4.0],
            [0.0, 8.0],
            [0.0, 0.0],
        ]);
    }

    #[test]
    fn the_pole_is_as_near_as_was_asked() {
        // A circle of radius 10 meets the three sides of this triangle; its center is the pole.
        let shape = Shape::polygons([[[[0.0, 0.0], [30.0, 0.0], [0.0, 40.0], [0.0, 0.0]]]]).unwrap();
        for precision in [1.0, 1e-2, 1e-4] {
            let polygon = shape.parts().next().unwrap();
            let distance = inner_distance(polygon, pole(polygon, precision));
            assert!((10.0 - precision..=10.0 + 1e-9).contains(&distance), "{precision}: {distance}");
        }
    }
}
