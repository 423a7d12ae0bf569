//! Invented places that several datasets have in common: former works, barracks and yards waiting for a new use.

use super::names;
use super::plane::Point;
use super::random::Random;
use super::shape;
use super::territory::Territory;

const SEED: u64 = 0x517e;
/// One in each larger municipality, and one more for each so many inhabitants.
const MIN_POPULATION: u32 = 8000;
const INHABITANTS_EACH: u32 = 42_000;

/// A regeneration area: proposals are drawn in it and around it, so that overlays find something.
pub struct Site {
    pub town: usize,
    pub name: &'static str,
    pub centre: Point,
    pub radius: f64,
    pub ring: Vec<Point>,
}

pub fn invent(territory: &Territory) -> Vec<Site> {
    let mut random = Random::new(SEED);
    let mut sites = Vec::new();
    for (index, town) in territory.towns.iter().enumerate() {
        let population = town.facts.population;
        let count = if population < MIN_POPULATION { 0 } else { 1 + population / INHABITANTS_EACH };
        for _ in 0..count {
            let (centre, radius) = (town.place(&mut random), random.between(70.0, 330.0));
            let ring = shape::blob(random.bits(), centre, radius, 14);
            sites.push(Site { town: index, name: names::place(&mut random), centre, radius, ring });
        }
    }
    sites
}
