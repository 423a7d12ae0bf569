//! What is drawn in a place: services, programmes, areas, lines, each with what it has in common with the place.

use super::place::Place;
use super::there::in_municipalities;
use crate::measure::Drawn;
use crate::met::{self, Met, Nearest, SERVICES, TERRITORY};
use atlas::Layer;
use domain::GeometryKind;

/// The records of one layer in a place.
#[derive(Clone, Debug)]
pub struct Inside<'e> {
    /// The layer.
    pub layer: &'e Layer,
    /// Those in the place, by category in the order of the definition; there, what has most in common first.
    pub found: Vec<Met>,
    /// How many share no more than a sliver with it.
    pub slivers: usize,
    /// For services, the nearest one of each category of which none is in the place.
    pub nearest: Vec<Nearest>,
    /// For services, the categories of which there is none in the whole territory.
    pub nowhere: Vec<String>,
}

impl<'e> Inside<'e> {
    /// What of a layer lies in a place; `None` if it is no layer of drawn records, or is the territory itself.
    #[must_use]
    pub fn of(layer: &'e Layer, place: &Place<'_>) -> Option<Self> {
        let collection = &layer.collection;
        let is_drawn = !matches!(collection.geometry, GeometryKind::Locations | GeometryKind::None);
        let is_territory = collection.id == place.layer.collection.id || collection.family == TERRITORY;
        if !is_drawn || is_territory {
            return None;
        }
        let ground = Drawn::new(place.layer, place.position);
        let (mut found, slivers) = met::met(ground, layer);
        found.extend(named(layer, place));
        met::sort(layer, &mut found);
        let is_service = collection.family == SERVICES;
        let (nearest, nowhere) =
            if is_service { met::nearest(ground, layer, &found) } else { Default::default() };
        Some(Self { layer, found, slivers, nearest, nowhere })
    }
}

/// The records without a shape that state one of the place's municipalities.
fn named(layer: &Layer, place: &Place<'_>) -> impl Iterator<Item = Met> {
    let there = in_municipalities(layer, &place.members).into_iter();
    there.filter(|at| layer.shapes(*at).is_empty()).map(|position| Met { position, meeting: None })
}
