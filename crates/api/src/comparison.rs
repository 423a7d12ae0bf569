//! How records stand differently, field by field.

use domain::{Collection, FeatureId, Role};
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};
use store::history::Change;

/// The name under which changes have the places of a record, in words.
pub const PLACES: &str = "locations";

/// All changes between two states of one source: by collection; there, what changed, what is new, what is gone.
#[derive(Debug)]
pub struct Comparison {
    /// The changes.
    pub changes: Vec<RecordChange>,
}

/// A record that stands differently.
#[derive(Debug, PartialEq)]
pub struct RecordChange {
    /// Its collection.
    pub collection: String,
    /// What became of it.
    pub kind: ChangeKind,
    /// Its title, or else its key.
    pub title: String,
    /// Its public number.
    pub id: FeatureId,
    /// The fields that differ; only where it was there before and is there after.
    pub fields: Vec<FieldChange>,
}

/// What became of a record, in the order in which it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// It says something else.
    Changed,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
}

/// A field that says something else.
#[derive(Debug, PartialEq)]
pub struct FieldChange {
    /// The field, or [`PLACES`].
    pub field: String,
    /// What it said; `None` if it was not stated.
    pub before: Option<Json>,
    /// What it says.
    pub after: Option<Json>,
}

impl ChangeKind {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Changed, Self::Added, Self::Removed];

    /// The word for it in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }
}

impl Comparison {
    /// Takes the values apart; `definitions` say in which order fields are told, and which is the title.
    pub fn of(changes: Vec<Change>, definitions: &[&Collection]) -> Self {
        let change = |change: Change| {
            let definition = definitions.iter().find(|it| it.id.as_str() == change.collection);
            RecordChange::of(change, definition.copied())
        };
        let mut changes: Vec<_> = changes.into_iter().map(change).collect();
        changes.sort_by(|a, b| {
            (&a.collection, a.kind, &a.title, a.id).cmp(&(&b.collection, b.kind, &b.title, b.id))
        });
        Self { changes }
    }

    /// How many records there are of a kind.
    pub fn count(&self, kind: ChangeKind) -> u64 {
        self.changes.iter().filter(|change| change.kind == kind).count() as u64
    }

    /// In how many records each field differs: collection, field, count; the most frequent first.
    pub fn by_field(&self) -> Vec<(&str, &str, u64)> {
        let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
        for change in &self.changes {
            for field in &change.fields {
                *counts.entry((&change.collection, &field.field)).or_default() += 1;
            }
        }
        let mut counts: Vec<_> =
            counts.into_iter().map(|((collection, field), count)| (collection, field, count)).collect();
        counts.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
        counts
    }
}

impl RecordChange {
    /// Takes the values apart; the definition says in which order fields are told, and which is the title.
    pub fn of(change: Change, definition: Option<&Collection>) -> Self {
        let Change { collection, id, before, after } = change;
        let kind = match (&before, &after) {
            (None, _) => ChangeKind::Added,
            (_, None) => ChangeKind::Removed,
            _ => ChangeKind::Changed,
        };
        let empty = Map::new();
        let object = |json: &'_ Option<Json>| json.as_ref().and_then(Json::as_object).cloned();
        let (before, after) = (object(&before), object(&after));
        let last = after.as_ref().or(before.as_ref()).unwrap_or(&empty);
        let title = title(last, definition).unwrap_or_else(|| id.to_string());
        let fields = match (&before, &after) {
            (Some(before), Some(after)) => differences(before, after, definition),
            _ => Vec::new(),
        };
        Self { collection, kind, title, id, fields }
    }
}

fn title(values: &Map<String, Json>, definition: Option<&Collection>) -> Option<String> {
    let definition = definition?;
    let text = |place: usize| values.get(&definition.fields.get(place)?.id)?.as_str();
    let key = || definition.key.iter().filter_map(|place| text(*place)).collect::<Vec<_>>().join(" · ");
    let title = definition.with_role(Role::Title).and_then(text).map_or_else(key, str::to_owned);
    (!title.is_empty()).then_some(title)
}

/// The fields that differ, in the order of the definition; the places last.
fn differences(
    before: &Map<String, Json>,
    after: &Map<String, Json>,
    definition: Option<&Collection>,
) -> Vec<FieldChange> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
    let mut changed: Vec<_> = changed
        .map(|name| FieldChange {
            field: name.clone(),
            before: before.get(name).cloned(),
            after: after.get(name).cloned(),
        })
        .collect();
    let rank = |field: &str| definition.and_then(|it| it.position(field)).unwrap_or(usize::MAX);
    changed.sort_by_key(|change| rank(&change.field));
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn changes_are_told_by_kind_and_field() {
        let change = |number, before: Option<Json>, after: Option<Json>| Change {
            collection: "areas".to_owned(),
            id: FeatureId::from_number(number).unwrap(),
            before,
            after,
        };
        let comparison = Comparison::of(
            vec![
                change(1, None, Some(json!({ "a": 1 }))),
                change(2, Some(json!({ "a": 1 })), None),
                change(3, Some(json!({ "a": 1, "b": 2, "c": 3 })), Some(json!({ "a": 1, "b": 4 }))),
                change(4, Some(json!({ "c": 3 })), Some(json!({ "c": 4 }))),
            ],
            &[],
        );
        assert_eq!(ChangeKind::ALL.map(|kind| comparison.count(kind)), [2, 1, 1]);
        assert_eq!(comparison.by_field(), [("areas", "c", 2), ("areas", "b", 1)]);
        let third = comparison.changes.iter().find(|change| change.id.number() == 3).unwrap();
        let field = |field: &str, before, after| FieldChange { field: field.to_owned(), before, after };
        assert_eq!(
            third.fields,
            [field("b", Some(json!(2)), Some(json!(4))), field("c", Some(json!(3)), None)]
        );
    }
}
