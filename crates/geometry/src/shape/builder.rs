//! Builds a shape coordinate by coordinate, so that no reader needs vectors of vectors.

use super::{Kind, Shape, Xy};
use crate::{Bbox, Error};

/// A shape in the making: [`push`](Self::push) coordinates, [`end_ring`](Self::end_ring) after each line or
/// ring, [`end_part`](Self::end_part) after the last ring of each polygon, then [`finish`](Self::finish).
///
/// For points `push` is all; the two ends mean nothing there.
#[derive(Debug)]
pub struct Builder {
    kind: Kind,
    coords: Vec<Xy>,
    ring_ends: Vec<u32>,
    part_ends: Vec<u32>,
}

impl Builder {
    /// Nothing yet.
    #[must_use]
    pub const fn new(kind: Kind) -> Self {
        Self { kind, coords: Vec::new(), ring_ends: Vec::new(), part_ends: Vec::new() }
    }

    /// What the parts are.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Makes room for so many more coordinates.
    pub fn reserve(&mut self, coords: usize) {
        self.coords.reserve(coords);
    }

    /// Adds a coordinate to the current line or ring, or a point.
    ///
    /// # Errors
    /// [`Error::NotFinite`].
    pub fn push(&mut self, [x, y]: Xy) -> Result<(), Error> {
        if !(x.is_finite() && y.is_finite()) {
            return Err(Error::NotFinite { index: self.coords.len() });
        }
        self.coords.push([x, y]);
        Ok(())
    }

    /// Adds coordinates.
    ///
    /// # Errors
    /// [`Error::NotFinite`].
    pub fn extend(&mut self, coords: impl ExactSizeIterator<Item = Xy>) -> Result<(), Error> {
        let before = self.coords.len();
        self.coords.extend(coords);
        // Looked at all together, without stopping: several at a time.
        let added = &self.coords[before..];
        if added.iter().flatten().fold(true, |all, number| all & number.is_finite()) {
            return Ok(());
        }
        let odd = added.iter().position(|xy| !xy.iter().all(|number| number.is_finite()));
        Err(Error::NotFinite { index: before + odd.unwrap_or_default() })
    }

    /// Ends a line or a ring.
    ///
    /// # Errors
    /// [`Error::TooShort`] for a line of less than two coordinates or a ring of less than four,
    /// [`Error::NotClosed`] for a ring whose last coordinate is not its first, [`Error::TooLarge`].
    pub fn end_ring(&mut self) -> Result<(), Error> {
        let least = match self.kind {
            Kind::Points => return Ok(()),
            Kind::Lines => 2,
            Kind::Polygons => 4,
        };
        let first = self.ring_ends.last().map_or(0, |&end| end as usize);
        let (ring, coords) = (self.ring_ends.len(), &self.coords[first..]);
        if coords.len() < least {
            return Err(Error::TooShort { kind: self.kind, ring, found: coords.len() });
        }
        if self.kind == Kind::Polygons && coords.first() != coords.last() {
            return Err(Error::NotClosed { ring });
        }
        self.ring_ends.push(count(self.coords.len())?);
        Ok(())
    }

    /// Ends a polygon; one without a ring leaves no trace.
    pub fn end_part(&mut self) {
        let rings = self.ring_ends.len();
        let before = self.part_ends.last().map_or(0, |&end| end as usize);
        if self.kind == Kind::Polygons && rings > before {
            // There are fewer rings than coordinates, and those were counted.
            self.part_ends.push(u32::try_from(rings).unwrap_or(u32::MAX));
        }
    }

    /// The shape. What was begun must have been ended.
    ///
    /// # Errors
    /// [`Error::Empty`] if there is no part, [`Error::TooLarge`], and what the missing ends would have said.
    pub fn finish(mut self) -> Result<Shape, Error> {
        count(self.coords.len())?;
        if self.ring_ends.last().map_or(0, |&end| end as usize) < self.coords.len() {
            self.end_ring()?;
        }
        self.end_part();
        let bbox = Bbox::around(&self.coords).ok_or(Error::Empty)?;
        // The last of each end where all does.
        self.ring_ends.pop();
        self.part_ends.pop();
        let Self { kind, coords, ring_ends, part_ends } = self;
        Ok(Shape {
            kind,
            bbox,
            coords: coords.into(),
            ring_ends: ring_ends.into(),
            part_ends: part_ends.into(),
        })
    }
}

/// A number of coordinates as the shape keeps it.
fn count(coords: usize) -> Result<u32, Error> {
    u32::try_from(coords).map_err(|_| Error::TooLarge)
}
