//! Reads the values of a record as this program writes them, without copying its texts: an edition reads a million of them.

use super::{DAY, Layout};
use domain::money::Cents;
use domain::{Collection, FieldType, LentValue, Value};
use memchr::memchr2;
use serde::Deserialize;
use std::borrow::Cow;
use time::Date;

impl Layout {
    /// The values of a record of a collection, one for each field; texts that stand in the JSON as they are are lent.
    ///
    /// # Errors
    /// A sentence that names the field whose value is not of its type.
    pub fn lend<'a>(&self, collection: &Collection, json: &'a str) -> Result<Vec<LentValue<'a>>, String> {
        match self.as_written(collection, json) {
            Some(values) => Ok(values),
            None => Ok(self.read(collection, json)?.into_iter().map(Into::into).collect()),
        }
    }

    /// The values, if they are written as [`Self::write`] does for this collection: by the names of the fields, ascending, without
    /// a space. Other JSON, that of an earlier definition for one, is for [`Self::read`].
    pub(super) fn as_written<'a>(
        &self,
        collection: &Collection,
        json: &'a str,
    ) -> Option<Vec<LentValue<'a>>> {
        let mut values = vec![LentValue::MISSING; collection.fields.len()];
        let mut fields = self.fields.iter();
        let mut rest = json.strip_prefix('{')?;
        if rest == "}" {
            return Some(values);
        }
        loop {
            let named = |(place, name): &'_ (usize, String)| {
                Some((*place, rest.strip_prefix(name.as_str())?.strip_prefix(':')?))
            };
            let (place, stated) = fields.by_ref().find_map(named)?;
            let (value, after) = value(collection.fields[place].field_type, stated)?;
            values[place] = value;
            rest = match after.strip_prefix(',') {
                Some(next) => next,
                None => return (after == "}").then_some(values),
            };
        }
    }
}

/// The value of a type at the beginning of a text, and what follows it.
fn value(field_type: FieldType, json: &str) -> Option<(LentValue<'_>, &str)> {
    let plain = || json.split_at(json.find([',', '}']).unwrap_or(json.len()));
    let (value, rest) = match field_type {
        FieldType::Text | FieldType::Cup | FieldType::MunicipalityCode => {
            return text(json).map(|(text, rest)| (LentValue::Text(text), rest));
        }
        FieldType::Date => {
            let (text, rest) = text(json)?;
            (Value::Date(Date::parse(&text, DAY).ok()?), rest)
        }
        FieldType::Integer => (Value::Integer(plain().0.parse().ok()?), plain().1),
        FieldType::Cents => (Value::Cents(Cents(plain().0.parse().ok()?)), plain().1),
        FieldType::Boolean => (Value::Boolean(plain().0.parse().ok()?), plain().1),
        FieldType::Decimal => {
            let number: f64 = plain().0.parse().ok()?;
            (Value::Decimal(Some(number).filter(|number| number.is_finite())?), plain().1)
        }
        FieldType::List => {
            let (texts, rest) = any(json)?;
            (Value::List(texts), rest)
        }
    };
    Some((LentValue::Other(value), rest))
}

/// A text, lent if nothing in it is written otherwise than it reads.
fn text(json: &str) -> Option<(Cow<'_, str>, &str)> {
    let inside = json.strip_prefix('"')?;
    let end = memchr2(b'"', b'\\', inside.as_bytes())?;
    match inside.as_bytes().get(end)? {
        b'"' => Some((inside.get(..end)?.into(), inside.get(end + 1..)?)),
        _ => any::<String>(json).map(|(text, rest)| (text.into(), rest)),
    }
}

/// Whatever else is JSON.
fn any<'a, T: Deserialize<'a>>(json: &'a str) -> Option<(T, &'a str)> {
    let mut values = serde_json::Deserializer::from_str(json).into_iter();
    let value = values.next()?.ok()?;
    Some((value, json.get(values.byte_offset()..)?))
}
