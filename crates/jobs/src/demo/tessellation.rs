//! Borders for every municipality from its centre, extent and area alone: an area-weighted tessellation.
//!
//! Each municipality bids for each vertex of a fine lattice, and so does the outside; the lowest bid wins (a power
//! diagram whose circles are stretched to each municipality's extent). Weights are then moved until every area is
//! the one in the facts. Borders are drawn once, between two winners, so neighbours share them exactly.

mod bids;
mod lattice;
mod outline;
mod partition;
#[cfg(test)]
mod tests;

use self::bids::{Bids, Reach};
use self::lattice::Lattice;
use self::partition::Partition;
use super::facts::Facts;
use super::plane::{Plane, Point};
use std::collections::BTreeSet;

/// The areas are within this share of the facts.
pub const TOLERANCE: f64 = 0.01;

/// The lattice's side in metres, and that of a coarse one that finds most of the balance for little work.
const SIDE: f64 = 240.0;
const COARSE_SIDE: f64 = 600.0;
const COARSE_TOLERANCE: f64 = 0.06;
/// Well above the rounds that are needed: about 20 on each lattice.
const MAX_ROUNDS: usize = 90;
/// How much of an area's error becomes a change of weight, and how much of the last change is kept: without momentum
/// an error would cross the territory one municipality a round.
const STEP: f64 = 0.7;
const MOMENTUM: f64 = 0.7;
/// Room around the outermost extents, in metres.
const MARGIN: f64 = 3000.0;

/// One municipality's ring, counter-clockwise, without the first point again at the end.
pub struct Parcel {
    pub ring: Vec<Point>,
    pub neighbours: BTreeSet<usize>,
}

/// One parcel for each of the facts, in their order, or the index of one that cannot be drawn in one piece.
pub fn tessellate(facts: &[Facts], plane: &Plane) -> Result<Vec<Parcel>, usize> {
    let reaches: Vec<Reach> = facts.iter().map(|facts| Reach::of(facts, plane)).collect();
    let mut weights = vec![0.0; reaches.len()];
    let coarse = Lattice::covering(facts, plane, MARGIN, COARSE_SIDE);
    let mut bids = Bids::new(&reaches, &coarse);
    balance(&reaches, &coarse, COARSE_TOLERANCE, &mut bids, &mut weights);
    let outside = Partition::new(&coarse, &bids, &weights).outside_points();
    let lattice = Lattice::covering(facts, plane, MARGIN, SIDE);
    let mut bids = Bids::new(&reaches, &lattice);
    bids.keep_outside_near(&outside, &lattice, 1.5 * COARSE_SIDE);
    balance(&reaches, &lattice, TOLERANCE, &mut bids, &mut weights);
    outline::trace(&Partition::new(&lattice, &bids, &weights))
}

/// Moves the weights until every area fits and is in one piece; bids that would leave a stray piece are withdrawn.
fn balance(reaches: &[Reach], lattice: &Lattice, tolerance: f64, bids: &mut Bids, weights: &mut [f64]) {
    let mut moves = vec![0.0; weights.len()];
    for _ in 0..MAX_ROUNDS {
        let partition = Partition::new(lattice, bids, weights);
        let areas = partition.areas();
        let errors = || reaches.iter().zip(&areas).map(|(reach, area)| 1.0 - area / reach.area);
        if errors().all(|error| error.abs() < tolerance) {
            let strays = partition.strays();
            if strays.is_empty() {
                break;
            }
            bids.withdraw(&strays);
        }
        for ((weight, change), error) in weights.iter_mut().zip(&mut moves).zip(errors()) {
            *change = MOMENTUM * *change + STEP * error.clamp(-0.5, 0.5);
            *weight += *change;
        }
    }
}
