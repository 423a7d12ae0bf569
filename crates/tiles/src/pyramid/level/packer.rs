//! Packs shapes into a level, one after the other.

use super::{Chunk, Item, Level, POLYGON, Ring, is_narrow};
use crate::pyramid::boxes::Boxes;
use crate::pyramid::grid::{Unit, Window};
use crate::pyramid::paths::Role;

/// Positions in a chunk: so many are skipped or taken at once where a tile does not cut them.
const CHUNK: usize = 48;
/// Positions for which it is worth ending a chunk, so that all of them are told in half the bytes.
const NARROW: usize = 12;
/// Chunks of a shape, in the mean, from which on the box round it is kept, and not found from theirs.
const MANY: usize = 8;

/// A level in the making.
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
            windows: Vec::new(),
            blocks: Boxes::build(&[]),
            rings: Vec::new(),
            chunks: Vec::new(),
            words: Vec::new(),
        };
        Self { level, windows: Vec::new(), window: Window::NOTHING }
    }

    /// Makes room for so many shapes of so many positions together, most of them in narrow chunks: lists that grow would take half as
    /// much memory again.
    pub fn reserve(&mut self, shapes: usize, positions: usize) {
        self.level.items.reserve_exact(shapes);
        self.windows.reserve_exact(shapes);
        self.level.words.reserve_exact(positions);
    }

    /// Adds a ring or line to the shape that is being packed.
    pub fn ring(&mut self, role: Role, units: &[Unit]) {
        let mut rest = units;
        while !rest.is_empty() {
            let (mut window, mut count) = (Window::NOTHING, 0);
            for unit in rest.iter().take(CHUNK) {
                let grown = window.with(*unit);
                let fits = extent(grown).is_some_and(|it| {
                    count < NARROW || is_narrow(it) || extent(window).is_none_or(|it| !is_narrow(it))
                });
                if count > 0 && !fits {
                    break;
                }
                (window, count) = (grown, count + 1);
            }
            let (run, left) = rest.split_at(count);
            self.chunk(window, run);
            rest = left;
        }
        self.level.rings.push(Ring::new(role, ending(self.level.chunks.len())));
    }

    fn chunk(&mut self, window: Window, units: &[Unit]) {
        let level = &mut self.level;
        let extent = extent(window).unwrap_or_default();
        let offset = |axis: usize, at: i32| u16::try_from(at - window.min[axis]).unwrap_or(u16::MAX);
        let offsets = units.iter().map(|unit| [offset(0, unit[0]), offset(1, unit[1])]);
        if is_narrow(extent) {
            level.words.extend(offsets.map(|[x, y]| x | y << 8));
        } else {
            level.words.extend(offsets.flatten());
        }
        level.chunks.push(Chunk { corner: window.min, extent, end: ending(level.words.len()) });
        self.window = self.window.union(window);
    }

    /// Ends a shape; one without rings leaves no trace.
    pub fn item(&mut self, feature: u32, is_polygon: bool) {
        if self.window != Window::NOTHING {
            let ring_end = ending(self.level.rings.len()) | if is_polygon { POLYGON } else { 0 };
            self.level.items.push(Item { feature, ring_end });
            self.windows.push(self.window);
        }
        self.window = Window::NOTHING;
    }

    /// Adds the shapes of another, which follow those that are here.
    pub fn append(&mut self, other: Self) {
        let (here, there) = (&mut self.level, other.level);
        let [rings, chunks, words] = [here.rings.len(), here.chunks.len(), here.words.len()].map(ending);
        here.items.extend(there.items.iter().map(|it| Item { ring_end: it.ring_end + rings, ..*it }));
        here.rings.extend(there.rings.iter().map(|it| Ring(it.0 + chunks)));
        here.chunks.extend(there.chunks.iter().map(|it| Chunk { end: it.end + words, ..*it }));
        here.words.extend_from_slice(&there.words);
        self.windows.extend_from_slice(&other.windows);
    }

    /// The level.
    pub fn finish(self) -> Level {
        let Self { mut level, windows, .. } = self;
        level.blocks = Boxes::build(&windows);
        if level.chunks.len() > MANY * windows.len() {
            level.windows = windows;
        }
        level.items.shrink_to_fit();
        level.windows.shrink_to_fit();
        level.rings.shrink_to_fit();
        level.chunks.shrink_to_fit();
        level.words.shrink_to_fit();
        level
    }
}

/// Where a list ends: no level has a thousand million of anything.
fn ending(length: usize) -> u32 {
    length.try_into().unwrap_or(u32::MAX)
}

/// Width and height, if a chunk may be that large.
fn extent(window: Window) -> Option<[u16; 2]> {
    let side = |axis: usize| u16::try_from(i64::from(window.max[axis]) - i64::from(window.min[axis])).ok();
    Some([side(0)?, side(1)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ring with short steps and long ones.
    fn ring(seed: i32) -> Vec<Unit> {
        let at = |step: i32| [step * seed % 70, step * step % 900 + if step == 20 { 200_000 } else { 0 }];
        (0..60 + seed % 50).map(at).collect()
    }

    fn pack(shapes: std::ops::Range<u32>) -> Packer {
        let mut packer = Packer::new(9);
        for feature in shapes {
            let seed = feature.cast_signed();
            if feature % 3 == 0 {
                packer.ring(Role::Line, &ring(seed));
            } else {
                packer.ring(Role::Shell, &ring(seed));
                packer.ring(Role::Hole, &[[seed, 2], [3, seed], [5, 6]]);
            }
            packer.item(feature, feature % 3 != 0);
            packer.item(feature, true);
        }
        packer
    }

    #[test]
    fn shapes_are_found_as_they_were_packed_in_one_go_or_in_two() {
        let mut in_two = pack(0..40);
        in_two.append(pack(40..100));
        for level in [pack(0..100).finish(), in_two.finish()] {
            assert_eq!(level.len(), 100);
            for (item, feature) in (0..100).zip(0..) {
                assert_eq!(level.get(item), (feature, feature % 3 != 0));
                let rings: Vec<(Role, Vec<Unit>)> = level
                    .rings(item)
                    .map(|ring| (ring.role, ring.chunks().flat_map(|(_, units)| units).collect()))
                    .collect();
                let first = if feature % 3 == 0 { Role::Line } else { Role::Shell };
                assert_eq!(rings[0], (first, ring(feature.cast_signed())));
                assert_eq!(rings.len(), if feature % 3 == 0 { 1 } else { 2 });
                let all: Vec<Unit> = rings.into_iter().flat_map(|(_, units)| units).collect();
                assert_eq!(level.positions(item), all.len());
                assert_eq!(level.window(item), all.iter().fold(Window::NOTHING, |all, it| all.with(*it)));
            }
        }
    }
}
