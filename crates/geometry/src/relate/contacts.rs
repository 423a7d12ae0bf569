//! Where the segments of two shapes meet.

use super::prepared::Prepared;
use super::segment::{Segment, around, is_on, order, same, side};
use crate::{Bbox, Xy};

/// A position, a vertex of one of the two, that lies on a segment of each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contact {
    /// The position.
    pub xy: Xy,
    /// The segment of the first.
    pub a: u32,
    /// The segment of the second.
    pub b: u32,
}

/// Where two shapes meet.
#[derive(Debug, Default)]
pub struct Contacts {
    /// At vertices: sorted by position, each once.
    pub at_vertices: Vec<Contact>,
    /// Between vertices: the segments that cross there, as they were found.
    pub crossings: Vec<(u32, u32)>,
}

impl Contacts {
    /// Finds where the segments of two shapes meet.
    pub fn of(a: &Prepared, b: &Prepared) -> Self {
        let mut found = Self::default();
        for (number, segment) in (0..).zip(&a.segments) {
            for other in pairs_of(around(*segment), b) {
                found.note((number, *segment), (other, b.segments[other as usize]));
            }
        }
        found.at_vertices.sort_unstable_by(|a, b| order(&a.xy, &b.xy).then((a.a, a.b).cmp(&(b.a, b.b))));
        found.at_vertices.dedup();
        found
    }

    fn note(&mut self, (a, segment_a): (u32, Segment), (b, segment_b): (u32, Segment)) {
        if cross(segment_a, segment_b) {
            self.crossings.push((a, b));
            return;
        }
        let ends_of_a = segment_a.into_iter().filter(|xy| is_on(segment_b, *xy));
        let ends_of_b = segment_b.into_iter().filter(|xy| is_on(segment_a, *xy));
        self.at_vertices.extend(ends_of_a.chain(ends_of_b).map(|xy| Contact { xy, a, b }));
    }

    /// The contacts at a position.
    pub fn at(&self, xy: Xy) -> &[Contact] {
        let start = self.at_vertices.partition_point(|contact| order(&contact.xy, &xy).is_lt());
        let count = self.at_vertices[start..].partition_point(|contact| same(contact.xy, xy));
        &self.at_vertices[start..start + count]
    }

    /// The positions, each once.
    pub fn positions(&self) -> impl Iterator<Item = Xy> {
        self.at_vertices.chunk_by(|a, b| same(a.xy, b.xy)).map(|same| same[0].xy)
    }

    /// The same for the two shapes in the other order.
    pub fn transposed(&self) -> Self {
        // They stay sorted by position, which is all that is asked of them.
        let turned = self.at_vertices.iter().map(|it| Contact { xy: it.xy, a: it.b, b: it.a });
        Self {
            at_vertices: turned.collect(),
            crossings: self.crossings.iter().map(|(a, b)| (*b, *a)).collect(),
        }
    }
}

/// Whether the segments of two shapes meet anywhere.
pub fn meet(a: &[Segment], b: &Prepared) -> bool {
    let touch = |one: Segment, other: Segment| {
        cross(one, other)
            || one.into_iter().any(|xy| is_on(other, xy))
            || other.into_iter().any(|xy| is_on(one, xy))
    };
    a.iter().any(|segment| {
        pairs_of(around(*segment), b).any(|number| touch(*segment, b.segments[number as usize]))
    })
}

/// Whether the rectangle of a segment meets this one.
pub fn come_near(shape: &Prepared, bbox: Bbox) -> bool {
    pairs_of(bbox, shape).next().is_some()
}

/// The segments whose rectangles meet one.
fn pairs_of(bbox: Bbox, b: &Prepared) -> impl Iterator<Item = u32> {
    let near: &[u32] =
        if bbox.intersects(b.shape.bbox()) { b.bands.near(bbox.min[1], bbox.max[1]) } else { &[] };
    near.iter().copied().filter(move |number| around(b.segments[*number as usize]).intersects(bbox))
}

/// Whether two segments cross between their ends.
fn cross([a, b]: Segment, [c, d]: Segment) -> bool {
    let opposite = |one: f64, other: f64| one > 0.0 && other < 0.0 || one < 0.0 && other > 0.0;
    opposite(side(a, b, c), side(a, b, d)) && opposite(side(c, d, a), side(c, d, b))
}
