//! A field with its value, as pages write it.

use domain::{Field, FieldType, Role, Value};

use super::words;
use crate::pages::{Language, item};

/// A field with its value, as pages write it.
pub fn of(field: &Field, value: &Value, language: Language) -> item::Field {
    let known = value.as_text().and_then(|text| field.codes.iter().find(|code| code.code == text));
    item::Field {
        id: field.id.clone(),
        label: words(language, &field.label).to_owned(),
        description: field.description.as_ref().map(|text| words(language, text).to_owned()),
        unit: field.unit.as_ref().map(|unit| words(language, unit).to_owned()),
        status: field.role == Some(Role::Status),
        from: None,
        value: match (value, known) {
            (Value::Text(text), Some(code)) => {
                item::Value::Text(format!("{text} – {}", words(language, &code.label)))
            }
            (Value::Missing, _) => item::Value::Absent,
            (Value::Text(text), None) if is_code(field) => item::Value::Code(text.clone()),
            (Value::Text(text), None) => item::Value::Text(text.clone()),
            (Value::Integer(number), _) => item::Value::Integer(*number),
            (Value::Decimal(number), _) => item::Value::Decimal(*number),
            (Value::Cents(cents), _) => item::Value::Money(cents.0),
            (Value::Date(day), _) => item::Value::Date(day.to_string()),
            (Value::Boolean(truth), _) => item::Value::Boolean(*truth),
            (Value::List(texts), _) => item::Value::Text(texts.join(", ")),
        },
    }
}

fn is_code(field: &Field) -> bool {
    matches!(field.field_type, FieldType::Cup | FieldType::MunicipalityCode) || field.id.ends_with("_code")
}
