//! The lines, or the polygons, of all records in one flat layout.
//!
//! All coordinates lie in one vector, slot after slot and ring after ring. Each ring is a row of *chunks* of up to 16
//! edges, and of *blocks* of up to 16 chunks, and each of them knows its rectangle: whatever is asked about a place, most of a
//! border is passed over by one comparison, and the rest lies side by side in memory.

mod layout;
mod piece;

pub use layout::Layout;

use crate::{Bbox, Kind, Shape, Xy};
use std::ops::Range;

/// Edges in a chunk.
const CHUNK: usize = 16;
/// Chunks in a block.
const BLOCK: usize = 16;

/// Some consecutive edges of one line or ring.
#[derive(Debug, Clone, Copy)]
pub struct Chunk {
    /// The rectangle round them.
    pub bbox: Bbox,
    first: u32,
    last: u32,
}

/// Some consecutive chunks of one line or ring.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    /// The rectangle round them.
    pub bbox: Bbox,
    first: u32,
    end: u32,
}

/// The shapes of one kind, lines or polygons. Shells run counterclockwise, holes clockwise: the inside is on the left.
#[derive(Debug)]
pub struct Runs {
    kind: Kind,
    coords: Vec<Xy>,
    /// For each line or ring the end of its coordinates.
    ends: Vec<u32>,
    /// For each line or polygon the end of its rings.
    part_ends: Vec<u32>,
    chunks: Vec<Chunk>,
    blocks: Vec<Block>,
    /// For each slot the ends of its parts and blocks; nothing if no record has such a shape.
    slots: Vec<Ends>,
    areas: Vec<f64>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Ends {
    parts: u32,
    blocks: u32,
}

impl Runs {
    /// The lines or polygons in a slot; `None` if there are none.
    pub fn at(&self, slot: usize) -> Option<View<'_>> {
        let end = *self.slots.get(slot)?;
        let start = if slot == 0 { Ends::default() } else { self.slots[slot - 1] };
        let blocks = &self.blocks[span(start.blocks, end.blocks)];
        (!blocks.is_empty()).then_some(View { runs: self, blocks, parts: (start.parts, end.parts) })
    }

    /// The area of the polygons in a slot; 0 if there are none.
    pub fn area(&self, slot: usize) -> f64 {
        self.areas.get(slot).copied().unwrap_or(0.0)
    }
}

/// The lines or polygons of one record.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    runs: &'a Runs,
    /// Their blocks, ring after ring.
    pub blocks: &'a [Block],
    parts: (u32, u32),
}

impl<'a> View<'a> {
    /// The rectangle round them.
    pub fn bbox(self) -> Bbox {
        self.blocks.iter().map(|block| block.bbox).fold(NOWHERE, Bbox::union)
    }

    /// Whether they are polygons.
    pub fn is_filled(self) -> bool {
        self.runs.kind == Kind::Polygons
    }

    /// The chunks of a block, in their order along the ring.
    pub fn chunks(self, block: &Block) -> &'a [Chunk] {
        &self.runs.chunks[span(block.first, block.end)]
    }

    /// The coordinates of a chunk, one more than it has edges.
    pub fn coords(self, chunk: &Chunk) -> &'a [Xy] {
        &self.runs.coords[span(chunk.first, chunk.last + 1)]
    }

    /// The chunks whose rectangle meets this one.
    pub fn near(self, bbox: Bbox) -> impl Iterator<Item = &'a Chunk> {
        let blocks = self.blocks.iter().filter(move |block| block.bbox.intersects(bbox));
        blocks.flat_map(move |block| self.chunks(block)).filter(move |chunk| chunk.bbox.intersects(bbox))
    }

    /// The lines or rings.
    pub fn rings(self) -> impl Iterator<Item = &'a [Xy]> {
        self.parts().flatten()
    }

    /// The rings of each line or polygon, the shell first.
    pub fn parts(self) -> impl Iterator<Item = impl Iterator<Item = &'a [Xy]>> {
        let Runs { coords, ends, part_ends, .. } = self.runs;
        (self.parts.0..self.parts.1).map(move |part| {
            let rings = before(part_ends, part as usize)..part_ends[part as usize];
            rings.map(move |ring| &coords[span(before(ends, ring as usize), ends[ring as usize])])
        })
    }

    /// The shape, as it was but for the direction of its rings.
    pub fn shape(self) -> Option<Shape> {
        if self.is_filled() {
            Shape::polygons(self.parts().map(|part| part.map(|ring| ring.iter().copied()))).ok()
        } else {
            Shape::lines(self.rings().map(|ring| ring.iter().copied())).ok()
        }
    }
}

/// What surrounds nothing.
pub const NOWHERE: Bbox = Bbox::new([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);

fn around(coords: &[Xy]) -> Bbox {
    coords.iter().fold(NOWHERE, |bbox, xy| bbox.with(*xy))
}

/// The end of what comes before the item at a place in a list of ends.
fn before(ends: &[u32], at: usize) -> u32 {
    if at == 0 { 0 } else { ends[at - 1] }
}

const fn span(first: u32, end: u32) -> Range<usize> {
    first as usize..end as usize
}

/// A count as it is kept: a layer of four thousand million coordinates does not fit into memory.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
