//! A place and the municipalities round it, drawn small.

use atlas::{Bbox, Edition, Kind, Shape, Xy};
use domain::MunicipalityCode;
use std::fmt::Write;

use crate::pages::sketch::Sketch;

/// The longer side of the drawing.
const LONGER: f64 = 480.0;
/// What is nearer than this to the point before it adds nothing to be seen.
const FINE: f64 = 1.5;
/// What is smaller than this is marked by a point.
const SMALL: f64 = 6.0;

/// Draws the part of the territory in `around`: its municipalities, those of `named` marked, and the shapes of a place.
pub fn draw(edition: &Edition, around: Bbox, named: &[MunicipalityCode], shapes: &[Shape]) -> Sketch {
    let paper = Paper::of(around);
    let mut sketch = Sketch { size: paper.size(), ..Sketch::default() };
    if let Some(layer) = edition.municipalities() {
        for (code, place) in edition.places.iter() {
            let is_seen = layer.shown_bbox(place.position).is_some_and(|bbox| bbox.intersects(around));
            let border = layer.shapes(place.position).iter().filter(|_| is_seen);
            sketch.ground.extend(border.map(|shape| (paper.path(shape), named.contains(&code))));
        }
    }
    // What is marked is drawn over the lines of its neighbours.
    sketch.ground.sort_by_key(|(_, is_marked)| *is_marked);
    for shape in shapes {
        match shape.kind() {
            Kind::Polygons => sketch.surfaces.push(paper.path(shape)),
            Kind::Lines => sketch.lines.push(paper.path(shape)),
            Kind::Points => sketch.points.extend(shape.coords().iter().map(|at| paper.written(*at))),
        }
        let bbox = shape.bbox();
        if shape.kind() != Kind::Points && paper.length(bbox) < SMALL {
            sketch.points.push(paper.written(bbox.center()));
        }
    }
    sketch
}

/// Where things are on the paper: degrees are shorter from west to east than from south to north.
struct Paper {
    around: Bbox,
    /// Units of the drawing for a degree, from west to east and from north to south.
    scale: [f64; 2],
}

impl Paper {
    fn of(around: Bbox) -> Self {
        let squeezed = around.center()[1].to_radians().cos();
        let scale = LONGER / (around.width() * squeezed).max(around.height());
        Self { around, scale: [scale * squeezed, scale] }
    }

    fn size(&self) -> [u32; 2] {
        [self.around.width() * self.scale[0], self.around.height() * self.scale[1]].map(whole)
    }

    fn at(&self, [x, y]: Xy) -> Xy {
        [(x - self.around.min[0]) * self.scale[0], (self.around.max[1] - y) * self.scale[1]]
    }

    /// The longer side of a box, in units of the drawing.
    fn length(&self, bbox: Bbox) -> f64 {
        (bbox.width() * self.scale[0]).max(bbox.height() * self.scale[1])
    }

    fn written(&self, at: Xy) -> [String; 2] {
        self.at(at).map(|number| format!("{number:.1}"))
    }

    /// Lines and rings as a path, without the points that cannot be told apart.
    fn path(&self, shape: &Shape) -> String {
        let mut path = String::new();
        for run in shape.rings() {
            let mut before: Option<Xy> = None;
            for (number, at) in run.iter().map(|at| self.at(*at)).enumerate() {
                let is_far = before.is_none_or(|[x, y]| (x - at[0]).hypot(y - at[1]) >= FINE);
                if is_far || number + 1 == run.len() {
                    let sign = if before.is_none() { 'M' } else { 'L' };
                    // Writing to a text cannot fail.
                    let _ = write!(path, "{sign}{:.1} {:.1}", at[0], at[1]);
                    before = Some(at);
                }
            }
        }
        path
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a side of the drawing is positive, and no longer than LONGER"
)]
fn whole(number: f64) -> u32 {
    number.round().max(1.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(shape: &Shape, expect: &str) {
        let paper = Paper::of(Bbox::new([9.0, 0.0], [10.0, 1.0]));
        assert_eq!(paper.path(shape), expect);
    }

    #[test]
    fn a_shape_is_a_path_with_north_above_and_nothing_that_cannot_be_seen() {
        let line = |points: &[Xy]| Shape::lines([points.iter().copied()]).unwrap();
        check(&line(&[[9.0, 0.0], [10.0, 1.0]]), "M0.0 480.0L480.0 0.0");
        check(&line(&[[9.0, 0.0], [9.0001, 0.0], [9.5, 0.0]]), "M0.0 480.0L240.0 480.0");
        // The end is drawn, however near.
        check(&line(&[[9.0, 0.0], [9.0001, 0.0]]), "M0.0 480.0L0.0 480.0");
    }

    #[test]
    fn a_degree_is_shorter_from_west_to_east_than_from_south_to_north() {
        assert_eq!(Paper::of(Bbox::new([9.0, 59.5], [10.0, 60.5])).size(), [240, 480]);
    }
}
