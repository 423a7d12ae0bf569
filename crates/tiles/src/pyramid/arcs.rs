//! Arcs: the stretches of lines and rings between the places where borders meet, each known once, whoever shares it.
//!
//! A position where two paths come from or go to different neighbours is a *junction*. Between junctions, all paths that pass
//! run alike; so what is decided once for an arc holds for the polygons on both its sides.

use super::grid::Unit;
use super::paths::{Paths, Role};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// Paths that are looked at by one thread at a time.
const RUN: usize = 4096;

/// The arcs of some paths.
#[derive(Debug, Default)]
pub struct Arcs {
    /// Places of positions among those of the paths, arc after arc, in the arc's own direction.
    pub places: Vec<u32>,
    /// For each arc, where its places end.
    pub ends: Vec<u32>,
    /// Other paths' stretches that run as an arc does: the arc, and the stretch in the arc's direction.
    twins: Vec<(u32, Stretch)>,
    /// For each arc, a path that runs along it.
    owners: Vec<u32>,
    /// For each path, whether it shares an arc with another.
    pub is_shared: Vec<bool>,
}

impl Arcs {
    /// Finds the arcs of some paths.
    pub fn of(paths: &Paths) -> Self {
        let meetings = Meetings::of(paths);
        let mut arcs = Self { is_shared: vec![false; paths.len()], ..Self::default() };
        let mut known: KeyMap<(u64, u64), (u32, u32)> = KeyMap::default();
        let all = (0..paths.len()).into_par_iter().with_min_len(RUN);
        let all: Vec<(usize, Vec<Stretch>)> =
            all.map(|path| (path, stretches(paths, path, &meetings))).collect();
        for (path, stretches) in all {
            for stretch in stretches {
                let second = key(paths.units[stretch.place(1)]);
                let owner = path.try_into().unwrap_or(u32::MAX);
                if !meetings.passed.is_doubtful(second) {
                    arcs.push(stretch, owner);
                    continue;
                }
                let name = (key(paths.units[stretch.place(0)]), second);
                if let Some((arc, owner)) = known.get(&name) {
                    arcs.is_shared[path] = true;
                    arcs.is_shared[*owner as usize] = true;
                    arcs.twins.push((*arc, stretch));
                } else {
                    known.insert(name, (arcs.push(stretch, owner), owner));
                }
            }
        }
        arcs
    }

    fn push(&mut self, stretch: Stretch, owner: u32) -> u32 {
        self.owners.push(owner);
        let place = |step| stretch.place(step).try_into().unwrap_or(u32::MAX);
        self.places.extend((0..stretch.count as usize).map(place));
        self.ends.push(self.places.len().try_into().unwrap_or(u32::MAX));
        self.ends.len().saturating_sub(1).try_into().unwrap_or(u32::MAX)
    }

    /// Whether an arc is of a path that shares its border with another.
    pub fn is_border(&self, arc: usize) -> bool {
        self.is_shared[self.owners[arc] as usize]
    }

    /// Gives the positions of the twins what was decided for those of the arcs, `ends` and `places` being as they were found.
    pub fn hand_on(&self, decided: &mut [u8]) {
        for (arc, stretch) in &self.twins {
            let start = arc.checked_sub(1).map_or(0, |before| self.ends[before as usize] as usize);
            for step in 0..stretch.count as usize {
                decided[stretch.place(step)] = decided[self.places[start + step] as usize];
            }
        }
    }
}

/// A part of a path: `count` positions from `first` on, which lie in a ring of `length` positions that starts at `start`.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    start: u32,
    length: u32,
    first: u32,
    count: u32,
    backwards: bool,
}

impl Stretch {
    /// The place among all positions of the one at `step` in the stretch.
    fn place(self, step: usize) -> usize {
        let step = if self.backwards { self.count as usize - 1 - step } else { step };
        self.start as usize + (self.first as usize + step) % self.length as usize
    }

    /// The same stretch in the direction that depends on its positions alone.
    fn in_its_direction(self, units: &[Unit]) -> Self {
        let at = |step: usize| key(units[self.place(step)]);
        let last = self.count as usize - 1;
        Self { backwards: (at(last), at(last - 1)) < (at(0), at(1)), ..self }
    }
}

/// The stretches of a path between junctions, each in its own direction.
fn stretches(paths: &Paths, path: usize, meetings: &Meetings) -> Vec<Stretch> {
    let (role, start, end) = paths.span(path);
    let length = end - start;
    let least = if role == Role::Line { 2 } else { 3 };
    if length < least {
        return Vec::new();
    }
    let units = &paths.units[start..end];
    let mut cuts: Vec<usize> = (0..length).filter(|place| meetings.is_junction(units[*place])).collect();
    match role {
        Role::Line => {
            cuts.extend([0, length - 1]);
            cuts.sort_unstable();
            cuts.dedup();
        }
        // A ring that meets no other begins at its first position in the order of numbers.
        _ if cuts.is_empty() => cuts.extend((0..length).min_by_key(|place| key(units[*place]))),
        _ => {}
    }
    if role != Role::Line {
        cuts.extend(cuts.first().map(|first| first + length));
    }
    let stretch = |ends: &[usize]| {
        let [first, count] = [ends[0], ends[1] - ends[0] + 1];
        let [start, length, first, count] =
            [start, length, first, count].map(|it| it.try_into().unwrap_or(u32::MAX));
        Stretch { start, length, first, count, backwards: false }.in_its_direction(&paths.units)
    };
    cuts.windows(2).map(stretch).collect()
}

