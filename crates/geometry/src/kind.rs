//! What a shape is made of.

use std::fmt;

/// What the parts of a shape are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Positions.
    Points,
    /// Chains of segments.
    Lines,
    /// Areas with a shell and holes.
    Polygons,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Points => "points",
            Self::Lines => "lines",
            Self::Polygons => "polygons",
        })
    }
}
