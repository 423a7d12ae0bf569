//! The GeoJSON of features (RFC 7946), written when it is asked for, in the form that is asked for.

mod form;
mod number;
mod shapes;

pub use form::Form;
pub use shapes::write as write_shapes;

use crate::layer::Layer;
use crate::property::Property;
use domain::money::Cents;
use domain::{MunicipalityCode, Value};
use serde_json::Value as Json;
use std::io::Write;
use time::Date;

impl Layer {
    /// The form in which its GeoJSON is usually written.
    #[must_use]
    pub fn usual_form(&self) -> Form {
        Form::usual(&self.collection, &self.origins)
    }

    /// Writes the feature at a place at the end of `out`: one GeoJSON `Feature` object, in UTF-8.
    pub fn write_geojson(&self, out: &mut Vec<u8>, at: usize, form: &Form) {
        write_feature(out, self, at, form);
    }
}

/// Every feature has every key, null where nothing is stated: readers take the schema from the first few.
fn write_feature(out: &mut Vec<u8>, layer: &Layer, at: usize, form: &Form) {
    push(out, r#"{"type":"Feature","id":"#);
    write(out, &layer.id(at).number());
    push(out, r#","geometry":"#);
    if form.geometry {
        shapes::write(out, &layer.shown(at), form.reference);
    } else {
        push(out, "null");
    }
    push(out, r#","properties":{"#);
    for property in &form.properties {
        write_text(out, property.name(&layer.collection));
        out.push(b':');
        write_property(out, layer, at, *property);
        out.push(b',');
    }
    // The last comma gives way to the closing braces.
    out.pop();
    push(out, "}}");
}

fn write_property(out: &mut Vec<u8>, layer: &Layer, at: usize, property: Property) {
    let origin = layer.origin(at);
    match property {
        Property::Field(field) => write_value(out, layer.value(at, field)),
        Property::Precision => write_text(out, layer.precision(at).as_str()),
        Property::Municipalities => {
            write_texts(out, layer.municipalities(at).iter().map(MunicipalityCode::as_str));
        }
        Property::Source => write_text(out, origin.source.as_str()),
        Property::Release => write(out, &origin.release.0),
        Property::ExtractionDate => match origin.extracted_on {
            Some(day) => write_day(out, day),
            None => push(out, "null"),
        },
        Property::AlsoSources => {
            let sources = layer.also(at).iter().map(|also| layer.origins[also.origin].source.as_str());
            write_texts(out, sources);
        }
    }
}

fn write_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Missing => push(out, "null"),
        Value::Text(text) => write_text(out, text),
        Value::Integer(number) | Value::Cents(Cents(number)) => write(out, number),
        Value::Decimal(number) => write(out, number),
        Value::Date(day) => write_day(out, *day),
        Value::Boolean(truth) => write(out, truth),
        Value::List(texts) => write_texts(out, texts.iter().map(String::as_str)),
    }
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

fn write_texts<'t>(out: &mut Vec<u8>, texts: impl Iterator<Item = &'t str>) {
    out.push(b'[');
    for (rank, text) in texts.enumerate() {
        if rank > 0 {
            out.push(b',');
        }
        write_text(out, text);
    }
    out.push(b']');
}

/// Most texts have nothing that JSON writes otherwise, and are copied whole.
fn write_text(out: &mut Vec<u8>, text: &str) {
    let is_special = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
    // All bytes are looked at, whatever is found: so the compiler takes many at a time.
    if text.bytes().fold(false, |found, byte| found | is_special(byte)) {
        write(out, text);
    } else {
        out.push(b'"');
        push(out, text);
        out.push(b'"');
    }
}

fn write_day(out: &mut Vec<u8>, day: Date) {
    let (year, month, day) = (day.year(), u8::from(day.month()), day.day());
    // Writing to a vector cannot fail.
    let _ = write!(out, "\"{year:04}-{month:02}-{day:02}\"");
}

fn write<T: serde::Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) {
    // Texts and numbers can be written, and a vector takes them.
    let _ = serde_json::to_writer(out, value);
}

fn push(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}
