//! The geometry of a feature as commands (specification §4.3).

use super::protobuf::{varint, zigzag};
use geometry::Kind;

const MOVE_TO: u64 = 1;
const LINE_TO: u64 = 2;
const CLOSE_PATH: u8 = 7 | 1 << 3;

/// A position on the grid of the tile, x eastwards and y southwards from its north-west corner.
pub type Unit = [i32; 2];

/// Commands, each relative to where the one before ended.
#[derive(Debug, Default)]
pub struct Commands {
    bytes: Vec<u8>,
    pen: Unit,
}

impl Commands {
    /// Begins another geometry.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.pen = [0, 0];
    }

    /// Points, all in one command.
    pub fn points(&mut self, points: &[Unit]) {
        if !points.is_empty() {
            self.path(MOVE_TO, points);
        }
    }

    /// A line of two positions or more.
    pub fn line(&mut self, line: &[Unit]) {
        let (first, rest) = line.split_at(1);
        self.path(MOVE_TO, first);
        self.path(LINE_TO, rest);
    }

    /// A ring of three positions or more, the first not repeated; shells clockwise on the screen, holes the other way (§4.3.3.3).
    pub fn ring(&mut self, ring: &[Unit]) {
        self.line(ring);
        self.bytes.push(CLOSE_PATH);
    }

    /// The bytes of the geometry: none if there is nothing in it.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// One command for a run of positions.
    fn path(&mut self, command: u64, path: &[Unit]) {
        varint(&mut self.bytes, command | (path.len() as u64) << 3);
        for unit in path {
            let step = |axis: usize| zigzag(i64::from(unit[axis]) - i64::from(self.pen[axis]));
            let steps = [step(0), step(1)];
            // Most steps are short: both in one go.
            if let [Ok(x @ ..0x80), Ok(y @ ..0x80)] = steps.map(u8::try_from) {
                self.bytes.extend_from_slice(&[x, y]);
            } else {
                varint(&mut self.bytes, steps[0]);
                varint(&mut self.bytes, steps[1]);
            }
            self.pen = *unit;
        }
    }
}

/// The number of a type of geometry.
pub(super) const fn number(kind: Kind) -> u8 {
    match kind {
        Kind::Points => 1,
        Kind::Lines => 2,
        Kind::Polygons => 3,
    }
}
