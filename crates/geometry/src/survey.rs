//! A survey: the shapes of many records in one metric plane, ready to be measured against those of others.
//!
//! Coordinates are metres, areas square metres. Shapes are taken to be valid. What several polygons of a record cover is
//! counted once for each of them: a record has one shape of each kind at most, and a valid one covers nothing twice.

mod clipped;
mod distance;
mod inside;
mod overlap;

pub use overlap::Pair;

use crate::relate::Related;
use crate::{Bbox, Index, Kind, Shape, area, length};

/// The shapes of records, each known by its position, from 0. A record has up to one shape of each kind, or none.
#[derive(Debug)]
pub struct Survey {
    records: Vec<Vec<Shape>>,
    boxes: Vec<Option<Bbox>>,
    areas: Vec<f64>,
    index: Index,
    /// The record of each rectangle in the index.
    indexed: Vec<u32>,
}

impl Survey {
    /// Surveys the shapes of records, whose coordinates are metres in one plane.
    #[must_use]
    pub fn build<R: AsRef<[Shape]>>(records: impl IntoIterator<Item = R>) -> Self {
        let records: Vec<Vec<Shape>> = records.into_iter().map(|shapes| shapes.as_ref().to_vec()).collect();
        let around = |shapes: &Vec<Shape>| shapes.iter().map(Shape::bbox).reduce(Bbox::union);
        let boxes: Vec<Option<Bbox>> = records.iter().map(around).collect();
        let placed = || (0..).zip(&boxes).filter_map(|(record, bbox)| Some((record, (*bbox)?)));
        Self {
            areas: records.iter().map(|shapes| shapes.iter().map(area::shape).sum()).collect(),
            index: Index::build(placed().map(|(_, bbox)| bbox)),
            indexed: placed().map(|(record, _)| record).collect(),
            boxes,
            records,
        }
    }

    /// How many records there are, with shapes or without.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The rectangle round the shapes of a record; `None` if it has none.
    #[must_use]
    pub fn bbox(&self, record: usize) -> Option<Bbox> {
        self.boxes[record]
    }

    /// The area of its polygons, m².
    #[must_use]
    pub fn area(&self, record: usize) -> f64 {
        self.areas[record]
    }

    /// The length of its lines, m. Borders of polygons are not lines.
    #[must_use]
    pub fn length(&self, record: usize) -> f64 {
        let lines = self.records[record].iter().filter(|shape| shape.kind() == Kind::Lines);
        lines.map(length::shape).sum()
    }

    /// Its shapes.
    #[must_use]
    pub fn shapes(&self, record: usize) -> Vec<Shape> {
        self.records[record].clone()
    }

    /// The records, ascending, whose rectangle meets this one.
    #[must_use]
    pub fn near(&self, bbox: Bbox) -> Vec<u32> {
        self.index.query(bbox).into_iter().map(|found| self.indexed[found as usize]).collect()
    }

    /// Whether a record shares a point with one of another survey; touching is enough.
    #[must_use]
    pub fn intersects(&self, record: usize, other: &Self, at: usize) -> bool {
        let meet = self.boxes[record].zip(other.boxes[at]).is_some_and(|(a, b)| a.intersects(b));
        meet && Related::new(&self.records[record]).is_some_and(|own| own.intersects(&other.records[at]))
    }

    /// Whether all of a record lies in one of another survey, and not on its border only.
    #[must_use]
    pub fn is_within(&self, record: usize, other: &Self, at: usize) -> bool {
        let held = self.boxes[record].zip(other.boxes[at]).is_some_and(|(a, b)| b.contains(a));
        held && Related::new(&other.records[at]).is_some_and(|outer| outer.contains(&self.records[record]))
    }

    /// The shape of a kind that a record has.
    fn of_kind(&self, record: usize, kind: Kind) -> Option<&Shape> {
        self.records[record].iter().find(|shape| shape.kind() == kind)
    }
}

#[cfg(test)]
mod tests;
