//! Where a position lies: inside, on the border, or outside.

use super::matrix::Part;
use super::prepared::Prepared;
use super::segment::{is_on, order, side};
use crate::{Kind, Xy};

/// The part of a shape in which a position lies.
pub fn part(prepared: &Prepared, xy: Xy) -> Part {
    if !prepared.shape.bbox().contains_point(xy) {
        return Part::Exterior;
    }
    match prepared.shape.kind() {
        Kind::Points if prepared.shape.coords().contains(&xy) => Part::Interior,
        Kind::Points => Part::Exterior,
        Kind::Lines => in_lines(prepared, xy),
        Kind::Polygons => in_polygons(prepared, xy),
    }
}

fn in_lines(prepared: &Prepared, xy: Xy) -> Part {
    let mut near = prepared.bands.near(xy[1], xy[1]).iter();
    if !near.any(|number| is_on(prepared.segments[*number as usize], xy)) {
        Part::Exterior
    } else if prepared.ends.binary_search_by(|end| order(end, &[xy[0] + 0.0, xy[1] + 0.0])).is_ok() {
        Part::Border
    } else {
        Part::Interior
    }
}

/// By the number of borders that a ray towards greater x crosses. A segment holds its lower end, not its upper one.
fn in_polygons(prepared: &Prepared, xy: Xy) -> Part {
    let mut inside = false;
    for number in prepared.bands.near(xy[1], xy[1]) {
        let segment = prepared.segments[*number as usize];
        let [a, b] = segment;
        if (a[1] < xy[1] && b[1] < xy[1]) || (a[1] > xy[1] && b[1] > xy[1]) || (a[0] < xy[0] && b[0] < xy[0])
        {
            continue;
        }
        if is_on(segment, xy) {
            return Part::Border;
        }
        if (a[1] <= xy[1]) != (b[1] <= xy[1]) {
            let (low, high) = if a[1] <= xy[1] { (a, b) } else { (b, a) };
            inside ^= side(low, high, xy) > 0.0;
        }
    }
    if inside { Part::Interior } else { Part::Exterior }
}
