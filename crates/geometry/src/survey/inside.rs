//! What of the lines and points of a record lies in the polygons of another.
//!
//! A border belongs to the polygon to the east of it, a level one to the polygon to the north: of two neighbours one has it,
//! so that what is counted by area is counted once.

use super::Survey;
use crate::{Kind, Shape, Xy, contains, length};

impl Survey {
    /// The length of the lines of a record in the polygons of one of another survey, m.
    #[must_use]
    pub fn length_inside(&self, record: usize, other: &Self, at: usize) -> f64 {
        self.pieces_inside(record, other, at).iter().map(|piece| length::line(piece)).sum()
    }

    /// How many points of a record lie in the polygons of one of another survey.
    #[must_use]
    pub fn points_inside(&self, record: usize, other: &Self, at: usize) -> usize {
        self.which_inside(record, other, at).count()
    }

    /// The points of a record that lie in the polygons of one of another survey.
    pub(super) fn which_inside(&self, record: usize, other: &Self, at: usize) -> impl Iterator<Item = Xy> {
        let polygons = other.of_kind(at, Kind::Polygons);
        let points = self.of_kind(record, Kind::Points).map(Shape::coords).unwrap_or_default();
        points
            .iter()
            .copied()
            .filter(move |xy| polygons.is_some_and(|polygons| contains::point(polygons, *xy)))
    }

    /// The pieces of the lines of a record that lie in the polygons of one of another survey.
    pub(super) fn pieces_inside(&self, record: usize, other: &Self, at: usize) -> Vec<Vec<Xy>> {
        let (Some(lines), Some(polygons)) =
            (self.of_kind(record, Kind::Lines), other.of_kind(at, Kind::Polygons))
        else {
            return Vec::new();
        };
        let mut pieces: Vec<Vec<Xy>> = Vec::new();
        for line in lines.rings() {
            let mut open = false;
            for edge in line.windows(2) {
                let cuts = cuts([edge[0], edge[1]], polygons);
                for piece in cuts.windows(2) {
                    let inside = contains::point(polygons, between(edge, piece[0].midpoint(piece[1])));
                    if inside && !open {
                        pieces.push(vec![between(edge, piece[0])]);
                    }
                    if inside && let Some(last) = pieces.last_mut() {
                        last.push(between(edge, piece[1]));
                    }
                    open = inside;
                }
            }
        }
        pieces
    }
}

/// The shares of the way along a segment at which it crosses the borders of polygons, ascending, with 0 and 1.
fn cuts([start, end]: [Xy; 2], polygons: &Shape) -> Vec<f64> {
    let along = [end[0] - start[0], end[1] - start[1]];
    let mut cuts = vec![0.0, 1.0];
    for border in polygons.rings().flat_map(|ring| ring.windows(2)) {
        // Always from the lower end, so that a border and its reverse round alike.
        let (low, high) =
            if border[0][1] <= border[1][1] { (border[0], border[1]) } else { (border[1], border[0]) };
        let side = |xy: Xy| (high[0] - low[0]) * (xy[1] - low[1]) - (high[1] - low[1]) * (xy[0] - low[0]);
        let (from, to) = (side(start), side(end));
        let other = |xy: Xy| along[0] * (xy[1] - start[1]) - along[1] * (xy[0] - start[0]);
        if (from > 0.0) != (to > 0.0) && (other(low) > 0.0) != (other(high) > 0.0) {
            cuts.push((from / (from - to)).clamp(0.0, 1.0));
        }
    }
    cuts.sort_unstable_by(f64::total_cmp);
    cuts.dedup();
    cuts
}

fn between(edge: &[Xy], share: f64) -> Xy {
    if share >= 1.0 {
        return edge[1];
    }
    [0, 1].map(|axis| edge[0][axis] + share * (edge[1][axis] - edge[0][axis]))
}
