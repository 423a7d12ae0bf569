//! Inherited fields: values that records have from those of another collection.

use crate::draft::LayerDraft;
use crate::relation::token;
use domain::collection::Inherited;
use domain::{FieldType, Value};
use std::collections::HashMap;

/// Fills the inherited fields of all drafts, by what sources state in the others.
pub fn fill(drafts: &mut [LayerDraft]) {
    let mut found = Vec::new();
    for (draft, place) in drafts.iter().zip(0_usize..) {
        for (field, position) in draft.collection.fields.iter().zip(0_usize..) {
            if let Some(inherited) = &field.inherited {
                found.push((place, position, values(drafts, place, field.field_type, inherited)));
            }
        }
    }
    for (place, position, values) in found {
        for ((_, _, record), value) in drafts[place].records.iter_mut().zip(values) {
            record.values[position] = value;
        }
    }
}

/// One value for each record of the draft at `place`: for a list all that the other collection's records state, each once in
/// the order of their keys; otherwise the first.
fn values(drafts: &[LayerDraft], place: usize, field_type: FieldType, inherited: &Inherited) -> Vec<Value> {
    let own = &drafts[place];
    let stated = stated(drafts, inherited).unwrap_or_default();
    let by = own.collection.position(&inherited.by);
    let value = |values: &[Value]| {
        let all = stated.get(&token(values.get(by?)?)?)?;
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
    own.records.iter().map(|(_, _, record)| value(&record.values).unwrap_or(Value::Missing)).collect()
}

/// What the other collection's records state, by the field that both have.
fn stated<'a>(drafts: &'a [LayerDraft], inherited: &Inherited) -> Option<HashMap<String, Vec<&'a Value>>> {
    let other = drafts.iter().find(|draft| draft.collection.id == inherited.collection)?;
    let (by, field) =
        (other.collection.position(&inherited.by)?, other.collection.position(&inherited.field)?);
    let mut records: Vec<_> = other.records.iter().map(|(_, _, record)| record).collect();
    records.sort_by(|a, b| a.key.cmp(&b.key));
    let mut stated: HashMap<String, Vec<&Value>> = HashMap::new();
    for record in records {
        let value = &record.values[field];
        if let Some(key) = token(&record.values[by]).filter(|_| !value.is_missing()) {
            stated.entry(key).or_default().push(value);
        }
    }
    Some(stated)
}

#[cfg(test)]
mod tests;
