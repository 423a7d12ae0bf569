//! The geometry of a feature: cut to the tile, rounded to its grid, written as commands (specification §4.3).
//!
//! Coordinates are *rounded*, and every coordinate by itself: the same position in the world becomes the same
//! unit of the grid in every shape and in every tile, so neighbours share their border here too. For the same
//! reason points on a straight line are not left out: a neighbour may have a corner there, and a renderer
//! leaves a crack at a corner that only one of two polygons has.

use super::EXTENT;
use super::protobuf::{varint, zigzag};
use crate::TileAddress;
use geometry::clip::{self, Scratch};
use geometry::{Bbox, Kind, Shape, Xy};

const MOVE_TO: u64 = 1;
const LINE_TO: u64 = 2;
const CLOSE_PATH: u8 = 7 | 1 << 3;

/// A position on the grid of the tile, x eastwards and y southwards from its north-west corner.
type Unit = [i32; 2];

/// Turns shapes into commands, one after the other.
#[derive(Debug)]
pub(super) struct Geometry {
    /// The tile with its buffer, in the world.
    to: Bbox,
    grid: Grid,
    path: Vec<Unit>,
    scratch: Scratch,
    commands: Commands,
}

impl Geometry {
    pub(super) fn new(address: TileAddress, buffer: u32) -> Self {
        Self {
            to: address.world_bbox(f64::from(buffer.min(EXTENT)) / f64::from(EXTENT)),
            grid: Grid::of(address),
            path: Vec::new(),
            scratch: Scratch::default(),
            commands: Commands::default(),
        }
    }

    /// The commands that draw a shape in this tile; `None` if it leaves nothing to draw.
    pub(super) fn encode(&mut self, shape: &Shape) -> Option<&[u8]> {
        if !self.to.intersects(shape.bbox()) {
            return None;
        }
        self.commands.clear();
        match shape.kind() {
            Kind::Points => self.points(shape),
            Kind::Lines => self.lines(shape),
            Kind::Polygons => self.polygons(shape),
        }
        (!self.commands.bytes.is_empty()).then_some(&self.commands.bytes)
    }

    fn points(&mut self, shape: &Shape) {
        let inside = shape.coords().iter().filter(|&&xy| self.to.contains_point(xy));
        self.path.clear();
        self.path.extend(inside.map(|&xy| self.grid.unit(xy)));
        self.path.sort_unstable();
        self.path.dedup();
        if !self.path.is_empty() {
            self.commands.path(MOVE_TO, &self.path);
        }
    }

    fn lines(&mut self, shape: &Shape) {
        let Self { to, grid, path, commands, .. } = self;
        for line in shape.rings() {
            clip::line(line, *to, |piece| {
                grid.trace(piece, path);
                if path.len() > 1 {
                    commands.path(MOVE_TO, &path[..1]);
                    commands.path(LINE_TO, &path[1..]);
                }
            });
        }
    }

    fn polygons(&mut self, shape: &Shape) {
        let whole = self.to.contains(shape.bbox());
        for polygon in shape.parts() {
            for (place, ring) in polygon.rings().enumerate() {
                let inside = if whole { ring } else { clip::ring(ring, self.to, &mut self.scratch) };
                self.grid.trace(inside, &mut self.path);
                self.path.pop();
                let area = doubled_area(&self.path);
                if area != 0 {
                    // The shell has a positive area where y grows southwards, holes a negative one
                    // (§4.3.3.3).
                    if (area > 0) != (place == 0) {
                        self.path.reverse();
                    }
                    self.commands.path(MOVE_TO, &self.path[..1]);
                    self.commands.path(LINE_TO, &self.path[1..]);
                    self.commands.bytes.push(CLOSE_PATH);
                } else if place == 0 {
                    // Without its shell, a polygon has no holes either.
                    break;
                }
            }
        }
    }
}

/// The grid of a tile as a part of the world.
#[derive(Debug, Clone, Copy)]
struct Grid {
    /// Units along a side of the world.
    scale: f64,
    /// The tile's north-west corner, in units from that of the world.
    origin: Xy,
}

impl Grid {
    fn of(address: TileAddress) -> Self {
        let extent = f64::from(EXTENT);
        Self {
            scale: extent * address.tiles_across(),
            origin: [extent * f64::from(address.x()), extent * f64::from(address.y())],
        }
    }

    /// The nearest unit; of two equally near, the south-eastern one, in whatever tile.
    ///
    /// A cast cuts towards zero: of a positive number that is rounding down, and a quarter faster than
    /// `floor`.
    #[expect(clippy::cast_possible_truncation, reason = "what is cut to a tile is within 2²⁰ units of it")]
    fn unit(self, [x, y]: Xy) -> Unit {
        const SHIFT: i32 = 1 << 20;
        let half_up = 0.5 + f64::from(SHIFT);
        [
            (x * self.scale - self.origin[0] + half_up) as i32 - SHIFT,
            (y * self.scale - self.origin[1] + half_up) as i32 - SHIFT,
        ]
    }

    /// Rounds a line or ring, leaving out what repeats the unit before it.
    fn trace(self, coords: &[Xy], path: &mut Vec<Unit>) {
        path.clear();
        path.extend(coords.iter().map(|&xy| self.unit(xy)));
        path.dedup();
    }
}

/// Twice the area of an open ring by the surveyor's formula, positive if it runs clockwise on the screen.
fn doubled_area(ring: &[Unit]) -> i64 {
    let Some(last) = ring.last() else { return 0 };
    let step = |[x0, y0]: Unit, [x1, y1]: Unit| i64::from(x0) * i64::from(y1) - i64::from(x1) * i64::from(y0);
    ring.windows(2).map(|edge| step(edge[0], edge[1])).sum::<i64>() + step(*last, ring[0])
}

/// Commands, each relative to where the one before ended.
#[derive(Debug, Default)]
struct Commands {
    bytes: Vec<u8>,
    pen: Unit,
}

impl Commands {
    fn clear(&mut self) {
        self.bytes.clear();
        self.pen = [0, 0];
    }

    /// One command for a run of positions.
    fn path(&mut self, command: u64, path: &[Unit]) {
        varint(&mut self.bytes, command | (path.len() as u64) << 3);
        for unit in path {
            for (axis, &at) in unit.iter().enumerate() {
                varint(&mut self.bytes, zigzag(i64::from(at) - i64::from(self.pen[axis])));
            }
            self.pen = *unit;
        }
    }
}
