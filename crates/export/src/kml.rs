//! KML 2.2 (OGC 12-007r2): a placemark for each record, its columns as typed data.

use crate::about;
use crate::column::joined;
use crate::encoder::Encoder;
use crate::error::ExportError;
use crate::selection::Selection;
use crate::wkt;
use domain::money::Cents;
use domain::{FieldType, Value};
use geometry::{Kind, Part, Shape, Xy, area};

/// The encoder of placemarks.
pub struct Kml;

impl Encoder for Kml {
    fn head(&mut self, selection: &Selection, out: &mut Vec<u8>) -> Result<(), ExportError> {
        push(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n",
        );
        element(out, "name", &about::title(selection).it);
        element(out, "description", &about::text(selection));
        push(out, &format!("<Schema name=\"{0}\" id=\"{0}\">\n", selection.layer().collection.id));
        for column in selection.columns() {
            let name = column.name(selection.layer());
            let kind = match column.kind(selection.layer()) {
                // What KML calls an int has 32 bits.
                FieldType::Integer | FieldType::Cents | FieldType::Decimal => "double",
                FieldType::Boolean => "bool",
                _ => "string",
            };
            push(out, &format!("<SimpleField name=\"{name}\" type=\"{kind}\"/>\n"));
        }
        push(out, "</Schema>\n");
        Ok(())
    }

    fn record(
        &mut self,
        selection: &Selection,
        _: usize,
        place: usize,
        out: &mut Vec<u8>,
    ) -> Result<(), ExportError> {
        let layer = selection.layer();
        push(out, "<Placemark>\n");
        element(out, "name", &layer.title(place));
        push(out, &format!("<ExtendedData><SchemaData schemaUrl=\"#{}\">\n", layer.collection.id));
        for column in selection.columns() {
            if let Some(text) = text(&column.value(layer, place)) {
                push(out, &format!("<SimpleData name=\"{}\">", column.name(layer)));
                escape(out, &text);
                push(out, "</SimpleData>\n");
            }
        }
        push(out, "</SchemaData></ExtendedData>\n");
        geometry(out, &selection.shown(place));
        push(out, "</Placemark>\n");
        Ok(())
    }

    fn foot(&mut self, _: &Selection, out: &mut Vec<u8>) -> Result<(), ExportError> {
        push(out, "</Document>\n</kml>\n");
        Ok(())
    }
}

/// The text of a value; `None` for a missing one.
fn text(value: &Value) -> Option<String> {
    Some(match value {
        Value::Missing => return None,
        Value::Text(text) => text.clone(),
        Value::List(texts) => joined(texts),
        Value::Integer(number) | Value::Cents(Cents(number)) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Date(day) => day.to_string(),
        // Both are right, and GDAL understands this one.
        Value::Boolean(truth) => i32::from(*truth).to_string(),
    })
}

fn geometry(out: &mut Vec<u8>, shapes: &[Shape]) {
    let parts = || shapes.iter().flat_map(|shape| shape.parts().map(|part| (shape.kind(), part)));
    let is_multi = parts().nth(1).is_some();
    push(out, if is_multi { "<MultiGeometry>" } else { "" });
    parts().for_each(|(kind, one)| part(out, kind, one));
    push(out, if is_multi { "</MultiGeometry>\n" } else { "\n" });
}

fn part(out: &mut Vec<u8>, kind: Kind, part: Part<'_>) {
    let name = match kind {
        Kind::Points => "Point",
        Kind::Lines => "LineString",
        Kind::Polygons => "Polygon",
    };
    push(out, &format!("<{name}>"));
    if kind == Kind::Polygons {
        for (place, ring) in part.rings().enumerate() {
            let boundary = if place == 0 { "outerBoundaryIs" } else { "innerBoundaryIs" };
            push(out, &format!("<{boundary}><LinearRing>"));
            // Outer boundaries run counter-clockwise, inner ones clockwise.
            if (area::ring(ring) < 0.0) == (place == 0) {
                coordinates(out, ring.iter().rev());
            } else {
                coordinates(out, ring.iter());
            }
            push(out, &format!("</LinearRing></{boundary}>"));
        }
    } else {
        coordinates(out, part.shell().iter());
    }
    push(out, &format!("</{name}>"));
}

fn coordinates<'a>(out: &mut Vec<u8>, positions: impl Iterator<Item = &'a Xy>) {
    let mut text = "<coordinates>".to_owned();
    for (place, [x, y]) in positions.enumerate() {
        text.push_str(if place > 0 { " " } else { "" });
        wkt::number(&mut text, *x);
        text.push(',');
        wkt::number(&mut text, *y);
    }
    push(out, &text);
    push(out, "</coordinates>");
}

fn element(out: &mut Vec<u8>, name: &str, text: &str) {
    push(out, &format!("<{name}>"));
    escape(out, text);
    push(out, &format!("</{name}>\n"));
}

/// Writes text as XML has it; control characters, which XML cannot have, are left out.
fn escape(out: &mut Vec<u8>, text: &str) {
    for character in text.chars() {
        match character {
            '&' => push(out, "&amp;"),
            '<' => push(out, "&lt;"),
            '>' => push(out, "&gt;"),
            '\t' | '\n' | '\r' => push(out, &format!("&#{};", character as u32)),
            '\u{0}'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => {}
            other => out.extend_from_slice(other.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

fn push(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}
