//! The proposals of a place: each once, whatever the number of its locations.

use super::funding::{Funding, Part};
use super::place::Place;
use crate::met::rank;
use crate::money::{apportion, declared};
use atlas::Layer;
use domain::{Cents, GeometryKind, LocationPrecision, MunicipalityCode, Role, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The proposals of one collection in a place.
#[derive(Clone, Debug)]
pub struct Proposals<'e> {
    /// The collection.
    pub layer: &'e Layer,
    /// All of them, the largest amount first.
    pub all: Vec<Proposal>,
    /// Their money.
    pub funding: Funding,
    /// The same by mission, in the order of the definition; last those that state none.
    pub groups: Vec<Group>,
    /// Proposals of the territory that state no municipality: some may be here.
    pub without_municipality: usize,
}

/// A proposal in a place.
#[derive(Clone, Copy, Debug)]
pub struct Proposal {
    /// Where it stands in its layer.
    pub position: usize,
    /// How well its place is known here: a project can be drawn in one municipality and only named in another.
    pub precision: LocationPrecision,
    /// Whether it lies in other municipalities too.
    pub is_shared: bool,
    /// Its money; `None` if that is not stated.
    pub part: Option<Part>,
}

/// The proposals of one mission.
#[derive(Clone, Debug)]
pub struct Group {
    /// The mission; `None` for proposals that state none.
    pub category: Option<String>,
    /// How many there are.
    pub count: usize,
    /// Their money.
    pub funding: Funding,
    /// How many there are of each status, as it is stated first; `None` where it is not. The most frequent first.
    pub statuses: Vec<(Option<String>, usize)>,
}

impl<'e> Proposals<'e> {
    /// Those of a layer, if it is one of proposals.
    #[must_use]
    pub fn of(layer: &'e Layer, place: &Place<'_>) -> Option<Self> {
        if layer.collection.geometry != GeometryKind::Locations {
            return None;
        }
        let mut all: Vec<Proposal> = in_municipalities(layer, &place.members)
            .into_iter()
            .map(|at| proposal(layer, at, place))
            .collect();
        all.sort_by_key(|it| (std::cmp::Reverse(it.part.map(|part| part.whole)), it.position));
        Some(Self {
            funding: Funding::of(all.iter().map(money)),
            groups: groups(layer, &all),
            without_municipality: (0..layer.len()).filter(|at| layer.municipalities(*at).is_empty()).count(),
            all,
            layer,
        })
    }

    /// How many are known how well, from the best to the least.
    #[must_use]
    pub fn by_precision(&self) -> Vec<(LocationPrecision, usize)> {
        let count = |wanted: LocationPrecision| self.all.iter().filter(|it| it.precision == wanted).count();
        let counts = LocationPrecision::ALL.map(|precision| (precision, count(precision)));
        counts.into_iter().filter(|(_, count)| *count > 0).collect()
    }
}

/// The places in a layer, ascending, of the records that have a location in one of these municipalities.
#[must_use]
pub fn in_municipalities(layer: &Layer, members: &BTreeSet<MunicipalityCode>) -> BTreeSet<usize> {
    let there = layer.anchors.iter().filter(|anchor| members.contains(&anchor.municipality));
    there.flat_map(|anchor| &anchor.members).map(|member| member.feature as usize).collect()
}

fn proposal(layer: &Layer, position: usize, place: &Place<'_>) -> Proposal {
    let is_here = |code: Option<MunicipalityCode>| code.is_some_and(|code| place.members.contains(&code));
    let here = layer.locations(position).filter(|it| is_here(it.municipality)).map(|it| it.precision);
    let amount = match layer.value_of(position, Role::Amount) {
        Some(Value::Cents(cents)) => Some(*cents),
        _ => None,
    };
    Proposal {
        position,
        precision: here.min().unwrap_or(LocationPrecision::None),
        is_shared: layer.locations(position).any(|it| !is_here(it.municipality)),
        part: amount.map(|amount| part(layer, position, amount, is_here)),
    }
}

/// What of an amount falls to the locations that are here.
fn part(layer: &Layer, at: usize, whole: Cents, is_here: impl Fn(Option<MunicipalityCode>) -> bool) -> Part {
    let (here, shares): (Vec<bool>, Vec<Option<f64>>) =
        layer.locations(at).map(|it| (is_here(it.municipality), it.share_percent)).unzip();
    if here.iter().all(|here| *here) {
        return Part { whole, here: Some(whole) };
    }
    let of_here = |shares: Vec<f64>| {
        let parts = apportion(whole, &shares).into_iter().zip(&here);
        parts.filter(|(_, here)| **here).map(|(part, _)| part).sum()
    };
    Part { whole, here: declared(shares).map(of_here) }
}

fn groups(layer: &Layer, all: &[Proposal]) -> Vec<Group> {
    let text = |at: usize, role| layer.text(at, role).map(str::to_owned);
    let mut by_category: BTreeMap<Option<String>, Vec<Proposal>> = BTreeMap::new();
    for proposal in all {
        by_category.entry(text(proposal.position, Role::Category)).or_default().push(*proposal);
    }
    let mut groups: Vec<Group> = by_category
        .into_iter()
        .map(|(category, of_it)| Group {
            count: of_it.len(),
            funding: Funding::of(of_it.iter().map(money)),
            statuses: statuses(of_it.iter().map(|it| text(it.position, Role::Status))),
            category,
        })
        .collect();
    groups.sort_by_key(|group| rank(layer, group.category.as_deref()));
    groups
}

/// Sources write one status in several cases: they are counted together.
fn statuses(all: impl Iterator<Item = Option<String>>) -> Vec<(Option<String>, usize)> {
    let mut counts: BTreeMap<Option<String>, (Option<String>, usize)> = BTreeMap::new();
    for status in all {
        let folded = status.as_ref().map(|status| status.to_lowercase());
        counts.entry(folded).or_insert((status, 0)).1 += 1;
    }
    let mut counts: Vec<_> = counts.into_values().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// What a proposal's amount is here, and whether it lies elsewhere too.
fn money(proposal: &Proposal) -> (Option<Part>, bool) {
    (proposal.part, proposal.is_shared)
}
