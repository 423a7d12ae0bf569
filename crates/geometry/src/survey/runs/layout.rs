//! Where everything in a [`Runs`] will be: known before any coordinate is copied, so that memory is taken once and all threads can fill
//! it.

use super::piece::Piece;
use super::{BLOCK, Block, CHUNK, Chunk, Ends, NOWHERE, Runs, before, number};
use crate::{Crs, Kind, Shape};
use rayon::prelude::*;

/// Slots without their coordinates yet.
pub struct Layout<'a> {
    kind: Kind,
    shapes: Vec<Option<&'a Shape>>,
    /// Coordinates of all shapes.
    count: usize,
    ends: Vec<u32>,
    part_ends: Vec<u32>,
    slots: Vec<Ends>,
}

impl<'a> Layout<'a> {
    /// No slot yet, of so many.
    pub fn new(kind: Kind, slots: usize) -> Self {
        Self {
            kind,
            shapes: Vec::with_capacity(slots),
            count: 0,
            ends: Vec::new(),
            part_ends: Vec::new(),
            slots: Vec::with_capacity(slots),
        }
    }

    /// What its shapes are.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Adds a slot; its record may have no such shape.
    pub fn push(&mut self, shape: Option<&'a Shape>) {
        for part in shape.into_iter().flat_map(Shape::parts) {
            for ring in part.rings() {
                self.count += ring.len();
                self.ends.push(number(self.count));
            }
            self.part_ends.push(number(self.ends.len()));
        }
        self.shapes.push(shape);
        self.slots.push(Ends { parts: number(self.part_ends.len()), blocks: 0 });
    }

    /// The shapes, from one reference system in another.
    pub fn fill(mut self, from: Crs, to: Crs) -> Runs {
        if self.count == 0 {
            self.slots = Vec::new();
        }
        self.ends.shrink_to_fit();
        self.part_ends.shrink_to_fit();
        let (chunks, blocks) = self.divide();
        let Self { kind, shapes, count, ends, part_ends, slots } = self;
        let areas = vec![0.0; slots.len()];
        let coords = vec![[0.0; 2]; count];
        let mut runs = Runs { kind, coords, ends, part_ends, chunks, blocks, slots, areas };
        Piece::all(&mut runs, &shapes).into_par_iter().for_each(|piece| piece.fill(from, to));
        runs
    }

    /// The edges of all rings in chunks and blocks.
    fn divide(&mut self) -> (Vec<Chunk>, Vec<Block>) {
        let Self { ends, part_ends, slots, .. } = self;
        let edges = |ring: usize| before(ends, ring) as usize..ends[ring] as usize - 1;
        let count = |size: usize| (0..ends.len()).map(|ring| edges(ring).len().div_ceil(size)).sum();
        let (mut chunks, mut blocks) =
            (Vec::with_capacity(count(CHUNK)), Vec::with_capacity(count(CHUNK * BLOCK)));
        let mut ring = 0;
        for slot in slots {
            let end = before(part_ends, slot.parts as usize) as usize;
            for edges in (ring..end).map(edges) {
                for start in edges.clone().step_by(CHUNK * BLOCK) {
                    let (first, end) = (number(chunks.len()), edges.end.min(start + CHUNK * BLOCK));
                    chunks.extend((start..end).step_by(CHUNK).map(|start| Chunk {
                        bbox: NOWHERE,
                        first: number(start),
                        last: number(end.min(start + CHUNK)),
                    }));
                    blocks.push(Block { bbox: NOWHERE, first, end: number(chunks.len()) });
                }
            }
            ring = end;
            slot.blocks = number(blocks.len());
        }
        (chunks, blocks)
    }
}
