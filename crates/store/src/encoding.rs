//! How records are written into the database and read from it again.

use domain::money::Cents;
use domain::{Collection, FieldType, Location, MunicipalityCode, ProvinceCode, Record, Value};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use time::Date;
use time::format_description::StaticFormatDescription;
use time::macros::format_description;

const DAY: StaticFormatDescription = format_description!("[year]-[month]-[day]");

/// The stated values of a record, by field, as JSON whose keys are in alphabetical order: the same values give the same text.
pub fn properties(collection: &Collection, record: &Record) -> String {
    let mut stated: Vec<(&str, &Value)> =
        collection.fields.iter().map(|field| field.id.as_str()).zip(&record.values).collect();
    stated.sort_unstable_by_key(|(field, _)| *field);
    let mut text = "{".to_owned();
    for (field, value) in stated {
        let Some(json) = json(value) else { continue };
        let comma = if text.len() > 1 { "," } else { "" };
        // Writing to a text cannot fail.
        let _ = write!(text, "{comma}{}:{json}", Json::from(field));
    }
    text.push('}');
    text
}

/// The values of a record, one for each field.
///
/// # Errors
/// A sentence that names the field whose value is not of its type.
pub fn values(collection: &Collection, properties: &Json) -> Result<Vec<Value>, String> {
    let value = |field: &domain::Field| match properties.get(&field.id) {
        None => Ok(Value::Missing),
        Some(json) => value(field.field_type, json)
            .ok_or_else(|| format!("the value of {} is not of type {}", field.id, field.field_type.as_str())),
    };
    collection.fields.iter().map(value).collect()
}

/// What tells a changed record from an unchanged one.
pub fn hash(collection: &Collection, record: &Record) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(properties(collection, record));
    for location in &record.locations {
        let Location { province, municipality, municipality_name, address, postal_code, .. } = location;
        let texts = [
            province.as_ref().map(ProvinceCode::as_str),
            municipality.as_ref().map(MunicipalityCode::as_str),
            municipality_name.as_deref(),
            address.as_deref(),
            postal_code.as_deref(),
        ];
        hash.update(b"\nlocation");
        for text in texts {
            hash.update([0, u8::from(text.is_some())]);
            hash.update(text.unwrap_or_default());
        }
        hash.update(location.share_percent.unwrap_or(f64::NAN).to_le_bytes());
        hash.update(location.geometry.as_deref().unwrap_or_default());
    }
    hash.finalize().into()
}

fn json(value: &Value) -> Option<Json> {
    match value {
        Value::Missing => None,
        Value::Text(text) => Some(Json::from(text.as_str())),
        Value::Integer(number) | Value::Cents(Cents(number)) => Some(Json::from(*number)),
        Value::Decimal(number) => Some(Json::from(*number)),
        Value::Date(date) => date.format(DAY).ok().map(Json::from),
        Value::Boolean(truth) => Some(Json::from(*truth)),
        Value::List(texts) => Some(Json::from(texts.as_slice())),
    }
}

fn value(field_type: FieldType, json: &Json) -> Option<Value> {
    match field_type {
        FieldType::Text | FieldType::Cup | FieldType::MunicipalityCode => {
            json.as_str().map(|text| Value::Text(text.to_owned()))
        }
        FieldType::Integer => json.as_i64().map(Value::Integer),
        FieldType::Decimal => json.as_f64().map(Value::Decimal),
        FieldType::Cents => json.as_i64().map(|cents| Value::Cents(Cents(cents))),
        FieldType::Date => json.as_str().and_then(|text| Date::parse(text, DAY).ok()).map(Value::Date),
        FieldType::Boolean => json.as_bool().map(Value::Boolean),
        FieldType::List => {
            let texts = json.as_array()?.iter().map(|text| text.as_str().map(str::to_owned));
            texts.collect::<Option<_>>().map(Value::List)
        }
    }
}
