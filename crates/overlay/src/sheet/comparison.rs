//! A place beside its zone and the whole territory.

use super::funding::per_inhabitant;
use super::place::{Place, population_of_all};
use super::there::There;
use atlas::{Edition, Layer};
use domain::{Cents, GeometryKind, LocationPrecision, Role, Value};

/// The figures of a place, of its zone, or of the territory.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Whose they are.
    pub whose: Whose,
    /// How many people live there; `None` if that is not stated for all of it.
    pub population: Option<i64>,
    /// How many proposals lie there, each counted once.
    pub proposals: usize,
    /// How many of these have a shape or an address there.
    pub located: usize,
    /// Their whole amounts, each once; `None` if no proposal states one.
    pub funding: Option<Cents>,
}

/// Whose figures they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The place's own; its name.
    Place(String),
    /// Its zone's; its name.
    Zone(String),
    /// The whole territory's.
    Territory,
}

impl Figures {
    /// The figures of a place by the first collection of proposals; `None` if there is no such collection.
    #[must_use]
    pub fn of_place(edition: &Edition, place: &Place<'_>) -> Option<Self> {
        let layers = edition.layers.iter().map(AsRef::as_ref);
        let proposals =
            layers.into_iter().find(|layer: &&Layer| layer.collection.geometry == GeometryKind::Locations)?;
        Some(of_place(Whose::Place(place.name()), place, proposals))
    }

    /// The amount for each inhabitant; `None` where either is not known.
    #[must_use]
    pub fn per_inhabitant(&self) -> Option<Cents> {
        Some(per_inhabitant(self.funding?, self.population?))
    }
}

/// The figures of a place, of its zone if it is a municipality in one, and of the territory, by the proposals of one layer.
#[must_use]
pub fn figures(edition: &Edition, place: &Place<'_>, proposals: &Layer) -> Vec<Figures> {
    let zone = place.zone_of(edition);
    let everywhere = (0..proposals.len()).map(|at| (at, proposals.precision(at)));
    let all = counted(Whose::Territory, population_of_all(edition), proposals, everywhere);
    let own = of_place(Whose::Place(place.name()), place, proposals);
    let zone = zone.map(|zone| of_place(Whose::Zone(zone.name()), &zone, proposals));
    [own].into_iter().chain(zone).chain([all]).collect()
}

fn of_place(whose: Whose, place: &Place<'_>, proposals: &Layer) -> Figures {
    let there = There::of(proposals, place);
    let rows = there.positions().into_iter().map(|at| (at, there.precision(proposals, at)));
    counted(whose, place.population(), proposals, rows)
}

/// The figures of these rows, each with how precisely it is known where it lies there.
fn counted(
    whose: Whose,
    population: Option<i64>,
    layer: &Layer,
    rows: impl Iterator<Item = (usize, LocationPrecision)>,
) -> Figures {
    let mut figures = Figures { whose, population, proposals: 0, located: 0, funding: None };
    for (at, precision) in rows {
        figures.proposals += 1;
        figures.located += usize::from(precision <= LocationPrecision::Address);
        if let Some(Value::Cents(amount)) = layer.value_of(at, Role::Amount) {
            figures.funding.get_or_insert_default().0 += amount.0;
        }
    }
    figures
}
