//! Reads the values of a record straight out of their JSON, without a tree of it: an edition reads a million of them.

use super::{DAY, Layout};
use domain::money::Cents;
use domain::{Collection, Field, FieldType, Value};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgTypeInfo, PgValueRef, Postgres};
use sqlx::types::Json;
use std::borrow::Cow;
use std::fmt;
use time::Date;

/// JSON as it came from the database.
#[derive(Debug)]
pub struct JsonText(pub String);

impl sqlx::Type<Postgres> for JsonText {
    fn type_info() -> PgTypeInfo {
        <str as sqlx::Type<Postgres>>::type_info()
    }

    /// Its column is still one of JSON where other views rest upon it: see `migrations/0007_records_text.sql`.
    fn compatible(found: &PgTypeInfo) -> bool {
        *found == Self::type_info() || *found == <Json<IgnoredAny> as sqlx::Type<Postgres>>::type_info()
    }
}

impl<'r> sqlx::Decode<'r, Postgres> for JsonText {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(Self(value.as_str()?.to_owned()))
    }
}

impl Layout {
    /// The values of a record of a collection, one for each field.
    ///
    /// # Errors
    /// A sentence that names the field whose value is not of its type.
    pub fn read(&self, collection: &Collection, json: &str) -> Result<Vec<Value>, String> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let values = deserializer.deserialize_map(Reader { layout: self, collection });
        values.and_then(|values| deserializer.end().map(|()| values)).map_err(|error| error.to_string())
    }
}

struct Reader<'a> {
    layout: &'a Layout,
    collection: &'a Collection,
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Vec<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the values of a record by field")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<Value>, A::Error> {
        let fields = &self.collection.fields;
        let mut values = vec![Value::Missing; fields.len()];
        let mut rank = 0;
        while let Some(found) = map.next_key_seed(Name { reader: &self, rank })? {
            let Some(found) = found else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let (place, _) = self.layout.fields[found];
            values[place] = map.next_value_seed(Typed(&fields[place]))?;
            rank = found + 1;
        }
        Ok(values)
    }
}

/// Finds the field that a key names by its rank in the layout, most often the next one; `None` for a field that is no more.
struct Name<'a> {
    reader: &'a Reader<'a>,
    rank: usize,
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Option<usize>, E> {
        let Reader { layout, collection } = self.reader;
        let is_it = |rank: &usize| collection.fields[layout.fields[*rank].0].id == name;
        let (before, after) = (0..self.rank, self.rank..layout.fields.len());
        Ok(after.chain(before).find(is_it))
    }
}

/// A value of a field's type.
struct Typed<'a>(&'a Field);

