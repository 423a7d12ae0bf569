//! The shape of what a record has in another: built only where somebody wants to see it.

use super::Survey;
use super::runs::View;
use crate::{Bbox, Error, Shape, Xy, clip};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::float::single::SingleFloatOverlay;

/// Far beyond any plane of the Earth, m: coordinates outside are mistakes, and their products may not be finite.
const SENSIBLE: Bbox = Bbox::new([-1e15; 2], [1e15; 2]);

/// Polygons, of rings, of positions.
type Polygons = Vec<Vec<Vec<Xy>>>;

impl Survey {
    /// What of a record lies in the polygons of one of another survey: a shape of each kind of which there is something.
    #[must_use]
    pub fn clipped(&self, record: usize, other: &Self, at: usize) -> Vec<Shape> {
        // A kind of which nothing is left makes no shape.
        let Some(area) = other.polygons(at) else { return Vec::new() };
        let points = Shape::points(area.held(self.points(record)));
        let lines = self.lines(record).map_or(Err(Error::Empty), |lines| lines_inside(lines, area));
        let polygons =
            self.polygons(record).map_or(Err(Error::Empty), |own| Shape::polygons(shared(own, area)));
        [points, lines, polygons].into_iter().flatten().collect()
    }
}

fn lines_inside(lines: View<'_>, area: View<'_>) -> Result<Shape, Error> {
    let mut pieces: Vec<Vec<Xy>> = Vec::new();
    area.pieces_of(lines, |[start, end]| match pieces.last_mut() {
        Some(line) if line.last() == Some(&start) => line.push(end),
        _ => pieces.push(vec![start, end]),
    });
    Shape::lines(pieces)
}

/// Rounded to a grid that divides the common rectangle by 2⁶⁰: far finer than the coordinates.
fn shared(a: View<'_>, b: View<'_>) -> Polygons {
    let (Some(a), Some(b)) = (a.shape(), b.shape()) else { return Polygons::new() };
    // The rectangle is cut a little too large: what runs along its sides is no border.
    let common = a.bbox().grown(1.0).intersection(b.bbox().grown(1.0));
    let Some(common) = common.filter(|common| SENSIBLE.contains(*common)) else { return Polygons::new() };
    let (Some(a), Some(b)) = (clip::shape(&a, common), clip::shape(&b, common)) else {
        return Polygons::new();
    };
    let local = |shape: &Shape| -> Polygons {
        let open =
            |ring: &[Xy]| ring[1..].iter().map(|xy| [xy[0] - common.min[0], xy[1] - common.min[1]]).collect();
        shape.parts().map(|part| part.rings().map(open).collect()).collect()
    };
    let shared = local(&a).overlay_as::<i64>(&local(&b), OverlayRule::Intersect, FillRule::EvenOdd);
    let closed = |ring: Vec<Xy>| {
        let first = ring.first().copied();
        ring.into_iter().chain(first).map(|xy| [xy[0] + common.min[0], xy[1] + common.min[1]]).collect()
    };
    shared.into_iter().map(|polygon| polygon.into_iter().map(closed).collect()).collect()
}
