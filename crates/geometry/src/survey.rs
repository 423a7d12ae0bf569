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

use crate::{Bbox, Crs, Index, Kind, Shape, Xy, curve, length};
use runs::{Layout, Runs};

/// No slot: a record without shapes.
const NONE: u32 = u32::MAX;

/// The shapes of records, each known by its position, from 0. A record has up to one shape of each kind, or none.
///
/// Records with shapes have *slots*, in the order in which they lie in memory.
#[derive(Debug)]
pub struct Survey {
    /// For each record its slot.
    slots: Vec<u32>,
    /// For each slot its record.
    records: Vec<u32>,
    points: Points,
    lines: Runs,
    polygons: Runs,
    /// Over the rectangles of the slots, which lie in order.
    index: Index,
}

/// The points of all slots.
#[derive(Debug, Default)]
struct Points {
    coords: Vec<Xy>,
    ends: Vec<u32>,
}

impl Points {
    fn at(&self, slot: usize) -> &[Xy] {
        let start = if slot == 0 { 0 } else { self.ends[slot - 1] };
        &self.coords[start as usize..self.ends[slot] as usize]
    }
}

impl Survey {
    /// Surveys the shapes of records, whose coordinates are metres in one plane.
    #[must_use]
    pub fn build<R: AsRef<[Shape]>>(records: impl IntoIterator<Item = R>) -> Self {
        Self::projected(records, (Crs::Utm32, Crs::Utm32))
    }

    /// Surveys the shapes of records from one reference system in another, whose coordinates are metres.
    #[must_use]
    pub fn projected<R: AsRef<[Shape]>>(
        records: impl IntoIterator<Item = R>,
        (from, to): (Crs, Crs),
    ) -> Self {
        let shapes: Vec<R> = records.into_iter().collect();
        let records = order(&shapes);
        let mut slots = vec![NONE; shapes.len()];
        (0..).zip(&records).for_each(|(slot, record)| slots[*record as usize] = slot);
        let mut points = Points::default();
        let mut layouts = [Kind::Lines, Kind::Polygons].map(|kind| Layout::new(kind, records.len()));
        // Once for all kinds: shapes lie far apart in memory, in the order of their records.
        for record in &records {
            let own = shapes[*record as usize].as_ref();
            let of_kind = |kind: Kind| own.iter().find(|shape| shape.kind() == kind);
            points.coords.extend(of_kind(Kind::Points).into_iter().flat_map(Shape::coords));
            points.ends.push(u32::try_from(points.coords.len()).unwrap_or(u32::MAX));
            for layout in &mut layouts {
                layout.push(of_kind(layout.kind()));
            }
        }
        from.to_all(to, &mut points.coords);
        let [lines, polygons] = layouts.map(|layout| layout.fill(from, to));
        let around = |slot: usize| {
            let runs = [lines.at(slot), polygons.at(slot)].into_iter().flatten().map(runs::View::bbox);
            Bbox::around(points.at(slot)).into_iter().chain(runs).fold(runs::NOWHERE, Bbox::union)
        };
        let index = Index::in_order((0..records.len()).map(around).collect());
        Self { slots, records, points, lines, polygons, index }
    }

    /// How many records there are, with shapes or without.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The rectangle round the shapes of a record; `None` if it has none.
    #[must_use]
    pub fn bbox(&self, record: usize) -> Option<Bbox> {
        self.slot(record).map(|slot| self.index.boxes()[slot])
    }

    /// The area of its polygons, m².
    #[must_use]
    pub fn area(&self, record: usize) -> f64 {
        self.slot(record).map_or(0.0, |slot| self.polygons.area(slot))
    }

    /// The length of its lines, m. Borders of polygons are not lines.
    #[must_use]
    pub fn length(&self, record: usize) -> f64 {
        self.lines(record).map_or(0.0, |lines| lines.rings().map(length::line).sum())
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
        let slots = self.index.query(bbox).into_iter();
        let mut records: Vec<u32> = slots.map(|slot| self.records[slot as usize]).collect();
        records.sort_unstable();
        records
    }

    /// The slot of a record; `None` if it has no shape.
    fn slot(&self, record: usize) -> Option<usize> {
        Some(self.slots[record]).filter(|slot| *slot != NONE).map(|slot| slot as usize)
    }

    fn points(&self, record: usize) -> &[Xy] {
        self.slot(record).map_or(&[], |slot| self.points.at(slot))
    }

    fn lines(&self, record: usize) -> Option<runs::View<'_>> {
        self.lines.at(self.slot(record)?)
    }

    fn polygons(&self, record: usize) -> Option<runs::View<'_>> {
        self.polygons.at(self.slot(record)?)
    }
}

/// The records with shapes, in the order in which they lie in memory.
fn order<R: AsRef<[Shape]>>(records: &[R]) -> Vec<u32> {
    let boxes = (0..).zip(records).filter_map(|(record, shapes)| {
        Some((record, shapes.as_ref().iter().map(Shape::bbox).reduce(Bbox::union)?))
    });
    let mut boxes: Vec<(u32, Bbox)> = boxes.collect();
    curve::sort(&mut boxes);
    boxes.into_iter().map(|(record, _)| record).collect()
}

#[cfg(test)]
mod tests;
