//! How records are written into the database and read from it again.

mod lending;
mod reading;

pub use reading::JsonText;

use domain::money::Cents;
use domain::{Collection, Location, MunicipalityCode, ProvinceCode, Record, Value};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use time::format_description::StaticFormatDescription;
use time::macros::format_description;

const DAY: StaticFormatDescription = format_description!("[year]-[month]-[day]");

/// How the records of a collection are written: as JSON whose keys are in alphabetical order, so that the same values give the
/// same text.
pub struct Layout {
    /// Places of the fields in the collection, with their names as JSON writes them.
    fields: Vec<(usize, String)>,
}

impl Layout {
    /// That of a collection.
    pub fn of(collection: &Collection) -> Self {
        let name =
            |(place, field): (usize, &domain::Field)| (place, Json::from(field.id.as_str()).to_string());
        let mut fields: Vec<_> = collection.fields.iter().enumerate().map(name).collect();
        fields.sort_unstable_by(|(_, a), (_, b)| a.cmp(b));
        Self { fields }
    }

    /// The stated values of a record, by field, at the end of `text`.
    pub fn write(&self, record: &Record, text: &mut String) {
        let start = text.len();
        text.push('{');
        for (place, name) in &self.fields {
            let Some(value) = record.values.get(*place).filter(|value| !value.is_missing()) else { continue };
            if text.len() > start + 1 {
                text.push(',');
            }
            text.push_str(name);
            text.push(':');
            write_value(text, value);
        }
        text.push('}');
    }

    /// What tells a changed record from an unchanged one: SHA-256 of its values and places. `text` comes to hold the values, as
    /// [`Self::write`] writes them.
    pub fn hash(&self, record: &Record, text: &mut String) -> [u8; 32] {
        text.clear();
        self.write(record, text);
        hash(text, &record.locations)
    }
}

fn hash(properties: &str, locations: &[Location]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(properties);
    for location in locations {
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

fn write_value(text: &mut String, value: &Value) {
    // Writing to a text cannot fail.
    let _ = match value {
        Value::Missing => write!(text, "null"),
        Value::Text(stated) => {
            write_text(text, stated);
            Ok(())
        }
        Value::Integer(number) | Value::Cents(Cents(number)) => {
            text.push_str(itoa::Buffer::new().format(*number));
            Ok(())
        }
        Value::Decimal(number) => write!(text, "{}", Json::from(*number)),
        Value::Date(date) => write!(text, "\"{}\"", date.format(DAY).unwrap_or_default()),
        Value::Boolean(truth) => write!(text, "{truth}"),
        Value::List(texts) => write!(text, "{}", Json::from(texts.as_slice())),
    };
}

/// Most texts have nothing that JSON writes otherwise.
fn write_text(text: &mut String, stated: &str) {
    // Looked at whole, without stopping: many bytes at a time.
    let is_written_otherwise = |byte: &u8| u8::from(matches!(byte, ..b' ' | b'"' | b'\\'));
    if stated.as_bytes().iter().map(is_written_otherwise).fold(0, |found, it| found | it) > 0 {
        // Writing to a text cannot fail.
        let _ = write!(text, "{}", Json::from(stated));
    } else {
        text.push('"');
        text.push_str(stated);
        text.push('"');
    }
}
