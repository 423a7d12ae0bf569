//! Programmes that are places: quarries, schools, squares that hold back the rain.

use super::Item;
use crate::demo::names::{self, METROPOLITAN_CITY};
use crate::demo::random::Random;
use crate::demo::shape::{self, Shape};
use crate::demo::territory::{Territory, Town};

/// A sector plan and what its items are like.
struct Plan {
    sector: &'static str,
    name: &'static str,
    competent_body: &'static str,
    title: &'static str,
    /// One in every so many of the municipalities whose inhabitants are in this range.
    every: usize,
    inhabitants: (u32, u32),
    euros_each: (u64, u64),
    radius: (f64, f64),
}

const PLANS: [Plan; 4] = [
    Plan {
        sector: "quarries",
        name: "Piano cave dimostrativo",
        competent_body: METROPOLITAN_CITY,
        title: "Ambito estrattivo {luogo} – {comune}",
        every: 6,
        inhabitants: (0, 12_000),
        euros_each: (1, 4),
        radius: (180.0, 420.0),
    },
    Plan {
        sector: "school_buildings",
        name: "Programma dimostrativo dell'edilizia scolastica",
        competent_body: METROPOLITAN_CITY,
        title: "Nuova sede scolastica {luogo} – {comune}",
        every: 2,
        inhabitants: (14_000, u32::MAX),
        euros_each: (700, 1500),
        radius: (35.0, 75.0),
    },
    Plan {
        sector: "urban_drainage",
        name: "Programma dimostrativo città spugna",
        competent_body: "Gestore idrico dimostrativo",
        title: "Drenaggio urbano di {luogo} – {comune}",
        every: 2,
        inhabitants: (6_000, u32::MAX),
        euros_each: (90, 260),
        radius: (25.0, 110.0),
    },
    Plan {
        sector: "logistics",
        name: "Piano dimostrativo della logistica sostenibile",
        competent_body: METROPOLITAN_CITY,
        title: "Polo logistico di prossimità {luogo} – {comune}",
        every: 9,
        inhabitants: (10_000, 60_000),
        euros_each: (120, 300),
        radius: (90.0, 240.0),
    },
];

pub fn invent(territory: &Territory, random: &mut Random) -> Vec<Item> {
    let mut items = Vec::new();
    for plan in &PLANS {
        let (least, most) = plan.inhabitants;
        let towns = territory.towns.iter().filter(|town| (least..=most).contains(&town.facts.population));
        items.extend(towns.step_by(plan.every).map(|town| item(plan, town, random)));
    }
    items
}

fn item(plan: &Plan, town: &Town, random: &mut Random) -> Item {
    let (place, radius) = (town.place(random), random.between(plan.radius.0, plan.radius.1));
    Item {
        sector: plan.sector,
        plan: plan.name,
        competent_body: plan.competent_body,
        title: names::fill(plan.title, &town.facts.name, names::place(random), 0),
        euros_each: plan.euros_each,
        shape: Shape::Polygon(shape::blob(random.bits(), place, radius, 16)),
    }
}
