//! Dissolved collections: records that are made of those of another, such as zones of their municipalities.

use crate::draft::LayerDraft;
use crate::location::Known;
use crate::making::Making;
use crate::rows::Rows;
use domain::collection::Dissolve;
use domain::money::Cents;
use domain::{Collection, FeatureId, FieldType, Key, Record, Role, Value};
use geometry::dissolve;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The field that says of how many records one is made, in a collection that has it.
const COUNT: &str = "municipality_count";

/// Fills the dissolved layers among those that are built anew; whatever they held before is not of them.
pub fn fill(all: &mut [Making]) {
    for place in 0..all.len() {
        let Some(collection) = all[place].stated().map(|it| Arc::clone(&it.collection)) else { continue };
        let Some(dissolve) = &collection.dissolved_from else { continue };
        let base = all.iter().find(|it| it.collection().id == dissolve.collection);
        let Some((base, by)) = base.and_then(|base| Some((base, base.collection().position(&dissolve.by)?)))
        else {
            continue;
        };
        let draft = dissolved(&collection, dissolve, base, by);
        let (origins, is_dropped) = (draft.origins.clone(), vec![false; draft.ids.len()]);
        if let Some(stated) = all[place].stated() {
            stated.origins = origins;
            stated.rows = draft.pack(&is_dropped);
        }
    }
}

/// One record for each value of the field at `by`, each from the source of its first part. Parts without a value are in none.
fn dissolved(collection: &Arc<Collection>, dissolve: &Dissolve, base: &Making, by: usize) -> LayerDraft {
    let (definition, rows) = (base.collection(), base.rows());
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    // Sums of decimals depend on the order: that of the keys is the same in every edition.
    for at in rows.by_key(definition) {
        if let Some(value) = rows.value(at, by).as_text() {
            groups.entry(value).or_default().push(at);
        }
    }
    let mut draft = LayerDraft::new(collection.clone(), base.origins().to_vec(), String::new());
    for (value, members) in groups {
        let title = label(definition, &dissolve.by, value);
        let values = (0..collection.fields.len())
            .map(|field| made(collection, field, (value, &title), (definition, rows), &members));
        let key = Key::new(vec![value.to_owned()]);
        let (id, origin) = (FeatureId::of(&collection.id, &key), rows.origins[members[0]].into());
        if let Some(whole) = dissolve::polygons(members.iter().flat_map(|at| rows.places.shapes(*at))) {
            let known = Known::in_province(province(rows, &members));
            draft.places.add(draft.ids.len(), known, Some(whole));
        }
        draft.push(id, origin, Record { values: values.collect(), key, locations: Vec::new() });
    }
    draft
}

/// The province in which all parts lie; `None` if they lie in several.
fn province(rows: &Rows, members: &[usize]) -> Option<domain::ProvinceCode> {
    let mut provinces =
        members.iter().flat_map(|at| rows.places.locations(*at)).map(|location| location.province);
    let first = provinces.next()?;
    first.filter(|_| provinces.all(|province| province == first))
}

/// What a value is called, in Italian; itself where no code list says.
fn label(base: &Collection, by: &str, value: &str) -> String {
    let field = base.fields.iter().find(|field| field.id == by);
    let code = field.and_then(|field| field.codes.iter().find(|code| code.code == value));
    code.map_or(value, |code| &code.label.it).to_owned()
}

/// The value of one field: the key, the title, the count, or a sum.
fn made(
    collection: &Collection,
    place: usize,
    (value, title): (&str, &str),
    (base, rows): (&Collection, &Rows),
    members: &[usize],
) -> Value {
    let field = &collection.fields[place];
    if collection.key == [place] {
        Value::Text(value.to_owned())
    } else if field.role == Some(Role::Title) {
        Value::Text(title.to_owned())
    } else if field.id == COUNT {
        i64::try_from(members.len()).map_or(Value::Missing, Value::Integer)
    } else {
        base.position(&field.id).map_or(Value::Missing, |place| {
            sum(field.field_type, members.iter().map(|at| rows.value(*at, place)))
        })
    }
}

/// The sum of what is stated; missing where nothing is.
fn sum<'v>(field_type: FieldType, values: impl Iterator<Item = &'v Value>) -> Value {
    let stated: Vec<&Value> = values.filter(|value| !value.is_missing()).collect();
    if stated.is_empty() {
        return Value::Missing;
    }
    let whole = |value: &&Value| match value {
        Value::Integer(number) | Value::Cents(Cents(number)) => Some(*number),
        _ => None,
    };
    match field_type {
        FieldType::Integer => Value::Integer(stated.iter().filter_map(whole).sum()),
        FieldType::Cents => Value::Cents(Cents(stated.iter().filter_map(whole).sum())),
        FieldType::Decimal => {
            let number = |value: &&Value| match value {
                Value::Decimal(number) => Some(*number),
                _ => None,
            };
            let sum: f64 = stated.iter().filter_map(number).sum();
            // What binary fractions add to decimal ones is not shown: 33.05 + 9.52 is 42.57.
            Value::Decimal((sum * 1e6).round() / 1e6)
        }
        _ => Value::Missing,
    }
}

#[cfg(test)]
mod tests;
