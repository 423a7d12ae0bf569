//! A geometry in one flat layout: points, lines or polygons, one or many.
//!
//! All coordinates lie in one row, and two short rows of ends say where each ring and each part stops, but for the last, which stops
//! where all does:
//!
//! | kind     | a part is | its rings are                                        |
//! |----------|-----------|------------------------------------------------------|
//! | points   | a point   | one run of that one coordinate                       |
//! | lines    | a line    | one run of its coordinates, two or more              |
//! | polygons | a polygon | the shell, then its holes, each closed, four or more |
//!
//! Nothing has to be chased through memory, and a feature with one polygon is no special case of a feature
//! with several. A shape is never empty and holds finite numbers only; it may still cross itself: validity in
//! the OGC sense is judged elsewhere, once, at import.

mod builder;

pub use builder::Builder;

use crate::{Bbox, Crs, Error, Kind, Xy};

/// One geometry of one or many parts of the same kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    kind: Kind,
    bbox: Bbox,
    coords: Box<[Xy]>,
    /// For each line or ring but the last the end of its coordinates; empty for points, and for the one ring that most shapes have.
    ring_ends: Box<[u32]>,
    /// For each polygon but the last the end of its rings; empty for points and lines.
    part_ends: Box<[u32]>,
}

impl Shape {
    /// One or many points.
    ///
    /// # Errors
    /// [`Error::Empty`], [`Error::NotFinite`], [`Error::TooLarge`].
    pub fn points(coords: impl IntoIterator<Item = Xy>) -> Result<Self, Error> {
        let mut builder = Builder::new(Kind::Points);
        coords.into_iter().try_for_each(|xy| builder.push(xy))?;
        builder.finish()
    }

    /// One or many lines, each given by its coordinates.
    ///
    /// # Errors
    /// Those of [`Builder`]: no lines, or one with fewer than two coordinates or with numbers that are not
    /// finite.
    pub fn lines<L>(lines: impl IntoIterator<Item = L>) -> Result<Self, Error>
    where
        L: IntoIterator<Item = Xy>,
    {
        let mut builder = Builder::new(Kind::Lines);
        for line in lines {
            line.into_iter().try_for_each(|xy| builder.push(xy))?;
            builder.end_ring()?;
        }
        builder.finish()
    }

    /// One or many polygons, each given by its closed rings, the shell first.
    ///
    /// # Errors
    /// Those of [`Builder`]: no polygons, or one with a ring that is open, shorter than four coordinates or
    /// not finite.
    pub fn polygons<P, R>(polygons: impl IntoIterator<Item = P>) -> Result<Self, Error>
    where
        P: IntoIterator<Item = R>,
        R: IntoIterator<Item = Xy>,
    {
        let mut builder = Builder::new(Kind::Polygons);
        for polygon in polygons {
            for ring in polygon {
                ring.into_iter().try_for_each(|xy| builder.push(xy))?;
                builder.end_ring()?;
            }
            builder.end_part();
        }
        builder.finish()
    }

    /// What the parts are.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The smallest rectangle round the shape; known, not computed.
    #[must_use]
    pub const fn bbox(&self) -> Bbox {
        self.bbox
    }

    /// All coordinates, ring after ring.
    #[must_use]
    pub fn coords(&self) -> &[Xy] {
        &self.coords
    }

    /// How many points, lines or polygons there are: at least one.
    #[must_use]
    pub fn part_count(&self) -> usize {
        if self.kind == Kind::Polygons { self.part_ends.len() + 1 } else { self.ring_count() }
    }

    /// How many points, lines or rings there are: at least one.
    #[must_use]
    pub fn ring_count(&self) -> usize {
        if self.kind == Kind::Points { self.coords.len() } else { self.ring_ends.len() + 1 }
    }

    /// The points, lines or polygons, in their order.
    #[must_use]
    pub fn parts(&self) -> impl ExactSizeIterator<Item = Part<'_>> {
        (0..self.part_count()).map(|part| {
            let (first, end) = match self.kind {
                Kind::Polygons => span(&self.part_ends, self.ring_count(), part),
                Kind::Points | Kind::Lines => (part, part + 1),
            };
            Part { shape: self, first, end }
        })
    }

    /// The coordinates of each point, line or ring, in their order, whatever part they belong to.
    #[must_use]
    pub fn rings(&self) -> impl ExactSizeIterator<Item = &[Xy]> {
        (0..self.ring_count()).map(|ring| self.ring(ring))
    }

    /// The same shape with every coordinate sent through a function, which must give finite numbers and
    /// equal results for equal arguments (or rings would open).
    #[must_use]
    pub fn map(&self, project: impl Fn(Xy) -> Xy) -> Self {
        self.at(self.coords.iter().map(|&xy| project(xy)).collect())
    }

    /// The same shape in another reference system.
    #[must_use]
    pub fn transform(&self, from: Crs, to: Crs) -> Self {
        let mut coords = self.coords.clone();
        from.to_all(to, &mut coords);
        self.at(coords)
    }

    /// The same shape with other coordinates, as many.
    fn at(&self, coords: Box<[Xy]>) -> Self {
        Self {
            kind: self.kind,
            bbox: Bbox::around(&coords).unwrap_or(self.bbox),
            coords,
            ring_ends: self.ring_ends.clone(),
            part_ends: self.part_ends.clone(),
        }
    }

    fn ring(&self, ring: usize) -> &[Xy] {
        match self.kind {
            Kind::Points => &self.coords[ring..=ring],
            Kind::Lines | Kind::Polygons => {
                let (first, end) = span(&self.ring_ends, self.coords.len(), ring);
                &self.coords[first..end]
            }
        }
    }
}

