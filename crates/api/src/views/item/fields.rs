//! The fields of a record, those that it inherits with what their values stand for.

use atlas::{Edition, Layer};
use domain::collection::Inherited;
use domain::{Role, Value};

use crate::address::escape;
use crate::pages::Language;
use crate::pages::item::{self, Field};
use crate::pages::layout::Link;
use crate::views::{field, words};

/// All fields but the title, in the order of the definition.
pub fn of(edition: &Edition, layer: &Layer, place: usize, language: Language) -> Vec<Field> {
    let collection = &layer.collection;
    let title = collection.with_role(Role::Title);
    let fields = collection.fields.iter().zip(layer.values(place)).enumerate();
    let fields = fields.filter(|(field, _)| Some(*field) != title);
    let one = |(_, (field, value)): (_, (&domain::Field, &Value))| {
        let plain = field::of(field, value, language);
        let inherited = field.inherited.as_ref().filter(|_| !value.is_missing());
        let found = inherited.and_then(|inherited| {
            let other = edition.layer(&inherited.collection)?;
            let by = layer.value(place, collection.position(&inherited.by)?).as_text()?;
            Some(inherits(other, inherited, by, value, language))
        });
        match found {
            Some((listed, from)) => Field { value: listed.unwrap_or(plain.value), from: Some(from), ..plain },
            None => plain,
        }
    };
    fields.map(one).collect()
}

/// The values of a list as links to the records that state them, in the words of their code list; and the collection of these.
fn inherits(
    other: &Layer,
    inherited: &Inherited,
    by: &str,
    value: &Value,
    language: Language,
) -> (Option<item::Value>, Link) {
    let address =
        format!("/collections/{}/items?{}={}", other.collection.id, escape(&inherited.by), escape(by));
    let codes = other.collection.position(&inherited.field).map(|at| &other.collection.fields[at].codes);
    let label = |text: &String| {
        let known = codes.and_then(|codes| codes.iter().find(|known| &known.code == text));
        known.map_or_else(|| text.clone(), |known| format!("{text} – {}", words(language, &known.label)))
    };
    let link = |text: &String| Link {
        label: label(text),
        url: format!("{address}&{}={}", escape(&inherited.field), escape(text)),
    };
    let listed = match value {
        Value::List(texts) => Some(item::Value::Listed(texts.iter().map(link).collect())),
        _ => None,
    };
    let title = words(language, &other.collection.title).to_owned();
    (listed, Link { label: title, url: address })
}
