//! Programmes that are lines: cycle routes and tracks from centre to centre, green corridors between them.

use super::Item;
use crate::demo::facts::Role;
use crate::demo::names::METROPOLITAN_CITY;
use crate::demo::plane::Point;
use crate::demo::shape::{self, Shape};
use crate::demo::territory::Territory;

/// Cycle superhighways out of the chief city, and rings around it at these distances in metres.
const RADIALS: u32 = 12;
const RINGS: [f64; 2] = [9500.0, 17_000.0];
const RING_STOPS: u32 = 14;

pub fn cycle_network(territory: &Territory) -> Vec<Item> {
    let radials = (0..RADIALS).filter_map(|number| {
        let end = furthest(territory, shape::direction(f64::from(number) / f64::from(RADIALS)))?;
        let title = format!("Superciclabile {} – {}", number + 1, territory.towns[end].facts.name);
        Some((title, route(territory, end)?))
    });
    let rings = RINGS
        .into_iter()
        .zip(1..)
        .map(|(distance, number)| (format!("Superciclabile circolare {number}"), ring(territory, distance)));
    let item = |(title, line): (String, Vec<Point>)| Item {
        sector: "cycle_network",
        plan: "Biciplan dimostrativo",
        competent_body: METROPOLITAN_CITY,
        title,
        euros_each: (420, 900),
        shape: Shape::Line(shape::rounded(&line)),
    };
    radials.chain(rings).map(item).collect()
}

/// Tracks extended to the metropolitan poles: the last municipalities of the way there.
pub fn public_transport(territory: &Territory) -> Vec<Item> {
    let poles =
        (0..territory.towns.len()).filter(|&town| territory.towns[town].facts.role == Role::MetropolitanPole);
    let item = |town: usize| {
        let line = route(territory, town)?;
        let last = line.get(line.len().saturating_sub(4)..)?;
        Some(Item {
            sector: "public_transport",
            plan: "Piano della mobilità dimostrativo",
            competent_body: "Azienda trasporti dimostrativa",
            title: format!("Prolungamento tranviario verso {}", territory.towns[town].facts.name),
            euros_each: (9000, 26_000),
            shape: Shape::Line(shape::rounded(last)),
        })
    };
    poles.filter_map(item).collect()
}

/// Corridors from one supra-municipal pole to the next.
pub fn green_network(territory: &Territory) -> Vec<Item> {
    let poles: Vec<usize> = (0..territory.towns.len())
        .filter(|&town| territory.towns[town].facts.role == Role::SupraMunicipalPole)
        .collect();
    let item = |ends: &[usize]| {
        let (from, to) = (&territory.towns[ends[0]], &territory.towns[ends[1]]);
        let line: Vec<Point> =
            territory.route(ends[0], ends[1]).into_iter().map(|town| territory.towns[town].centre).collect();
        Some(Item {
            sector: "green_network",
            plan: "Rete verde dimostrativa",
            competent_body: METROPOLITAN_CITY,
            title: format!("Corridoio verde {} – {}", from.facts.name, to.facts.name),
            euros_each: (40, 160),
            shape: Shape::Line(shape::rounded(&line)),
        })
        .filter(|_| line.len() > 1)
    };
    poles.windows(2).filter_map(item).collect()
}

/// The municipality furthest from the chief city in about this direction that can be reached.
fn furthest(territory: &Territory, (east, north): (f64, f64)) -> Option<usize> {
    let chief = territory.chief();
    let from = territory.towns[chief].centre;
    let along = |town: &usize| {
        let at = territory.towns[*town].centre;
        (at.x - from.x) * east + (at.y - from.y) * north
    };
    let ahead = |town: &usize| along(town) > 0.94 * from.distance(territory.towns[*town].centre);
    let reachable = |town: &usize| *town != chief && !territory.route(chief, *town).is_empty();
    let towns = (0..territory.towns.len()).filter(ahead).filter(reachable);
    towns.max_by(|a, b| along(a).total_cmp(&along(b)))
}

/// From the chief city's centre through those on the way.
fn route(territory: &Territory, end: usize) -> Option<Vec<Point>> {
    let way = territory.route(territory.chief(), end);
    (way.len() > 1).then(|| way.into_iter().map(|town| territory.towns[town].centre).collect())
}

/// Through the centres nearest to a circle around the chief city.
fn ring(territory: &Territory, distance: f64) -> Vec<Point> {
    let middle = territory.towns[territory.chief()].centre;
    let stop = |number: u32| {
        let (east, north) = shape::direction(f64::from(number) / f64::from(RING_STOPS));
        let at = middle.shifted(distance * east, distance * north);
        let centres = territory.towns.iter().map(|town| town.centre);
        centres.min_by(|a, b| a.distance(at).total_cmp(&b.distance(at)))
    };
    let mut stops: Vec<Point> = (0..=RING_STOPS).filter_map(stop).collect();
    stops.dedup();
    stops
}
