//! Areas of the built-up territory: to be regenerated, productive, hot, well connected.

use super::Area;
use crate::demo::facts::Role;
use crate::demo::names::{self, METROPOLITAN_CITY};
use crate::demo::random::Random;
use crate::demo::shape;
use crate::demo::sites::Site;
use crate::demo::territory::{Territory, Town};

/// Metres: a mobility place is what can be walked to in about ten minutes, a logistics hub is larger.
const WALK: f64 = 650.0;
const HUB_RADIUS: f64 = 900.0;
/// Municipalities with more inhabitants for each square kilometre have nights that stay hot.
const DENSE: f64 = 2600.0;
const VERY_DENSE: f64 = 5000.0;

pub fn regeneration(territory: &Territory, sites: &[Site]) -> Vec<Area> {
    let area = |site: &Site| Area {
        kind: "regeneration_area",
        name: format!("{} – {}", site.name, territory.towns[site.town].facts.name),
        class: None,
        competent_body: "Comune",
        strategies: "sttm1;sttm2",
        ring: site.ring.clone(),
    };
    sites.iter().map(area).collect()
}

/// Productive fabric everywhere, logistics hubs at the metropolitan poles.
pub fn production(territory: &Territory, random: &mut Random) -> Vec<Area> {
    let mut areas = Vec::new();
    for town in &territory.towns {
        for number in 1..=1 + town.facts.population / 60_000 {
            let (length, turn) = (random.between(260.0, 900.0), random.unit());
            areas.push(Area {
                kind: "productive_fabric",
                name: format!("Tessuto produttivo {number} – {}", town.facts.name),
                class: None,
                competent_body: "Comune",
                strategies: "sttm3",
                ring: shape::block(town.place(random), length, length * random.between(0.35, 0.8), turn),
            });
        }
        if town.facts.role == Role::MetropolitanPole {
            areas.push(Area {
                kind: "logistics_hub",
                name: format!("Polo logistico {} – {}", names::title(random), town.facts.name),
                class: None,
                competent_body: METROPOLITAN_CITY,
                strategies: "sttm3",
                ring: shape::blob(random.bits(), town.place(random), HUB_RADIUS, 24),
            });
        }
    }
    areas
}

/// Places where means of transport meet: one in every municipality that has a role.
pub fn mobility(territory: &Territory, random: &mut Random) -> Vec<Area> {
    let towns = territory.towns.iter().filter(|town| !matches!(town.facts.role, Role::Plain));
    let area = |town: &Town| Area {
        kind: "mobility_place",
        name: format!("Luogo urbano per la mobilità – {}", town.facts.name),
        class: None,
        competent_body: METROPOLITAN_CITY,
        strategies: "sttm2;sttm3",
        ring: shape::blob(random.bits(), town.centre.towards(town.place(random), 0.4), WALK, 20),
    };
    towns.map(area).collect()
}

/// The attracting poles, each as large as its municipality.
pub fn poles(territory: &Territory) -> Vec<Area> {
    let pole = |town: &Town| {
        let class = match town.facts.role {
            Role::MetropolitanPole => "metropolitan",
            Role::SupraMunicipalPole => "supra_municipal",
            _ => return None,
        };
        Some(Area {
            kind: "attractor_pole",
            name: format!("Polo urbano attrattore di {}", town.facts.name),
            class: Some(class),
            competent_body: METROPOLITAN_CITY,
            strategies: "sttm2",
            ring: town.ring.clone(),
        })
    };
    territory.towns.iter().filter_map(pole).collect()
}

/// Where nights stay hot: around the centres of the dense municipalities.
pub fn heat(territory: &Territory, random: &mut Random) -> Vec<Area> {
    let area = |town: &Town| {
        let density = f64::from(town.facts.population) / town.facts.area_km2;
        let radius = (town.facts.area_km2 * 1e6).sqrt() * 0.38;
        (density > DENSE).then(|| Area {
            kind: "heat_anomaly",
            name: format!("Anomalia termica notturna – {}", town.facts.name),
            class: Some(if density > VERY_DENSE { "high" } else { "medium" }),
            competent_body: METROPOLITAN_CITY,
            strategies: "sttm1",
            ring: shape::blob(random.bits(), town.centre, radius, 48),
        })
    };
    territory.towns.iter().filter_map(area).collect()
}
