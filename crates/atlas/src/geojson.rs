//! The GeoJSON of features (RFC 7946), written once when the edition is built and copied for each answer.

use crate::feature::Feature;
use crate::origin::Origin;
use domain::money::Cents;
use domain::{Collection, MunicipalityCode, Value};
use geometry::{Kind, Shape, Xy, area};
use serde_json::Value as Json;
use std::io::Write;

/// The bodies of a layer's features, one after the other.
#[derive(Debug)]
pub struct Bodies {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Bodies {
    /// Writes the features of a layer.
    pub fn write(collection: &Collection, origins: &[Origin], features: &[Feature]) -> Self {
        let mut bodies = Self { bytes: Vec::new(), ends: Vec::with_capacity(features.len()) };
        for feature in features {
            write_feature(&mut bodies.bytes, collection, origins, feature);
            bodies.ends.push(bodies.bytes.len());
        }
        bodies.bytes.shrink_to_fit();
        bodies
    }

    /// The body of the feature at `position`.
    pub fn get(&self, position: usize) -> &[u8] {
        let start = if position == 0 { 0 } else { self.ends[position - 1] };
        &self.bytes[start..self.ends[position]]
    }
}

/// Every feature has every key, null where nothing is stated: readers take the schema from the first few.
fn write_feature(out: &mut Vec<u8>, collection: &Collection, origins: &[Origin], feature: &Feature) {
    let origin = &origins[feature.origin];
    push(out, &format!(r#"{{"type":"Feature","id":{},"geometry":"#, feature.id));
    write_geometry(out, &feature.shown);
    out.extend_from_slice(br#","properties":{"#);
    for (field, value) in collection.fields.iter().zip(&feature.record.values) {
        property(out, &field.id, &json(value));
    }
    property(out, "precision", &Json::from(feature.precision.as_str()));
    let codes: Vec<Json> =
        feature.municipalities.iter().map(MunicipalityCode::to_string).map(Json::from).collect();
    property(out, "municipalities", &Json::Array(codes));
    property(out, "source", &Json::from(origin.source.as_str()));
    property(out, "release", &Json::from(origin.release.0));
    property(
        out,
        "extraction_date",
        &origin.extracted_on.map_or(Json::Null, |day| Json::from(day.to_string())),
    );
    if origins.iter().any(|origin| origin.complements.is_some()) {
        let also = feature.also.iter().map(|also| Json::from(origins[also.origin].source.as_str()));
        property(out, "also_sources", &also.collect());
    }
    // The last comma gives way to the closing braces.
    out.pop();
    out.extend_from_slice(b"}}");
}

fn property(out: &mut Vec<u8>, name: &str, value: &Json) {
    push(out, &format!("{}:{value},", Json::from(name)));
}

/// A value as GeoJSON has it: amounts in cents, days as `2026-12-31`, null where nothing is stated.
#[must_use]
pub fn json(value: &Value) -> Json {
    match value {
        Value::Missing => Json::Null,
        Value::Text(text) => Json::from(text.as_str()),
        Value::Integer(number) | Value::Cents(Cents(number)) => Json::from(*number),
        Value::Decimal(number) => Json::from(*number),
        Value::Date(date) => Json::from(date.to_string()),
        Value::Boolean(truth) => Json::from(*truth),
        Value::List(texts) => Json::from(texts.as_slice()),
    }
}

fn write_geometry(out: &mut Vec<u8>, shapes: &[Shape]) {
    match shapes {
        [] => out.extend_from_slice(b"null"),
        [one] => write_shape(out, one),
        several => {
            out.extend_from_slice(br#"{"type":"GeometryCollection","geometries":"#);
            list(out, several, write_shape);
            out.push(b'}');
        }
    }
}

fn write_shape(out: &mut Vec<u8>, shape: &Shape) {
    let name = match shape.kind() {
        Kind::Points => "Point",
        Kind::Lines => "LineString",
        Kind::Polygons => "Polygon",
    };
    let multi = if shape.part_count() > 1 { "Multi" } else { "" };
    push(out, &format!(r#"{{"type":"{multi}{name}","coordinates":"#));
    let part = |out: &mut Vec<u8>, part: geometry::Part<'_>| match shape.kind() {
        Kind::Points => write_position(out, part.shell()[0]),
        Kind::Lines => list(out, part.shell().iter().copied(), write_position),
        Kind::Polygons => list(out, part.rings().enumerate(), |out, (place, ring)| {
            // Shells run counter-clockwise, holes clockwise (RFC 7946, 3.1.6).
            let turned = (area::ring(ring) < 0.0) != (place > 0);
            if turned {
                list(out, ring.iter().rev().copied(), write_position);
            } else {
                list(out, ring.iter().copied(), write_position);
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

/// A position with seven decimals, about a centimetre: as many as mean something (RFC 7946, 11.2).
fn write_position(out: &mut Vec<u8>, [x, y]: Xy) {
    out.push(b'[');
    write_degrees(out, x);
    out.push(b',');
    write_degrees(out, y);
    out.push(b']');
}

#[expect(clippy::cast_possible_truncation, reason = "degrees times 1e7 stay below 2^31 · 2")]
fn write_degrees(out: &mut Vec<u8>, degrees: f64) {
    let units = (degrees * 1e7).round() as i64;
    if units < 0 {
        out.push(b'-');
    }
    let units = units.unsigned_abs();
    let (whole, mut fraction, mut digits) = (units / 10_000_000, units % 10_000_000, 7_usize);
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

fn push(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn geometry(shapes: &[Shape]) -> String {
        let mut out = Vec::new();
        write_geometry(&mut out, shapes);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn positions_have_up_to_seven_decimals() {
        let check = |degrees: f64, expect: &str| {
            let mut out = Vec::new();
            write_degrees(&mut out, degrees);
            assert_eq!(String::from_utf8(out).unwrap(), expect);
        };
        check(9.188_540_04, "9.18854");
        check(-0.000_000_14, "-0.0000001");
        check(45.0, "45");
        check(-180.0, "-180");
        check(9.123_456_789, "9.1234568");
    }

    #[test]
    fn shapes_follow_rfc_7946() {
        let clockwise = [[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0]];
        assert_eq!(
            geometry(&[Shape::polygons([[clockwise]]).unwrap()]),
            r#"{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,1],[0,0]]]}"#
        );
        assert_eq!(
            geometry(&[Shape::points([[1.0, 2.0], [3.0, 4.0]]).unwrap()]),
            r#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#
        );
        assert_eq!(geometry(&[]), "null");
    }
}
