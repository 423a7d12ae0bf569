//! What each municipality, and the outside, bids for each vertex of the lattice before the weights are found.

use super::lattice::Lattice;
use crate::demo::facts::Facts;
use crate::demo::noise::noise;
use crate::demo::plane::{Plane, Point};

/// Bids are below this: at twice the way to its own border a municipality has lost long before.
pub const HIGHEST: f64 = 4.0;
/// How far into a municipality the outside still bids, and how steeply it then gives up. A wide soft edge closes the
/// gaps between neighbours and keeps the outer border from bulging with each of them.
const SHORE: f64 = 2300.0;
const STEEPNESS: f64 = 5.0;
/// What the outside bids where it must not be.
const NEVER: f64 = 1e6;
/// How far the plane is bent before anyone bids, as wavelength and reach in metres: this is what makes borders wander.
const BENDS: [(f64, f64); 3] = [(5200.0, 900.0), (2300.0, 420.0), (1000.0, 190.0)];

/// A municipality as a bidder: how far it reaches from its centre to each side.
pub struct Reach {
    centre: Point,
    east: f64,
    west: f64,
    north: f64,
    south: f64,
    radius: f64,
    pub area: f64,
}

impl Reach {
    pub fn of(facts: &Facts, plane: &Plane) -> Self {
        let centre = plane.point(facts.centre);
        let (low, high) = (plane.point(facts.south_west), plane.point(facts.north_east));
        let area = facts.area_km2 * 1e6;
        // Four quarter ellipses through the sides of the extent, shrunk until they enclose the area.
        let extent = (high.x - low.x) * (high.y - low.y) * std::f64::consts::FRAC_PI_4;
        let shrink = (area / extent).sqrt();
        Self {
            centre,
            east: shrink * (high.x - centre.x),
            west: shrink * (centre.x - low.x),
            north: shrink * (high.y - centre.y),
            south: shrink * (centre.y - low.y),
            radius: (area / std::f64::consts::PI).sqrt(),
            area,
        }
    }

    /// 0 in the centre, 1 where its own area would end if it were alone, growing with the square of the distance.
    fn bid(&self, bent_centre: Point, at: Point) -> f64 {
        let (east, north) = (at.x - bent_centre.x, at.y - bent_centre.y);
        let x = east / if east > 0.0 { self.east } else { self.west };
        let y = north / if north > 0.0 { self.north } else { self.south };
        x * x + y * y
    }
}

/// All bids, by vertex.
pub struct Bids {
    /// Who bids, and how much.
    pub municipalities: Vec<Vec<(usize, f64)>>,
    pub outside: Vec<f64>,
}

impl Bids {
    pub fn new(reaches: &[Reach], lattice: &Lattice) -> Self {
        let bent: Vec<Point> = (0..lattice.len()).map(|vertex| bend(lattice.point(vertex))).collect();
        let mut municipalities = vec![Vec::new(); lattice.len()];
        let mut land = vec![0.0; lattice.len()];
        let furthest: f64 = BENDS.iter().map(|(_, reach)| 2.0 * reach).sum();
        for (index, reach) in reaches.iter().enumerate() {
            let centre = bend(reach.centre);
            let times = HIGHEST.sqrt().max(1.0 + SHORE / reach.radius);
            let east = times * reach.east.max(reach.west) + furthest;
            let north = times * reach.north.max(reach.south) + furthest;
            for vertex in lattice.around(reach.centre, east, north) {
                let bid = reach.bid(centre, bent[vertex]);
                if bid < HIGHEST {
                    municipalities[vertex].push((index, bid));
                }
                let beyond = (bid.sqrt() - 1.0) * reach.radius;
                land[vertex] += (0.5 - beyond / (2.0 * SHORE)).clamp(0.0, 1.0);
            }
        }
        let outside = land.into_iter().map(|land| 1.0 + STEEPNESS * (land - 0.5)).collect();
        Self { municipalities, outside }
    }

    /// Takes the outside's bids back except within this distance east and north of these places.
    pub fn keep_outside_near(&mut self, places: &[Point], lattice: &Lattice, distance: f64) {
        let mut near = vec![false; self.outside.len()];
        for place in places {
            lattice.around(*place, distance, distance).for_each(|vertex| near[vertex] = true);
        }
        for (bid, _) in self.outside.iter_mut().zip(near).filter(|(_, near)| !near) {
            *bid = NEVER;
        }
    }

    /// Takes back the bids of these bidders for these vertices.
    pub fn withdraw(&mut self, strays: &[(usize, usize)]) {
        for &(vertex, bidder) in strays {
            let bids = &mut self.municipalities[vertex];
            match bids.iter().position(|(index, _)| *index == bidder) {
                Some(position) => drop(bids.remove(position)),
                None => self.outside[vertex] = NEVER,
            }
        }
    }
}

/// Where a place comes to lie when the plane is bent. Centres are bent with it, so each stays in its own area.
fn bend(at: Point) -> Point {
    BENDS.into_iter().zip(0..).fold(at, |bent, ((wavelength, reach), seed)| {
        let east = reach * noise(2 * seed, wavelength, at);
        let north = reach * noise(2 * seed + 1, wavelength, at);
        bent.shifted(east, north)
    })
}
