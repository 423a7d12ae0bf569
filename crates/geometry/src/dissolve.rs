//! Dissolves polygons that share borders into the shape of all of them together.
//!
//! Every ring is turned so that the inside lies to the left of its edges. An edge that two neighbours share then runs once in
//! each direction, and both vanish; what remains is the outline. Coordinates are compared exactly: where neighbours write
//! their border differently nothing is guessed, and slivers between them stay as they are. The area is that of the parts
//! together, whatever their borders are like.

mod outline;

use crate::{Kind, Shape, Xy, area, contains, interior};
use outline::Outline;

/// The shape of polygons together, without the borders that they share. Points and lines are passed over; `None` if nothing
/// remains.
///
/// No ring of it passes through one position twice, and its polygons touch in single positions at most, as long as those
/// given do not overlap.
#[must_use]
pub fn polygons<'a>(shapes: impl IntoIterator<Item = &'a Shape>) -> Option<Shape> {
    let mut outline = Outline::default();
    for part in shapes.into_iter().filter(|shape| shape.kind() == Kind::Polygons).flat_map(Shape::parts) {
        for (place, ring) in part.rings().enumerate() {
            let is_hole = place > 0;
            if (area::ring(ring) < 0.0) == is_hole {
                outline.add(ring.iter().copied());
            } else {
                outline.add(ring.iter().rev().copied());
            }
        }
    }
    Shape::polygons(nested(outline.rings())).ok()
}

/// The polygons that rings make: those that run counterclockwise are shells, and the others holes of the smallest shell that
/// holds them.
fn nested(rings: Vec<Vec<Xy>>) -> Vec<Vec<Vec<Xy>>> {
    let sized = rings.into_iter().map(|ring| (area::ring(&ring), ring));
    let (outer, holes): (Vec<_>, Vec<_>) = sized.partition(|(area, _)| *area > 0.0);
    let mut polygons: Vec<(f64, Vec<Vec<Xy>>)> =
        outer.into_iter().map(|(area, ring)| (area, vec![ring])).collect();
    for (area, hole) in holes {
        // Islands in the hole are smaller than it, so what is larger and meets it holds it whole.
        let inside = Shape::polygons([[hole.clone()]]).ok().map(|hole| interior::point(&hole));
        let surrounds = |shell: &[Xy]| inside.is_some_and(|at| contains::in_ring(shell, at));
        // Where overlapping parts leave no such shell, the area at least stays right in the largest.
        let rank = |(shell, rings): &(f64, Vec<Vec<Xy>>)| {
            let is_around = *shell > -area && rings.first().is_some_and(|shell| surrounds(shell));
            if is_around { (0, *shell) } else { (1, -*shell) }
        };
        let around = polygons.iter_mut().min_by(|a, b| {
            let ((a_rank, a_size), (b_rank, b_size)) = (rank(a), rank(b));
            a_rank.cmp(&b_rank).then(a_size.total_cmp(&b_size))
        });
        if let Some((_, rings)) = around {
            rings.push(hole);
        }
    }
    polygons.into_iter().map(|(_, rings)| rings).collect()
}

#[cfg(test)]
mod tests;