/// The positions that more than one path may pass, and the junctions among them.
struct Meetings {
    passed: Sieve,
    junctions: HashSet<u64, BuildHasherDefault<KeyHasher>>,
}

/// About how many positions are looked through for junctions at a time by one thread: of all at once, the tables would take more
/// memory than the positions.
const PART: usize = 1 << 21;

impl Meetings {
    fn of(paths: &Paths) -> Self {
        let passed = Sieve::of(&paths.units);
        let parts = (paths.units.len() / PART + 1) as u64;
        let junctions = (0..parts)
            .into_par_iter()
            .flat_map_iter(|part| junctions(paths, &passed, [part, parts]))
            .collect();
        Self { passed, junctions }
    }

    fn is_junction(&self, unit: Unit) -> bool {
        self.junctions.contains(&key(unit))
    }
}

/// The positions of one of some parts at which a path comes from or goes to other neighbours than one before.
fn junctions(paths: &Paths, passed: &Sieve, [part, parts]: [u64; 2]) -> impl Iterator<Item = u64> + use<> {
    // The first path to pass a position, and the place where it does; `None` if another passes it otherwise.
    let mut first: KeyMap<u64, Option<(u32, u32)>> = KeyMap::default();
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    for path in 0..paths.len() {
        let (_, start, end) = paths.span(path);
        for place in start..end {
            let at = key(paths.units[place]);
            if (scatter(at) >> 32) % parts != part || !passed.is_doubtful(at) {
                continue;
            }
            let here = neighbours(paths, path, place);
            let passing = here.map(|_| (number(path), number(place)));
            let known = first.entry(at).or_insert(passing);
            *known = known.filter(|(path, place)| neighbours(paths, *path as usize, *place as usize) == here);
        }
    }
    first.into_iter().filter(|(_, passing)| passing.is_none()).map(|(at, _)| at)
}

/// The positions beside one of a path, in no order; `None` where a line ends.
fn neighbours(paths: &Paths, path: usize, place: usize) -> Option<[u64; 2]> {
    let (role, start, end) = paths.span(path);
    if role == Role::Line && (place == start || place + 1 == end) {
        return None;
    }
    let before = if place == start { end } else { place } - 1;
    let after = if place + 1 == end { start } else { place + 1 };
    let mut neighbours = [before, after].map(|place| key(paths.units[place]));
    neighbours.sort_unstable();
    Some(neighbours)
}

/// Two bits for each remainder of the positions: whether one has it, and whether a second has it too. Most positions of most
/// layers are passed once; these are known here without a table of them all.
struct Sieve {
    once: Vec<u64>,
    twice: Vec<u64>,
    shift: u32,
}

impl Sieve {
    fn of(units: &[Unit]) -> Self {
        let bits = (units.len() * 8).next_power_of_two().clamp(1 << 10, 1 << 28);
        let words = bits / 64;
        let mut sieve =
            Self { once: vec![0; words], twice: vec![0; words], shift: 64 - bits.trailing_zeros() };
        for unit in units {
            let (word, bit) = sieve.bit(key(*unit));
            sieve.twice[word] |= sieve.once[word] & bit;
            sieve.once[word] |= bit;
        }
        sieve
    }

    const fn bit(&self, key: u64) -> (usize, u64) {
        let number = scatter(key) >> self.shift;
        ((number / 64) as usize, 1 << (number % 64))
    }

    fn is_doubtful(&self, key: u64) -> bool {
        let (word, bit) = self.bit(key);
        self.twice[word] & bit != 0
    }
}

/// A position as one number.
pub const fn key([x, y]: Unit) -> u64 {
    (x.cast_unsigned() as u64) << 32 | y.cast_unsigned() as u64
}

/// Spreads numbers over all bits, the high ones best.
pub const fn scatter(key: u64) -> u64 {
    let key = (key ^ key >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (key ^ key >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

/// A map by positions: these are no secret, and nobody gains by making them collide.
pub type KeyMap<K, V> = HashMap<K, V, BuildHasherDefault<KeyHasher>>;

/// Hashes one or a few numbers.
#[derive(Default)]
pub struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = scatter(self.0.rotate_left(17) ^ number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geometry::Shape;

    #[test]
    fn junctions_are_the_same_in_however_many_parts_they_are_looked_for() {
        // Squares of four units a side, the middle of each third side being passed by one of two neighbours alone.
        let square = |at: i32| {
            let [x, y] = [at % 20, at / 20].map(|at| f64::from(4 * at));
            let mut ring = vec![[x, y], [x + 4.0, y], [x + 4.0, y + 4.0], [x, y + 4.0], [x, y]];
            if at % 3 == 0 {
                ring.insert(1, [x + 2.0, y]);
            }
            Shape::polygons([[ring]]).unwrap()
        };
        let shapes: Vec<Shape> = (0..400).map(square).collect();
        #[expect(clippy::cast_possible_truncation, reason = "small whole numbers")]
        let paths = Paths::of((0..).zip(&shapes), 14, |at| at.map(|at| at as i32));
        let passed = Sieve::of(&paths.units);
        let found = |parts: u64| {
            let all = (0..parts).flat_map(|part| junctions(&paths, &passed, [part, parts]));
            let mut all: Vec<u64> = all.collect();
            all.sort_unstable();
            all
        };
        assert!(found(1).len() > 300, "{}", found(1).len());
        assert_eq!([found(2), found(7)], [found(1), found(1)]);
    }
}
