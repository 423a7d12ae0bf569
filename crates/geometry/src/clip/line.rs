//! Cuts a line to a rectangle.

use super::ring::outcode;
use crate::{Bbox, Xy};

/// Hands over the pieces of a line that lie in a rectangle, in their order along the line.
///
/// Each has at least two coordinates. A line along the border is inside; one that only touches a corner is
/// not.
pub fn line(line: &[Xy], to: Bbox, mut each: impl FnMut(&[Xy])) {
    let mut piece: Vec<Xy> = Vec::new();
    let mut flush = |piece: &mut Vec<Xy>| {
        if piece.len() > 1 {
            each(piece);
        }
        piece.clear();
    };
    for edge in line.windows(2) {
        let Some([from, until]) = segment(edge[0], edge[1], to) else {
            flush(&mut piece);
            continue;
        };
        if piece.last() != Some(&from) {
            flush(&mut piece);
            piece.push(from);
        }
        piece.push(until);
    }
    flush(&mut piece);
}

/// The part of a segment in a rectangle, by Liang and Barsky's method: the share of the way at which it has
/// entered through every side, and the share at which it leaves through the first.
fn segment(a: Xy, b: Xy, to: Bbox) -> Option<[Xy; 2]> {
    let (code_a, code_b) = (outcode(a, to), outcode(b, to));
    if code_a | code_b == 0 {
        return Some([a, b]);
    }
    if code_a & code_b != 0 {
        return None;
    }
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for axis in 0..2 {
        let way = b[axis] - a[axis];
        let shares = [(to.min[axis] - a[axis]) / way, (to.max[axis] - a[axis]) / way];
        if way != 0.0 {
            enter = enter.max(shares[0].min(shares[1]));
            leave = leave.min(shares[0].max(shares[1]));
        }
    }
    (enter < leave).then(|| {
        // Rounding may leave a crossing a hair outside: it belongs on the border.
        let at = |share: f64| {
            [0, 1].map(|axis| (a[axis] + share * (b[axis] - a[axis])).clamp(to.min[axis], to.max[axis]))
        };
        [if code_a == 0 { a } else { at(enter) }, if code_b == 0 { b } else { at(leave) }]
    })
}
