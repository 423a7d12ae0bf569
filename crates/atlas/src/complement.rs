//! Complements: what a source says of proposals before they are official, put beside what the official source says of them.
//!
//! It is the edition that matches, not the import: when the official release is withdrawn, the proposal stands by itself again.

use crate::draft::LayerDraft;
use domain::{FeatureId, FieldType, LocationPrecision, Role, Value};
use std::collections::{BTreeMap, HashMap};

/// What another source says of a feature as well.
#[derive(Clone, Debug, PartialEq)]
pub struct Also {
    /// Place of the other source among the layer's origins.
    pub origin: usize,
    /// The number under which its record stands where nothing official is the same.
    pub id: FeatureId,
    /// How many official records fit it equally well; the feature is the first of them by key.
    pub candidates: usize,
    /// Where it says something else than the official source, in the order of the fields.
    pub differences: Vec<Difference>,
}

/// A field of which two sources say different things.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The place of the field in the collection.
    pub field: usize,
    /// What the official source says; [`Value::Missing`] if nothing.
    pub official: Value,
    /// What the other says; never missing.
    pub proposed: Value,
}

/// Finds the records of complementing sources that are the same as official ones: which they are, and what they say, by the number
/// of the official record. They are the same if they have the same CUP; of several official records, the one with most of the
/// other key values in common, and the first by key.
///
/// Official values stay as stated; a drawn place or an address that is better than any official place is moved to the official
/// record.
pub fn merge(draft: &mut LayerDraft) -> (Vec<bool>, HashMap<FeatureId, Vec<Also>>) {
    let (mut is_merged, mut merged) = (vec![false; draft.ids.len()], HashMap::<_, Vec<Also>>::new());
    let cup = draft.collection.fields.iter().position(|field| field.field_type == FieldType::Cup);
    let Some(cup) = cup.filter(|_| draft.origins.iter().any(|origin| origin.complements.is_some())) else {
        return (is_merged, merged);
    };
    let by_cup = by_cup(cup, draft);
    let complementing = (0..draft.ids.len()).filter(|at| is_complementing(draft, *at));
    for at in complementing.collect::<Vec<_>>() {
        let same = draft.columns[cup].value(at).as_text().and_then(|cup| by_cup.get(cup));
        let same = same.into_iter().flatten().copied().filter(|official| complements(draft, at, *official));
        let same: Vec<usize> = same.collect();
        if let Some((official, candidates)) = best(draft, at, &same) {
            is_merged[at] = true;
            let differences = differences(draft, official, at);
            let also = Also { origin: draft.sources[at].into(), id: draft.ids[at], candidates, differences };
            merged.entry(draft.ids[official]).or_default().push(also);
            move_places(draft, official, at);
        }
    }
    (is_merged, merged)
}

/// The official records by their CUP.
fn by_cup(cup: usize, draft: &LayerDraft) -> BTreeMap<String, Vec<usize>> {
    let mut by_cup: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in (0..draft.ids.len()).filter(|at| !is_complementing(draft, *at)) {
        if let Some(cup) = draft.columns[cup].value(at).as_text() {
            by_cup.entry(cup.to_owned()).or_default().push(at);
        }
    }
    by_cup
}

fn is_complementing(draft: &LayerDraft, at: usize) -> bool {
    draft.origins[usize::from(draft.sources[at])].complements.is_some()
}

fn complements(draft: &LayerDraft, at: usize, official: usize) -> bool {
    let origin = |at: usize| &draft.origins[usize::from(draft.sources[at])];
    origin(at).complements.as_ref() == Some(&origin(official).source)
}

/// Which official record is the same, and how many fit equally well.
fn best(draft: &LayerDraft, at: usize, candidates: &[usize]) -> Option<(usize, usize)> {
    let key = &draft.collection.key;
    let in_common = |official: usize| {
        let same = |field: &&usize| {
            let column = &draft.columns[**field];
            !column.value(at).is_missing() && column.value(at) == column.value(official)
        };
        key.iter().filter(same).count()
    };
    let candidates: Vec<(usize, usize)> =
        candidates.iter().map(|official| (in_common(*official), *official)).collect();
    let (most, _) = *candidates.iter().max_by_key(|(common, _)| *common)?;
    let fitting = || candidates.iter().filter(|(common, _)| *common == most).map(|(_, official)| *official);
    let values = |at: usize| key.iter().map(move |field| draft.columns[*field].value(at));
    let first = fitting().min_by(|one, other| values(*one).cmp(values(*other)))?;
    Some((first, fitting().count()))
}

/// Where two records say different things, but for what always differs: the day of the statement, and the part of the key that
/// a source gives by itself, which is the one that is required.
fn differences(draft: &LayerDraft, official: usize, proposed: usize) -> Vec<Difference> {
    let collection = &draft.collection;
    let is_own = |field: usize| collection.key.contains(&field) && collection.fields[field].required;
    let updated = collection.with_role(Role::Updated);
    let stated = draft.columns.iter().map(|column| (column.value(official), column.value(proposed)));
    stated
        .enumerate()
        .filter(|(field, (official, proposed))| {
            !proposed.is_missing() && official != proposed && Some(*field) != updated && !is_own(*field)
        })
        .map(|(field, (official, proposed))| Difference {
            field,
            official: official.clone(),
            proposed: proposed.clone(),
        })
        .collect()
}

/// Moves those drawn places and addresses that are better than any official place. One without a municipality lies in that of
/// the official record, if it has only one.
fn move_places(draft: &mut LayerDraft, official: usize, proposed: usize) {
    let places = &mut draft.places;
    let own = places.of(official);
    let best = own.iter().map(|at| places.precision(*at)).min().unwrap_or(LocationPrecision::None);
    let mut codes: Vec<_> = own.iter().filter_map(|at| places.municipality(*at)).collect();
    codes.sort_unstable();
    codes.dedup();
    let only = if let [code] = codes.as_slice() { Some(*code) } else { None };
    for location in places.of(proposed) {
        let precision = places.precision(location);
        let is_exact = matches!(precision, LocationPrecision::Geometry | LocationPrecision::Address);
        if precision < best && is_exact {
            places.give(location, official, only);
        }
    }
}

#[cfg(test)]
mod tests;
