//! Dissolved collections: records that are made of those of another, such as zones of their municipalities.

use crate::draft::LayerDraft;
use domain::collection::Dissolve;
use domain::money::Cents;
use domain::{Collection, FeatureId, FieldType, Key, Location, Record, Role, Value};
use geometry::{Shape, dissolve, wkb};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The field that says of how many records one is made, in a collection that has it.
const COUNT: &str = "municipality_count";

/// Fills the drafts of dissolved collections; whatever they held before is not of them.
pub fn fill(drafts: &mut [LayerDraft]) {
    for place in 0..drafts.len() {
        let collection = Arc::clone(&drafts[place].collection);
        let Some(dissolve) = &collection.dissolved_from else { continue };
        let base = drafts.iter().find(|draft| draft.collection.id == dissolve.collection);
        let Some((base, by)) = base.and_then(|base| Some((base, base.collection.position(&dissolve.by)?)))
        else {
            continue;
        };
        let (origins, records) = (base.origins.clone(), records(&collection, dissolve, base, by));
        drafts[place].origins = origins;
        drafts[place].records = records;
    }
}

/// One record for each value of the field at `by`, each from the source of its first part. Parts without a value are in none.
fn records(
    collection: &Collection,
    dissolve: &Dissolve,
    base: &LayerDraft,
    by: usize,
) -> Vec<(FeatureId, usize, Record)> {
    let mut groups: BTreeMap<&str, Vec<&(FeatureId, usize, Record)>> = BTreeMap::new();
    for part in &base.records {
        if let Some(value) = part.2.values[by].as_text() {
            groups.entry(value).or_default().push(part);
        }
    }
    let record = |(value, mut parts): (&str, Vec<&(FeatureId, usize, Record)>)| {
        // Sums of decimals depend on the order: that of the keys is the same in every edition.
        parts.sort_by(|a, b| a.2.key.cmp(&b.2.key));
        let (_, origin, _) = parts.first()?;
        let members: Vec<&Record> = parts.iter().map(|(_, _, record)| record).collect();
        let title = label(&base.collection, &dissolve.by, value);
        let values: Vec<Value> = (0..collection.fields.len())
            .map(|field| made(collection, field, (value, &title), &base.collection, &members))
            .collect();
        let key = Key::new(vec![value.to_owned()]);
        let locations = place(&members).into_iter().collect();
        Some((FeatureId::of(&collection.id, &key), *origin, Record { key, values, locations }))
    };
    groups.into_iter().filter_map(record).collect()
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
    base: &Collection,
    members: &[&Record],
) -> Value {
    let field = &collection.fields[place];
    if collection.key == [place] {
        Value::Text(value.to_owned())
    } else if field.role == Some(Role::Title) {
        Value::Text(title.to_owned())
    } else if field.id == COUNT {
        i64::try_from(members.len()).map_or(Value::Missing, Value::Integer)
    } else {
        base.position(&field.id).map_or(Value::Missing, |place| sum(field.field_type, place, members))
    }
}

/// The sum of what is stated; missing where nothing is.
fn sum(field_type: FieldType, place: usize, members: &[&Record]) -> Value {
    let stated: Vec<&Value> =
        members.iter().map(|record| &record.values[place]).filter(|value| !value.is_missing()).collect();
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

/// The polygons of the parts together.
fn place(members: &[&Record]) -> Option<Location> {
    let locations = || members.iter().flat_map(|record| &record.locations);
    let shapes: Vec<Shape> =
        locations().filter_map(|location| wkb::read(location.geometry.as_ref()?).ok()).collect();
    let whole = dissolve::polygons(&shapes)?;
    let province = locations().next().and_then(|location| location.province);
    Some(Location {
        province: province.filter(|code| locations().all(|location| location.province == Some(*code))),
        municipality: None,
        municipality_name: None,
        address: None,
        postal_code: None,
        share_percent: None,
        geometry: Some(wkb::write(&whole)),
    })
}

#[cfg(test)]
mod tests;
