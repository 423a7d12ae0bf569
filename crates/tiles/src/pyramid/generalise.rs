//! From which zoom level on each position of the borders is drawn: Visvalingam's method, arc by arc and level by level.
//!
//! A position goes where the triangle that it makes with its neighbours on its arc is small or flat, the smallest first; not where
//! another border runs through that triangle, or the same one again: so borders never come to cross that did not. Of what shares no
//! border only the arc itself is looked at: such things may lie on each other as they like, by the thousand in one place. Positions
//! are first rounded as the level has them, so what is compared is what is drawn.

use super::arcs::{Arcs, scatter};
use super::fineness::Fineness;
use super::grid::{Unit, Window};
use super::paths::Paths;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::RangeInclusive;

/// For each position of the paths the first zoom level on which it is drawn; more than the deepest: on none.
pub fn first_levels(paths: &Paths, arcs: &Arcs, zooms: &RangeInclusive<u8>) -> Vec<u8> {
    let mut first = vec![0; paths.units.len()];
    let mut alive = Alive { places: arcs.places.clone(), ends: arcs.ends.clone() };
    for zoom in zooms.clone().rev() {
        let fineness = Fineness::of(zoom, paths.zoom);
        let units = |place: u32| fineness.unit(paths.units[place as usize]);
        let near = Near::of(&alive.borders(arcs), units);
        let mut work = Work::default();
        for arc in 0..alive.ends.len() {
            let places = alive.arc(arc);
            if places.len() > 2 {
                let near = alive.is_looked_up(arcs, arc).then_some(&near);
                work.simplify(places, units, fineness, near, &mut first, zoom);
            }
        }
        alive.thin(|place| first[place as usize] <= zoom);
    }
    arcs.hand_on(&mut first);
    first
}

/// Positions of an arc that are looked through for each of its own.
const LONG: usize = 256;

/// The positions that are left, arc after arc.
struct Alive {
    places: Vec<u32>,
    ends: Vec<u32>,
}

impl Alive {
    fn arc(&self, arc: usize) -> &[u32] {
        let start = arc.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.places[start..self.ends[arc] as usize]
    }

    /// Lets those go that do not stay.
    fn thin(&mut self, stays: impl Fn(u32) -> bool) {
        let (mut read, mut kept) = (0, 0);
        for end in &mut self.ends {
            while read < *end as usize {
                self.places[kept] = self.places[read];
                kept += usize::from(stays(self.places[read]));
                read += 1;
            }
            *end = kept.try_into().unwrap_or(u32::MAX);
        }
        self.places.truncate(kept);
    }

    /// Whether an arc is looked for among all that are: a shared border, or one too long to be looked through from end to end.
    fn is_looked_up(&self, arcs: &Arcs, arc: usize) -> bool {
        arcs.is_border(arc) || self.arc(arc).len() > LONG
    }

    /// The places of all arcs that are looked for.
    fn borders(&self, arcs: &Arcs) -> Vec<u32> {
        let borders = (0..self.ends.len()).filter(|arc| self.is_looked_up(arcs, *arc));
        borders.flat_map(|arc| self.arc(arc)).copied().collect()
    }
}

/// Memory for one arc after another.
#[derive(Default)]
struct Work {
    units: Vec<Unit>,
    /// For each position of the arc those beside it that are left.
    before: Vec<u32>,
    after: Vec<u32>,
    /// The triangles that are small or flat enough, the smallest first.
    small: BinaryHeap<Reverse<(i64, u32)>>,
}

impl Work {
    fn simplify(
        &mut self,
        places: &[u32],
        unit: impl Fn(u32) -> Unit,
        fineness: Fineness,
        near: Option<&Near>,
        first: &mut [u8],
        zoom: u8,
    ) {
        let last = places.len() - 1;
        self.units.clear();
        self.units.extend(places.iter().map(|place| unit(*place)));
        self.before.clear();
        self.before
            .extend((0..places.len()).map(|at| u32::try_from(at).unwrap_or_default().saturating_sub(1)));
        self.after.clear();
        self.after.extend((1..=places.len()).map(|at| u32::try_from(at).unwrap_or_default()));
        // What begins where it ends is a ring: its first position and two more stay.
        let is_ring = self.units[0] == self.units[last];
        let mut spare = if is_ring { last.saturating_sub(3) } else { last - 1 };
        let fineness = if is_ring { fineness.of_a_ring() } else { fineness };
        (1..last).for_each(|at| self.offer(at, fineness));
        while let Some(Reverse((size, at))) = self.small.pop() {
            let at = at as usize;
            let [before, after] = [self.before[at] as usize, self.after[at] as usize];
            let is_gone = first[places[at] as usize] > zoom;
            let triangle = [before, at, after].map(|at| self.units[at]);
            if is_gone || size != doubled_area(triangle) || spare == 0 {
                continue;
            }
            let is_left = |place: u32| place != places[at] && first[place as usize] <= zoom;
            let is_crossed = || match near {
                Some(near) => near.any_in(triangle, is_left),
                None => {
                    places.iter().zip(&self.units).any(|(place, at)| is_in(triangle, *at) && is_left(*place))
                }
            };
            if size > 0 && is_crossed() {
                continue;
            }
            first[places[at] as usize] = zoom + 1;
            spare -= 1;
            self.after[before] = self.after[at];
            self.before[after] = self.before[at];
            if before > 0 {
                self.offer(before, fineness);
            }
            if after < last {
                self.offer(after, fineness);
            }
        }
    }

