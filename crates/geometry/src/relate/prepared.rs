//! A shape as segments, ready to be compared.

use super::bands::Bands;
use super::locate::is_on;
use crate::{Bbox, Kind, Shape, Xy, area};

/// A directed segment whose ends differ. Those of polygons have the interior on their left.
pub type Segment = [Xy; 2];

/// A shape with what comparing needs.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// The shape.
    pub shape: Shape,
    /// The segments of its lines or rings, one run after the other.
    pub segments: Vec<Segment>,
    /// Which segments are near a height.
    pub bands: Bands,
    /// The border of lines: ends that belong to an odd number of them (OGC 06-103r4, §6.1.7), sorted.
    pub ends: Vec<Xy>,
}

impl Prepared {
    /// Makes a shape ready.
    pub fn new(shape: &Shape) -> Self {
        let mut segments = segments(shape);
        if shape.kind() == Kind::Lines || shape.ring_count() > 1 {
            segments = cut_where_they_touch(&segments);
        }
        Self { bands: Bands::new(&segments), segments, ends: ends(shape), shape: shape.clone() }
    }
}

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

fn segments(shape: &Shape) -> Vec<Segment> {
    let mut segments = Vec::with_capacity(shape.coords().len());
    let mut add =
        |run: &mut dyn Iterator<Item = Segment>| segments.extend(run.filter(|[a, b]| !same(*a, *b)));
    if shape.kind() == Kind::Points {
        return Vec::new();
    }
    for part in shape.parts() {
        for (place, ring) in part.rings().enumerate() {
            // Negative zero is zero, and has to look like it.
            let plain = |[x, y]: Xy| [x + 0.0, y + 0.0];
            let turned = shape.kind() == Kind::Polygons && (area::ring(ring) < 0.0) != (place > 0);
            let edges = ring.windows(2).map(|edge| [plain(edge[0]), plain(edge[1])]);
            if turned { add(&mut edges.rev().map(|[a, b]| [b, a])) } else { add(&mut edges.into_iter()) }
        }
    }
    segments
}

/// Lines may touch themselves, and rings of valid polygons one another, with a vertex in the middle of a segment: there it becomes
/// two.
fn cut_where_they_touch(segments: &[Segment]) -> Vec<Segment> {
    let bands = Bands::new(segments);
    let mut found = Vec::with_capacity(segments.len());
    for segment in segments {
        let [start, end] = *segment;
        let bbox = around(*segment);
        let near = bands.near(bbox.min[1], bbox.max[1]).iter();
        let touching = near
            .flat_map(|number| segments[*number as usize])
            .filter(|xy| !same(*xy, start) && !same(*xy, end) && is_on(*segment, *xy));
        let mut positions: Vec<Xy> = touching.chain([start, end]).collect();
        along(*segment, &mut positions);
        found.extend(positions.windows(2).map(|piece| [piece[0], piece[1]]));
    }
    found
}

/// Puts positions on a segment in the order in which it runs, each once: along it x grows or falls, or y does where x stays.
pub fn along([start, end]: Segment, positions: &mut Vec<Xy>) {
    positions.sort_unstable_by(order);
    positions.dedup();
    if order(&start, &end).is_gt() {
        positions.reverse();
    }
}

fn ends(shape: &Shape) -> Vec<Xy> {
    if shape.kind() != Kind::Lines {
        return Vec::new();
    }
    let plain = |xy: &Xy| [xy[0] + 0.0, xy[1] + 0.0];
    let mut all: Vec<Xy> =
        shape.rings().flat_map(|run| [run.first(), run.last()]).flatten().map(plain).collect();
    all.sort_unstable_by(order);
    all.chunk_by(|a, b| same(*a, *b)).filter(|same| same.len() % 2 == 1).map(|same| same[0]).collect()
}
