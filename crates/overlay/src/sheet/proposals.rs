//! The proposals of a place: each once, whatever the number of its locations.

use super::funding::{Funding, Part};
use super::place::Place;
use super::there::{self, There};
use crate::met::rank;
use crate::money::{apportion, declared};
use atlas::Layer;
use domain::{Cents, GeometryKind, LocationPrecision, Role, Value};
use std::collections::BTreeMap;

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
    /// Proposals of the territory that state no municipality and are drawn nowhere: some may be here.
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
        let there = There::of(layer, place);
        let mut all: Vec<Proposal> =
            there.positions().into_iter().map(|at| proposal(layer, at, &there)).collect();
        all.sort_by_key(|it| (std::cmp::Reverse(it.part.map(|part| part.whole)), it.position));
        Some(Self {
            funding: Funding::of(all.iter().map(money)),
            groups: groups(layer, &all),
            without_municipality: (0..layer.len()).filter(|at| is_nowhere(layer, *at)).count(),
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

fn is_nowhere(layer: &Layer, at: usize) -> bool {
    layer.municipalities(at).is_empty() && layer.shapes(at).is_empty()
}

fn proposal(layer: &Layer, position: usize, there: &There<'_>) -> Proposal {
    let parts: Vec<there::Part> = layer.locations(position).map(|it| there.part(position, &it)).collect();
    let amount = match layer.value_of(position, Role::Amount) {
        Some(Value::Cents(cents)) => Some(*cents),
        _ => None,
    };
    Proposal {
        position,
        precision: there.precision(layer, position),
        is_shared: parts.iter().any(|part| *part != there::Part::Whole),
        part: amount.map(|whole| part(layer, position, whole, &parts)),
    }
}

/// What of an amount falls to the locations that are here; nobody says how much of one that is only partly here.
fn part(layer: &Layer, at: usize, whole: Cents, parts: &[there::Part]) -> Part {
    if parts.iter().all(|part| *part == there::Part::Whole) {
        return Part { whole, here: Some(whole) };
    }
    if parts.contains(&there::Part::Some) {
        return Part { whole, here: None };
    }
    let of_here = |shares: Vec<f64>| {
        let amounts = apportion(whole, &shares).into_iter().zip(parts);
        amounts.filter(|(_, part)| **part == there::Part::Whole).map(|(amount, _)| amount).sum()
    };
    let shares: Vec<_> = layer.locations(at).map(|it| it.share_percent).collect();
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
