//! The GeoJSON of features (RFC 7946), written when it is asked for, in the form that is asked for.

mod form;
mod shapes;

pub use form::Form;

use crate::layer::Layer;
use crate::property::Property;
use domain::money::Cents;
use domain::{MunicipalityCode, Value};
use serde_json::Value as Json;

/// Every feature has every key, null where nothing is stated: readers take the schema from the first few.
pub fn write_feature(out: &mut Vec<u8>, layer: &Layer, at: usize, form: &Form) {
    push(out, &format!(r#"{{"type":"Feature","id":{},"geometry":"#, layer.id(at)));
    if form.geometry {
        shapes::write(out, &layer.shown(at), form.reference);
    } else {
        push(out, "null");
    }
    push(out, r#","properties":{"#);
    for property in &form.properties {
        write(out, property.name(&layer.collection));
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
        Property::Precision => write(out, layer.precision(at).as_str()),
        Property::Municipalities => {
            let codes = layer.municipalities(at).iter().map(MunicipalityCode::as_str);
            write(out, &codes.collect::<Vec<_>>());
        }
        Property::Source => write(out, origin.source.as_str()),
        Property::Release => write(out, &origin.release.0),
        Property::ExtractionDate => write(out, &origin.extracted_on.map(|day| day.to_string())),
        Property::AlsoSources => {
            let sources = layer.also(at).iter().map(|also| layer.origins[also.origin].source.as_str());
            write(out, &sources.collect::<Vec<_>>());
        }
    }
}

fn write_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Missing => push(out, "null"),
        Value::Text(text) => write(out, text),
        Value::Integer(number) | Value::Cents(Cents(number)) => write(out, number),
        Value::Decimal(number) => write(out, number),
        Value::Date(date) => write(out, &date.to_string()),
        Value::Boolean(truth) => write(out, truth),
        Value::List(texts) => write(out, texts),
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

fn write<T: serde::Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) {
    // Texts and numbers can be written, and a vector takes them.
    let _ = serde_json::to_writer(out, value);
}

fn push(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}
