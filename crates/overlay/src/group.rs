//! Sums over what answers a question: all of it, and by group. Money is counted once for each subject; a municipality, zone or pole
//! has the part of it that is declared to be there.

use domain::question::{Grouping, Measure, POPULATION};
use domain::{Cents, MunicipalityCode, Role, Value};
use std::collections::BTreeMap;

use crate::answer::{Finding, Group, GroupKey, Standing, Sum};
use crate::asked::Asked;
use crate::money::{apportion, declared};
use crate::residence::Home;

/// The sums of an answer.
pub struct Sums {
    pub total: Sum,
    pub groups: Vec<Group>,
    pub in_several: u64,
}

/// Whether a finding is part of the answer: of a gap, those who have none.
#[must_use]
pub fn answers(measure: Measure, finding: &Finding) -> bool {
    match measure {
        Measure::CoverageGap(_) => finding.standing == Standing::Outside,
        Measure::Within => finding.standing == Standing::Inside,
        _ => matches!(finding.standing, Standing::Inside | Standing::PartlyInside),
    }
}

/// Sums up the subjects that answer.
pub fn sums(asked: &Asked<'_>, findings: &[Finding]) -> Sums {
    let keys = Keys::of(asked);
    let mut sums = Summing::default();
    for (at, finding) in findings.iter().enumerate() {
        sums.take(asked, &keys, at, finding);
    }
    Sums { total: sums.total, groups: sums.groups.into_values().collect(), in_several: sums.in_several }
}

#[derive(Default)]
struct Summing {
    total: Sum,
    groups: BTreeMap<GroupKey, Group>,
    in_several: u64,
}

impl Summing {
    fn take(&mut self, asked: &Asked<'_>, keys: &Keys, at: usize, finding: &Finding) {
        let is_answer = answers(asked.question.measure, finding);
        let own = if is_answer { whole(asked, at, finding) } else { Sum::default() };
        if is_answer {
            self.total.add(&own);
        }
        match keys {
            Keys::ByMunicipality(keys) => self.by_home(&asked.homes(at, finding), keys, is_answer, &own),
            Keys::Values(field) => {
                let row = asked.subjects.rows()[at] as usize;
                self.by_value(asked.subjects.layer.value(row, *field), is_answer, &own);
            }
            Keys::Objects(field) if is_answer => self.by_object(asked, *field, finding, &own),
            Keys::None | Keys::Objects(_) => {}
        }
    }

    /// Adds a subject to the groups of its municipalities; what cannot be divided among several is in a group of its own.
    fn by_home(
        &mut self,
        homes: &[Home],
        keys: &BTreeMap<MunicipalityCode, String>,
        is_answer: bool,
        own: &Sum,
    ) {
        let key = |home: &Home| {
            let key = home.municipality.and_then(|code| keys.get(&code));
            key.map_or(GroupKey::Missing, |key| GroupKey::Of(key.clone()))
        };
        let shares: Vec<(GroupKey, Option<f64>)> =
            homes.iter().map(|home| (key(home), home.share_percent)).collect();
        let mut distinct: Vec<&GroupKey> = shares.iter().map(|(key, _)| key).collect();
        distinct.sort_unstable();
        distinct.dedup();
        for key in &distinct {
            // Elsewhere is where the rest of its money is, not where it answers.
            let is_there = is_answer && (distinct.len() == 1 || **key != GroupKey::Missing);
            self.group(key).count(is_there);
        }
        if is_answer {
            let place = if let [one] = *distinct { one.clone() } else { GroupKey::Several };
            let group = self.group(&place);
            group.sum.add(&Sum { count: u64::from(place == GroupKey::Several), funding: None, ..*own });
            for (key, part) in divided(own.funding, &shares) {
                self.group(&key).sum.add(&Sum { funding: Some(part), ..Sum::default() });
            }
            self.in_several += u64::from(distinct.len() > 1);
        }
    }

    fn by_value(&mut self, value: &Value, is_answer: bool, own: &Sum) {
        let keys = keys_of(value);
        self.in_several += u64::from(is_answer && keys.len() > 1);
        for key in keys {
            let group = self.group(&key);
            group.count(is_answer);
            group.sum.add(&Sum { count: 0, ..*own });
        }
    }

    /// Adds a subject to the groups of its objects, with all of its money in each of them and what it shares with their objects.
    fn by_object(&mut self, asked: &Asked<'_>, field: Option<usize>, finding: &Finding, whole: &Sum) {
        let mut own: BTreeMap<GroupKey, Sum> = BTreeMap::new();
        for pair in &finding.pairs {
            let keys = match field {
                None => vec![GroupKey::Of(pair.object.to_string())],
                Some(field) => {
                    let layer = asked.objects.layer;
                    layer
                        .position(pair.object)
                        .map(|row| keys_of(layer.value(row, field)))
                        .unwrap_or_default()
                }
            };
            for key in keys {
                let sum = Sum { area_m2: pair.area_m2, length_m: pair.length_m, ..Sum::default() };
                own.entry(key).or_default().add(&sum);
            }
        }
        self.in_several += u64::from(own.len() > 1);
        for (key, sum) in own {
            let group =
                self.groups.entry(key.clone()).or_insert(Group { key, asked: None, sum: Sum::default() });
            group.sum.add(&Sum { count: 1, funding: whole.funding, ..sum });
        }
    }

