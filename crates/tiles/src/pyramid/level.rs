//! The lines and polygons of a layer as they are drawn on one zoom level: flat, in small numbers, cut into chunks with boxes.

mod packer;

pub use packer::Packer;

use super::boxes::Boxes;
use super::grid::{Unit, Window};
use super::paths::Role;

/// Shapes on the grid of one zoom level.
#[derive(Debug)]
pub struct Level {
    /// The zoom level.
    pub zoom: u8,
    /// The shapes, near ones near to each other.
    items: Vec<Item>,
    /// Round the items; empty where these have few chunks.
    windows: Vec<Window>,
    blocks: Boxes,
    rings: Vec<Ring>,
    chunks: Vec<Chunk>,
    /// Positions, from the north-western corner of their chunk's box: both numbers in one word if the box is narrow, else in two.
    words: Vec<u16>,
}

/// A shape: the feature that it is of, and where its rings end; the highest bit tells polygons.
#[derive(Clone, Copy, Debug)]
struct Item {
    feature: u32,
    ring_end: u32,
}

const POLYGON: u32 = 1 << 31;

/// A ring or line: where its chunks end; the highest bits tell what it is.
#[derive(Clone, Copy, Debug)]
struct Ring(u32);

const SHELL: u32 = 1 << 31;
const HOLE: u32 = 1 << 30;

/// A run of positions: its box, and where its words end.
#[derive(Clone, Copy, Debug)]
struct Chunk {
    corner: Unit,
    extent: [u16; 2],
    end: u32,
}

impl Level {
    /// How many shapes there are.
    pub const fn len(&self) -> usize {
        self.items.len()
    }

    /// The place in the layer of the feature that the shape at a place is of, and whether it is of polygons; else it is of lines.
    pub fn get(&self, item: usize) -> (u32, bool) {
        let Item { feature, ring_end } = self.items[item];
        (feature, ring_end & POLYGON != 0)
    }

    /// The box round the shape at a place.
    pub fn window(&self, item: usize) -> Window {
        let around = || self.chunks_of(item).iter().map(Chunk::window).reduce(Window::union);
        self.windows.get(item).copied().or_else(around).unwrap_or(Window::NOTHING)
    }

    /// Hands over the places of the shapes whose boxes meet `window`, ascending.
    pub fn each(&self, window: Window, mut found: impl FnMut(usize)) {
        self.blocks.any(window, |item| {
            if self.window(item).meets(window) {
                found(item);
            }
            false
        });
    }

    /// Whether the box of a shape meets `window`.
    pub fn any(&self, window: Window) -> bool {
        self.blocks.any(window, |item| self.window(item).meets(window))
    }

    /// The rings or lines of the shape at a place.
    pub fn rings(&self, item: usize) -> impl Iterator<Item = RingView<'_>> {
        (self.ring_end(item)..self.ring_end(item + 1)).map(|ring| RingView {
            level: self,
            role: self.rings[ring].role(),
            first: self.chunk_end(ring),
            end: self.chunk_end(ring + 1),
        })
    }

    /// How many positions the shape at a place has.
    pub fn positions(&self, item: usize) -> usize {
        self.rings(item).flat_map(RingView::chunks).map(|(_, units)| units.len()).sum()
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.items)
            + size_of_val(&*self.windows)
            + self.blocks.bytes()
            + size_of_val(&*self.rings)
            + size_of_val(&*self.chunks)
            + size_of_val(&*self.words)
    }

    fn chunks_of(&self, item: usize) -> &[Chunk] {
        &self.chunks[self.chunk_end(self.ring_end(item))..self.chunk_end(self.ring_end(item + 1))]
    }

    /// Where the rings of the first items end.
    fn ring_end(&self, items: usize) -> usize {
        items.checked_sub(1).map_or(0, |last| (self.items[last].ring_end & !POLYGON) as usize)
    }

    /// Where the chunks of the first rings end.
    fn chunk_end(&self, rings: usize) -> usize {
        rings.checked_sub(1).map_or(0, |last| self.rings[last].end() as usize)
    }
}

impl Ring {
    const fn new(role: Role, end: u32) -> Self {
        Self(
            end | match role {
                Role::Line => 0,
                Role::Shell => SHELL,
                Role::Hole => HOLE,
            },
        )
    }

    const fn role(self) -> Role {
        match self.0 & (SHELL | HOLE) {
            0 => Role::Line,
            SHELL => Role::Shell,
            _ => Role::Hole,
        }
    }

    const fn end(self) -> u32 {
        self.0 & !(SHELL | HOLE)
    }
}

impl Chunk {
    fn window(&self) -> Window {
        let [width, height] = self.extent.map(i32::from);
        Window { min: self.corner, max: [self.corner[0] + width, self.corner[1] + height] }
    }
}

/// A ring or line of a level.
#[derive(Clone, Copy)]
pub struct RingView<'l> {
    level: &'l Level,
    /// What it is. Shells run clockwise on the screen, holes the other way.
    pub role: Role,
    first: usize,
    end: usize,
}

impl<'l> RingView<'l> {
    /// Its chunks, each with its box and its positions.
    pub fn chunks(
        self,
    ) -> impl Iterator<Item = (Window, impl ExactSizeIterator<Item = Unit> + DoubleEndedIterator + 'l)> {
        let Level { chunks, words, .. } = self.level;
        (self.first..self.end).map(move |at| {
            let Chunk { corner, extent, end } = chunks[at];
            let start = at.checked_sub(1).map_or(0, |before| chunks[before].end as usize);
            let words = &words[start..end as usize];
            let is_narrow = is_narrow(extent);
            let place = move |at: usize| {
                let [x, y] = if is_narrow {
                    words[at].to_le_bytes().map(i32::from)
                } else {
                    [words[2 * at], words[2 * at + 1]].map(i32::from)
                };
                [corner[0] + x, corner[1] + y]
            };
            let count = if is_narrow { words.len() } else { words.len() / 2 };
            (chunks[at].window(), (0..count).map(place))
        })
    }
}

/// Whether a position in a box of this extent takes a byte for each number.
const fn is_narrow([width, height]: [u16; 2]) -> bool {
    width < 256 && height < 256
}
