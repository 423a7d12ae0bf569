//! How two geometries lie to one another: the nine intersections of their interiors, borders and exteriors
//! (OGC 06-103r4, §6.1.15), and the relations with a name.
//!
//! All is decided by the orientation of three coordinates, which is exact (`robust`: Shewchuk's adaptive
//! predicates): no intersection is ever computed, so nothing is rounded. Where borders meet without crossing
//! they meet at a vertex of one of them; between such vertices an edge lies on one side of the other border, and
//! the directions round the vertex tell on which. Geometries are taken to be valid.

mod bands;
mod compute;
mod contacts;
mod locate;
mod matrix;
mod prepared;
mod segment;

pub use matrix::Matrix;

use crate::{Bbox, Kind, Shape};
pub(crate) use segment::side;

use prepared::Prepared;

/// The nine intersections of two shapes.
#[must_use]
pub fn matrix(a: &Shape, b: &Shape) -> Matrix {
    compute::matrix(&Prepared::new(a), &Prepared::new(b))
}

/// One or several shapes, made ready to be compared with many others.
///
/// Shapes of several kinds are taken for their union: they contain what one of them covers, and touch what none of
/// them shares an interior with. They cross, or overlap, what one of them does.
#[derive(Debug, Clone)]
pub struct Related {
    shapes: Vec<Prepared>,
    bbox: Bbox,
}

impl Related {
    /// Makes shapes ready; `None` if there are none.
    #[must_use]
    pub fn new(shapes: &[Shape]) -> Option<Self> {
        let bbox = shapes.iter().map(Shape::bbox).reduce(Bbox::union)?;
        Some(Self { shapes: shapes.iter().map(Prepared::new).collect(), bbox })
    }

    /// The shapes.
    pub fn shapes(&self) -> impl Iterator<Item = &Shape> {
        self.shapes.iter().map(|prepared| &prepared.shape)
    }

    /// The rectangle round them.
    #[must_use]
    pub const fn bbox(&self) -> Bbox {
        self.bbox
    }

    /// Whether they share a point with others.
    #[must_use]
    pub fn intersects(&self, others: &[Shape]) -> bool {
        self.shapes.iter().any(|own| others.iter().any(|other| compute::intersects(own, other)))
    }

    /// Whether all of the others lies in them, and not on their border only.
    #[must_use]
    pub fn contains(&self, others: &[Shape]) -> bool {
        if let ([own], [other]) = (self.shapes.as_slice(), others)
            && let Some(part) = compute::whole(own, other)
        {
            return part == matrix::Part::Interior;
        }
        self.bbox.contains(around(others)) && {
            let matrices = self.matrices(others);
            let covered = |row: &Vec<(Matrix, Kind, Kind)>| row.iter().any(|(it, ..)| it.is_covered_by());
            matrices.iter().all(covered) && matrices.iter().flatten().any(|(it, ..)| it.share_interior())
        }
    }

    /// Whether all of them lies in the others, and not on their border only.
    #[must_use]
    pub fn is_within(&self, others: &[Shape]) -> bool {
        around(others).contains(self.bbox) && {
            let matrices = self.matrices(others);
            let covered = |own: usize| matrices.iter().any(|row| row[own].0.covers());
            (0..self.shapes.len()).all(covered)
                && matrices.iter().flatten().any(|(it, ..)| it.share_interior())
        }
    }

    /// Whether they share points with others, but of no interior with an interior.
    #[must_use]
    pub fn touches(&self, others: &[Shape]) -> bool {
        let matrices = self.matrices(others);
        let mut all = matrices.iter().flatten();
        all.clone().any(|(it, ..)| it.touches()) && !all.any(|(it, ..)| it.share_interior())
    }

    /// Whether they cross others.
    #[must_use]
    pub fn crosses(&self, others: &[Shape]) -> bool {
        self.matrices(others).iter().flatten().any(|(it, a, b)| it.crosses(*a, *b))
    }

    /// Whether they overlap others.
    #[must_use]
    pub fn overlaps(&self, others: &[Shape]) -> bool {
        self.matrices(others).iter().flatten().any(|(it, a, b)| it.overlaps(*a, *b))
    }

    /// Whether they are the same points as others.
    #[must_use]
    pub fn equals(&self, others: &[Shape]) -> bool {
        self.bbox == around(others) && self.contains(others) && self.is_within(others)
    }

    /// For each of the others, its intersections with each of the own: the other is the first of the two.
    fn matrices(&self, others: &[Shape]) -> Vec<Vec<(Matrix, Kind, Kind)>> {
        let row = |other: &Shape| {
            let other = Prepared::new(other);
            let one = |own: &Prepared| (compute::matrix(&other, own), other.shape.kind(), own.shape.kind());
            self.shapes.iter().map(one).collect()
        };
        others.iter().map(row).collect()
    }
}

/// The rectangle round shapes; a point nowhere if there are none.
fn around(shapes: &[Shape]) -> Bbox {
    let nowhere = Bbox::new([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    shapes.iter().map(Shape::bbox).fold(nowhere, Bbox::union)
}

#[cfg(test)]
mod tests;
