//! What of the borders is drawn on a zoom level, and what is too small for it.

use super::arcs::{KeyMap, key};
use super::fineness::Fineness;
use super::grid::{Unit, Window};
use super::level::{Level, Packer};
use super::paths::{Paths, Role};
use rayon::prelude::*;

/// The side of the square that stands for a polygon too small to be seen: a pixel.
const SPECK: i32 = 8;

/// How small a thing may be on a zoom level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Smallest {
    /// Polygons are too small if twice their area is less, in square units; those that share a border with another never are.
    area: i64,
    /// Of polygons that are too small, each square of this side shows the largest; the side is this power of two.
    square: u32,
}

impl Smallest {
    /// Nothing is too small but what is no polygon on the grid, and each of these is shown.
    pub const NOTHING: Self = Self { area: 0, square: 0 };

    /// The rule in a step from 0, where it is half a pixel and a square of two pixels; each step doubles these lengths.
    pub const fn step(step: u8) -> Self {
        Self { area: 32 << (2 * step), square: 4 + step as u32 }
    }
}

/// What of a shape a zoom level shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// What of it is large enough.
    Itself,
    /// A square, for all of it is too small.
    Speck,
    /// Nothing: another speck stands where its own would.
    Nothing,
}

/// A shape in brief, as it is on a zoom level: enough to say whether it is large enough, before any is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Sketch {
    /// Round it.
    pub window: Window,
    /// How many positions it has.
    pub positions: usize,
    is_line: bool,
    /// Twice the area of its polygons; of lines, the square of their longer extent.
    area: i64,
    /// The same of the largest of them.
    largest: i64,
    /// A neighbour is where it was: a square would lie on it.
    is_shared: bool,
    /// It has an area, and shares a border: leaving it out would leave a gap.
    is_needed: bool,
}

impl Sketch {
    const fn is_large(&self, smallest: Smallest) -> bool {
        let Self { largest, .. } = *self;
        self.is_needed
            || if self.is_line { largest > smallest.area } else { largest > 0 && largest >= smallest.area }
    }
}

/// Shapes that are worked on by one thread at a time.
const RUN: usize = 4096;

/// The shapes as a zoom level has them, in their order; the paths have the positions that are drawn on it, no others.
pub fn sketches(paths: &Paths, is_shared: &[bool], zoom: u8) -> Vec<Sketch> {
    let fineness = Fineness::of(zoom, paths.zoom);
    let sketch = |ring: &mut Vec<Unit>, place: usize| {
        let mut sketch = Sketch {
            window: Window::NOTHING,
            positions: 0,
            is_line: false,
            area: 0,
            largest: 0,
            is_shared: false,
            is_needed: false,
        };
        for path in paths.of_drawing(place) {
            let (role, units) = paths.path(path);
            sketch.positions += units.len();
            if role == Role::Hole {
                continue;
            }
            trace(role, units, fineness, ring);
            let window = ring.iter().fold(Window::NOTHING, |all, unit| all.with(*unit));
            let area = if role == Role::Line { length(window).pow(2) } else { doubled_area(ring).abs() };
            sketch.is_line = role == Role::Line;
            sketch.window = sketch.window.union(window);
            sketch.area += area;
            sketch.largest = sketch.largest.max(area);
            sketch.is_shared |= is_shared[path];
            sketch.is_needed |= is_shared[path] && area > 0 && role == Role::Shell;
        }
        sketch
    };
    let all = (0..paths.drawings.len()).into_par_iter().with_min_len(RUN);
    all.map_init(Vec::new, sketch).collect()
}

fn length(window: Window) -> i64 {
    let side = |axis: usize| i64::from(window.max[axis]) - i64::from(window.min[axis]);
    side(0).max(side(1))
}

/// What is shown of some shapes. Of those that are too small, the deepest level shows each, the others the largest in each square.
pub fn shown(sketches: &[Sketch], smallest: Smallest, is_deepest: bool) -> Vec<Shown> {
    let is_speck = |sketch: &Sketch| sketch.window != Window::NOTHING && !sketch.is_large(smallest);
    let square = |sketch: &Sketch| key(sketch.window.center().map(|at| at >> smallest.square));
    let mut largest: KeyMap<u64, (i64, usize)> = KeyMap::default();
    let specks = sketches.iter().enumerate().filter(|(_, sketch)| !is_deepest && is_speck(sketch));
    for (place, sketch) in specks.filter(|(_, sketch)| !sketch.is_line && !sketch.is_shared) {
        let entry = largest.entry(square(sketch)).or_insert((sketch.area, place));
        if entry.0 < sketch.area {
            *entry = (sketch.area, place);
        }
    }
    let shown = |(place, sketch): (usize, &Sketch)| {
        if !is_speck(sketch) {
            Shown::Itself
        } else if is_deepest || largest.get(&square(sketch)).is_some_and(|(_, shown)| *shown == place) {
            Shown::Speck
        } else {
            Shown::Nothing
        }
    };
    sketches.iter().enumerate().map(shown).collect()
}

