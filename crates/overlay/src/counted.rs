//! Sums where objects are counted: how many each place has, with what money, and for how many inhabitants.

use domain::question::{Grouping, Measure};
use domain::{Cents, FeatureId, MunicipalityCode, Role};
use std::collections::{BTreeMap, BTreeSet};

use crate::answer::{Finding, Group, GroupKey, Sum};
use crate::asked::Asked;
use crate::group::{Sums, amount, by_municipality, divided, population};

/// Sums up the objects of the subjects: by group of subjects, or by subject where nothing groups them. An object is counted once in
/// each group and once in all; its money is divided as its shares say.
pub fn sums(asked: &Asked<'_>, findings: &[Finding]) -> Sums {
    let mut groups: BTreeMap<GroupKey, Group> = BTreeMap::new();
    let mut members: BTreeMap<FeatureId, BTreeSet<GroupKey>> = BTreeMap::new();
    let mut by_code: BTreeMap<MunicipalityCode, GroupKey> = BTreeMap::new();
    let (mut total, keys) = (Sum::default(), Keys::of(asked));
    let is_rate = asked.question.measure == Measure::Rate;
    for (at, finding) in findings.iter().enumerate() {
        let (row, place) = (asked.subjects.rows()[at] as usize, asked.subjects.place(at));
        let key = keys.key(finding, &place.unit);
        by_code.extend(place.unit.iter().map(|code| (*code, key.clone())));
        let people = population(asked.subjects.layer, row);
        let group = groups.entry(key.clone()).or_insert_with(|| Group {
            key: key.clone(),
            asked: Some(0),
            sum: Sum { inhabitants: is_rate.then_some(0), ..Sum::default() },
        });
        group.asked = group.asked.map(|asked| asked + 1);
        group.sum.inhabitants = group.sum.inhabitants.zip(people).map(|(all, more)| all + more);
        total.inhabitants =
            if at == 0 { people } else { total.inhabitants.zip(people).map(|(all, more)| all + more) };
        for pair in &finding.pairs {
            if members.entry(pair.object).or_default().insert(key.clone()) {
                group.sum.count += 1;
            }
        }
    }
    if !is_rate {
        total.inhabitants = None;
    }
    let mut in_several = 0;
    for (object, keys) in members {
        total.count += 1;
        in_several += u64::from(keys.len() > 1);
        let Some(money) = money_of(asked, object) else { continue };
        total.add(&Sum { funding: Some(money), ..Sum::default() });
        for (key, part) in divided(Some(money), &shares(asked, object, &keys, &by_code)) {
            let new = || Group { key: key.clone(), asked: None, sum: Sum::default() };
            groups
                .entry(key.clone())
                .or_insert_with(new)
                .sum
                .add(&Sum { funding: Some(part), ..Sum::default() });
        }
    }
    Sums { total, groups: groups.into_values().collect(), in_several }
}

/// How subjects come into groups.
enum Keys {
    /// By the group of their municipality.
    ByMunicipality(BTreeMap<MunicipalityCode, String>),
    /// Each is one.
    Each,
}

impl Keys {
    fn of(asked: &Asked<'_>) -> Self {
        match &asked.question.grouping {
            Some(grouping @ (Grouping::Municipality | Grouping::Zone | Grouping::Pole(_))) => {
                Self::ByMunicipality(by_municipality(asked, grouping))
            }
            _ => Self::Each,
        }
    }

    fn key(&self, finding: &Finding, unit: &[MunicipalityCode]) -> GroupKey {
        match self {
            Self::Each => GroupKey::Of(finding.subject.to_string()),
            Self::ByMunicipality(keys) => {
                let key = unit.first().and_then(|code| keys.get(code));
                key.map_or(GroupKey::Missing, |key| GroupKey::Of(key.clone()))
            }
        }
    }
}

fn money_of(asked: &Asked<'_>, object: FeatureId) -> Option<Cents> {
    let layer = asked.objects.layer;
    amount(layer.value_of(layer.position(object)?, Role::Amount))
}

/// In which groups the places of an object are, with the shares that are declared; the groups it was found in, where its places do
/// not say.
fn shares(
    asked: &Asked<'_>,
    object: FeatureId,
    found_in: &BTreeSet<GroupKey>,
    by_code: &BTreeMap<MunicipalityCode, GroupKey>,
) -> Vec<(GroupKey, Option<f64>)> {
    let layer = asked.objects.layer;
    let locations = layer.position(object).into_iter().flat_map(|row| layer.locations(row));
    let stated: Vec<_> = locations.map(|it| (it.municipality, it.share_percent)).collect();
    if stated.len() < 2 || stated.iter().all(|(code, _)| code.is_none()) {
        return found_in.iter().map(|key| (key.clone(), None)).collect();
    }
    let key = |code: Option<MunicipalityCode>| {
        code.and_then(|code| by_code.get(&code)).cloned().unwrap_or(GroupKey::Missing)
    };
    stated.into_iter().map(|(code, share)| (key(code), share)).collect()
}
