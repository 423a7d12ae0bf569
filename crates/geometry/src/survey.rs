//! A survey: the shapes of many records in one metric plane, packed, ready to be measured against those of others.
//!
//! Coordinates are metres, areas square metres. Shapes are taken to be valid (OGC 06-103r4, §6.1.11–13): where borders cross
//! themselves or parts overlap, measures are of no use, but nothing fails.

mod clipped;
mod distance;
mod inside;
mod join;
mod meeting;
mod overlap;
mod runs;
mod trapezoid;
mod window;

pub use overlap::Pair;

use crate::{Bbox, Index, Kind, Shape, Xy, length};
use runs::Runs;

/// The shapes of records, each known by its position, from 0. A record has up to one shape of each kind, or none.
#[derive(Debug)]
pub struct Survey {
    points: Vec<Xy>,
    /// For each record the end of its points.
    point_ends: Vec<u32>,
    lines: Runs,
    polygons: Runs,
    boxes: Vec<Option<Bbox>>,
    index: Index,
    /// The record of each rectangle in the index.
    indexed: Vec<u32>,
}

impl Survey {
    /// Surveys the shapes of records, whose coordinates are metres in one plane.
    #[must_use]
    pub fn build<R: AsRef<[Shape]>>(records: impl IntoIterator<Item = R>) -> Self {
        Self::projected(records, |xy| xy)
    }

    /// Surveys the shapes of records, whose coordinates `project` turns into metres in one plane: equal ones into equal ones, and
    /// without mirroring.
    #[must_use]
    pub fn projected<R: AsRef<[Shape]>>(
        records: impl IntoIterator<Item = R>,
        project: impl Fn(Xy) -> Xy + Sync,
    ) -> Self {
        let (mut points, mut point_ends) = (Vec::new(), Vec::new());
        let (mut lines, mut polygons) = (Runs::new(Kind::Lines), Runs::new(Kind::Polygons));
        for record in records {
            let of_kind = |kind: Kind| record.as_ref().iter().find(|shape| shape.kind() == kind);
            points.extend(of_kind(Kind::Points).into_iter().flat_map(Shape::coords).map(|xy| project(*xy)));
            point_ends.push(u32::try_from(points.len()).unwrap_or(u32::MAX));
            lines.push(of_kind(Kind::Lines));
            polygons.push(of_kind(Kind::Polygons));
        }
        lines.finish(&project);
        polygons.finish(&project);
        let mut survey = Self {
            points,
            point_ends,
            lines,
            polygons,
            boxes: Vec::new(),
            index: Index::build([]),
            indexed: Vec::new(),
        };
        survey.index();
        survey
    }

    fn index(&mut self) {
        let around = |record: usize| {
            let runs = self.runs(record).map(runs::View::bbox);
            Bbox::around(self.points(record)).into_iter().chain(runs).reduce(Bbox::union)
        };
        self.boxes = (0..self.len()).map(around).collect();
        let placed = || (0..).zip(&self.boxes).filter_map(|(record, bbox)| Some((record, (*bbox)?)));
        self.indexed = placed().map(|(record, _)| record).collect();
        self.index = Index::build(placed().map(|(_, bbox)| bbox));
    }

    /// How many records there are, with shapes or without.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.point_ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.point_ends.is_empty()
    }

    /// The rectangle round the shapes of a record; `None` if it has none.
    #[must_use]
    pub fn bbox(&self, record: usize) -> Option<Bbox> {
        self.boxes[record]
    }

    /// The area of its polygons, m².
    #[must_use]
    pub fn area(&self, record: usize) -> f64 {
        self.polygons.area(record)
    }

    /// The length of its lines, m. Borders of polygons are not lines.
    #[must_use]
    pub fn length(&self, record: usize) -> f64 {
        self.lines.at(record).map_or(0.0, |lines| lines.rings().map(length::line).sum())
    }

    /// Its shapes, shells counterclockwise and holes clockwise.
    #[must_use]
    pub fn shapes(&self, record: usize) -> Vec<Shape> {
        // What has no coordinates is no shape.
        let points = Shape::points(self.points(record).iter().copied()).ok();
        points.into_iter().chain(self.runs(record).filter_map(runs::View::shape)).collect()
    }

    /// The records, ascending, whose rectangle meets this one.
    #[must_use]
    pub fn near(&self, bbox: Bbox) -> Vec<u32> {
        self.index.query(bbox).into_iter().map(|found| self.indexed[found as usize]).collect()
    }

    /// The points of a record.
    fn points(&self, record: usize) -> &[Xy] {
        let start = if record == 0 { 0 } else { self.point_ends[record - 1] };
        &self.points[start as usize..self.point_ends[record] as usize]
    }
}

#[cfg(test)]
mod tests;
