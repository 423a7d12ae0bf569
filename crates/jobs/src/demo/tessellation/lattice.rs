//! A lattice of equilateral triangles over the plane. Triangles, because a border that crosses one has a single way to
//! go (a square leaves it open), and because they prefer no direction.

use crate::demo::facts::Facts;
use crate::demo::plane::{Plane, Point};

/// Height of an equilateral triangle of side 1.
const HEIGHT: f64 = 0.866_025_403_784_438_6;

pub struct Lattice {
    origin: Point,
    side: f64,
    columns: usize,
    rows: usize,
    /// The vertices of each triangle, counter-clockwise.
    pub triangles: Vec<[usize; 3]>,
}

impl Lattice {
    /// Covers the extents of all municipalities and a margin around them.
    pub fn covering(facts: &[Facts], plane: &Plane, margin: f64, side: f64) -> Self {
        // The plane's origin is amid them.
        let (mut low, mut high) = (Point { x: 0.0, y: 0.0 }, Point { x: 0.0, y: 0.0 });
        for corner in facts.iter().flat_map(|facts| [facts.south_west, facts.north_east]) {
            let corner = plane.point(corner);
            low = Point { x: low.x.min(corner.x), y: low.y.min(corner.y) };
            high = Point { x: high.x.max(corner.x), y: high.y.max(corner.y) };
        }
        let columns = steps(high.x - low.x + 2.0 * margin, side);
        let rows = steps(high.y - low.y + 2.0 * margin, side * HEIGHT);
        let triangles = triangles(columns, rows);
        Self { origin: low.shifted(-margin, -margin), side, columns, rows, triangles }
    }

    pub fn len(&self) -> usize {
        self.columns * self.rows
    }

    #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
    pub fn point(&self, vertex: usize) -> Point {
        let (row, column) = (vertex / self.columns, vertex % self.columns);
        // Odd rows are shifted by half a side.
        let shift = if row % 2 == 1 { 0.5 } else { 0.0 };
        self.origin.shifted((column as f64 + shift) * self.side, row as f64 * self.side * HEIGHT)
    }

    /// The vertices in a box of this many metres around a place, and perhaps a few more.
    pub fn around(&self, centre: Point, east: f64, north: f64) -> impl Iterator<Item = usize> {
        let (x, y) = (centre.x - self.origin.x, centre.y - self.origin.y);
        let columns = steps(x - east, self.side)..steps(x + east, self.side).min(self.columns);
        let height = self.side * HEIGHT;
        let rows = steps(y - north, height)..steps(y + north, height).min(self.rows);
        rows.flat_map(move |row| columns.clone().map(move |column| row * self.columns + column))
    }
}

fn triangles(columns: usize, rows: usize) -> Vec<[usize; 3]> {
    let mut triangles = Vec::with_capacity(2 * columns * rows);
    for row in 1..rows {
        for column in 1..columns {
            let (low, high) = ((row - 1) * columns + column, row * columns + column);
            triangles.extend(if row % 2 == 1 {
                [[low - 1, low, high - 1], [low, high, high - 1]]
            } else {
                [[low - 1, low, high], [low - 1, high, high - 1]]
            });
        }
    }
    triangles
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a few hundred, and never below 0"
)]
fn steps(length: f64, step: f64) -> usize {
    (length / step).max(0.0).ceil() as usize
}
