//! Inherited fields: values that records have from those of another collection.

use crate::making::Making;
use crate::relation::token;
use domain::collection::Inherited;
use domain::{FieldType, Value};
use std::collections::HashMap;

/// Fills the inherited fields of the layers that are built anew, by what sources state in the others.
pub fn fill(all: &mut [Making]) {
    for place in 0..all.len() {
        let Some(collection) = all[place].stated().map(|it| it.collection.clone()) else { continue };
        for (field, position) in collection.fields.iter().zip(0..) {
            let Some(inherited) = &field.inherited else { continue };
            let column = values(all, place, field.field_type, inherited).into_iter().collect();
            if let Some(stated) = all[place].stated() {
                stated.rows.columns[position] = column;
            }
        }
    }
}

/// One value for each record of the layer at `place`: for a list all that the other collection's records state, each once in
/// the order of their keys; otherwise the first.
fn values(all: &[Making], place: usize, field_type: FieldType, inherited: &Inherited) -> Vec<Value> {
    let (collection, rows) = (all[place].collection(), all[place].rows());
    let stated = stated(all, inherited).unwrap_or_default();
    let by = collection.position(&inherited.by);
    let value = |at: usize| {
        let all = stated.get(&token(rows.value(at, by?))?)?;
        if field_type != FieldType::List {
            return all.first().map(|value| (*value).clone());
        }
        let mut texts: Vec<String> = Vec::new();
        let each = all.iter().flat_map(|value| match value {
            Value::List(texts) => texts.clone(),
            value => token(value).into_iter().collect(),
        });
        each.for_each(|text| {
            if !texts.contains(&text) {
                texts.push(text);
            }
        });
        (!texts.is_empty()).then_some(Value::List(texts))
    };
    (0..rows.ids.len()).map(|at| value(at).unwrap_or(Value::Missing)).collect()
}

/// What the other collection's records state, by the field that both have; nothing in a field that is inherited itself.
fn stated<'a>(all: &'a [Making], inherited: &Inherited) -> Option<HashMap<String, Vec<&'a Value>>> {
    let other = all.iter().find(|it| it.collection().id == inherited.collection)?;
    let (collection, rows) = (other.collection(), other.rows());
    let stated_field = |id: &str| {
        let field = collection.position(id)?;
        collection.fields[field].inherited.is_none().then_some(field)
    };
    let (by, field) = (stated_field(&inherited.by)?, stated_field(&inherited.field)?);
    let mut stated: HashMap<String, Vec<&Value>> = HashMap::new();
    for at in rows.by_key(collection) {
        let value = rows.value(at, field);
        if let Some(key) = token(rows.value(at, by)).filter(|_| !value.is_missing()) {
            stated.entry(key).or_default().push(value);
        }
    }
    Some(stated)
}

#[cfg(test)]
mod tests;
