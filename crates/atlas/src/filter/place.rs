//! Conditions on the place of a feature.
//!
//! Its place is its own shapes. A proposal known by its municipality alone has none: it is shown at a symbol, which is no
//! place, so nothing is known of it (DESIGN, law 2), and `NOT` does not change that.

use super::op::Spatial;
use super::truth::Truth;
use crate::layer::Layer;
use geometry::relate::Related;
use geometry::{Bbox, Shape};

/// A relation to a geometry that stands in the filter.
#[derive(Clone, Debug)]
pub struct Place {
    relation: Spatial,
    other: Related,
}

impl Place {
    /// The relation of a feature's place, the first, to other shapes, at least one.
    pub fn new(relation: Spatial, other: &[Shape]) -> Option<Self> {
        Some(Self { relation, other: Related::new(other)? })
    }

    /// Which relation.
    pub const fn relation(&self) -> Spatial {
        self.relation
    }

    /// To what.
    pub fn shapes(&self) -> impl Iterator<Item = &Shape> {
        self.other.shapes()
    }

    /// Whether it holds for each of the features at `rows`, which ascend. Only those whose boxes meet are looked at.
    pub fn ask(&self, layer: &Layer, rows: &[u32]) -> Vec<Truth> {
        let near = layer.near(self.bbox());
        let mut near = near.iter().copied().peekable();
        let apart = self.relation == Spatial::Disjoint;
        let ask = |at: &u32| {
            while near.next_if(|place| place < at).is_some() {}
            let shapes = layer.shapes(*at as usize);
            if shapes.is_empty() {
                Truth::Unknown
            } else if near.next_if_eq(at).is_some() {
                self.check(shapes).into()
            } else {
                apart.into()
            }
        };
        rows.iter().map(ask).collect()
    }

    /// Whether it holds for these shapes, of which there is one at least.
    pub fn check(&self, shapes: &[Shape]) -> bool {
        let other = &self.other;
        match self.relation {
            Spatial::Intersects => other.intersects(shapes),
            Spatial::Disjoint => !other.intersects(shapes),
            Spatial::Within => other.contains(shapes),
            Spatial::Contains => other.is_within(shapes),
            Spatial::Touches => other.touches(shapes),
            Spatial::Crosses => other.crosses(shapes),
            Spatial::Overlaps => other.overlaps(shapes),
            Spatial::Equals => other.equals(shapes),
        }
    }

    fn bbox(&self) -> Bbox {
        self.other.bbox()
    }
}
