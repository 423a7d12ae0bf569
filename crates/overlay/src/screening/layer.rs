//! What a place has to do with of one collection.

use atlas::Layer;
use domain::question::Sliver;
use domain::{GeometryKind, LocationPrecision, MunicipalityCode};
use std::collections::BTreeSet;

use super::ground::Ground;
use crate::met::{self, Met, Nearest, SERVICES};
use crate::territory::Territory;

/// The records of one layer that a place has to do with.
#[derive(Clone, Debug)]
pub struct OfLayer<'e> {
    /// The layer; if it is empty, nobody has loaded it.
    pub layer: &'e Layer,
    /// Those that it meets, by category in the order of the definition; there, what has most in common first.
    pub found: Vec<Met>,
    /// How many share no more than a sliver with it.
    pub slivers: usize,
    /// How many more are known only by a municipality that it meets: they may be in it.
    pub somewhere: usize,
    /// Of how many nobody knows in which municipality they are.
    pub unlocated: usize,
    /// For services, the nearest one of each category of which none is met.
    pub nearest: Vec<Nearest>,
}

impl<'e> OfLayer<'e> {
    /// Whether the records of a layer have places at all.
    pub(super) fn is_measured(layer: &Layer) -> bool {
        layer.collection.geometry != GeometryKind::None
    }

    /// What a place has to do with, which meets these municipalities.
    pub(super) fn of(layer: &'e Layer, ground: &Ground<'_>, municipalities: &[MunicipalityCode]) -> Self {
        let (mut found, slivers) = met::met(ground.drawn(), layer);
        found.retain(|it| !ground.is(layer, it.position));
        met::sort(layer, &mut found);
        let is_service = layer.collection.family == SERVICES;
        let (nearest, _) =
            if is_service { met::nearest(ground.drawn(), layer, &found) } else { Default::default() };
        let is_nowhere =
            |at: &usize| layer.precision(*at) >= LocationPrecision::Province && !ground.is(layer, *at);
        Self {
            somewhere: somewhere(layer, ground, municipalities, &found),
            unlocated: (0..layer.len()).filter(is_nowhere).count(),
            nearest,
            found,
            slivers,
            layer,
        }
    }

    /// What of a layer the municipalities meet by which alone a place is known; `None` if that is nothing.
    pub(super) fn perhaps(
        layer: &'e Layer,
        codes: &[MunicipalityCode],
        ground: &Ground<'_>,
        territory: &Territory<'_>,
    ) -> Option<Self> {
        let mut found: Vec<Met> = Vec::new();
        for municipality in codes.iter().filter_map(|code| territory.drawn(*code)) {
            for it in met::met(municipality, layer).0 {
                if !ground.is(layer, it.position) && found.iter().all(|known| known.position != it.position) {
                    found.push(it);
                }
            }
        }
        met::sort(layer, &mut found);
        let of_layer = Self { layer, found, slivers: 0, somewhere: 0, unlocated: 0, nearest: Vec::new() };
        (!of_layer.found.is_empty()).then_some(of_layer)
    }

    /// The rule by which slivers are told.
    #[must_use]
    pub fn sliver() -> Sliver {
        Sliver::default()
    }
}

/// How many records that are not among those found are known only by one of these municipalities.
fn somewhere(layer: &Layer, ground: &Ground<'_>, codes: &[MunicipalityCode], found: &[Met]) -> usize {
    let there = layer.anchors.iter().filter(|anchor| codes.contains(&anchor.municipality));
    let by_name = there.flat_map(|anchor| &anchor.members).filter(|member| !member.is_placed);
    let mut records: BTreeSet<usize> = by_name.map(|member| member.feature as usize).collect();
    records.retain(|at| !ground.is(layer, *at));
    for it in found {
        records.remove(&it.position);
    }
    records.len()
}
