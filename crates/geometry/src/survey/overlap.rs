//! The area that two records share.
//!
//! A polygon is the signed sum of the trapezoids between its edges and a line below all of them. What two polygons share is
//! the sum, over pairs of edges of the one and the other, of what their trapezoids share, signs multiplied. No shape is built
//! and nothing can fail: where the polygons are valid the sum is the area.

use super::Survey;
use crate::{Kind, Shape, Xy, area};
use rayon::prelude::*;

/// Areas below this are what rounding leaves where borders are shared, m².
const NOISE: f64 = 1e-6;

/// Two records that share area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The record of the survey that was asked.
    pub subject: u32,
    /// The record of the other.
    pub object: u32,
    /// What they share, m².
    pub area: f64,
}

impl Survey {
    /// The area that the polygons of a record share with those of one of another survey, m²; 0 where borders only touch.
    #[must_use]
    pub fn overlap_area(&self, record: usize, other: &Self, at: usize) -> f64 {
        let (Some(a), Some(b)) = (self.of_kind(record, Kind::Polygons), other.of_kind(at, Kind::Polygons))
        else {
            return 0.0;
        };
        let Some(common) = a.bbox().intersection(b.bbox()) else { return 0.0 };
        let origin = [common.min[0], a.bbox().min[1].min(b.bbox().min[1])];
        let (a, b) = (edges(a, origin), edges(b, origin));
        let area: f64 = a.iter().flat_map(|a| b.iter().map(|b| a.sign * b.sign * shared(a, b))).sum();
        if area < NOISE { 0.0 } else { area }
    }

    /// All pairs of records that share area, by subject and then by object; worked out on all processors.
    #[must_use]
    pub fn pairs(&self, other: &Self) -> Vec<Pair> {
        let pairs_of = |subject: usize| {
            let near = self.bbox(subject).map(|bbox| other.near(bbox)).unwrap_or_default();
            near.into_iter().filter_map(move |object| {
                let area = self.overlap_area(subject, other, object as usize);
                let subject = u32::try_from(subject).unwrap_or(u32::MAX);
                (area > 0.0).then_some(Pair { subject, object, area })
            })
        };
        (0..self.len()).into_par_iter().flat_map_iter(pairs_of).collect()
    }
}

/// An edge with its left end first, in coordinates local to an origin.
struct Edge {
    left: Xy,
    right: Xy,
    /// Whether the polygon lies below it (1) or above it (−1).
    sign: f64,
}

/// The edges of polygons, local to an origin that is not above any of them.
fn edges(polygons: &Shape, origin: Xy) -> Vec<Edge> {
    let local = |xy: Xy| [xy[0] - origin[0], xy[1] - origin[1]];
    let mut edges = Vec::new();
    for part in polygons.parts() {
        for (place, ring) in part.rings().enumerate() {
            let turn = if (area::ring(ring) < 0.0) == (place == 0) { -1.0 } else { 1.0 };
            let found = ring.windows(2).map(|edge| (local(edge[0]), local(edge[1])));
            edges.extend(found.filter_map(|(a, b)| {
                if a[0] < b[0] {
                    Some(Edge { left: a, right: b, sign: -turn })
                } else {
                    (b[0] < a[0]).then_some(Edge { left: b, right: a, sign: turn })
                }
            }));
        }
    }
    edges
}

/// The area under both edges, where both are.
fn shared(a: &Edge, b: &Edge) -> f64 {
    let (from, to) = (a.left[0].max(b.left[0]), a.right[0].min(b.right[0]));
    if from >= to {
        return 0.0;
    }
    let height = |edge: &Edge, x: f64| {
        let slope = (edge.right[1] - edge.left[1]) / (edge.right[0] - edge.left[0]);
        edge.left[1] + (x - edge.left[0]) * slope
    };
    let (a, b) = ([height(a, from), height(a, to)], [height(b, from), height(b, to)]);
    // ∫ min(a, b) = ∫ a − ∫ max(a − b, 0)
    let above = [a[0] - b[0], a[1] - b[1]].map(|it| it.max(0.0));
    let apart = (a[0] - b[0]).abs() + (a[1] - b[1]).abs();
    let over = if apart > 0.0 { (above[0] + above[1]).powi(2) / apart } else { 0.0 };
    (to - from) * (a[0] + a[1] - over) / 2.0
}
