//! Invented watercourses, all from north to south: hazard bands and a park follow them.

use super::noise::noise;
use super::plane::Point;
use super::territory::Territory;

/// A watercourse from south to north, in steps short enough to look like one.
pub struct River {
    pub name: &'static str,
    pub line: Vec<Point>,
}

/// Name, where it enters and leaves as a share of the territory's width, and how far it wanders in metres.
const RIVERS: [(&str, f64, f64, f64); 5] = [
    ("fiume Vallina", 0.03, 0.27, 1500.0),
    ("torrente Ginestra", 0.26, 0.36, 1100.0),
    ("rio Cedrano", 0.45, 0.52, 700.0),
    ("torrente Fornacina", 0.63, 0.70, 900.0),
    ("fiume Levantino", 0.99, 0.80, 1300.0),
];
const STEP: f64 = 450.0;

pub fn invent(territory: &Territory) -> Vec<River> {
    let corners = || territory.towns.iter().flat_map(|town| &town.ring);
    let ends = |of: fn(&Point) -> f64| {
        let low = corners().map(of).fold(f64::INFINITY, f64::min);
        (low, corners().map(of).fold(f64::NEG_INFINITY, f64::max))
    };
    let ((west, east), (south, north)) = (ends(|at| at.x), ends(|at| at.y));
    let river = |(seed, (name, enters, leaves, reach)): (u64, (&'static str, f64, f64, f64))| {
        let at = |y: f64| {
            let share = enters + (leaves - enters) * (north - y) / (north - south);
            let middle = Point { x: west + share * (east - west), y };
            let bends = noise(seed, 6000.0, middle) + 0.25 * noise(seed + 50, 1700.0, middle);
            middle.shifted(reach * bends, 0.0)
        };
        let heights = std::iter::successors(Some(south), |y| Some(y + STEP).filter(|y| *y < north));
        River { name, line: within(territory, &heights.map(at).collect::<Vec<_>>()) }
    };
    (900..).zip(RIVERS).map(river).collect()
}

/// The line without what comes before the territory and after it.
fn within(territory: &Territory, line: &[Point]) -> Vec<Point> {
    let near = |at: &Point| {
        let mut towns = territory.towns.iter();
        towns.any(|town| town.centre.distance(*at) < (town.facts.area_km2 * 1e6).sqrt())
    };
    let (first, last) = (line.iter().position(near), line.iter().rposition(near));
    match (first, last) {
        (Some(first), Some(last)) => line[first..=last].to_vec(),
        _ => Vec::new(),
    }
}
