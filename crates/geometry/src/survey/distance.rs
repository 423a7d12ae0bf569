//! How far records are from one another.

use super::Survey;
use crate::{Bbox, Kind, Shape, Xy};

/// The first ring that is searched for the nearest, m; it is doubled until enough is found.
const FIRST_RING: f64 = 250.0;

impl Survey {
    /// The distance between a record and one of another survey, m: 0 where they meet, infinite where one has no shape.
    #[must_use]
    pub fn distance(&self, record: usize, other: &Self, at: usize) -> f64 {
        if self.intersects(record, other, at) {
            return 0.0;
        }
        let pairs = self.records[record].iter().flat_map(|a| other.records[at].iter().map(move |b| (a, b)));
        pairs.map(|(a, b)| between(a, b)).fold(f64::INFINITY, f64::min)
    }

    /// The records of another survey that are nearest to one, `count` at most and none farther than `limit` metres: nearest
    /// first, equally near ones by their number.
    #[must_use]
    pub fn nearest(&self, record: usize, other: &Self, count: usize, limit: f64) -> Vec<(u32, f64)> {
        let Some(bbox) = self.bbox(record).filter(|_| count > 0 && limit >= 0.0) else { return Vec::new() };
        let mut radius = FIRST_RING.min(limit);
        loop {
            let found = self.within(record, bbox, other, radius);
            if found.len() >= count
                || radius >= limit
                || other.near(bbox.grown(radius)).len() == other.indexed.len()
            {
                let limited = if radius < limit { found } else { self.within(record, bbox, other, limit) };
                return limited.into_iter().take(count).collect();
            }
            radius = (radius * 2.0).min(limit);
        }
    }

    /// The records of another survey within a radius of one, nearest first.
    fn within(&self, record: usize, bbox: Bbox, other: &Self, radius: f64) -> Vec<(u32, f64)> {
        let near = other.near(bbox.grown(radius)).into_iter();
        let measured = near.map(|at| (at, self.distance(record, other, at as usize)));
        let mut found: Vec<(u32, f64)> = measured.filter(|(_, distance)| *distance <= radius).collect();
        found.sort_by(|a, b| a.1.total_cmp(&b.1));
        found
    }
}

/// The distance between two shapes that do not meet.
fn between(a: &Shape, b: &Shape) -> f64 {
    let (a, b) = (segments(a), segments(b));
    let squares = a.iter().flat_map(|a| b.iter().map(|b| apart_squared(*a, *b)));
    squares.fold(f64::INFINITY, f64::min).sqrt()
}

/// The segments of a shape; a point is one without length.
fn segments(shape: &Shape) -> Vec<[Xy; 2]> {
    if shape.kind() == Kind::Points {
        return shape.coords().iter().map(|xy| [*xy, *xy]).collect();
    }
    shape.rings().flat_map(|ring| ring.windows(2)).map(|edge| [edge[0], edge[1]]).collect()
}

/// The square of the distance of two segments that do not cross: that of one of their ends.
fn apart_squared(a: [Xy; 2], b: [Xy; 2]) -> f64 {
    let ends = a.map(|end| from_segment(end, b)).into_iter().chain(b.map(|end| from_segment(end, a)));
    ends.fold(f64::INFINITY, f64::min)
}

fn from_segment(xy: Xy, [start, end]: [Xy; 2]) -> f64 {
    let (way, to) = ([end[0] - start[0], end[1] - start[1]], [xy[0] - start[0], xy[1] - start[1]]);
    let length = way[0] * way[0] + way[1] * way[1];
    let share = if length > 0.0 { ((to[0] * way[0] + to[1] * way[1]) / length).clamp(0.0, 1.0) } else { 0.0 };
    let off = [to[0] - share * way[0], to[1] - share * way[1]];
    off[0] * off[0] + off[1] * off[1]
}
