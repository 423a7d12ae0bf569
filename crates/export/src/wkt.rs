//! Well-known text (OGC 06-103r4 §7), with as many decimals as the GeoJSON has.

use geometry::{Kind, Part, Shape, Xy};
use std::fmt::Write;

/// Shapes as text: nothing for none, a collection for several.
#[must_use]
pub fn of(shapes: &[Shape]) -> String {
    let mut out = String::new();
    match shapes {
        [] => {}
        [one] => shape(&mut out, one),
        several => {
            out.push_str("GEOMETRYCOLLECTION ");
            list(&mut out, several, shape);
        }
    }
    out
}

fn shape(out: &mut String, shape: &Shape) {
    let is_multi = shape.part_count() > 1;
    out.push_str(if is_multi { "MULTI" } else { "" });
    let part = match shape.kind() {
        Kind::Points => {
            out.push_str("POINT ");
            |out: &mut String, part: Part<'_>| list(out, part.shell(), position)
        }
        Kind::Lines => {
            out.push_str("LINESTRING ");
            |out: &mut String, part: Part<'_>| list(out, part.shell(), position)
        }
        Kind::Polygons => {
            out.push_str("POLYGON ");
            |out: &mut String, part: Part<'_>| list(out, part.rings(), |out, ring| list(out, ring, position))
        }
    };
    if is_multi {
        list(out, shape.parts(), part);
    } else {
        shape.parts().for_each(|one| part(out, one));
    }
}

fn list<T>(out: &mut String, items: impl IntoIterator<Item = T>, write: impl Fn(&mut String, T)) {
    out.push('(');
    for (place, item) in items.into_iter().enumerate() {
        if place > 0 {
            out.push_str(", ");
        }
        write(out, item);
    }
    out.push(')');
}

fn position(out: &mut String, [x, y]: &Xy) {
    number(out, *x);
    out.push(' ');
    number(out, *y);
}

/// Seven decimals are a centimetre; zeros at the end say nothing.
pub fn number(out: &mut String, number: f64) {
    let start = out.len();
    // Writing to a text cannot fail.
    let _ = write!(out, "{number:.7}");
    let shorter = out[start..].trim_end_matches('0').trim_end_matches('.').len();
    out.truncate(start + shorter);
    if &out[start..] == "-0" {
        out.replace_range(start.., "0");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_written_as_the_standard_says() {
        let point = Shape::points([[9.188_540_04, 45.0]]).unwrap();
        let points = Shape::points([[1.0, 2.0], [-0.000_000_001, 4.5]]).unwrap();
        let line = Shape::lines([[[0.0, 0.0], [10.0, 0.0]]]).unwrap();
        let ring = |x: f64| [[x, 0.0], [x + 4.0, 0.0], [x, 4.0], [x, 0.0]];
        let polygons = Shape::polygons([vec![ring(0.0)], vec![ring(10.0), ring(20.0)]]).unwrap();
        let check = |shapes: &[Shape], expect: &str| assert_eq!(of(shapes), expect);
        check(&[], "");
        check(std::slice::from_ref(&point), "POINT (9.18854 45)");
        check(&[points], "MULTIPOINT ((1 2), (0 4.5))");
        check(std::slice::from_ref(&line), "LINESTRING (0 0, 10 0)");
        check(
            &[polygons],
            "MULTIPOLYGON (((0 0, 4 0, 0 4, 0 0)), ((10 0, 14 0, 10 4, 10 0), (20 0, 24 0, 20 4, 20 0)))",
        );
        check(&[point, line], "GEOMETRYCOLLECTION (POINT (9.18854 45), LINESTRING (0 0, 10 0))");
    }
}
