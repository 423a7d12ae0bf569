//! The lines and rings of a layer on the grid of its deepest zoom level, one after the other.

use super::grid::{self, Unit};
use geometry::{Kind, Shape, Xy};
use rayon::prelude::*;

/// Shapes that are worked on by one thread at a time.
const RUN: usize = 4096;

/// What a path is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A line.
    Line,
    /// The outer ring of a polygon.
    Shell,
    /// A hole in the polygon whose shell stands before it.
    Hole,
}

/// A line or ring: where its positions end, and what it is. A ring does not repeat its first position.
#[derive(Clone, Copy, Debug)]
pub struct Path {
    end: u32,
    /// What it is.
    pub role: Role,
}

/// A shape: the feature that it is of, and where its paths end.
#[derive(Clone, Copy, Debug)]
pub struct Drawing {
    /// The place of the feature in the layer.
    pub feature: u32,
    path_end: u32,
}

/// Lines and rings without repeated positions.
#[derive(Debug)]
pub struct Paths {
    /// The zoom level of the grid.
    pub zoom: u8,
    /// All positions.
    pub units: Vec<Unit>,
    ends: Vec<Path>,
    /// The shapes, those that are near to each other near in the order too.
    pub drawings: Vec<Drawing>,
}

impl Paths {
    /// The lines and polygons among some shapes, each with the place of its feature; `unit` brings positions onto the grid of `zoom`.
    pub fn of<'s>(
        shapes: impl Iterator<Item = (u32, &'s Shape)>,
        zoom: u8,
        unit: impl Fn(Xy) -> Unit + Sync,
    ) -> Self {
        let place =
            |(feature, shape): (u32, &'s Shape)| (grid::z_order(unit(shape.bbox().center())), feature, shape);
        let mut shapes: Vec<_> =
            shapes.filter(|(_, shape)| shape.kind() != Kind::Points).map(place).collect();
        shapes.sort_by_key(|(place, feature, _)| (*place, *feature));
        let run = |run: &[(u64, u32, &'s Shape)]| {
            let mut paths = Self { zoom, units: Vec::new(), ends: Vec::new(), drawings: Vec::new() };
            for (_, feature, shape) in run {
                paths.draw(*feature, shape, &unit);
            }
            paths
        };
        let positions = shapes.iter().map(|(.., shape)| shape.coords().len()).sum();
        let mut all =
            Self { zoom, units: Vec::with_capacity(positions), ends: Vec::new(), drawings: Vec::new() };
        // Some at a time: all runs together would take as much memory as what is made of them.
        for some in shapes.chunks(RUN * rayon::current_num_threads()) {
            let runs: Vec<Self> = some.par_chunks(RUN).map(run).collect();
            for run in runs {
                all.append(&run);
            }
        }
        all
    }

    fn draw(&mut self, feature: u32, shape: &Shape, unit: &impl Fn(Xy) -> Unit) {
        for part in shape.parts() {
            for (place, ring) in part.rings().enumerate() {
                let role = match (shape.kind(), place) {
                    (Kind::Polygons, 0) => Role::Shell,
                    (Kind::Polygons, _) => Role::Hole,
                    _ => Role::Line,
                };
                self.push(role, ring.iter().map(|xy| unit(*xy)));
            }
        }
        self.drawings.push(Drawing { feature, path_end: self.ends.len().try_into().unwrap_or(u32::MAX) });
    }

    fn append(&mut self, other: &Self) {
        let [units, paths] =
            [self.units.len(), self.ends.len()].map(|length| u32::try_from(length).unwrap_or(u32::MAX));
        self.units.extend_from_slice(&other.units);
        self.ends.extend(other.ends.iter().map(|it| Path { end: it.end + units, ..*it }));
        self.drawings
            .extend(other.drawings.iter().map(|it| Drawing { path_end: it.path_end + paths, ..*it }));
    }

    fn push(&mut self, role: Role, units: impl Iterator<Item = Unit>) {
        let start = self.units.len();
        for unit in units {
            if self.units.len() == start || self.units.last() != Some(&unit) {
                self.units.push(unit);
            }
        }
        if role != Role::Line && self.units.len() > start + 1 && self.units.last() == self.units.get(start) {
            self.units.pop();
        }
        self.ends.push(Path { end: self.units.len().try_into().unwrap_or(u32::MAX), role });
    }

    /// How many paths there are.
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// What a path is, and where its positions start and end.
    pub fn span(&self, path: usize) -> (Role, usize, usize) {
        let start = path.checked_sub(1).map_or(0, |before| self.ends[before].end as usize);
        (self.ends[path].role, start, self.ends[path].end as usize)
    }

    /// What a path is, and its positions.
    pub fn path(&self, path: usize) -> (Role, &[Unit]) {
        let (role, start, end) = self.span(path);
        (role, &self.units[start..end])
    }

    /// Lets those positions go whose first zoom level is beyond `zoom`, here and among the first levels.
    pub fn thin(&mut self, first: &mut Vec<u8>, zoom: u8) {
        let (mut read, mut kept) = (0, 0);
        for path in &mut self.ends {
            while read < path.end as usize {
                if first[read] <= zoom {
                    (self.units[kept], first[kept]) = (self.units[read], first[read]);
                    kept += 1;
                }
                read += 1;
            }
            path.end = kept.try_into().unwrap_or(u32::MAX);
        }
        self.units.truncate(kept);
        first.truncate(kept);
    }

    /// The paths of the drawing at a place.
    pub fn of_drawing(&self, place: usize) -> std::ops::Range<usize> {
        let start = place.checked_sub(1).map_or(0, |before| self.drawings[before].path_end as usize);
        start..self.drawings[place].path_end as usize
    }
}
