//! A shape ready to be compared: its segments, and where they are.

use super::bands::Bands;
use super::segment::{Segment, along, around, is_on, order, same};
use crate::{Kind, Shape, Xy, area};

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
