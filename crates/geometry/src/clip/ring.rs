//! Cuts a closed ring to a rectangle.

use crate::{Bbox, Xy};

/// Memory for [`ring`], to be used again and again.
#[derive(Debug, Default)]
pub struct Scratch {
    kept: Vec<Xy>,
    spare: Vec<Xy>,
}

/// What of a closed ring lies in a rectangle, again as a closed ring: the ring itself if that is all of it,
/// nothing (an empty slice) if no coordinate can.
///
/// A ring that only touches the rectangle gives one without area.
pub fn ring<'a>(ring: &'a [Xy], to: Bbox, scratch: &'a mut Scratch) -> &'a [Xy] {
    let beyond = shorten(ring, to, &mut scratch.kept);
    if beyond == 0 {
        return ring;
    }
    for side in [Side::LEFT, Side::RIGHT, Side::BELOW, Side::ABOVE] {
        if beyond & side.bit != 0 {
            side.cut(&scratch.kept, to, &mut scratch.spare);
            std::mem::swap(&mut scratch.kept, &mut scratch.spare);
        }
    }
    match scratch.kept.first() {
        Some(&first) if scratch.kept.len() > 2 => scratch.kept.push(first),
        _ => scratch.kept.clear(),
    }
    &scratch.kept
}

/// Copies an open ring without what cannot change the outcome: of a run of coordinates that are all beyond
/// the same side, those between the first and the last. Says beyond which sides any coordinate was.
///
/// Most of a large polygon is far from a small tile; after this one pass, nothing is left of that.
fn shorten(ring: &[Xy], to: Bbox, kept: &mut Vec<Xy>) -> u8 {
    kept.clear();
    let (mut any, mut before, mut last) = (0, 0, 0);
    for &xy in ring.split_last().map_or(ring, |(_, open)| open) {
        let code = outcode(xy, to);
        any |= code;
        if before & last & code != 0 {
            kept.pop();
        } else {
            before = last;
        }
        kept.push(xy);
        last = code;
    }
    any
}

/// A bit for each side of the rectangle that a coordinate is beyond; none if it is inside.
pub(super) fn outcode([x, y]: Xy, to: Bbox) -> u8 {
    let bit = |beyond: bool, side: Side| if beyond { side.bit } else { 0 };
    bit(x < to.min[0], Side::LEFT)
        | bit(x > to.max[0], Side::RIGHT)
        | bit(y < to.min[1], Side::BELOW)
        | bit(y > to.max[1], Side::ABOVE)
}

/// One side of a rectangle.
#[derive(Clone, Copy)]
struct Side {
    bit: u8,
    /// The axis that it is at right angles to.
    axis: usize,
    /// Whether what is greater along the axis is beyond.
    upper: bool,
}

impl Side {
    const LEFT: Self = Self { bit: 1, axis: 0, upper: false };
    const RIGHT: Self = Self { bit: 2, axis: 0, upper: true };
    const BELOW: Self = Self { bit: 4, axis: 1, upper: false };
    const ABOVE: Self = Self { bit: 8, axis: 1, upper: true };

    /// Cuts an open ring along the line of this side.
    fn cut(self, ring: &[Xy], to: Bbox, out: &mut Vec<Xy>) {
        out.clear();
        let Some(&(mut last)) = ring.last() else { return };
        let limit = if self.upper { to.max[self.axis] } else { to.min[self.axis] };
        let beyond = |xy: Xy| if self.upper { xy[self.axis] > limit } else { xy[self.axis] < limit };
        let mut last_beyond = beyond(last);
        for &xy in ring {
            let xy_beyond = beyond(xy);
            if xy_beyond != last_beyond {
                // Always from the inside outwards, so that an edge and its reverse round alike.
                let (inner, outer) = if xy_beyond { (last, xy) } else { (xy, last) };
                out.push(self.crossing(inner, outer, limit));
            }
            if !xy_beyond {
                out.push(xy);
            }
            (last, last_beyond) = (xy, xy_beyond);
        }
    }

    fn crossing(self, inner: Xy, outer: Xy, limit: f64) -> Xy {
        let other = 1 - self.axis;
        let share = (limit - inner[self.axis]) / (outer[self.axis] - inner[self.axis]);
        let mut crossing = [limit; 2];
        crossing[other] = inner[other] + share * (outer[other] - inner[other]);
        crossing
    }
}