/// One point, line or polygon of a shape.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    shape: &'a Shape,
    first: usize,
    end: usize,
}

impl<'a> Part<'a> {
    /// The shell of a polygon, the line, or the point as a slice of one.
    #[must_use]
    pub fn shell(self) -> &'a [Xy] {
        self.shape.ring(self.first)
    }

    /// The holes of a polygon; nothing for points and lines.
    #[must_use]
    pub fn holes(self) -> impl ExactSizeIterator<Item = &'a [Xy]> {
        (self.first + 1..self.end).map(move |ring| self.shape.ring(ring))
    }

    /// The shell and then the holes.
    #[must_use]
    pub fn rings(self) -> impl ExactSizeIterator<Item = &'a [Xy]> {
        (self.first..self.end).map(move |ring| self.shape.ring(ring))
    }
}

/// First and end of the item `index`, where the last of all ends at `last`.
fn span(ends: &[u32], last: usize, index: usize) -> (usize, usize) {
    let first = if index == 0 { 0 } else { ends[index - 1] as usize };
    (first, ends.get(index).map_or(last, |end| *end as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [Xy; 5] = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]];
    const HOLE: [Xy; 4] = [[1.0, 1.0], [1.0, 2.0], [2.0, 1.0], [1.0, 1.0]];

    #[test]
    fn points_are_parts_of_one_coordinate() {
        let shape = Shape::points([[1.0, 2.0], [3.0, 4.0]]).unwrap();
        assert_eq!((shape.kind(), shape.part_count(), shape.ring_count()), (Kind::Points, 2, 2));
        let shells: Vec<_> = shape.parts().map(Part::shell).collect();
        assert_eq!(shells, [&[[1.0, 2.0]], &[[3.0, 4.0]]]);
        assert_eq!(shape.bbox(), Bbox::new([1.0, 2.0], [3.0, 4.0]));
    }

    #[test]
    fn lines_are_parts_of_one_run() {
        let shape =
            Shape::lines([vec![[0.0, 0.0], [1.0, 0.0]], vec![[5.0, 5.0], [6.0, 6.0], [7.0, 5.0]]]).unwrap();
        let lengths: Vec<_> = shape.parts().map(|part| (part.shell().len(), part.holes().len())).collect();
        assert_eq!(lengths, [(2, 0), (3, 0)]);
    }

    #[test]
    fn polygons_have_a_shell_and_holes() {
        let far = SQUARE.map(|[x, y]| [x + 10.0, y]);
        let shape = Shape::polygons([vec![SQUARE.to_vec(), HOLE.to_vec()], vec![far.to_vec()]]).unwrap();
        assert_eq!((shape.part_count(), shape.ring_count(), shape.coords().len()), (2, 3, 14));
        let parts: Vec<_> = shape.parts().collect();
        assert_eq!(parts[0].shell(), SQUARE);
        assert_eq!(parts[0].holes().collect::<Vec<_>>(), [&HOLE]);
        assert_eq!(parts[1].rings().collect::<Vec<_>>(), [&far]);
        assert_eq!(shape.rings().collect::<Vec<_>>(), [&SQUARE[..], &HOLE[..], &far[..]]);
    }

    #[test]
    fn a_map_moves_coordinates_and_bbox() {
        let moved = Shape::polygons([[SQUARE]]).unwrap().map(|[x, y]| [-x, y + 1.0]);
        assert_eq!(moved, Shape::polygons([[SQUARE.map(|[x, y]| [-x, y + 1.0])]]).unwrap());
        assert_eq!(moved.bbox(), Bbox::new([-4.0, 1.0], [0.0, 5.0]));
    }

    #[test]
    fn what_is_no_shape_is_refused() {
        let none: [[Xy; 2]; 0] = [];
        assert_eq!(Shape::lines(none), Err(Error::Empty));
        assert_eq!(Shape::points([]), Err(Error::Empty));
        assert_eq!(Shape::points([[0.0, 0.0], [f64::NAN, 0.0]]), Err(Error::NotFinite { index: 1 }));
        assert_eq!(
            Shape::lines([vec![[0.0, 0.0], [1.0, 1.0]], vec![[2.0, 2.0]]]),
            Err(Error::TooShort { kind: Kind::Lines, ring: 1, found: 1 })
        );
        assert_eq!(
            Shape::polygons([[&SQUARE[..3]]].map(|rings| rings.map(<[Xy]>::to_vec))),
            Err(Error::TooShort { kind: Kind::Polygons, ring: 0, found: 3 })
        );
        assert_eq!(Shape::polygons([[SQUARE[..4].to_vec()]]), Err(Error::NotClosed { ring: 0 }));
    }
}
