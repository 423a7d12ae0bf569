//! Geometries of GeoJSON, in whatever system is asked for.

use super::{number, push};
use geometry::{Kind, Part, Reference, Shape, Xy, area};

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
    for text in [r#"{"type":""#, multi, name, r#"","coordinates":"#] {
        push(out, text);
    }
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
    match reference.decimals() {
        3 => number::write_position::<3>(out, reference.of_degrees(lon_lat)),
        _ => number::write_position::<7>(out, reference.of_degrees(lon_lat)),
    }
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
