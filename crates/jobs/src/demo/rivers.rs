//! Invented watercourses, all from north to south: hazard bands and a park follow them.

use super::noise::noise;
use super::plane::Point;
use super::territory::Territory;

/// A watercourse from south to north, in steps short enough to look like one.
pub struct River {
    pub name: &'static str,
    pub line: Vec<Point>,
}

/// Where a river is to run.
struct Course {
    name: &'static str,
    /// Where it enters in the north and leaves in the south, as shares of the territory's width from the west.
    enters: f64,
    leaves: f64,
    /// How far it strays from the straight line, in metres.
    strays: f64,
}

const COURSES: [Course; 5] = [
    Course { name: "fiume Vallina", enters: 0.03, leaves: 0.27, strays: 1500.0 },
    Course { name: "torrente Ginestra", enters: 0.26, leaves: 0.36, strays: 1100.0 },
    Course { name: "rio Cedrano", enters: 0.45, leaves: 0.52, strays: 700.0 },
    Course { name: "torrente Fornacina", enters: 0.63, leaves: 0.70, strays: 900.0 },
    Course { name: "fiume Levantino", enters: 0.99, leaves: 0.80, strays: 1300.0 },
];
const STEP: f64 = 450.0;

pub fn invent(territory: &Territory) -> Vec<River> {
    let corners = || territory.towns.iter().flat_map(|town| &town.ring);
    let ends = |of: fn(&Point) -> f64| {
        let low = corners().map(of).fold(f64::INFINITY, f64::min);
        (low, corners().map(of).fold(f64::NEG_INFINITY, f64::max))
    };
    let ((west, east), (south, north)) = (ends(|at| at.x), ends(|at| at.y));
    let river = |(seed, course): (u64, Course)| {
        let at = |y: f64| {
            let share = course.enters + (course.leaves - course.enters) * (north - y) / (north - south);
            let middle = Point { x: west + share * (east - west), y };
            let bends = noise(seed, 6000.0, middle) + 0.25 * noise(seed + 50, 1700.0, middle);
            middle.shifted(course.strays * bends, 0.0)
        };
        let heights = std::iter::successors(Some(south), |y| Some(y + STEP).filter(|y| *y < north));
        River { name: course.name, line: within(territory, &heights.map(at).collect::<Vec<_>>()) }
    };
    (900..).zip(COURSES).map(river).collect()
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
