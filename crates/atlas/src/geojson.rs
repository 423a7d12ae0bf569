//! The GeoJSON of features (RFC 7946), written once when the edition is built and copied for each answer. Other forms than
//! the usual one are written when they are asked for.

mod form;
mod shapes;

pub use form::Form;

use crate::feature::Feature;
use crate::origin::Origin;
use crate::property::Property;
use domain::money::Cents;
use domain::{Collection, MunicipalityCode, Value};
use serde_json::Value as Json;

/// The bodies of a layer's features, one after the other.
#[derive(Debug)]
pub struct Bodies {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Bodies {
    /// Writes the features of a layer.
    pub fn write(collection: &Collection, origins: &[Origin], features: &[Feature]) -> Self {
        let form = Form::usual(collection, origins);
        let mut bodies = Self { bytes: Vec::new(), ends: Vec::with_capacity(features.len()) };
        for feature in features {
            write_feature(&mut bodies.bytes, collection, origins, feature, &form);
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
pub fn write_feature(
    out: &mut Vec<u8>,
    collection: &Collection,
    origins: &[Origin],
    feature: &Feature,
    form: &Form,
) {
    push(out, &format!(r#"{{"type":"Feature","id":{},"geometry":"#, feature.id));
    if form.geometry {
        shapes::write(out, &feature.shown, form.reference);
    } else {
        push(out, "null");
    }
    push(out, r#","properties":{"#);
    for property in &form.properties {
        write(out, property.name(collection));
        out.push(b':');
        write_property(out, origins, feature, *property);
        out.push(b',');
    }
    // The last comma gives way to the closing braces.
    out.pop();
    push(out, "}}");
}

fn write_property(out: &mut Vec<u8>, origins: &[Origin], feature: &Feature, property: Property) {
    let origin = &origins[feature.origin];
    match property {
        Property::Field(place) => write_value(out, &feature.record.values[place]),
        Property::Precision => write(out, feature.precision.as_str()),
        Property::Municipalities => {
            let codes = feature.municipalities.iter().map(MunicipalityCode::as_str);
            write(out, &codes.collect::<Vec<_>>());
        }
        Property::Source => write(out, origin.source.as_str()),
        Property::Release => write(out, &origin.release.0),
        Property::ExtractionDate => write(out, &origin.extracted_on.map(|day| day.to_string())),
        Property::AlsoSources => {
            let sources = feature.also.iter().map(|also| origins[also.origin].source.as_str());
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
