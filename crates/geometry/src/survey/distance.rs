//! How far records are from one another.

use super::Survey;
use super::runs::{Block, View};
use crate::{Bbox, Xy};

/// How far the nearest are looked for at first, m; the double each time that too few are found.
const FIRST_RADIUS: f64 = 250.0;

impl Survey {
    /// The distance between a record and one of another survey, m: 0 where they meet, infinite where one has no shape.
    #[must_use]
    pub fn distance(&self, record: usize, other: &Self, at: usize) -> f64 {
        if self.intersects(record, other, at) {
            return 0.0;
        }
        let mut nearest = Nearest(f64::INFINITY);
        for xy in self.points(record) {
            other.points(at).iter().for_each(|end| nearest.note(from_segment(*xy, [*end, *end])));
            other.runs(at).for_each(|runs| nearest.of_point(*xy, runs));
        }
        for xy in other.points(at) {
            self.runs(record).for_each(|runs| nearest.of_point(*xy, runs));
        }
        for own in self.runs(record) {
            other.runs(at).for_each(|runs| nearest.of_runs(own, runs));
        }
        nearest.0.sqrt()
    }

    /// The records of another survey that are nearest to one, `count` at most and none farther than `limit` metres: nearest
    /// first, equally near ones by their number.
    #[must_use]
    pub fn nearest(&self, record: usize, other: &Self, count: usize, limit: f64) -> Vec<(u32, f64)> {
        let Some(bbox) = self.bbox(record).filter(|_| count > 0 && limit >= 0.0) else { return Vec::new() };
        let mut radius = FIRST_RADIUS.min(limit);
        loop {
            let near = other.near(bbox.grown(radius));
            let is_all = radius >= limit || near.len() == other.records.len();
            let reach = if is_all { limit } else { radius };
            let measured = near.iter().map(|at| (*at, self.distance(record, other, *at as usize)));
            let mut found: Vec<(u32, f64)> = measured.filter(|(_, distance)| *distance <= reach).collect();
            if is_all || found.len() >= count {
                found.sort_by(|a, b| a.1.total_cmp(&b.1));
                found.truncate(count);
                return found;
            }
            radius = (radius * 2.0).min(limit);
        }
    }
}

/// The square of the shortest distance so far, m².
struct Nearest(f64);

impl Nearest {
    fn note(&mut self, squared: f64) {
        self.0 = self.0.min(squared);
    }

    fn of_point(&mut self, xy: Xy, runs: View<'_>) {
        let here = Bbox::new(xy, xy);
        for block in runs.blocks {
            if between(block.bbox, here) >= self.0 {
                continue;
            }
            for chunk in runs.chunks(block) {
                if between(chunk.bbox, here) < self.0 {
                    let edges = runs.coords(chunk).windows(2);
                    edges.for_each(|edge| self.note(from_segment(xy, [edge[0], edge[1]])));
                }
            }
        }
    }

    fn of_runs(&mut self, a: View<'_>, b: View<'_>) {
        let pairs = a.blocks.iter().flat_map(|own| b.blocks.iter().map(move |other| (own, other)));
        let mut pairs: Vec<(f64, &Block, &Block)> =
            pairs.map(|(own, other)| (between(own.bbox, other.bbox), own, other)).collect();
        pairs.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
        for (_, own, other) in pairs {
            if between(own.bbox, other.bbox) < self.0 {
                self.of_blocks((a, own), (b, other));
            }
        }
    }

    /// Of two blocks, the nearest chunks first.
    fn of_blocks(&mut self, (a, own): (View<'_>, &Block), (b, other): (View<'_>, &Block)) {
        let pairs =
            a.chunks(own).iter().flat_map(|own| b.chunks(other).iter().map(move |other| (own, other)));
        let mut pairs: Vec<_> = pairs
            .map(|(own, other)| (between(own.bbox, other.bbox), own, other))
            .filter(|(apart, ..)| *apart < self.0)
            .collect();
        pairs.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
        for (apart, own, other) in pairs {
            if apart >= self.0 {
                return;
            }
            for edge in a.coords(own).windows(2) {
                for it in b.coords(other).windows(2) {
                    self.note(apart_squared([edge[0], edge[1]], [it[0], it[1]]));
                }
            }
        }
    }
}

/// The square of the distance of two rectangles.
fn between(a: Bbox, b: Bbox) -> f64 {
    let [x, y] = [0, 1].map(|axis| (a.min[axis] - b.max[axis]).max(b.min[axis] - a.max[axis]).max(0.0));
    x * x + y * y
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
