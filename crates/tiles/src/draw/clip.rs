//! Cuts rings and lines to a tile, in whole units of its grid.
//!
//! Rings are cut by Sutherland and Hodgman's method. An edge and its reverse are cut at the very same positions, so neighbours
//! still share their border after the cut. Where all of a chunk lies beyond one side, its first and last position do for it.

use crate::pyramid::grid::{Mesh, Rounding, Unit, Window};
use crate::pyramid::level::RingView;

/// Cuts to one tile.
#[derive(Debug)]
pub struct Clipper {
    /// The tile with its buffer, from its north-western corner.
    to: Window,
    corner: Unit,
    rounding: Rounding,
    /// Positions are rounded again, to this.
    mesh: Mesh,
    kept: Vec<Unit>,
    spare: Vec<Unit>,
}

impl Clipper {
    /// Cuts what `rounding` brings onto the tile's grid to `window`; what comes out is measured from `corner`.
    pub fn new(window: Window, corner: Unit, rounding: Rounding, mesh: Mesh) -> Self {
        let local = |at: Unit| [at[0] - corner[0], at[1] - corner[1]];
        let to = Window { min: local(window.min), max: local(window.max) };
        Self { to, corner, rounding, mesh, kept: Vec::new(), spare: Vec::new() }
    }

    /// What of a ring lies in the tile, as an open ring without repeated positions; empty if nothing does.
    pub fn ring(&mut self, ring: RingView<'_>) -> &mut Vec<Unit> {
        let beyond = self.take(ring);
        for side in Side::ALL {
            if beyond & side.bit != 0 {
                side.cut(&self.kept, self.to, &mut self.spare);
                std::mem::swap(&mut self.kept, &mut self.spare);
            }
        }
        self.kept.dedup();
        if self.kept.len() > 1 && self.kept.first() == self.kept.last() {
            self.kept.pop();
        }
        &mut self.kept
    }

    /// Hands over the pieces of a line that lie in the tile, in their order along it, each of two positions or more.
    pub fn line(&mut self, line: RingView<'_>, mut each: impl FnMut(&[Unit])) {
        self.take(line);
        self.kept.dedup();
        let Self { to, kept, spare: piece, .. } = self;
        piece.clear();
        let mut flush = |piece: &mut Vec<Unit>| {
            piece.dedup();
            if piece.len() > 1 {
                each(piece);
            }
            piece.clear();
        };
        for edge in kept.windows(2) {
            let Some([from, until]) = segment(edge[0], edge[1], *to) else {
                flush(piece);
                continue;
            };
            if piece.last() != Some(&from) {
                flush(piece);
                piece.push(from);
            }
            piece.push(until);
        }
        flush(piece);
    }

    /// Takes the positions of a ring or line that can matter, and says beyond which sides any of them is: of a run beyond one
    /// side, the first and the last.
    fn take(&mut self, ring: RingView<'_>) -> u8 {
        let Self { to, corner, rounding, mesh, kept, .. } = self;
        let local = |at: Unit| {
            let [x, y] = rounding.unit(at);
            mesh.nearest([x - corner[0], y - corner[1]])
        };
        kept.clear();
        let (mut any, mut before, mut last) = (0, 0, 0);
        let mut push = |kept: &mut Vec<Unit>, at: Unit| {
            let code = outcode(at, *to);
            any |= code;
            if before & last & code != 0 {
                kept.pop();
            } else {
                before = last;
            }
            kept.push(at);
            last = code;
        };
        for (window, mut units) in ring.chunks() {
            let window = Window { min: local(window.min), max: local(window.max) };
            if common_outcode(window, *to) != 0 {
                let ends = [units.next(), units.next_back()];
                ends.into_iter().flatten().for_each(|at| push(kept, local(at)));
            } else {
                units.for_each(|at| push(kept, local(at)));
            }
        }
        any
    }
}

