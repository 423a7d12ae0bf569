//! Reference systems: what the numbers of a coordinate mean, and how to say the same place in another one.
//!
//! Six planes are known, because six are needed: longitude and latitude to talk with the world, UTM 32N and 33N
//! to measure Italy in metres, web Mercator to be understood by map clients, the unit square of the tile
//! pyramid to draw, and Gauss-Boaga for the offices that still map in it. All but the last are WGS 84; none is
//! ever guessed. A [`Reference`] is what a client calls one. Foreign systems are GDAL's business, at import.

mod ellipsoid;
pub mod gauss_boaga;
pub mod mercator;
mod net;
mod reference;
mod transverse_mercator;
mod utm;

pub use reference::Reference;

use crate::Xy;

/// A plane that coordinates can be in. x is always eastwards: longitude comes first ("traditional GIS
/// order").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Crs {
    /// EPSG:4326 and OGC:CRS84: degrees of longitude and latitude.
    Geographic,
    /// EPSG:3857: metres of spherical Mercator, y northwards.
    Mercator,
    /// Mercator again, as the tile pyramid sees it: the unit square, (0, 0) its north-west corner, y
    /// *southwards*.
    World,
    /// EPSG:32632: metres of UTM zone 32 north, in which areas and lengths are measured.
    Utm32,
    /// EPSG:32633: the same of zone 33, for territories farther east.
    Utm33,
    /// EPSG:3003: metres of Gauss-Boaga, west zone, on Monte Mario.
    GaussBoaga,
}

impl Crs {
    /// The same place in another system.
    #[must_use]
    pub fn to(self, other: Self, xy: Xy) -> Xy {
        match (self, other) {
            (from, to) if from == to => xy,
            (Self::Mercator, Self::World) => mercator::to_world(xy),
            (Self::World, Self::Mercator) => mercator::from_world(xy),
            _ => other.project(self.unproject(xy)),
        }
    }

    /// The same places in another system.
    pub fn to_all(self, other: Self, places: &mut [Xy]) {
        match (self, other) {
            (from, to) if from == to => {}
            (Self::Geographic, Self::Utm32) => utm::NET_32.project_all(places),
            (Self::Geographic, Self::Utm33) => utm::NET_33.project_all(places),
            (from, to) => places.iter_mut().for_each(|place| *place = from.to(to, *place)),
        }
    }

    /// From longitude and latitude.
    fn project(self, lon_lat: Xy) -> Xy {
        match self {
            Self::Geographic => lon_lat,
            Self::Mercator => mercator::project(lon_lat),
            Self::World => mercator::to_world(mercator::project(lon_lat)),
            Self::Utm32 => utm::NET_32.project(lon_lat),
            Self::Utm33 => utm::NET_33.project(lon_lat),
            Self::GaussBoaga => gauss_boaga::project(lon_lat),
        }
    }

    /// To longitude and latitude.
    fn unproject(self, xy: Xy) -> Xy {
        match self {
            Self::Geographic => xy,
            Self::Mercator => mercator::unproject(xy),
            Self::World => mercator::unproject(mercator::from_world(xy)),
            Self::Utm32 => utm::ZONE_32.unproject(xy),
            Self::Utm33 => utm::ZONE_33.unproject(xy),
            Self::GaussBoaga => gauss_boaga::unproject(xy),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Crs; 6] =
        [Crs::Geographic, Crs::Mercator, Crs::World, Crs::Utm32, Crs::Utm33, Crs::GaussBoaga];

    /// Smallest difference that means anything: a nanometre, in the unit of each system.
    fn nanometre(crs: Crs) -> f64 {
        match crs {
            Crs::Geographic => 1e-14,
            Crs::World => 1e-16,
            Crs::Mercator | Crs::Utm32 | Crs::Utm33 | Crs::GaussBoaga => 1e-9,
        }
    }

    /// How well there and back closes, in nanometres: a datum shift is turned back but for terms of a millimetre, as PROJ
    /// does it.
    fn closure(from: Crs, to: Crs) -> f64 {
        if from != to && (from == Crs::GaussBoaga || to == Crs::GaussBoaga) { 2e6 } else { 8.0 }
    }

    #[test]
    fn every_system_gives_back_what_it_got() {
        // Italy and its neighbours, on a grid that hits no round number.
        for (i, j) in (0..40).flat_map(|i| (0..40).map(move |j| (i, j))) {
            let place = [6.013 + 0.331 * f64::from(i), 35.007 + 0.307 * f64::from(j)];
            for (from, to) in ALL.iter().flat_map(|&from| ALL.map(|to| (from, to))) {
                let here = Crs::Geographic.to(from, place);
                let back = to.to(from, from.to(to, here));
                for axis in 0..2 {
                    let error = (back[axis] - here[axis]).abs();
                    let tolerance = closure(from, to) * nanometre(from);
                    assert!(error <= tolerance, "{from:?} → {to:?} at {place:?}: {error:e}");
                }
            }
        }
    }
}
