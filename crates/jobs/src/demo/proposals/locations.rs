//! Where a proposal lies: mostly no more than a municipality, as in the official tables.

use super::measures::{DrawnAs, Measure};
use crate::demo::names;
use crate::demo::plane::Point;
use crate::demo::random::Random;
use crate::demo::shape::{self, Shape};
use crate::demo::sites::Site;
use crate::demo::territory::{Territory, Town};

/// One line of the table of locations.
#[derive(Debug, Clone)]
pub struct Location {
    pub province: String,
    /// Three figures; `000` is no single municipality.
    pub municipality: String,
    pub municipality_name: String,
    pub address: Option<String>,
    /// Hundredths of a percent, so 10,000 is all; `None` where the table says `N/D`.
    pub share: Option<u64>,
    pub shape: Option<Shape>,
}

/// How well a proposal's place is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Precision {
    None,
    Province,
    Municipality,
    Address,
    Geometry,
}

/// Municipalities just across the border, for projects that do not stop there: province, code, name.
const BEYOND: [(&str, &str, &str); 5] = [
    ("108", "033", "MONZA"),
    ("098", "031", "LODI"),
    ("018", "110", "PAVIA"),
    ("012", "026", "BUSTO ARSIZIO"),
    ("016", "024", "BERGAMO"),
];

/// The locations of a proposal in this municipality, or around this site in it.
pub fn invent(
    territory: &Territory,
    town: usize,
    site: Option<&Site>,
    measure: &Measure,
    random: &mut Random,
) -> Vec<Location> {
    let precision = if site.is_some() { Precision::Geometry } else { precision(measure, random) };
    let first = Location::in_town(&territory.towns[town]);
    let mut locations = match precision {
        Precision::None => return Vec::new(),
        Precision::Province => return vec![first.in_no_town()],
        Precision::Municipality => vec![first],
        Precision::Address => vec![Location { address: Some(names::address(random)), ..first }],
        Precision::Geometry => {
            let place = match site {
                Some(site) => near(site, random),
                None => territory.towns[town].place(random),
            };
            let shape = draw(measure.drawn_as, place, &territory.towns[town], random);
            let address = random.percent(30).then(|| names::address(random));
            vec![Location { address, shape: Some(shape), ..first }]
        }
    };
    if random.percent(measure.shared_percent) {
        locations
            .extend(around(territory, town, random).map(|town| Location::in_town(&territory.towns[town])));
        if random.percent(9) {
            let (province, municipality, name) = random.pick(&BEYOND);
            locations.push(Location::at(province, municipality, name));
        }
        share_out(&mut locations, random);
    }
    locations
}

fn precision(measure: &Measure, random: &mut Random) -> Precision {
    match (measure.drawn_as, random.below(100)) {
        (_, 0..2) => Precision::None,
        (_, 2..5) => Precision::Province,
        (DrawnAs::Address, 5..31) | (DrawnAs::Point | DrawnAs::Line | DrawnAs::Polygon, 5..17) => {
            Precision::Address
        }
        (DrawnAs::Point | DrawnAs::Line | DrawnAs::Polygon, 17..37) => Precision::Geometry,
        _ => Precision::Municipality,
    }
}

impl Location {
    fn at(province: &str, municipality: &str, name: &str) -> Self {
        Self {
            province: province.to_owned(),
            municipality: municipality.to_owned(),
            municipality_name: name.to_owned(),
            address: None,
            share: Some(10_000),
            shape: None,
        }
    }

    fn in_town(town: &Town) -> Self {
        let (province, municipality) = town.facts.istat_code.split_at_checked(3).unwrap_or_default();
        Self::at(province, municipality, &town.facts.name.to_uppercase())
    }

    fn in_no_town(self) -> Self {
        Self { municipality: "000".to_owned(), municipality_name: "TUTTI I COMUNI".to_owned(), ..self }
    }
}

/// One to seven more municipalities, each next to one before it.
fn around(territory: &Territory, town: usize, random: &mut Random) -> impl Iterator<Item = usize> {
    let mut chosen = vec![town];
    for _ in 0..random.within(1, 7) {
        let from = random.pick(&chosen);
        let next: Vec<usize> =
            territory.towns[from].neighbours.iter().copied().filter(|town| !chosen.contains(town)).collect();
        if !next.is_empty() {
            chosen.push(random.pick(&next));
        }
    }
    chosen.into_iter().skip(1)
}

/// Shares that sum to exactly a hundred, or none stated.
fn share_out(locations: &mut [Location], random: &mut Random) {
    let stated = random.percent(70);
    let weights: Vec<u64> = locations.iter().map(|_| random.within(1, 5)).collect();
    let total: u64 = weights.iter().sum();
    let mut left = 10_000;
    for (location, weight) in locations.iter_mut().zip(weights).rev() {
        let share = 10_000 * weight / total;
        left -= share;
        location.share = stated.then_some(share);
    }
    // What rounding left over goes to the first, which is the chief place.
    if let Some(share) = locations.first_mut().and_then(|first| first.share.as_mut()) {
        *share += left;
    }
}

/// In a regeneration area, on its edge, or a little way off.
fn near(site: &Site, random: &mut Random) -> Point {
    let (east, north) = shape::direction(random.unit());
    let distance = site.radius * random.between(0.0, 1.6);
    site.centre.shifted(distance * east, distance * north)
}

fn draw(drawn_as: DrawnAs, place: Point, town: &Town, random: &mut Random) -> Shape {
    match drawn_as {
        DrawnAs::Line => Shape::Line(shape::rounded(&stroll(place, town, random))),
        // Some surveys give no more than a point for what is an area.
        DrawnAs::Polygon if random.percent(15) => Shape::Point(place),
        DrawnAs::Polygon if random.percent(45) => {
            Shape::Polygon(shape::blob(random.bits(), place, random.between(25.0, 130.0), 9))
        }
        DrawnAs::Polygon => {
            let length = random.between(40.0, 220.0);
            Shape::Polygon(shape::block(place, length, length * random.between(0.3, 0.9), random.unit()))
        }
        DrawnAs::Nothing | DrawnAs::Address | DrawnAs::Point => Shape::Point(place),
    }
}

/// A way of a few hundred metres at a time that keeps its direction and stays in the municipality.
fn stroll(start: Point, town: &Town, random: &mut Random) -> Vec<Point> {
    let turn = random.unit();
    let mut line = vec![start];
    let mut here = start;
    for _ in 0..random.within(3, 7) {
        let (east, north) = shape::direction(turn + random.between(-0.12, 0.12));
        let step = random.between(180.0, 460.0);
        here = here.shifted(step * east, step * north);
        if !shape::contains(&town.ring, here) {
            break;
        }
        line.push(here);
    }
    if line.len() == 1 {
        // A start at the very border: the way leads inwards.
        line.push(start.towards(town.centre, 0.5));
    }
    line
}
