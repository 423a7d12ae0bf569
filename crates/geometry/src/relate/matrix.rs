//! The nine intersections, and the relations that they make.

use std::fmt;

use crate::Kind;

/// A part of a geometry, as a row or column of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All but the border.
    Interior = 0,
    /// The ends of lines, the rings of polygons; points have none.
    Border = 1,
    /// Everything else in the plane.
    Exterior = 2,
}

/// For each part of one geometry and each of another the dimension of what they share: 0, 1 or 2; `None` if that
/// is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Matrix([[Option<u8>; 3]; 3]);

impl Matrix {
    /// Two geometries that share nothing, in a plane that they do not fill.
    pub(super) const fn apart() -> Self {
        let mut cells = [[None; 3]; 3];
        cells[2][2] = Some(2);
        Self(cells)
    }

    /// Notes that two parts share something of a dimension.
    pub(super) fn note(&mut self, a: Part, b: Part, dimension: u8) {
        let cell = &mut self.0[a as usize][b as usize];
        *cell = (*cell).max(Some(dimension));
    }

    /// Of two polygons: where the border of one is inside the other, or outside, so are their interiors beside it.
    pub(super) fn with_interiors_beside_borders(mut self) -> Self {
        use Part::{Border, Exterior, Interior};
        let has = |cells: &[[Option<u8>; 3]; 3], a: Part, b: Part| cells[a as usize][b as usize].is_some();
        let borders = self.0;
        for (a, b, one, other) in [
            (Interior, Interior, (Border, Interior), (Interior, Border)),
            (Interior, Exterior, (Border, Exterior), (Interior, Border)),
            (Exterior, Interior, (Exterior, Border), (Border, Interior)),
        ] {
            if has(&borders, one.0, one.1) || has(&borders, other.0, other.1) {
                self.note(a, b, 2);
            }
        }
        self
    }

    /// The same with the two geometries in the other order.
    pub(super) fn transposed(self) -> Self {
        let cell = |a: usize, b: usize| self.0[b][a];
        Self([0, 1, 2].map(|a| [0, 1, 2].map(|b| cell(a, b))))
    }

    /// What the interiors share.
    const fn interiors(&self) -> Option<u8> {
        self.0[0][0]
    }

    /// Whether the interiors share a point.
    #[must_use]
    pub const fn share_interior(&self) -> bool {
        self.interiors().is_some()
    }

    /// Whether they share a point.
    #[must_use]
    pub fn intersects(&self) -> bool {
        self.0[..2].iter().any(|row| row[..2].iter().any(Option::is_some))
    }

    /// Whether no point of the first lies outside the second.
    #[must_use]
    pub fn is_covered_by(&self) -> bool {
        self.intersects() && self.0[0][2].is_none() && self.0[1][2].is_none()
    }

    /// Whether no point of the second lies outside the first.
    #[must_use]
    pub fn covers(&self) -> bool {
        self.transposed().is_covered_by()
    }

    /// Whether they share a point, but no interior one.
    #[must_use]
    pub fn touches(&self) -> bool {
        self.intersects() && !self.share_interior()
    }

    /// Whether the first, of one kind, crosses the second, of another: part of it is inside and part outside; lines
    /// cross lines at points.
    #[must_use]
    pub fn crosses(&self, a: Kind, b: Kind) -> bool {
        match dimension(a).cmp(&dimension(b)) {
            std::cmp::Ordering::Less => self.share_interior() && self.0[0][2].is_some(),
            std::cmp::Ordering::Greater => self.share_interior() && self.0[2][0].is_some(),
            std::cmp::Ordering::Equal => a == Kind::Lines && self.interiors() == Some(0),
        }
    }

    /// Whether both, of the same kind, share a part of their own dimension, and each has some more.
    #[must_use]
    pub fn overlaps(&self, a: Kind, b: Kind) -> bool {
        a == b && self.interiors() == Some(dimension(a)) && self.0[0][2].is_some() && self.0[2][0].is_some()
    }
}

/// The nine dimensions row by row, `F` for nothing: `212FF1FF2`.
impl fmt::Display for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().flatten().try_for_each(|cell| match cell {
            None => f.write_str("F"),
            Some(dimension) => write!(f, "{dimension}"),
        })
    }
}

/// The dimension of shapes of a kind.
pub(super) const fn dimension(kind: Kind) -> u8 {
    match kind {
        Kind::Points => 0,
        Kind::Lines => 1,
        Kind::Polygons => 2,
    }
}
