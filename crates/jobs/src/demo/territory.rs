//! The municipalities as the rest of the demo meets them: drawn in the plane, each knowing its neighbours.

use super::DemoError;
use super::facts::Facts;
use super::plane::{Plane, Point};
use super::random::Random;
use super::shape;
use super::tessellation::tessellate;
use std::collections::BTreeSet;

pub struct Territory {
    pub plane: Plane,
    pub towns: Vec<Town>,
}

/// A municipality.
pub struct Town {
    pub facts: Facts,
    pub centre: Point,
    /// Its border, counter-clockwise, without the first point again at the end.
    pub ring: Vec<Point>,
    pub neighbours: BTreeSet<usize>,
}

impl Territory {
    pub fn draw(facts: Vec<Facts>) -> Result<Self, DemoError> {
        let plane = Plane::at(middle(&facts));
        let parcels = tessellate(&facts, &plane)
            .map_err(|index| DemoError::NotOneArea { istat_code: facts[index].istat_code.clone() })?;
        let towns = facts.into_iter().zip(parcels).map(|(facts, parcel)| {
            let centre = plane.point(facts.centre);
            Town { facts, centre, ring: parcel.ring, neighbours: parcel.neighbours }
        });
        Ok(Self { plane, towns: towns.collect() })
    }

    /// The chief city, to which everything leads: the one with the most inhabitants.
    pub fn chief(&self) -> usize {
        (0..self.towns.len()).max_by_key(|&town| self.towns[town].facts.population).unwrap_or(0)
    }

    /// The way from one municipality to another through the centres of those between; empty if there is none.
    pub fn route(&self, from: usize, to: usize) -> Vec<usize> {
        // Dijkstra's search from the far end, so that the steps come out in order. A few hundred edges need no heap.
        let mut lengths = vec![f64::INFINITY; self.towns.len()];
        let mut next: Vec<Option<usize>> = vec![None; self.towns.len()];
        let mut open = BTreeSet::from([to]);
        lengths[to] = 0.0;
        while let Some(town) = open.iter().copied().min_by(|a, b| lengths[*a].total_cmp(&lengths[*b])) {
            open.remove(&town);
            for &neighbour in &self.towns[town].neighbours {
                let length = lengths[town] + self.towns[town].centre.distance(self.towns[neighbour].centre);
                if length < lengths[neighbour] {
                    lengths[neighbour] = length;
                    next[neighbour] = Some(town);
                    open.insert(neighbour);
                }
            }
        }
        let steps = std::iter::successors(Some(from), |town| next[*town]);
        if lengths[from].is_finite() { steps.collect() } else { Vec::new() }
    }
}

impl Town {
    /// A place inside, likelier near the centre than at the border.
    pub fn place(&self, random: &mut Random) -> Point {
        let reach = (self.facts.area_km2 * 1e6).sqrt() * 0.7;
        let mut offset = || reach * (random.unit() + random.unit() - 1.0);
        let places = std::iter::repeat_with(|| self.centre.shifted(offset(), offset()));
        // The centre itself where twenty tries all miss; it is always inside.
        places.take(20).find(|place| shape::contains(&self.ring, *place)).unwrap_or(self.centre)
    }
}

/// The middle of everyone's extents.
fn middle(facts: &[Facts]) -> [f64; 2] {
    let ends = |axis: usize| {
        let low = facts.iter().map(|facts| facts.south_west[axis]).fold(f64::INFINITY, f64::min);
        let high = facts.iter().map(|facts| facts.north_east[axis]).fold(f64::NEG_INFINITY, f64::max);
        f64::midpoint(low, high)
    };
    [ends(0), ends(1)]
}