impl<'de> DeserializeSeed<'de> for Typed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        let Field { id, field_type, .. } = self.0;
        let value = match field_type {
            FieldType::Text | FieldType::Cup | FieldType::MunicipalityCode => {
                String::deserialize(from).map(Value::Text)
            }
            FieldType::Integer => i64::deserialize(from).map(Value::Integer),
            FieldType::Decimal => f64::deserialize(from).map(Value::Decimal),
            FieldType::Cents => i64::deserialize(from).map(|cents| Value::Cents(Cents(cents))),
            FieldType::Date => Cow::<str>::deserialize(from)
                .and_then(|text| Date::parse(&text, DAY).map(Value::Date).map_err(D::Error::custom)),
            FieldType::Boolean => bool::deserialize(from).map(Value::Boolean),
            FieldType::List => Vec::deserialize(from).map(Value::List),
        };
        value.map_err(|_| {
            D::Error::custom(format_args!("the value of {id} is not of type {}", field_type.as_str()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Bilingual, CollectionId, GeometryKind, LentValue};

    fn collection() -> Collection {
        let field = |field_type: FieldType| Field::new(&format!("a_{}", field_type.as_str()), field_type);
        Collection {
            id: CollectionId::parse("x").unwrap(),
            family: String::new(),
            title: Bilingual::default(),
            description: Bilingual::default(),
            key: vec![0],
            geometry: GeometryKind::None,
            parent: None,
            dissolved_from: None,
            fields: FieldType::ALL.map(field).into(),
        }
    }

    #[test]
    fn what_was_written_is_read_again() {
        let collection = collection();
        let values = vec![
            Value::Text("with \"quotes\", \\ and é".to_owned()),
            Value::Integer(-7),
            Value::Decimal(0.1),
            Value::Cents(Cents(i64::MAX)),
            Value::Date(time::macros::date!(2026 - 02 - 28)),
            Value::Boolean(true),
            Value::Missing,
            Value::Text("015146".to_owned()),
            Value::List(vec!["one".to_owned(), "tw;o".to_owned()]),
        ];
        let layout = Layout::of(&collection);
        let record = domain::Record { key: domain::Key::new(Vec::new()), values, locations: Vec::new() };
        let mut text = String::new();
        layout.write(&record, &mut text);
        assert_eq!(layout.read(&collection, &text).as_ref(), Ok(&record.values));
        let lent = layout.as_written(&collection, &text).unwrap();
        assert!(matches!(lent[7], LentValue::Text(Cow::Borrowed("015146"))));
        assert_eq!(lent.into_iter().map(Value::from).collect::<Vec<_>>(), record.values);
    }

    #[test]
    fn any_order_will_do_and_what_is_no_field_is_passed_over() {
        let json = r#"{"gone":{"x":[1,{"a_text":2}]},"a_text":"t","a_decimal":3,"a_boolean":false}"#;
        let layout = Layout::of(&collection());
        let read = layout.read(&collection(), json).unwrap();
        let lent = layout.lend(&collection(), json).unwrap();
        assert_eq!(lent.into_iter().map(Value::from).collect::<Vec<_>>(), read);
        let stated: Vec<&Value> = read.iter().filter(|value| !value.is_missing()).collect();
        let text = Value::Text("t".to_owned());
        assert_eq!(stated, [&text, &Value::Decimal(3.0), &Value::Boolean(false)]);
    }

    #[test]
    fn what_is_not_as_written_is_read_the_other_way() {
        let check = |json: &str, expect: bool| {
            assert_eq!(Layout::of(&collection()).as_written(&collection(), json).is_some(), expect, "{json}");
        };
        check("{}", true);
        check(r#"{"a_boolean":true,"a_text":"\u00e9\""}"#, true);
        check(r#"{"a_text":"t","a_boolean":true}"#, false);
        for odd in [
            "",
            "{",
            "{,}",
            r#"{"a_text":"t""#,
            r#"{"a_text":"t",}"#,
            r#"{"a_text":"t"}}"#,
            r#"{"a_text":"\"}"#,
        ] {
            check(odd, false);
        }
        for odd in [
            r#"{"a_decimal":inf}"#,
            r#"{"a_integer":1.5}"#,
            r#"{"a_date":"2026-02-30"}"#,
            r#"{"a_text":null}"#,
        ] {
            check(odd, false);
        }
    }

    #[test]
    fn a_value_of_another_type_is_told_with_its_field() {
        let check = |json: &str, expect: &str| {
            let layout = Layout::of(&collection());
            let error = layout.read(&collection(), json).unwrap_err();
            assert!(error.contains(expect), "{error}");
            assert_eq!(layout.lend(&collection(), json), Err(error));
        };
        check(r#"{"a_text":1}"#, "the value of a_text is not of type text");
        check(r#"{"a_integer":1.5}"#, "the value of a_integer is not of type integer");
        check(r#"{"a_date":"2026-02-30"}"#, "the value of a_date is not of type date");
        check(r#"{"a_list":[null]}"#, "the value of a_list is not of type list");
        check(r#"{"a_cents":null}"#, "the value of a_cents is not of type cents");
        check("[]", "the values of a record by field");
        check(r#"{"a_text":"t"} x"#, "trailing characters");
    }
}
