//! Why bytes or coordinates did not become a shape.

use crate::Kind;

/// Why bytes or coordinates did not become a [`Shape`](crate::Shape).
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no coordinate at all: `POINT EMPTY`, `MULTIPOLYGON EMPTY`, a collection of nothing.
    #[error("the geometry is empty")]
    Empty,
    /// A coordinate is NaN or infinite.
    #[error("coordinate {index} is not a finite number")]
    NotFinite {
        /// Position among the coordinates of the shape, from 0.
        index: usize,
    },
    /// A line has fewer than two coordinates, or a ring fewer than four.
    #[error("{} {ring} has only {found} coordinates", if *.kind == Kind::Lines { "line" } else { "ring" })]
    TooShort {
        /// Lines or polygons.
        kind: Kind,
        /// Position among the lines or rings of the shape, from 0.
        ring: usize,
        /// How many coordinates it has.
        found: usize,
    },
    /// The last coordinate of a ring is not its first.
    #[error("ring {ring} is not closed")]
    NotClosed {
        /// Position among the rings of the shape, from 0.
        ring: usize,
    },
    /// More than 2³²−1 coordinates.
    #[error("the geometry has more coordinates than can be counted")]
    TooLarge,
    /// The bytes are not a WKB geometry that we read.
    #[error("unreadable WKB at byte {at}")]
    Wkb {
        /// Where in the input, from 0.
        at: usize,
        /// What was wrong there.
        source: Box<Error>,
    },
    /// The input ends, or a count in it promises more than can follow.
    #[error("{wanted} bytes expected, {left} left")]
    Truncated {
        /// How many bytes had to follow at least.
        wanted: u64,
        /// How many there were.
        left: usize,
    },
    /// Bytes follow the end of the geometry.
    #[error("{left} bytes after the end of the geometry")]
    Trailing {
        /// How many.
        left: usize,
    },
    /// The byte that tells the byte order is neither 0 nor 1.
    #[error("no byte order is numbered {found}")]
    ByteOrder {
        /// The byte found.
        found: u8,
    },
    /// A geometry type other than the seven simple features: curves, surfaces, or no type at all.
    #[error("geometry type {code} is not a point, line, polygon or collection of one of them")]
    UnknownType {
        /// The type code as found, flags included.
        code: u32,
    },
    /// Points, lines and polygons in one geometry.
    #[error("{found} among {expected}")]
    Mixed {
        /// The kind of what came before.
        expected: Kind,
        /// The kind that does not belong.
        found: Kind,
    },
    /// Collections inside collections, too deep.
    #[error("collections nested more than {limit} deep")]
    TooDeep {
        /// The depth that is still read.
        limit: u32,
    },
}
