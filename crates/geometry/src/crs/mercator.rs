//! Spherical ("web") Mercator, EPSG:3857, and the unit square that tiles divide.
//!
//! x = R·λ, y = R·asinh(tan φ) with R = 6 378 137 m: OGC 17-083r4 annex D, IOGP 373-7-2 §3.5.3. It is what
//! map clients expect; lengths in it are too long by 1/cos φ (1.42 at Milan) and areas by its square. Never
//! measure in it.

use std::f64::consts::PI;

use crate::Xy;

/// Radius of the sphere, metres.
const RADIUS: f64 = 6_378_137.0;
/// Half the side of the square, metres: 20 037 508.34.
pub const HALF_SIDE: f64 = PI * RADIUS;
/// The latitude at which the world is a square, degrees; beyond it, latitudes are taken for this one.
pub const MAX_LATITUDE: f64 = 85.051_128_779_806_59;

/// Longitude and latitude in degrees to metres.
#[must_use]
pub fn project([lon, lat]: Xy) -> Xy {
    let lat = lat.clamp(-MAX_LATITUDE, MAX_LATITUDE).to_radians();
    [RADIUS * lon.to_radians(), RADIUS * lat.tan().asinh()]
}

/// Metres to longitude and latitude in degrees.
#[must_use]
pub fn unproject([x, y]: Xy) -> Xy {
    [(x / RADIUS).to_degrees(), (y / RADIUS).sinh().atan().to_degrees()]
}

/// Metres to the unit square, whose y grows southwards.
#[must_use]
pub fn to_world([x, y]: Xy) -> Xy {
    [0.5 + x / (2.0 * HALF_SIDE), 0.5 - y / (2.0 * HALF_SIDE)]
}

/// The unit square to metres.
#[must_use]
pub fn from_world([x, y]: Xy) -> Xy {
    [(x - 0.5) * (2.0 * HALF_SIDE), (0.5 - y) * (2.0 * HALF_SIDE)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(got: Xy, expected: Xy, tolerance: f64) {
        let error = (got[0] - expected[0]).hypot(got[1] - expected[1]);
        assert!(error <= tolerance, "{got:?} is not {expected:?}: {error:e}");
    }

    #[test]
    fn agrees_with_proj() {
        // `cs2cs -f %.11f +proj=longlat +datum=WGS84 +to EPSG:3857`, PROJ 9.1.1.
        check(project([9.19, 45.4642]), [1_023_026.120_390_184, 5_694_898.727_635_711], 2e-9);
        check(project([18.5, 40.1]), [2_059_410.579_675_561, 4_880_484.665_662_283], 2e-9);
        check(project([15.0, -30.0]), [1_669_792.361_899_104, -3_503_549.843_504_375], 2e-9);
    }

    #[test]
    fn the_square_runs_from_north_west_to_south_east() {
        check(to_world([-HALF_SIDE, HALF_SIDE]), [0.0, 0.0], 0.0);
        check(to_world([HALF_SIDE, -HALF_SIDE]), [1.0, 1.0], 0.0);
        check(to_world(project([0.0, 0.0])), [0.5, 0.5], 0.0);
        check(to_world(project([180.0, 90.0])), [1.0, 0.0], 1e-15);
    }
}
