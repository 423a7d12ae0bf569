//! Which records are in a place: by the municipality that they state, or by where they are drawn if they state none.

use super::place::Place;
use crate::answer::Relation;
use crate::measure::Drawn;
use atlas::{Layer, Location};
use domain::question::Sliver;
use domain::{LocationPrecision, MunicipalityCode};
use std::collections::{BTreeMap, BTreeSet};

/// How much of a location is in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// Some of it.
    Some,
    /// None of it.
    None,
}

/// The records of a layer in a place.
#[derive(Debug)]
pub struct There<'p> {
    members: &'p BTreeSet<MunicipalityCode>,
    /// Those that state one of its municipalities.
    named: BTreeSet<usize>,
    /// Those that are drawn in it by a location that states no municipality, and whether they are wholly in it.
    drawn: BTreeMap<usize, bool>,
}

impl<'p> There<'p> {
    /// Those of a layer in a place.
    #[must_use]
    pub fn of(layer: &Layer, place: &'p Place<'_>) -> Self {
        Self {
            members: &place.members,
            named: in_municipalities(layer, &place.members),
            drawn: drawn(layer, place),
        }
    }

    /// Their places in the layer, each once, ascending.
    #[must_use]
    pub fn positions(&self) -> BTreeSet<usize> {
        self.named.iter().chain(self.drawn.keys()).copied().collect()
    }

    /// How precisely it is known where one of them lies in the place, whatever is known of its other locations.
    #[must_use]
    pub fn precision(&self, layer: &Layer, at: usize) -> LocationPrecision {
        let here = layer.locations(at).filter(|it| self.part(at, it) != Part::None);
        here.map(|it| it.precision).min().unwrap_or(LocationPrecision::None)
    }

    /// How much of a location of one of them is in the place.
    #[must_use]
    pub fn part(&self, at: usize, location: &Location<'_>) -> Part {
        match location.municipality {
            Some(code) if self.members.contains(&code) => Part::Whole,
            None if location.shape.is_some() => match self.drawn.get(&at) {
                Some(true) => Part::Whole,
                Some(false) => Part::Some,
                None => Part::None,
            },
            _ => Part::None,
        }
    }
}

/// The places in a layer, ascending, of the records that have a location in one of these municipalities.
#[must_use]
pub fn in_municipalities(layer: &Layer, members: &BTreeSet<MunicipalityCode>) -> BTreeSet<usize> {
    let there = layer.anchors.iter().filter(|anchor| members.contains(&anchor.municipality));
    there.flat_map(|anchor| &anchor.members).map(|member| member.feature as usize).collect()
}

/// The records drawn in a place that do not say of all that is drawn in which municipality it is, and whether they are wholly in it.
fn drawn(layer: &Layer, place: &Place<'_>) -> BTreeMap<usize, bool> {
    let is_member = |at: &usize| layer.municipalities(*at).iter().any(|code| place.members.contains(code));
    let candidates = layer.unnamed().iter().map(|at| *at as usize).filter(is_member);
    let meeting = |at: usize| {
        Drawn::new(layer, at).common(Drawn::new(place.layer, place.position)).meeting(Sliver::default())
    };
    candidates.filter_map(|at| Some((at, meeting(at)?.relation == Relation::Inside))).collect()
}
