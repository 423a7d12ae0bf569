//! Whether records meet, or one lies in the other: exactly, without computing a position.

use super::Survey;
use super::runs::{NOWHERE, View};
use crate::relate::Related;
use crate::relate::side;
use crate::{Bbox, Xy};

impl Survey {
    /// Whether a record shares a point with one of another survey; touching is enough.
    #[must_use]
    pub fn intersects(&self, record: usize, other: &Self, at: usize) -> bool {
        let meet = self.bbox(record).zip(other.bbox(at)).is_some_and(|(a, b)| a.intersects(b));
        meet && {
            let (points, others) = (self.points(record), other.points(at));
            points.iter().any(|xy| others.contains(xy) || other.runs(at).any(|runs| runs.touches(*xy)))
                || others.iter().any(|xy| self.runs(record).any(|runs| runs.touches(*xy)))
                || self.runs(record).any(|a| other.runs(at).any(|b| meet_anywhere(a, b)))
        }
    }

    /// Whether all of a record lies in one of another survey, and not on its border only.
    #[must_use]
    pub fn is_within(&self, record: usize, other: &Self, at: usize) -> bool {
        let (Some(own), Some(others)) = (self.bbox(record), other.bbox(at)) else { return false };
        if !others.contains(own) {
            return false;
        }
        if let Some(outer) = other.polygons(at)
            && outer.near(own).next().is_none()
        {
            // No border comes near: one position is where all are.
            return self.some_position(record).is_some_and(|xy| outer.holds(xy));
        }
        if let Some(outer) = other.polygons(at)
            && other.runs(at).count() == 1
            && other.points(at).is_empty()
            // Where two parts touch, a line may pass from the one into the other.
            && outer.parts().count() == 1
            && self.runs(record).any(|inner| cross(inner, outer))
        {
            return false;
        }
        Related::new(&other.shapes(at)).is_some_and(|outer| outer.contains(&self.shapes(record)))
    }

    /// The lines and the polygons of a record.
    pub(super) fn runs(&self, record: usize) -> impl Iterator<Item = View<'_>> {
        [self.lines(record), self.polygons(record)].into_iter().flatten()
    }

    fn some_position(&self, record: usize) -> Option<Xy> {
        let first = self.runs(record).find_map(|runs| runs.rings().next()?.first().copied());
        self.points(record).first().copied().or(first)
    }
}

impl View<'_> {
    /// Whether a position lies in the polygons, on their border, or on the lines.
    pub fn touches(self, xy: Xy) -> bool {
        let here = Bbox::new(xy, xy);
        let mut edges = self.near(here).flat_map(|chunk| self.coords(chunk).windows(2));
        edges.any(|edge| touch([xy, xy], [edge[0], edge[1]])) || self.is_filled() && self.holds(xy)
    }

    /// Whether a part of others begins in the polygons.
    fn holds_part_of(self, other: View<'_>) -> bool {
        let starts = other.parts().filter_map(|mut rings| rings.next()?.first().copied());
        self.is_filled() && starts.into_iter().any(|xy| self.holds(xy))
    }
}

fn meet_anywhere(a: View<'_>, b: View<'_>) -> bool {
    // Without a border in common, one lies in the other, whole parts of it at least, or they are apart.
    any_near(a, b, touch) || a.holds_part_of(b) || b.holds_part_of(a)
}

/// Whether borders cross, so that neither holds all of the other.
fn cross(a: View<'_>, b: View<'_>) -> bool {
    let opposite = |one: f64, other: f64| one > 0.0 && other < 0.0 || one < 0.0 && other > 0.0;
    any_near(a, b, |[p, q], [r, s]| {
        opposite(side(p, q, r), side(p, q, s)) && opposite(side(r, s, p), side(r, s, q))
    })
}

/// Whether something holds for a segment of each whose rectangles meet.
fn any_near(a: View<'_>, b: View<'_>, holds: impl Fn([Xy; 2], [Xy; 2]) -> bool) -> bool {
    let common = a.bbox().intersection(b.bbox()).unwrap_or(NOWHERE);
    a.near(common).any(|chunk| {
        let Some(common) = chunk.bbox.intersection(common) else { return false };
        b.near(common).any(|other| {
            let mut segments = a.coords(chunk).windows(2).filter(|edge| around(edge).intersects(other.bbox));
            segments.any(|edge| {
                let mut others = b.coords(other).windows(2).filter(|it| around(it).intersects(around(edge)));
                others.any(|it| holds([edge[0], edge[1]], [it[0], it[1]]))
            })
        })
    })
}

fn around(edge: &[Xy]) -> Bbox {
    Bbox::new(edge[0], edge[0]).with(edge[1])
}

/// Whether two segments, whose rectangles meet, share a point: neither lies all on one side of the other. Segments on one line
/// share one because their rectangles do. A segment may be a point.
fn touch([p, q]: [Xy; 2], [r, s]: [Xy; 2]) -> bool {
    let apart = |one: f64, other: f64| one > 0.0 && other > 0.0 || one < 0.0 && other < 0.0;
    !apart(side(p, q, r), side(p, q, s)) && !apart(side(r, s, p), side(r, s, q))
}
