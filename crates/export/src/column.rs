//! Columns: what tables tell of each record. They are the properties of the GeoJSON under the same names, behind the number.

use atlas::{Layer, Property};
use domain::{FieldType, MunicipalityCode, Value};
use std::borrow::Cow;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The public number.
    Id,
    /// A property.
    Property(Property),
}

impl Column {
    /// Its name.
    #[must_use]
    pub fn name(self, layer: &Layer) -> &str {
        match self {
            Self::Id => "id",
            Self::Property(property) => property.name(&layer.collection),
        }
    }

    /// What its values are.
    #[must_use]
    pub fn kind(self, layer: &Layer) -> FieldType {
        match self {
            Self::Id | Self::Property(Property::Release) => FieldType::Integer,
            Self::Property(Property::Field(field)) => layer.collection.fields[field].field_type,
            Self::Property(Property::Precision | Property::Source) => FieldType::Text,
            Self::Property(Property::Municipalities | Property::AlsoSources) => FieldType::List,
            Self::Property(Property::ExtractionDate) => FieldType::Date,
        }
    }

    /// Its value in the record at a place of the layer.
    #[must_use]
    pub fn value(self, layer: &Layer, place: usize) -> Cow<'_, Value> {
        let origin = layer.origin(place);
        let property = match self {
            Self::Id => {
                let number = i64::try_from(layer.id(place).number());
                return Cow::Owned(number.map_or(Value::Missing, Value::Integer));
            }
            Self::Property(property) => property,
        };
        Cow::Owned(match property {
            Property::Field(field) => return Cow::Borrowed(layer.value(place, field)),
            Property::Precision => Value::Text(layer.precision(place).as_str().to_owned()),
            Property::Municipalities => {
                list(layer.municipalities(place).iter().map(MunicipalityCode::to_string))
            }
            Property::Source => Value::Text(origin.source.to_string()),
            Property::Release => Value::Integer(origin.release.0),
            Property::ExtractionDate => origin.extracted_on.map_or(Value::Missing, Value::Date),
            Property::AlsoSources => {
                list(layer.also(place).iter().map(|also| layer.origins[also.origin].source.to_string()))
            }
        })
    }
}

/// A list as a value: one without texts is missing.
fn list(texts: impl Iterator<Item = String>) -> Value {
    let texts: Vec<String> = texts.collect();
    if texts.is_empty() { Value::Missing } else { Value::List(texts) }
}

/// A list as one text, for formats without lists.
#[must_use]
pub fn joined(texts: &[String]) -> String {
    texts.join("; ")
}
