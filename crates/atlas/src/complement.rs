//! Complements: what a source says of proposals before they are official, put beside what the official source says of them.
//!
//! It is the edition that matches, not the import: when the official release is withdrawn, the proposal stands by itself again.

use crate::draft::LayerDraft;
use crate::origin::Origin;
use domain::{Collection, FeatureId, FieldType, Location, LocationPrecision, Record, Role, Value};
use std::collections::{BTreeMap, HashMap};

/// What another source says of a feature as well.
#[derive(Clone, Debug, PartialEq)]
pub struct Also {
    /// Place of the other source among the layer's origins.
    pub origin: usize,
    /// The number under which its record stands where nothing official is the same.
    pub id: FeatureId,
    /// What it states, whole.
    pub record: Record,
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

/// Takes the records of complementing sources that are the same as official ones out of the draft, and gives them by the number
/// of the official record. They are the same if they have the same CUP; of several official records, the one with most of the
/// other key values in common, and the first by key.
///
/// Official values stay as stated; a drawn place or an address that is better than any official place is added.
pub fn merge(draft: &mut LayerDraft) -> HashMap<FeatureId, Vec<Also>> {
    let mut merged: HashMap<FeatureId, Vec<Also>> = HashMap::new();
    let LayerDraft { collection, origins, records, .. } = draft;
    let Some(cup) = collection.fields.iter().position(|field| field.field_type == FieldType::Cup) else {
        return merged;
    };
    if origins.iter().all(|origin| origin.complements.is_none()) {
        return merged;
    }
    let (complementing, mut official): (Vec<_>, Vec<_>) =
        records.drain(..).partition(|(_, origin, _)| origins[*origin].complements.is_some());
    let by_cup = by_cup(cup, &official);
    let mut alone = Vec::new();
    for (id, origin, record) in complementing {
        let same = record.values[cup].as_text().and_then(|cup| by_cup.get(cup));
        let same = same.into_iter().flatten().copied();
        let candidates = same.filter(|place| is_complemented(origins, origin, official[*place].1));
        match best(collection, &record, candidates, &official) {
            Some((place, candidates)) => {
                let (official_id, _, official) = &mut official[place];
                let differences = differences(collection, official, &record);
                add_places(official, &record);
                let also = Also { origin, id, record, candidates, differences };
                merged.entry(*official_id).or_default().push(also);
            }
            None => alone.push((id, origin, record)),
        }
    }
    *records = official;
    records.extend(alone);
    merged
}

type Stated = (FeatureId, usize, Record);

/// The places of records by their CUP.
fn by_cup(cup: usize, records: &[Stated]) -> BTreeMap<String, Vec<usize>> {
    let mut by_cup: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, (_, _, record)) in records.iter().enumerate() {
        if let Some(cup) = record.values[cup].as_text() {
            by_cup.entry(cup.to_owned()).or_default().push(place);
        }
    }
    by_cup
}

fn is_complemented(origins: &[Origin], by: usize, official: usize) -> bool {
    origins[by].complements.as_ref() == Some(&origins[official].source)
}

/// The place of the official record that is the same, and how many fit equally well.
fn best(
    collection: &Collection,
    record: &Record,
    candidates: impl Iterator<Item = usize>,
    official: &[Stated],
) -> Option<(usize, usize)> {
    let in_common = |place: &usize| {
        let (_, _, other) = &official[*place];
        let same = |field: &&usize| {
            let value = &record.values[**field];
            !value.is_missing() && *value == other.values[**field]
        };
        collection.key.iter().filter(same).count()
    };
    let candidates: Vec<(usize, usize)> = candidates.map(|place| (in_common(&place), place)).collect();
    let (most, _) = *candidates.iter().max_by_key(|(common, _)| *common)?;
    let fitting = || candidates.iter().filter(|(common, _)| *common == most).map(|(_, place)| *place);
    let first = fitting().min_by_key(|place| &official[*place].2.key)?;
    Some((first, fitting().count()))
}

/// Where two records say different things, but for what always differs: the day of the statement, and the part of the key that
/// a source gives by itself, which is the one that is required.
fn differences(collection: &Collection, official: &Record, proposed: &Record) -> Vec<Difference> {
    let is_own = |place: usize| collection.key.contains(&place) && collection.fields[place].required;
    let updated = collection.with_role(Role::Updated);
    let values = official.values.iter().zip(&proposed.values).enumerate();
    values
        .filter(|(place, (official, proposed))| {
            !proposed.is_missing() && official != proposed && Some(*place) != updated && !is_own(*place)
        })
        .map(|(field, (official, proposed))| Difference {
            field,
            official: official.clone(),
            proposed: proposed.clone(),
        })
        .collect()
}

/// Adds those drawn places and addresses that are better than any official place. One without a municipality lies in that of
/// the official record, if it has only one.
fn add_places(official: &mut Record, proposed: &Record) {
    let best = official.precision();
    let mut codes: Vec<_> = official.locations.iter().filter_map(|it| it.municipality).collect();
    codes.sort_unstable();
    codes.dedup();
    let only = if let [code] = codes.as_slice() { Some(*code) } else { None };
    let is_better = |location: &&Location| {
        let precision = location.precision();
        precision < best && matches!(precision, LocationPrecision::Geometry | LocationPrecision::Address)
    };
    let better = proposed.locations.iter().filter(is_better).cloned().map(|location| {
        let municipality = location.municipality.or(only);
        let province = location.province.or(municipality.map(domain::MunicipalityCode::province));
        Location { province, municipality, ..location }
    });
    official.locations.extend(better);
}

#[cfg(test)]
mod tests;
