//! What a record's page shows beside the record.

use atlas::{Also, Edition, Layer};
use domain::{Field, FieldType, Role, Value};
use std::cmp::Reverse;
use time::Date;

use super::{field, words};
use crate::links;
use crate::pages::Language;
use crate::pages::related::{self, Child, Children, Related};

/// Records of one collection that are shown; the others are a link away.
const SHOWN: usize = 10;
/// Columns beside the name.
const COLUMNS: usize = 5;

/// What belongs to the feature at `place`.
pub fn of(edition: &Edition, layer: &Layer, place: usize, language: Language) -> Related {
    let also = layer.also(place).iter().map(|also| said(layer, also, language));
    let children = edition.children(layer, place).into_iter();
    Related {
        also: also.collect(),
        children: children
            .map(|(child, places)| {
                let url = links::to_children(layer, place, child, &places);
                table(child, &places, url, language)
            })
            .collect(),
    }
}

/// What another source says of the same record.
fn said(layer: &Layer, also: &Also, language: Language) -> related::Also {
    let count = also.candidates.to_string();
    let difference = |it: &atlas::Difference| {
        let field = &layer.collection.fields[it.field];
        let written = |value| field::of(field, value, language).written(language);
        let label = words(language, &field.label).to_owned();
        related::Difference { label, official: written(&it.official), proposed: written(&it.proposed) }
    };
    related::Also {
        source: words(language, &layer.origins[also.origin].title).to_owned(),
        note: (also.candidates > 1).then(|| language.phrase("item.also_one_of", &[("count", &count)])),
        differences: also.differences.iter().map(difference).collect(),
    }
}

/// The records at `places` as a small table, the latest first.
fn table(layer: &Layer, places: &[u32], url: String, language: Language) -> Children {
    let collection = &layer.collection;
    let columns = columns(layer);
    let heading = |place: &usize| {
        let field = &collection.fields[*place];
        (words(language, &field.label).to_owned(), is_number(field))
    };
    let name = collection.with_role(Role::Title).or_else(|| collection.key.first().copied());
    let mut shown = places.to_vec();
    shown.sort_by_key(|place| (Reverse(day(layer, *place, &columns)), *place));
    shown.truncate(SHOWN);
    let row = |place: &u32| {
        let at = *place as usize;
        let cell = |place: &usize| {
            let field = &collection.fields[*place];
            let text = field::of(field, layer.value(at, *place), language).written(language);
            (is_number(field), text)
        };
        Child {
            url: format!("/collections/{}/items/{}", collection.id, layer.id(at)),
            title: layer.title(at).into_owned(),
            cells: columns.iter().map(cell).collect(),
        }
    };
    Children {
        collection: collection.id.to_string(),
        title: words(language, &collection.title).to_owned(),
        url,
        all: language.phrase("item.children_all", &[("count", &places.len().to_string())]),
        columns: name.iter().chain(&columns).map(heading).collect(),
        rows: shown.iter().map(row).collect(),
    }
}

/// The fields that tell most: category and status, then amounts, then days; never those by which the records belong here.
fn columns(layer: &Layer) -> Vec<usize> {
    let fields = &layer.collection.fields;
    let shared = |field: &Field| {
        layer.collection.parent.as_ref().is_some_and(|parent| parent.fields.contains(&field.id))
    };
    let rank = |field: &Field| match (field.role, field.field_type) {
        (Some(Role::Title), _) => None,
        (Some(Role::Category | Role::Status), _) => Some(0),
        (_, FieldType::Cents) => Some(1),
        (_, FieldType::Date) => Some(2),
        _ => None,
    };
    let ranked = fields.iter().enumerate().filter(|(_, field)| !shared(field));
    let mut ranked: Vec<(u8, usize)> =
        ranked.filter_map(|(place, field)| Some((rank(field)?, place))).collect();
    ranked.sort_unstable();
    ranked.into_iter().take(COLUMNS).map(|(_, place)| place).collect()
}

const fn is_number(field: &Field) -> bool {
    matches!(field.field_type, FieldType::Integer | FieldType::Decimal | FieldType::Cents)
}

/// The first day that a record states among the columns.
fn day(layer: &Layer, place: u32, columns: &[usize]) -> Option<Date> {
    columns.iter().find_map(|field| match layer.value(place as usize, *field) {
        Value::Date(day) => Some(*day),
        _ => None,
    })
}
