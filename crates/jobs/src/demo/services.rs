//! `demo-services`: invented services that people of several municipalities use.

use super::DemoError;
use super::facts::Role;
use super::geojson::{self, Feature};
use super::names::{self, Codes};
use super::random::Random;
use super::shape::Shape;
use super::table::{self, Row};
use super::territory::{Territory, Town};

/// The classes of service and where each is found: facts of the demo, kept as data.
const CLASSES: &str = include_str!("../../../../data/demo/services.csv");
const SEED: u64 = 0x5e71;

/// A kind of service and the municipalities that have it.
struct Class<'a> {
    id: &'a str,
    competent_body: &'a str,
    names: Vec<&'a str>,
    /// Municipalities with one of these roles have it whatever their size.
    roles: Vec<Role>,
    min_population: u32,
    inhabitants_each: u32,
    capacity: Option<(u64, u64)>,
    capacity_unit: &'a str,
}

impl<'a> Class<'a> {
    fn read(row: &Row<'a>) -> Result<Self, DemoError> {
        let capacity = match row.text("capacity_low")? {
            "" => None,
            _ => Some((row.value("capacity_low")?, row.value("capacity_high")?)),
        };
        Ok(Self {
            id: row.text("service_class")?,
            competent_body: row.text("competent_body")?,
            names: row.texts("names")?,
            roles: row.values("roles")?,
            min_population: row.value("min_population")?,
            inhabitants_each: row.value("inhabitants_each")?,
            capacity,
            capacity_unit: row.text("capacity_unit")?,
        })
    }

    /// How many of it a municipality has.
    fn count(&self, town: &Town) -> u32 {
        let population = town.facts.population;
        let qualifies = population >= self.min_population || self.roles.contains(&town.facts.role);
        if qualifies { (population / self.inhabitants_each).max(1) } else { 0 }
    }
}

pub fn write(territory: &Territory) -> Result<Vec<u8>, DemoError> {
    let classes: Vec<Class<'_>> =
        table::rows("services", CLASSES, ';').iter().map(Class::read).collect::<Result<_, _>>()?;
    let mut random = Random::new(SEED);
    let mut codes = Codes::default();
    let mut features = Vec::new();
    for class in &classes {
        for town in &territory.towns {
            for _ in 0..class.count(town) {
                features.push(feature(class, town, &mut codes, &mut random));
            }
        }
    }
    Ok(geojson::write(features, &territory.plane))
}

fn feature(class: &Class<'_>, town: &Town, codes: &mut Codes, random: &mut Random) -> Feature {
    let name = names::fill(random.pick(&class.names), &town.facts.name, names::title(random), 0);
    let metropolitan = matches!(town.facts.role, Role::Core | Role::MetropolitanPole);
    // One in twenty has no stated size, as real registers have it: unknown, not zero.
    let capacity = class.capacity.filter(|_| !random.percent(5));
    let opened =
        format!("{}-{:02}-{:02}", random.within(1955, 2025), random.within(1, 12), random.within(1, 28));
    let status = if random.percent(92) { "active" } else { random.pick(&["planned", "suspended"]) };
    Feature::new(Shape::Point(town.place(random)))
        .with("service_id", codes.next(class.id))
        .with("name", name)
        .with("service_class", class.id)
        .with("scope", if metropolitan { "metropolitan" } else { "supra_municipal" })
        .with("status", status)
        .with("competent_body", class.competent_body)
        .with("municipality", town.facts.istat_code.as_str())
        .with("address", format!("{}, {}", names::address(random), town.facts.name))
        .with("capacity", capacity.map(|(low, high)| random.within(low, high)))
        .with("capacity_unit", capacity.map(|_| class.capacity_unit))
        .with("opened_on", (status != "planned").then_some(opened))
        .with("description", "Dimostrazione: servizio inventato.")
        .with("updated_on", "2026-06-30")
}
