//! Some consecutive slots, filled by one thread: of what has just been projected, rectangles and areas cost little.

use super::{Block, Chunk, Ends, NOWHERE, Runs, around, before, span};
use crate::{Bbox, Crs, Kind, Shape, Xy, area};

/// Slots in a piece.
const SLOTS: usize = 512;

/// What belongs to some consecutive slots.
pub struct Piece<'a> {
    kind: Kind,
    shapes: &'a [Option<&'a Shape>],
    coords: &'a mut [Xy],
    chunks: &'a mut [Chunk],
    blocks: &'a mut [Block],
    areas: &'a mut [f64],
    start: Start,
}

/// How much lies before a slot.
#[derive(Clone, Copy, Default)]
struct Start {
    coords: u32,
    chunks: u32,
    blocks: u32,
}

impl<'a> Piece<'a> {
    /// All slots, piece by piece.
    pub fn all(runs: &'a mut Runs, shapes: &'a [Option<&'a Shape>]) -> Vec<Self> {
        let Runs { kind, coords, ends, part_ends, chunks, blocks, slots, areas } = runs;
        let end_of = |Ends { parts, blocks: end }: Ends| Start {
            coords: before(ends, before(part_ends, parts as usize) as usize),
            chunks: blocks[..end as usize].last().map_or(0, |block| block.end),
            blocks: end,
        };
        let ends: Vec<Start> = slots.chunks(SLOTS).filter_map(<[Ends]>::last).map(|it| end_of(*it)).collect();
        let (mut coords, mut chunks, mut blocks) = (&mut coords[..], &mut chunks[..], &mut blocks[..]);
        let mut start = Start::default();
        let pieces =
            shapes.chunks(SLOTS).zip(areas.chunks_mut(SLOTS)).zip(ends).map(|((shapes, areas), end)| {
                let piece = Self {
                    kind: *kind,
                    shapes,
                    coords: coords.split_off_mut(..(end.coords - start.coords) as usize).unwrap_or_default(),
                    chunks: chunks.split_off_mut(..(end.chunks - start.chunks) as usize).unwrap_or_default(),
                    blocks: blocks.split_off_mut(..(end.blocks - start.blocks) as usize).unwrap_or_default(),
                    areas,
                    start,
                };
                start = end;
                piece
            });
        pieces.collect()
    }

    /// Moves the coordinates from one reference system to another, turns rings that run the other way, and works out rectangles and
    /// areas.
    pub fn fill(self, from: Crs, to: Crs) {
        let mut rest = &mut *self.coords;
        for (shape, area) in self.shapes.iter().zip(self.areas) {
            for (place, ring) in shape.iter().flat_map(|it| it.parts()).flat_map(|it| it.rings().enumerate())
            {
                let projected = rest.split_off_mut(..ring.len()).unwrap_or_default();
                projected.copy_from_slice(ring);
                from.to_all(to, projected);
                if self.kind == Kind::Polygons {
                    *area += turned(projected, place == 0);
                }
            }
        }
        let Start { coords: first_coord, chunks: first_chunk, .. } = self.start;
        for chunk in &mut *self.chunks {
            chunk.bbox = around(&self.coords[span(chunk.first - first_coord, chunk.last + 1 - first_coord)]);
        }
        for block in self.blocks {
            let chunks = &self.chunks[span(block.first - first_chunk, block.end - first_chunk)];
            block.bbox = chunks.iter().map(|chunk| chunk.bbox).fold(NOWHERE, Bbox::union);
        }
    }
}

/// Turns a ring that does not run as it should, a shell counterclockwise; the area it adds: that of a hole is taken off.
fn turned(ring: &mut [Xy], is_shell: bool) -> f64 {
    let area = area::ring(ring);
    if (area < 0.0) == is_shell {
        ring.reverse();
    }
    if is_shell { area.abs() } else { -area.abs() }
}
