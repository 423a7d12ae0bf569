//! Polygons cut to a window, the rectangle that they have in common with others: only the edges that matter there are left.
//!
//! Edges beyond the left, right or lower side of the window have no trapezoid in it. Edges above it have one that is as high as
//! the window, however they run: a row of them counts as one level edge along the *roof*, from where the first begins to where
//! the last ends, and a row that comes back to where it began as none. So it does not matter whether a border passes close by or
//! far off, and a chunk that lies beyond one side costs one comparison.
//!
//! Coordinates are measured from the lower left corner of the window. This is where the precision comes from: northings of
//! 5 000 km leave a nanometre, and their products square millimetres at best.

use super::runs::{Chunk, View};
use super::trapezoid::Edge;
use crate::{Bbox, Xy};

/// How much of a window polygons cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cover {
    /// They do not reach into it.
    Nothing,
    /// All of it.
    Everything,
    /// Their borders run through it.
    Something,
}

/// Cuts polygons to a window.
#[derive(Debug)]
pub struct Cutter<'a> {
    window: Bbox,
    width: f64,
    height: f64,
    edges: &'a mut Vec<Edge>,
    /// Where the row of edges above the window began, and where it has come to.
    roof: [f64; 2],
    /// How much of the roof is covered, m.
    covered: f64,
    /// Whether a border runs through the window.
    crossed: bool,
}

/// Puts the edges of polygons that matter in a window into `edges`, and says how much of it they cover: where they cover all of it
/// or nothing, edges are not needed.
pub fn cut(polygons: View<'_>, window: Bbox, edges: &mut Vec<Edge>) -> Cover {
    edges.clear();
    let (width, height) = (window.width(), window.height());
    let mut cutter = Cutter { window, width, height, edges, roof: [0.0; 2], covered: 0.0, crossed: false };
    for block in polygons.blocks {
        let chunks = polygons.chunks(block);
        if let Some(place) = cutter.place(block.bbox) {
            cutter.pass(place, polygons.coords(&chunks[0]), polygons.coords(&chunks[chunks.len() - 1]));
            continue;
        }
        for chunk in chunks {
            cutter.chunk(chunk, polygons.coords(chunk));
        }
    }
    cutter.finish()
}

/// Where a rectangle lies that the window does not reach.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Above,
    Beside,
}

impl Cutter<'_> {
    fn place(&self, bbox: Bbox) -> Option<Place> {
        let Bbox { min, max } = self.window;
        if bbox.max[0] <= min[0] || bbox.min[0] >= max[0] || bbox.max[1] <= min[1] {
            Some(Place::Beside)
        } else {
            (bbox.min[1] >= max[1]).then_some(Place::Above)
        }
    }

    /// Passes over edges that lie all in one place outside the window.
    fn pass(&mut self, place: Place, first: &[Xy], last: &[Xy]) {
        if place == Place::Above
            && let (Some(first), Some(last)) = (first.first(), last.last())
        {
            let along = |xy: &Xy| (xy[0] - self.window.min[0]).clamp(0.0, self.width);
            self.along_roof(along(first), along(last));
        }
    }

    fn chunk(&mut self, chunk: &Chunk, coords: &[Xy]) {
        if let Some(place) = self.place(chunk.bbox) {
            return self.pass(place, coords, coords);
        }
        let corner = self.window.min;
        let local = |xy: Xy| [xy[0] - corner[0], xy[1] - corner[1]];
        let is_inside = self.window.contains(chunk.bbox);
        for edge in coords.windows(2) {
            let (a, b) = (local(edge[0]), local(edge[1]));
            // The inside is on the left: below edges that run to the left.
            let (left, right, sign) = if a[0] < b[0] { (a, b, -1.0) } else { (b, a, 1.0) };
            let slope = (right[1] - left[1]) / (right[0] - left[0]);
            // An edge so narrow that its slope is beyond all numbers is upright.
            if left[0] < right[0] && slope.is_finite() {
                if is_inside {
                    self.push(left, right[0], slope, sign);
                } else {
                    self.edge(left, right, slope, sign);
                }
            } else {
                self.upright(a, b);
            }
        }
    }

    /// An edge without a trapezoid may still divide the window into a covered and an empty part.
    fn upright(&mut self, a: Xy, b: Xy) {
        let is_between = 0.0 < a[0] && a[0] < self.width;
        self.crossed |= is_between && a[1].max(b[1]) > 0.0 && a[1].min(b[1]) < self.height;
    }

    /// What of an edge is in the window, or above it.
    fn edge(&mut self, left: Xy, right: Xy, slope: f64, sign: f64) {
        let (width, height) = (self.width, self.height);
        if right[0] <= 0.0 || left[0] >= width || left[1].max(right[1]) <= 0.0 {
            return;
        }
        let rise = |x: f64| left[1] + (x - left[0]) * slope;
        let [mut from, mut to] = [left, right];
        if left[0] < 0.0 {
            from = [0.0, rise(0.0)];
        }
        if right[0] > width {
            to = [width, rise(width)];
        }
        let (start, end) = (from[0], to[0]);
        let reach = |y: f64| (left[0] + (y - left[1]) / slope).clamp(start, end);
        if from[1].max(to[1]) <= 0.0 {
            return;
        }
        // Below the window there is nothing to count.
        if from[1] < 0.0 {
            from = [reach(0.0), 0.0];
        } else if to[1] < 0.0 {
            to = [reach(0.0), 0.0];
        }
        if from[1].min(to[1]) >= height {
            return self.roof(from[0], to[0], sign);
        }
        if from[1] > height {
            let beam = reach(height);
            self.roof(from[0], beam, sign);
            from = [beam, height];
        } else if to[1] > height {
            let beam = reach(height);
            self.roof(beam, to[0], sign);
            to = [beam, height];
        }
        self.push(from, to[0], slope, sign);
    }

    fn push(&mut self, left: Xy, right: f64, slope: f64, sign: f64) {
        self.crossed = true;
        if left[0] < right {
            self.edges.push(Edge { left: left[0], right, height: left[1], slope, sign });
        }
    }

    /// An edge above the window.
    fn roof(&mut self, left: f64, right: f64, sign: f64) {
        if sign < 0.0 { self.along_roof(left, right) } else { self.along_roof(right, left) }
    }

    /// A row of edges above the window, one after the other, from one place to another.
    fn along_roof(&mut self, from: f64, to: f64) {
        if self.roof[1].to_bits() != from.to_bits() {
            self.end_row();
            self.roof[0] = from;
        }
        self.roof[1] = to;
    }

    fn end_row(&mut self) {
        let [from, to] = self.roof;
        self.covered += from - to;
        let (left, right, sign) = if from < to { (from, to, -1.0) } else { (to, from, 1.0) };
        if left < right {
            self.edges.push(Edge { left, right, height: self.height, slope: 0.0, sign });
        }
        self.roof[0] = to;
    }

    fn finish(mut self) -> Cover {
        self.end_row();
        if self.crossed {
            Cover::Something
        } else if self.covered > self.width / 2.0 {
            // No border runs through it, so the sum is its width or nothing. Rings alone do not tell: a hole may cover it too.
            Cover::Everything
        } else {
            Cover::Nothing
        }
    }
}
