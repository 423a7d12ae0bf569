//! Where the records of a collection are: their locations and shapes, packed.

mod draft;
mod loose;

pub use draft::PlacesDraft;
pub use loose::LoosePlaces;

use crate::location::{Known, Location};
use geometry::{Kind, Shape};
use std::collections::HashMap;
use std::ops::Range;

/// The places of all records. What several locations say alike, all but their shapes, is kept once.
#[derive(Debug, Default)]
pub struct Places {
    known: Vec<Known>,
    locations: Vec<Placed>,
    /// For each record the end of its locations.
    ends: Vec<u32>,
    /// The shapes of the locations that have one, in degrees.
    shapes: Vec<Shape>,
    /// For each record the end of its shapes.
    shape_ends: Vec<u32>,
    /// The shapes of the records that have several, with those of a kind put together.
    together: HashMap<usize, Vec<Shape>>,
}

/// A location: its place among those that are known, and whether it has a shape.
#[derive(Clone, Copy, Debug)]
struct Placed {
    known: u32,
    is_drawn: bool,
}

impl Places {
    /// The locations of a record.
    pub fn locations(&self, at: usize) -> impl ExactSizeIterator<Item = Location<'_>> {
        let mut shapes = self.shapes[span(&self.shape_ends, at)].iter();
        self.locations[span(&self.ends, at)].iter().map(move |placed| {
            let shape = if placed.is_drawn { shapes.next() } else { None };
            self.known[placed.known as usize].location(shape)
        })
    }

    /// Its shapes, at most one of each kind.
    pub fn shapes(&self, at: usize) -> &[Shape] {
        match &self.shapes[span(&self.shape_ends, at)] {
            several @ [_, _, ..] => self.together.get(&at).map_or(several, Vec::as_slice),
            one_or_none => one_or_none,
        }
    }

    /// Its polygons, if it has some.
    pub fn polygons(&self, at: usize) -> Option<&Shape> {
        self.shapes(at).iter().find(|shape| shape.kind() == Kind::Polygons)
    }
}

fn span(ends: &[u32], at: usize) -> Range<usize> {
    let start = if at == 0 { 0 } else { ends[at - 1] as usize };
    start..ends[at] as usize
}