    fn group(&mut self, key: &GroupKey) -> &mut Group {
        let asked = (*key != GroupKey::Several).then_some(0);
        let new = || Group { key: key.clone(), asked, sum: Sum::default() };
        self.groups.entry(key.clone()).or_insert_with(new)
    }
}

impl Group {
    /// Counts a subject, which answers or does not.
    fn count(&mut self, is_answer: bool) {
        self.asked = self.asked.map(|asked| asked + 1);
        self.sum.count += u64::from(is_answer);
    }
}

impl Sum {
    /// Adds another; what neither has stays unknown.
    pub fn add(&mut self, other: &Self) {
        let sum = |a: Option<f64>, b: Option<f64>| a.map_or(b, |a| Some(a + b.unwrap_or(0.0)));
        self.count += other.count;
        self.area_m2 = sum(self.area_m2, other.area_m2);
        self.length_m = sum(self.length_m, other.length_m);
        self.funding = match (self.funding, other.funding) {
            (Some(a), Some(b)) => Some(Cents(a.0.saturating_add(b.0))),
            (one, other) => one.or(other),
        };
    }
}

/// How subjects come into groups.
enum Keys {
    None,
    /// By the group that each municipality is in.
    ByMunicipality(BTreeMap<MunicipalityCode, String>),
    /// By the field of the subject at this place.
    Values(usize),
    /// By object, or by the field of the object at this place.
    Objects(Option<usize>),
}

impl Keys {
    fn of(asked: &Asked<'_>) -> Self {
        let found = match &asked.question.grouping {
            None => None,
            Some(Grouping::Area) => Some(Self::Objects(None)),
            Some(Grouping::Subject(name)) => asked.subjects.layer.collection.position(name).map(Self::Values),
            Some(Grouping::Object(name)) => {
                asked.objects.layer.collection.position(name).map(|field| Self::Objects(Some(field)))
            }
            Some(of_municipality) => Some(Self::ByMunicipality(by_municipality(asked, of_municipality))),
        };
        found.unwrap_or(Self::None)
    }
}

/// The group that each municipality is in.
pub fn by_municipality(asked: &Asked<'_>, grouping: &Grouping) -> BTreeMap<MunicipalityCode, String> {
    match grouping {
        Grouping::Zone => asked.territory.zones(),
        Grouping::Pole(poles) => asked.territory.poles(poles),
        _ => asked.territory.all().map(|(code, _)| (code, code.to_string())).collect(),
    }
}

/// Everything of a subject that answers: its money, and what it shares with its objects.
fn whole(asked: &Asked<'_>, at: usize, finding: &Finding) -> Sum {
    let row = asked.subjects.rows()[at] as usize;
    let measured = finding.pairs.iter().map(|pair| Sum {
        area_m2: pair.area_m2,
        length_m: pair.length_m,
        ..Sum::default()
    });
    let mut sum =
        Sum { count: 1, funding: amount(asked.subjects.layer.value_of(row, Role::Amount)), ..Sum::default() };
    measured.for_each(|part| sum.add(&part));
    sum
}

/// The money that a value states.
pub fn amount(value: Option<&Value>) -> Option<Cents> {
    match value {
        Some(Value::Cents(cents)) => Some(*cents),
        _ => None,
    }
}

/// How many inhabitants a record says that it has.
pub fn population(layer: &atlas::Layer, row: usize) -> Option<i64> {
    match layer.value(row, layer.collection.position(POPULATION)?) {
        Value::Integer(people) => Some(*people),
        _ => None,
    }
}

/// An amount by group: all of it in the only one, else as the shares say; what cannot be divided is in a group of its own.
pub fn divided(amount: Option<Cents>, shares: &[(GroupKey, Option<f64>)]) -> Vec<(GroupKey, Cents)> {
    let Some(amount) = amount else { return Vec::new() };
    let Some((first, _)) = shares.first() else { return vec![(GroupKey::Missing, amount)] };
    if shares.iter().all(|(key, _)| key == first) {
        return vec![(first.clone(), amount)];
    }
    match declared(shares.iter().map(|(_, share)| *share)) {
        None => vec![(GroupKey::Several, amount)],
        Some(weights) => shares.iter().map(|(key, _)| key.clone()).zip(apportion(amount, &weights)).collect(),
    }
}

fn keys_of(value: &Value) -> Vec<GroupKey> {
    match value {
        Value::Text(text) => vec![GroupKey::Of(text.clone())],
        Value::List(all) => all.iter().map(|text| GroupKey::Of(text.clone())).collect(),
        _ => vec![GroupKey::Missing],
    }
}
