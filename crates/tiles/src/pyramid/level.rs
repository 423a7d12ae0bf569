//! The lines and polygons of a layer as they are drawn on one zoom level: flat, in small numbers, cut into chunks with boxes.

use super::boxes::Boxes;
use super::grid::{Unit, Window};
use super::paths::Role;

/// Positions in a chunk: so many are skipped or taken at once where a tile does not cut them.
const CHUNK: usize = 48;

/// Shapes on the grid of one zoom level.
#[derive(Debug)]
pub struct Level {
    /// The zoom level.
    pub zoom: u8,
    /// The shapes, near ones near to each other.
    pub items: Vec<Item>,
    /// Round the items.
    pub boxes: Boxes,
    rings: Vec<Ring>,
    chunks: Vec<Chunk>,
    /// Positions, from the north-western corner of their chunk's box.
    offsets: Vec<[u16; 2]>,
}

/// A shape: the feature that it is of, what it is, and where its rings end.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// The place of the feature in the layer.
    pub feature: u32,
    /// Whether it has polygons; else it has lines.
    pub is_polygon: bool,
    ring_end: u32,
}

/// A ring or line: what it is, and where its chunks end.
#[derive(Clone, Copy, Debug)]
struct Ring {
    role: Role,
    chunk_end: u32,
}

/// A run of positions: its box, and where its positions end.
#[derive(Clone, Copy, Debug)]
struct Chunk {
    corner: Unit,
    extent: [u16; 2],
    end: u32,
}

impl Level {
    /// The rings or lines of the item at a place.
    pub fn rings(&self, item: usize) -> impl Iterator<Item = RingView<'_>> {
        let start = item.checked_sub(1).map_or(0, |before| self.items[before].ring_end as usize);
        (start..self.items[item].ring_end as usize).map(|ring| {
            let first = ring.checked_sub(1).map_or(0, |before| self.rings[before].chunk_end as usize);
            RingView {
                level: self,
                role: self.rings[ring].role,
                first,
                end: self.rings[ring].chunk_end as usize,
            }
        })
    }

    /// How many positions the item at a place has.
    pub fn positions(&self, item: usize) -> usize {
        let end_of = |items: usize| {
            let rings = items.checked_sub(1).map_or(0, |last| self.items[last].ring_end as usize);
            let chunks = rings.checked_sub(1).map_or(0, |last| self.rings[last].chunk_end as usize);
            chunks.checked_sub(1).map_or(0, |last| self.chunks[last].end as usize)
        };
        end_of(item + 1) - end_of(item)
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.items)
            + size_of_val(&*self.rings)
            + size_of_val(&*self.chunks)
            + size_of_val(&*self.offsets)
            + self.boxes.bytes()
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
        let Level { chunks, offsets, .. } = self.level;
        (self.first..self.end).map(move |at| {
            let Chunk { corner, extent, end } = chunks[at];
            let start = at.checked_sub(1).map_or(0, |before| chunks[before].end as usize);
            let [width, height] = extent.map(i32::from);
            let window = Window { min: corner, max: [corner[0] + width, corner[1] + height] };
            let place = move |[x, y]: &[u16; 2]| [corner[0] + i32::from(*x), corner[1] + i32::from(*y)];
            (window, offsets[start..end as usize].iter().map(place))
        })
    }
}

/// Packs shapes into a level, one after the other.
#[derive(Debug)]
pub struct Packer {
    level: Level,
    windows: Vec<Window>,
    window: Window,
}

impl Packer {
    /// Packs for the grid of a zoom level.
    pub fn new(zoom: u8) -> Self {
        let level = Level {
            zoom,
            items: Vec::new(),
            boxes: Boxes::build(Vec::new()),
            rings: Vec::new(),
            chunks: Vec::new(),
            offsets: Vec::new(),
        };
        Self { level, windows: Vec::new(), window: Window::NOTHING }
    }

    /// Adds a ring or line to the shape that is being packed.
    pub fn ring(&mut self, role: Role, units: &[Unit]) {
        let mut rest = units;
        while !rest.is_empty() {
            let (mut window, mut count) = (Window::NOTHING, 0);
            for unit in rest.iter().take(CHUNK) {
                let grown = window.with(*unit);
                if count > 0 && extent(grown).is_none() {
                    break;
                }
                (window, count) = (grown, count + 1);
            }
            let (run, left) = rest.split_at(count);
            self.chunk(window, run);
            rest = left;
        }
        let chunk_end = self.level.chunks.len().try_into().unwrap_or(u32::MAX);
        self.level.rings.push(Ring { role, chunk_end });
    }

    fn chunk(&mut self, window: Window, units: &[Unit]) {
        let level = &mut self.level;
        let offset = |axis: usize, at: i32| u16::try_from(at - window.min[axis]).unwrap_or(u16::MAX);
        level.offsets.extend(units.iter().map(|unit| [offset(0, unit[0]), offset(1, unit[1])]));
        let end = level.offsets.len().try_into().unwrap_or(u32::MAX);
        level.chunks.push(Chunk { corner: window.min, extent: extent(window).unwrap_or_default(), end });
        self.window = self.window.union(window);
    }

    /// Ends a shape; one without rings leaves no trace.
    pub fn item(&mut self, feature: u32, is_polygon: bool) {
        let ring_end = self.level.rings.len().try_into().unwrap_or(u32::MAX);
        if self.window != Window::NOTHING {
            self.level.items.push(Item { feature, is_polygon, ring_end });
            self.windows.push(self.window);
        }
        self.window = Window::NOTHING;
    }

    /// The level.
    pub fn finish(self) -> Level {
        let Self { mut level, windows, .. } = self;
        level.boxes = Boxes::build(windows);
        level.items.shrink_to_fit();
        level.rings.shrink_to_fit();
        level.chunks.shrink_to_fit();
        level.offsets.shrink_to_fit();
        level
    }
}

/// Width and height, if a chunk may be that large.
fn extent(window: Window) -> Option<[u16; 2]> {
    let side = |axis: usize| u16::try_from(i64::from(window.max[axis]) - i64::from(window.min[axis])).ok();
    Some([side(0)?, side(1)?])
}
