//! The figures of each municipality, by which the map can be coloured: the same that its sheet has.

use atlas::{Edition, Layer, Location};
use domain::{Cents, LocationPrecision, MunicipalityCode, Role, Value};
use overlay::sheet::{Figures, Place, Whose};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// The figures of every municipality of the territory, of the proposals at these places of their layer: one that lies in several
/// municipalities counts in each.
pub fn of(edition: &Edition, layer: &Layer, proposals: impl Iterator<Item = usize>) -> Vec<Json> {
    let mut there: BTreeMap<MunicipalityCode, Vec<usize>> = BTreeMap::new();
    for at in proposals {
        for code in layer.municipalities(at) {
            there.entry(*code).or_default().push(at);
        }
    }
    let codes = edition.places.iter().map(|(code, _)| code);
    codes.map(|code| document(edition, code, layer, there.get(&code).map_or(&[], Vec::as_slice))).collect()
}

fn document(edition: &Edition, code: MunicipalityCode, layer: &Layer, proposals: &[usize]) -> Json {
    let place = Place::municipality(edition, code);
    let name = place.as_ref().map(Place::name).unwrap_or_default();
    // What is known of its place elsewhere does not say where it is here.
    let is_here = |it: &Location<'_>| it.municipality.is_none_or(|named| named == code);
    let is_precise = |it: Location<'_>| is_here(&it) && it.precision <= LocationPrecision::Address;
    let located = |at: &&usize| layer.locations(**at).any(is_precise);
    let figures = Figures {
        whose: Whose::Place(name),
        population: place.and_then(|place| place.population()),
        proposals: proposals.len(),
        located: proposals.iter().filter(located).count(),
        funding: proposals
            .iter()
            .filter_map(|at| amount(layer, *at))
            .reduce(|one, other| Cents(one.0 + other.0)),
    };
    let mut missions: BTreeMap<&str, u64> = BTreeMap::new();
    for mission in proposals.iter().filter_map(|at| layer.text(*at, Role::Category)) {
        *missions.entry(mission).or_default() += 1;
    }
    json!({
        "code": code.as_str(),
        "population": figures.population,
        "proposals": figures.proposals,
        "located": figures.located,
        "funding_cents": figures.funding.map(|it| it.0),
        "per_inhabitant_cents": figures.per_inhabitant().map(|it| it.0),
        "missions": missions,
    })
}

fn amount(layer: &Layer, at: usize) -> Option<Cents> {
    match layer.value_of(at, Role::Amount)? {
        Value::Cents(cents) => Some(*cents),
        _ => None,
    }
}