/// A bit for each side of the window that a position is beyond; none if it is inside.
const fn outcode([x, y]: Unit, to: Window) -> u8 {
    (x < to.min[0]) as u8
        | ((x > to.max[0]) as u8) << 1
        | ((y < to.min[1]) as u8) << 2
        | ((y > to.max[1]) as u8) << 3
}

/// The sides that all of a window is beyond.
const fn common_outcode(window: Window, to: Window) -> u8 {
    outcode(window.min, to) & outcode(window.max, to)
}

/// One side of a window.
#[derive(Clone, Copy)]
struct Side {
    bit: u8,
    /// The axis that it is at right angles to.
    axis: usize,
    /// Whether what is greater along the axis is beyond.
    upper: bool,
}

impl Side {
    const ALL: [Self; 4] = [
        Self { bit: 1, axis: 0, upper: false },
        Self { bit: 2, axis: 0, upper: true },
        Self { bit: 4, axis: 1, upper: false },
        Self { bit: 8, axis: 1, upper: true },
    ];

    /// Cuts an open ring along the line of this side.
    fn cut(self, ring: &[Unit], to: Window, out: &mut Vec<Unit>) {
        out.clear();
        let Some(&(mut last)) = ring.last() else { return };
        let limit = if self.upper { to.max[self.axis] } else { to.min[self.axis] };
        let beyond = |at: Unit| if self.upper { at[self.axis] > limit } else { at[self.axis] < limit };
        let mut last_beyond = beyond(last);
        for &at in ring {
            let at_beyond = beyond(at);
            if at_beyond != last_beyond {
                // Always from the inside outwards, so that an edge and its reverse round alike.
                let (inner, outer) = if at_beyond { (last, at) } else { (at, last) };
                out.push(self.crossing(inner, outer, limit));
            }
            if !at_beyond {
                out.push(at);
            }
            (last, last_beyond) = (at, at_beyond);
        }
    }

    fn crossing(self, inner: Unit, outer: Unit, limit: i32) -> Unit {
        let (axis, other) = (self.axis, 1 - self.axis);
        let way = |axis: usize| i64::from(outer[axis]) - i64::from(inner[axis]);
        let share = i64::from(limit) - i64::from(inner[axis]);
        let mut crossing = [limit; 2];
        crossing[other] = inner[other] + divided(share * way(other), way(axis));
        crossing
    }
}

/// The nearest whole number to a quotient, which is no longer than an edge.
fn divided(number: i64, by: i64) -> i32 {
    let (number, by) = if by < 0 { (-number, -by) } else { (number, by) };
    i32::try_from((2 * number + by).div_euclid(2 * by)).unwrap_or_default()
}

/// The part of a segment in a window, by Liang and Barsky's method: the share of the way at which it has entered through every
/// side, and the share at which it leaves through the first.
fn segment(a: Unit, b: Unit, to: Window) -> Option<[Unit; 2]> {
    let (code_a, code_b) = (outcode(a, to), outcode(b, to));
    if code_a | code_b == 0 {
        return Some([a, b]);
    }
    if code_a & code_b != 0 {
        return None;
    }
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for axis in 0..2 {
        let way = f64::from(b[axis]) - f64::from(a[axis]);
        let shares = [to.min[axis], to.max[axis]].map(|limit| (f64::from(limit) - f64::from(a[axis])) / way);
        if way != 0.0 {
            enter = enter.max(shares[0].min(shares[1]));
            leave = leave.min(shares[0].max(shares[1]));
        }
    }
    (enter < leave).then(|| {
        let at = |share: f64| {
            [0, 1].map(|axis| {
                let at = f64::from(a[axis]) + share * (f64::from(b[axis]) - f64::from(a[axis]));
                rounded(at).clamp(to.min[axis], to.max[axis])
            })
        };
        [if code_a == 0 { a } else { at(enter) }, if code_b == 0 { b } else { at(leave) }]
    })
}

#[expect(clippy::cast_possible_truncation, reason = "it lies between two positions")]
fn rounded(at: f64) -> i32 {
    at.round() as i32
}
