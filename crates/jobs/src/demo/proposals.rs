//! `demo-pnrr-projects`: two thousand invented registrations and where they lie, in the style of Italia Domani.

mod faults;
mod funding;
mod history;
mod locations;
mod measures;
mod tables;
#[cfg(test)]
mod tests;
mod wording;

pub use self::history::State;

use self::funding::Funding;
use self::locations::Location;
use self::measures::Measure;
use super::random::Random;
use super::sites::Site;
use super::territory::Territory;
use super::{DemoError, DemoFile};

/// Registrations in the current state, the faulty ones included.
pub const COUNT: u64 = 2000;
const SEED: u64 = 0x9a0;
/// Added to every municipality's population, so that the smallest have a few proposals too.
const EVERYONE: u64 = 4000;

/// One registration.
#[derive(Clone)]
struct Proposal<'a> {
    number: u64,
    measure: &'a Measure,
    cup: String,
    local_code: String,
    title: String,
    summary: String,
    body: String,
    tax_code: String,
    status: &'static str,
    existing: bool,
    funding: Funding,
    /// Day, month, year, before what happened between the two states.
    updated_on: (u64, u64, u64),
    locations: Vec<Location>,
}

/// The two tables as they are in this state.
pub fn write(territory: &Territory, sites: &[Site], state: State) -> Result<Vec<DemoFile>, DemoError> {
    let measures = measures::read()?;
    let proposals = history::at(state, invent(territory, sites, &measures));
    let file = |name, bytes| DemoFile { source: "demo-pnrr-projects", name, bytes };
    Ok(vec![
        file("DEMO_Progetti.csv", tables::projects(&proposals)),
        file("DEMO_Localizzazione.csv", tables::locations(&proposals, &territory.plane)),
    ])
}

fn invent<'a>(territory: &Territory, sites: &[Site], measures: &'a [Measure]) -> Vec<Proposal<'a>> {
    let mut random = Random::new(SEED);
    let weights = territory.towns.iter().map(|town| u64::from(town.facts.population) + EVERYONE);
    let mut proposals: Vec<Proposal<'a>> = Vec::new();
    for (number, turn) in (1..=COUNT + history::GONE).zip(0..) {
        // Everyone has one before some have many.
        let town = if turn < territory.towns.len() { turn } else { random.weighted(weights.clone()) };
        let measure = &measures[random.weighted(measures.iter().map(|measure| measure.weight))];
        let proposal = one(territory, sites, measure, town, number, &mut random);
        // A thirtieth are further registrations under the CUP before them: a CUP is no key.
        let cup = proposals.last().map(|last| last.cup.clone()).filter(|_| random.percent(3));
        proposals.push(match cup {
            Some(cup) => Proposal { cup, ..proposal },
            None => proposal,
        });
    }
    proposals
}

fn one<'a>(
    territory: &Territory,
    sites: &[Site],
    measure: &'a Measure,
    town: usize,
    number: u64,
    random: &mut Random,
) -> Proposal<'a> {
    let drawable = measure.drawn_as == measures::DrawnAs::Polygon && random.percent(13);
    let here: Vec<&Site> = sites.iter().filter(|site| site.town == town && drawable).collect();
    let site = if here.is_empty() { None } else { Some(random.pick(&here)) };
    let facts = &territory.towns[town].facts;
    let year = random.within(21, 25);
    let cup = wording::cup(year, number);
    let body = wording::body(measure.body, &facts.name, random);
    Proposal {
        number,
        local_code: wording::local_code(&cup, measure, number, random),
        title: wording::title(measure, &facts.name, site, random),
        summary: wording::summary(measure, &facts.name),
        tax_code: wording::tax_code(&body),
        body,
        status: if random.percent(89) { "Attivo" } else { random.pick(&["Chiuso", "Chiuso", "Revocato"]) },
        existing: random.percent(11),
        funding: Funding::invent(measure, random),
        updated_on: (random.within(1, 28), random.within(1, 12), 2025),
        locations: locations::invent(territory, town, site, measure, random),
        measure,
        cup,
    }
}
