//! Several shapes as one place: what two of them cover is covered once.

use crate::{Bbox, Error, Kind, Shape, Xy, area};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::float::single::SingleFloatOverlay;

/// One shape of each kind that there is. Polygons are united only if the rectangles of two of them meet: those that stand apart
/// stay as they are, to the last digit. Lines and points are put side by side.
///
/// # Errors
/// Those of [`Builder`](crate::Builder): there are too many coordinates.
pub fn together(shapes: &[Shape]) -> Result<Vec<Shape>, Error> {
    let of_kind = |kind: Kind| shapes.iter().filter(move |shape| shape.kind() == kind);
    let mut all = Vec::new();
    if of_kind(Kind::Points).next().is_some() {
        all.push(Shape::points(of_kind(Kind::Points).flat_map(Shape::coords).copied())?);
    }
    if of_kind(Kind::Lines).next().is_some() {
        let lines = of_kind(Kind::Lines).flat_map(Shape::rings);
        all.push(Shape::lines(lines.map(|line| line.iter().copied()))?);
    }
    let polygons: Vec<&Shape> = of_kind(Kind::Polygons).collect();
    if let [only] = polygons.as_slice() {
        all.push((*only).clone());
    } else if !polygons.is_empty() {
        all.push(Shape::polygons(if are_apart(&polygons) { rings(&polygons) } else { united(&polygons) })?);
    }
    Ok(all)
}

/// Polygons, of rings, of positions.
type Polygons = Vec<Vec<Vec<Xy>>>;

fn rings(shapes: &[&Shape]) -> Polygons {
    let parts = shapes.iter().flat_map(|shape| shape.parts());
    parts.map(|part| part.rings().map(<[Xy]>::to_vec).collect()).collect()
}

/// Whether no rectangle meets another: looked at from west to east.
fn are_apart(shapes: &[&Shape]) -> bool {
    let mut boxes: Vec<Bbox> = shapes.iter().map(|shape| shape.bbox()).collect();
    boxes.sort_by(|a, b| a.min[0].total_cmp(&b.min[0]));
    boxes.iter().enumerate().all(|(at, one)| {
        let near = boxes[at + 1..].iter().take_while(|other| other.min[0] <= one.max[0]);
        near.into_iter().all(|other| !one.intersects(*other))
    })
}

/// Rounded to a grid that divides the rectangle around all by 2⁶⁰.
fn united(shapes: &[&Shape]) -> Polygons {
    // Rings without their last position; shells to the left and holes to the right, or what two cover would count as nothing.
    let turned = |(place, mut ring): (usize, Vec<Xy>)| {
        if (area::ring(&ring) < 0.0) != (place > 0) {
            ring.reverse();
        }
        ring.pop();
        ring
    };
    let rings = rings(shapes).into_iter();
    let all: Polygons = rings.map(|polygon| polygon.into_iter().enumerate().map(turned).collect()).collect();
    let none: Polygons = Vec::new();
    let united = all.overlay_as::<i64>(&none, OverlayRule::Union, FillRule::NonZero);
    let closed = |ring: Vec<Xy>| {
        let first = ring.first().copied();
        ring.into_iter().chain(first).collect()
    };
    united.into_iter().map(|polygon| polygon.into_iter().map(closed).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(x: f64, y: f64, size: f64) -> Shape {
        let corners = [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]];
        Shape::polygons([[corners]]).unwrap()
    }

    #[test]
    fn what_two_cover_is_covered_once() {
        let check = |shapes: &[Shape], expect: f64| {
            let all = together(shapes).unwrap();
            let [one] = all.as_slice() else { panic!("{all:?}") };
            assert!((area::shape(one) - expect).abs() < 1e-9, "{one:?}");
        };
        check(&[block(0.0, 0.0, 2.0), block(1.0, 1.0, 2.0)], 7.0);
        check(&[block(0.0, 0.0, 2.0), block(0.0, 0.0, 2.0)], 4.0);
        check(&[block(0.0, 0.0, 4.0), block(1.0, 1.0, 1.0)], 16.0);
        check(&[block(0.0, 0.0, 1.0), block(5.0, 0.0, 1.0)], 2.0);
        check(&[block(0.0, 0.0, 1.0), block(1.0, 0.0, 1.0)], 2.0);
        // A shell the wrong way round cancels nothing.
        let turned =
            Shape::polygons([[[[0.0, 0.0], [0.0, 2.0], [2.0, 2.0], [2.0, 0.0], [0.0, 0.0]]]]).unwrap();
        check(&[turned, block(1.0, 0.0, 2.0)], 6.0);
    }

    #[test]
    fn each_kind_is_one_shape_and_what_stands_apart_stays() {
        let line = Shape::lines([[[0.0, 0.0], [1.0, 1.0]]]).unwrap();
        let point = Shape::points([[0.0, 0.0]]).unwrap();
        let all = together(&[line.clone(), point.clone(), line, block(0.1, 0.0, 1.0), point]).unwrap();
        let parts: Vec<_> = all.iter().map(|shape| (shape.kind(), shape.part_count())).collect();
        assert_eq!(parts, [(Kind::Points, 2), (Kind::Lines, 2), (Kind::Polygons, 1)]);
        assert_eq!(all[2], block(0.1, 0.0, 1.0));
        assert_eq!(together(&[]).unwrap(), []);
    }
}
