//! `demo-areas`: invented areas that bind or qualify the places of proposals.

mod nature;
mod settlement;

use super::geojson::{self, Feature};
use super::names::Codes;
use super::plane::Point;
use super::random::Random;
use super::shape::{self, Shape};
use super::sites::Site;
use super::territory::Territory;

const SEED: u64 = 0xa4ea;

/// One area before it is written.
struct Area {
    kind: &'static str,
    name: String,
    /// A degree within the kind, such as a hazard's.
    class: Option<&'static str>,
    competent_body: &'static str,
    /// The strategies it matters to.
    strategies: &'static str,
    ring: Vec<Point>,
}

pub fn write(territory: &Territory, sites: &[Site]) -> Vec<u8> {
    let mut random = Random::new(SEED);
    let mut areas = nature::parks(territory, &mut random);
    areas.extend(nature::hazards(territory));
    areas.extend(settlement::regeneration(territory, sites));
    areas.extend(settlement::production(territory, &mut random));
    areas.extend(settlement::mobility(territory, &mut random));
    areas.extend(settlement::poles(territory));
    areas.extend(settlement::heat(territory, &mut random));
    let mut codes = Codes::default();
    let features = areas.into_iter().map(|area| feature(area, &mut codes));
    geojson::write(features.collect(), &territory.plane)
}

fn feature(area: Area, codes: &mut Codes) -> Feature {
    let square_metres = shape::signed_area(&area.ring).abs().round();
    Feature::new(Shape::Polygon(area.ring))
        .with("area_id", codes.next(area.kind))
        .with("name", area.name)
        .with("kind", area.kind)
        .with("class", area.class)
        .with("status", "in_force")
        .with("competent_body", area.competent_body)
        .with("legal_basis", "Dimostrazione: nessun atto")
        .with("in_force_on", "2026-01-01")
        .with("strategies", area.strategies)
        .with("declared_area_m2", square_metres)
        .with("description", "Dimostrazione: area inventata.")
        .with("updated_on", "2026-06-30")
}
