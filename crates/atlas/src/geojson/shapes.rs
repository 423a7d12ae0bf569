//! Geometries of GeoJSON, in whatever system is asked for.

use super::push;
use geometry::{Kind, Part, Reference, Shape, Xy, area};
use std::io::Write;

/// Writes shapes given in degrees: null for none, a collection for several.
pub fn write(out: &mut Vec<u8>, shapes: &[Shape], reference: Reference) {
    match shapes {
        [] => push(out, "null"),
        [one] => write_shape(out, one, reference),
        several => {
            push(out, r#"{"type":"GeometryCollection","geometries":"#);
            list(out, several, |out, shape| write_shape(out, shape, reference));
            out.push(b'}');
        }
    }
}

fn write_shape(out: &mut Vec<u8>, shape: &Shape, reference: Reference) {
    let name = match shape.kind() {
        Kind::Points => "Point",
        Kind::Lines => "LineString",
        Kind::Polygons => "Polygon",
    };
    let multi = if shape.part_count() > 1 { "Multi" } else { "" };
    push(out, &format!(r#"{{"type":"{multi}{name}","coordinates":"#));
    let position = |out: &mut Vec<u8>, xy: Xy| write_position(out, xy, reference);
    let part = |out: &mut Vec<u8>, part: Part<'_>| match shape.kind() {
        Kind::Points => position(out, part.shell()[0]),
        Kind::Lines => list(out, part.shell().iter().copied(), position),
        Kind::Polygons => list(out, part.rings().enumerate(), |out, (place, ring)| {
            // Shells run counter-clockwise, holes clockwise (RFC 7946, 3.1.6).
            let turned = (area::ring(ring) < 0.0) != (place > 0);
            if turned {
                list(out, ring.iter().rev().copied(), position);
            } else {
                list(out, ring.iter().copied(), position);
            }
        }),
    };
    if multi.is_empty() {
        shape.parts().take(1).for_each(|one| part(out, one));
    } else {
        list(out, shape.parts(), part);
    }
    out.push(b'}');
}

fn list<T>(out: &mut Vec<u8>, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Vec<u8>, T)) {
    out.push(b'[');
    for (place, item) in items.into_iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        write(out, item);
    }
    out.push(b']');
}

/// A position with as many decimals as mean something (RFC 7946, 11.2).
fn write_position(out: &mut Vec<u8>, lon_lat: Xy, reference: Reference) {
    let [first, second] = reference.of_degrees(lon_lat);
    out.push(b'[');
    write_number(out, first, reference.decimals());
    out.push(b',');
    write_number(out, second, reference.decimals());
    out.push(b']');
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "degrees times 1e7 and metres times 1e3 stay far below 2^63"
)]
fn write_number(out: &mut Vec<u8>, number: f64, decimals: u8) {
    let one = 10_u32.pow(u32::from(decimals));
    let units = (number * f64::from(one)).round() as i64;
    if units < 0 {
        out.push(b'-');
    }
    let (units, one) = (units.unsigned_abs(), u64::from(one));
    let (whole, mut fraction, mut digits) = (units / one, units % one, usize::from(decimals));
    // Writing to a vector cannot fail.
    let _ = write!(out, "{whole}");
    if fraction == 0 {
        return;
    }
    while fraction.is_multiple_of(10) {
        fraction /= 10;
        digits -= 1;
    }
    let _ = write!(out, ".{fraction:0digits$}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn geometry(shapes: &[Shape], reference: Reference) -> String {
        let mut out = Vec::new();
        write(&mut out, shapes, reference);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_have_no_more_decimals_than_mean_something() {
        let check = |number: f64, decimals: u8, expect: &str| {
            let mut out = Vec::new();
            write_number(&mut out, number, decimals);
            assert_eq!(String::from_utf8(out).unwrap(), expect);
        };
        check(9.188_540_04, 7, "9.18854");
        check(-0.000_000_14, 7, "-0.0000001");
        check(45.0, 7, "45");
        check(-180.0, 7, "-180");
        check(9.123_456_789, 7, "9.1234568");
        check(5_034_536.796_248, 3, "5034536.796");
    }

    #[test]
    fn shapes_follow_rfc_7946() {
        let check = |shapes: &[Shape], expect: &str| assert_eq!(geometry(shapes, Reference::Crs84), expect);
        let clockwise = [[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0]];
        check(
            &[Shape::polygons([[clockwise]]).unwrap()],
            r#"{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,1],[0,0]]]}"#,
        );
        check(
            &[Shape::points([[1.0, 2.0], [3.0, 4.0]]).unwrap()],
            r#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#,
        );
        check(&[], "null");
    }

    #[test]
    fn axes_follow_the_system_that_is_asked_for() {
        let milano = [Shape::points([[9.19, 45.4642]]).unwrap()];
        let check = |reference: Reference, expect: &str| {
            let expect = format!(r#"{{"type":"Point","coordinates":{expect}}}"#);
            assert_eq!(geometry(&milano, reference), expect);
        };
        check(Reference::Crs84, "[9.19,45.4642]");
        check(Reference::Epsg4326, "[45.4642,9.19]");
        check(Reference::Epsg7791, "[514853.496,5034536.796]");
        check(Reference::Epsg6707, "[5034536.796,514853.496]");
    }
}
