//! `demo-municipalities`: the facts and the borders drawn around them.

use super::geojson::{self, Feature};
use super::shape::Shape;
use super::territory::Territory;

pub fn write(territory: &Territory) -> Vec<u8> {
    let features = territory.towns.iter().map(|town| {
        Feature::new(Shape::Polygon(town.ring.clone()))
            .with("istat_code", town.facts.istat_code.as_str())
            .with("name", town.facts.name.as_str())
            .with("zone", town.facts.zone.as_str())
            .with("population", town.facts.population)
            .with("official_area_km2", town.facts.area_km2)
    });
    geojson::write(features.collect(), &territory.plane)
}
