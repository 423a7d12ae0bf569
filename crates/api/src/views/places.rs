//! The lists of municipalities and zones.

use atlas::Edition;
use overlay::sheet::{Figures, Place};

use super::{layout, render};
use crate::ask::Ask;
use crate::links;
use crate::pages::PlacesPage;
use crate::pages::layout::{Link, Section};
use crate::pages::places::PlaceRow;
use crate::problem::Problem;

/// The list of places of a kind.
pub fn page(
    edition: &Edition,
    kind: &'static str,
    places: &[Place<'_>],
    ask: &Ask,
) -> Result<String, Problem> {
    render(&PlacesPage {
        layout: layout::of(edition, ask, Section::Territory),
        kind,
        rows: places.iter().map(|place| row(edition, place)).collect(),
    })
}

/// The name of a place, leading to its sheet.
pub fn link(place: &Place<'_>) -> Link {
    Link { label: place.name(), url: links::to_sheet(place) }
}

fn row(edition: &Edition, place: &Place<'_>) -> PlaceRow {
    let figures = Figures::of_place(edition, place);
    PlaceRow {
        place: link(place),
        zone: place.zone_of(edition).as_ref().map(link),
        population: place.population(),
        proposals: figures.as_ref().map(|it| it.proposals as u64),
        whole_cents: figures.as_ref().and_then(|it| it.funding).map(|amount| amount.0),
        per_inhabitant_cents: figures.as_ref().and_then(Figures::per_inhabitant).map(|amount| amount.0),
    }
}
