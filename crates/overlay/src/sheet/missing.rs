//! What a sheet cannot tell, and why: an absence is never shown as nothing.

use super::place::Place;
use super::proposals::Proposals;
use atlas::{Edition, Layer};
use domain::{GeometryKind, LocationPrecision};

/// Something that a sheet cannot tell.
#[derive(Clone, Debug)]
pub enum Missing<'e> {
    /// A layer is empty: nobody has loaded it.
    Layer(&'e Layer),
    /// No published proposal names the place.
    Proposals(&'e Layer),
    /// So many proposals of the place are known by their municipality alone.
    Shapes(usize),
    /// So many proposals of the place do not state their amount.
    Amounts(usize),
    /// So many proposals in several municipalities do not state how their amount is divided.
    Shares(usize),
    /// So many proposals of the territory state no municipality.
    Municipalities(usize),
    /// How many people live there is not stated.
    Population,
}

/// What the sheet of a place cannot tell.
#[must_use]
pub fn missing<'e>(edition: &'e Edition, place: &Place<'_>, proposals: &[Proposals<'e>]) -> Vec<Missing<'e>> {
    let mut all = Vec::new();
    for of_layer in proposals.iter().filter(|it| !it.layer.is_empty()) {
        if of_layer.all.is_empty() {
            all.push(Missing::Proposals(of_layer.layer));
        }
        let named = of_layer.all.iter().filter(|it| it.precision > LocationPrecision::Address).count();
        let counts = [
            (named, Missing::Shapes(named)),
            (of_layer.funding.unstated, Missing::Amounts(of_layer.funding.unstated)),
            (of_layer.funding.undivided_count, Missing::Shares(of_layer.funding.undivided_count)),
            (of_layer.without_municipality, Missing::Municipalities(of_layer.without_municipality)),
        ];
        all.extend(counts.into_iter().filter(|(count, _)| *count > 0).map(|(_, missing)| missing));
    }
    if place.population().is_none() {
        all.push(Missing::Population);
    }
    let layers = edition.layers.iter().map(AsRef::as_ref);
    let is_placed = |layer: &&Layer| layer.collection.geometry != GeometryKind::None;
    all.extend(layers.filter(is_placed).filter(|layer| layer.is_empty()).map(Missing::Layer));
    all
}