/// The shapes as they are drawn on a zoom level.
pub fn level(
    paths: &Paths,
    is_shared: &[bool],
    zoom: u8,
    (sketches, shown, smallest): (&[Sketch], &[Shown], Smallest),
) -> Level {
    let run = |places: &[usize]| {
        let fineness = Fineness::of(zoom, paths.zoom);
        let mut pen = Pen { fineness, smallest, packer: Packer::new(zoom), ring: Vec::new() };
        for place in places.iter().copied() {
            match shown[place] {
                Shown::Itself => pen.draw(paths, is_shared, place),
                Shown::Speck => pen.draw_speck(&sketches[place]),
                Shown::Nothing => {}
            }
            pen.packer.item(paths.drawings[place].feature, !sketches[place].is_line);
        }
        pen.packer
    };
    let drawn: Vec<usize> = (0..shown.len()).filter(|place| shown[*place] != Shown::Nothing).collect();
    let mut all = Packer::new(zoom);
    all.reserve(drawn.len(), drawn.iter().map(|place| sketches[*place].positions).sum());
    // Some at a time: all runs together would take as much memory as what is made of them.
    for some in drawn.chunks(RUN * rayon::current_num_threads()) {
        let runs: Vec<Packer> = some.par_chunks(RUN).map(run).collect();
        for run in runs {
            all.append(run);
        }
    }
    all.finish()
}

struct Pen {
    fineness: Fineness,
    smallest: Smallest,
    packer: Packer,
    ring: Vec<Unit>,
}

impl Pen {
    /// Packs the rings and lines of a shape that are large enough.
    fn draw(&mut self, paths: &Paths, is_shared: &[bool], place: usize) {
        let mut has_shell = false;
        for path in paths.of_drawing(place) {
            let (role, units) = paths.path(path);
            if role == Role::Hole && !has_shell {
                continue;
            }
            trace(role, units, self.fineness, &mut self.ring);
            let area = doubled_area(&self.ring);
            let is_drawn = match role {
                Role::Line => self.ring.len() > 1,
                _ => area != 0 && (is_shared[path] || area.abs() >= self.smallest.area),
            };
            if role == Role::Shell {
                has_shell = is_drawn;
            }
            if is_drawn {
                // Shells have a positive area where y grows southwards, holes a negative one.
                if role != Role::Line && (area > 0) != (role == Role::Shell) {
                    self.ring.reverse();
                }
                self.packer.ring(role, &self.ring);
            }
        }
    }

    fn draw_speck(&mut self, sketch: &Sketch) {
        let [x, y] = sketch.window.center();
        if sketch.is_line {
            self.packer.ring(Role::Line, &[[x, y], [x + 1, y]]);
        } else {
            let [x, y] = [x - SPECK / 2, y - SPECK / 2];
            let ring = [[x, y], [x + SPECK, y], [x + SPECK, y + SPECK], [x, y + SPECK]];
            self.packer.ring(Role::Shell, &ring);
        }
    }
}

/// The positions of a path as a level has them, without repeats.
fn trace(role: Role, units: &[Unit], fineness: Fineness, ring: &mut Vec<Unit>) {
    ring.clear();
    ring.extend(units.iter().map(|unit| fineness.unit(*unit)));
    ring.dedup();
    if role != Role::Line && ring.len() > 1 && ring.last() == ring.first() {
        ring.pop();
    }
}

/// Twice the area of an open ring, positive if it runs clockwise on the screen.
pub fn doubled_area(ring: &[Unit]) -> i64 {
    let Some(last) = ring.last() else { return 0 };
    let [x0, y0] = ring[0].map(i64::from);
    // Measured from the first position, so that no product is larger than the ring.
    let step = |[ax, ay]: Unit, [bx, by]: Unit| {
        (i64::from(ax) - x0) * (i64::from(by) - y0) - (i64::from(bx) - x0) * (i64::from(ay) - y0)
    };
    ring.windows(2).map(|edge| step(edge[0], edge[1])).sum::<i64>() + step(*last, ring[0])
}