    fn offer(&mut self, at: usize, fineness: Fineness) {
        let triangle = [self.before[at] as usize, at, self.after[at] as usize].map(|at| self.units[at]);
        let size = doubled_area(triangle);
        if fineness.leaves_out(size, [triangle[0], triangle[2]]) {
            self.small.push(Reverse((size, at.try_into().unwrap_or(u32::MAX))));
        }
    }
}

fn cross([o, a, b]: [Unit; 3]) -> i64 {
    let way = |to: Unit| [i64::from(to[0]) - i64::from(o[0]), i64::from(to[1]) - i64::from(o[1])];
    let ([ax, ay], [bx, by]) = (way(a), way(b));
    ax * by - ay * bx
}

fn doubled_area(triangle: [Unit; 3]) -> i64 {
    cross(triangle).abs()
}

/// Whether a position lies in a triangle or on its border, its first and last corner apart.
fn is_in([a, b, c]: [Unit; 3], at: Unit) -> bool {
    let sides = [[a, b, at], [b, c, at], [c, a, at]].map(cross);
    let holds = sides.iter().all(|side| *side >= 0) || sides.iter().all(|side| *side <= 0);
    holds && at != a && at != c
}

/// Which positions are near: by the square of the grid that they lie in.
struct Near {
    /// For each remainder of the squares, where its positions end.
    ends: Vec<u32>,
    /// The positions, each with its place.
    units: Vec<(Unit, u32)>,
    shift: u32,
}

/// The side of a square, as a power of two.
const SQUARE: u32 = 5;
/// The side of a block in squares, as a power of two.
const BLOCK: u32 = 4;
/// Squares that are looked through for one triangle; the tip of a longer one stays where it is.
const MOST_SQUARES: i64 = 4096;

impl Near {
    fn of(places: &[u32], unit: impl Fn(u32) -> Unit) -> Self {
        let buckets = places.len().next_power_of_two().max(2 << (2 * BLOCK));
        let mut near = Self {
            ends: vec![0; buckets + 1],
            units: vec![([0; 2], 0); places.len()],
            shift: 64 - buckets.trailing_zeros() + 2 * BLOCK,
        };
        let bucket_of = |shift: u32, unit: Unit| bucket(unit.map(|at| at >> SQUARE), shift);
        for place in places {
            near.ends[bucket_of(near.shift, unit(*place)) + 1] += 1;
        }
        for at in 1..near.ends.len() {
            near.ends[at] += near.ends[at - 1];
        }
        let mut free = near.ends.clone();
        for place in places {
            let unit = unit(*place);
            let slot = &mut free[bucket_of(near.shift, unit)];
            near.units[*slot as usize] = (unit, *place);
            *slot += 1;
        }
        near
    }

    /// Whether one of the positions that count may lie in a triangle, its first and last corner apart.
    fn any_in(&self, triangle: [Unit; 3], counts: impl Fn(u32) -> bool) -> bool {
        let window = triangle.iter().fold(Window::NOTHING, |all, it| all.with(*it));
        let squares = |axis: usize| i64::from(window.max[axis] - window.min[axis]) >> SQUARE;
        if (squares(0) + 1) * (squares(1) + 1) > MOST_SQUARES {
            return true;
        }
        for y in window.min[1] >> SQUARE..=window.max[1] >> SQUARE {
            for x in window.min[0] >> SQUARE..=window.max[0] >> SQUARE {
                let bucket = bucket([x, y], self.shift);
                let units = &self.units[self.ends[bucket] as usize..self.ends[bucket + 1] as usize];
                let meets = |(at, place): &(Unit, u32)| {
                    window.contains(*at) && is_in(triangle, *at) && counts(*place)
                };
                if units.iter().any(meets) {
                    return true;
                }
            }
        }
        false
    }
}

/// The bucket of a square: those of squares in one block are near in memory, as the positions of a border are on the ground.
fn bucket([x, y]: Unit, shift: u32) -> usize {
    let block = scatter(super::arcs::key([x >> BLOCK, y >> BLOCK])) >> shift;
    let within = |at: i32| u64::from((at & ((1 << BLOCK) - 1)).cast_unsigned());
    usize::try_from(block << (2 * BLOCK) | within(y) << BLOCK | within(x)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use geometry::Shape;

    /// How many positions of a shape are drawn on level 9 of 14, where its coordinates are units of level 9.
    fn drawn(rings: &[&[[f64; 2]]]) -> usize {
        let shape = Shape::polygons(rings.iter().map(|ring| [ring.to_vec()])).unwrap();
        let unit = |at: [f64; 2]| super::super::grid::of_world(at.map(|at| at / 2_f64.powi(12 + 9)), 14);
        let paths = Paths::of(std::iter::once((0, &shape)), 14, unit);
        let first = first_levels(&paths, &Arcs::of(&paths), &(4..=14));
        first.iter().filter(|zoom| **zoom <= 9).count()
    }

    #[test]
    fn a_shared_border_loses_what_is_flat_and_a_narrow_shape_by_itself_nothing() {
        let bend = |height: f64| {
            let west =
                [[0.0, 0.0], [200.0, 0.0], [200.0 + height, 400.0], [200.0, 800.0], [0.0, 800.0], [0.0, 0.0]];
            let east = [
                [200.0, 0.0],
                [400.0, 0.0],
                [400.0, 800.0],
                [200.0, 800.0],
                [200.0 + height, 400.0],
                [200.0, 0.0],
            ];
            drawn(&[&west, &east])
        };
        assert_eq!([bend(4.0), bend(8.0)], [8, 10]);
        assert_eq!(drawn(&[&[[0.0, 0.0], [800.0, 0.0], [800.0, 4.0], [0.0, 4.0], [0.0, 0.0]]]), 4);
    }
}
