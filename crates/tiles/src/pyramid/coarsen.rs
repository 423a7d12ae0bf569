//! What of the borders is drawn on a zoom level, and what is too small for it.

use super::grid::{Rounding, Unit, Window};
use super::level::{Level, Packer};
use super::paths::{Paths, Role};
use std::collections::HashMap;

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

/// The shapes as they are drawn on a zoom level: the positions whose first level it has reached, rounded to its grid.
pub fn level(paths: &Paths, first: &[u8], is_shared: &[bool], zoom: u8, smallest: Smallest) -> Level {
    let mut pen = Pen {
        rounding: Rounding::new(paths.zoom, zoom),
        zoom,
        smallest,
        is_deepest: zoom == paths.zoom,
        packer: Packer::new(zoom),
        ring: Vec::new(),
    };
    let mut specks = Specks { square: smallest.square, largest: HashMap::new() };
    let mut alone: Vec<Option<Speck>> = Vec::new();
    for (place, _) in paths.drawings.iter().enumerate() {
        let speck = pen.measure(paths, first, is_shared, place);
        if let Some(speck) = speck.filter(|_| !pen.is_deepest) {
            specks.offer(place, speck);
        }
        alone.push(speck);
    }
    for (place, drawing) in paths.drawings.iter().enumerate() {
        match alone[place] {
            None => pen.draw(paths, first, is_shared, place),
            Some(speck) if pen.is_deepest || specks.shows(place, speck) => pen.draw_speck(speck),
            Some(_) => {}
        }
        let (role, ..) = paths.path(paths.of_drawing(place).start);
        pen.packer.item(drawing.feature, role != Role::Line);
    }
    pen.packer.finish()
}

/// A shape that is too small: where it is, and twice its area.
#[derive(Clone, Copy, Debug)]
struct Speck {
    at: Unit,
    area: i64,
    is_line: bool,
    /// A neighbour is where it was: a square would lie on it.
    is_shared: bool,
}

/// The largest speck in each square.
struct Specks {
    square: u32,
    largest: HashMap<Unit, (i64, usize)>,
}

impl Specks {
    fn offer(&mut self, place: usize, speck: Speck) {
        if speck.is_line || speck.is_shared {
            return;
        }
        let entry = self.largest.entry(speck.at.map(|at| at >> self.square)).or_insert((speck.area, place));
        if entry.0 < speck.area {
            *entry = (speck.area, place);
        }
    }

    fn shows(&self, place: usize, speck: Speck) -> bool {
        let largest = self.largest.get(&speck.at.map(|at| at >> self.square));
        largest.is_some_and(|(_, shown)| *shown == place)
    }
}

struct Pen {
    rounding: Rounding,
    zoom: u8,
    smallest: Smallest,
    is_deepest: bool,
    packer: Packer,
    ring: Vec<Unit>,
}

impl Pen {
    /// A shape as a speck, if all of it is too small; `None` if any of it is drawn.
    fn measure(&mut self, paths: &Paths, first: &[u8], is_shared: &[bool], place: usize) -> Option<Speck> {
        let mut window = Window::NOTHING;
        let mut speck = Speck { at: [0, 0], area: 0, is_line: false, is_shared: false };
        for path in paths.of_drawing(place) {
            let (role, start, end) = paths.path(path);
            if role == Role::Hole {
                continue;
            }
            speck.is_line = role == Role::Line;
            speck.is_shared |= is_shared[path];
            let units = &paths.units[start..end];
            window = units.iter().fold(window, |all, unit| all.with(self.rounding.unit(*unit)));
            if speck.is_line {
                let length = (window.max[0] - window.min[0]).max(window.max[1] - window.min[1]);
                if i64::from(length).pow(2) > self.smallest.area {
                    return None;
                }
                continue;
            }
            self.trace(paths, first, path);
            let area = doubled_area(&self.ring).abs();
            if area > 0 && (area >= self.smallest.area || is_shared[path]) {
                return None;
            }
            speck.area += area;
        }
        (window != Window::NOTHING).then(|| Speck { at: window.center(), ..speck })
    }

    /// Packs the rings and lines of a shape that are large enough.
    fn draw(&mut self, paths: &Paths, first: &[u8], is_shared: &[bool], place: usize) {
        let mut has_shell = false;
        for path in paths.of_drawing(place) {
            let (role, ..) = paths.path(path);
            if role == Role::Hole && !has_shell {
                continue;
            }
            self.trace(paths, first, path);
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

    fn draw_speck(&mut self, speck: Speck) {
        let [x, y] = speck.at.map(|at| at - SPECK / 2);
        if speck.is_line {
            self.packer.ring(Role::Line, &[speck.at, [speck.at[0] + 1, speck.at[1]]]);
        } else {
            let ring = [[x, y], [x + SPECK, y], [x + SPECK, y + SPECK], [x, y + SPECK]];
            self.packer.ring(Role::Shell, &ring);
        }
    }

    /// The positions of a path on this level, without repeats.
    fn trace(&mut self, paths: &Paths, first: &[u8], path: usize) {
        let (role, start, end) = paths.path(path);
        self.ring.clear();
        for (unit, first) in paths.units[start..end].iter().zip(&first[start..end]) {
            if *first <= self.zoom {
                let unit = self.rounding.unit(*unit);
                if self.ring.last() != Some(&unit) {
                    self.ring.push(unit);
                }
            }
        }
        if role != Role::Line && self.ring.len() > 1 && self.ring.last() == self.ring.first() {
            self.ring.pop();
        }
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
