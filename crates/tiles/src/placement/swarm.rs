//! Features that share a position, drawn round it like the seeds of a sunflower.

use geometry::Xy;
use std::f64::consts::PI;

/// Width at which a tile is drawn on its own zoom level, in pixels: `MapLibre`'s, twice that of older
/// clients.
const TILE_PIXELS: f64 = 512.0;
/// Seeds in a row turn by this angle, 137.5°, which no number of them ever repeats.
const GOLDEN_ANGLE: f64 = PI * (3.0 - 2.236_067_977_499_79);
/// How near two seeds come, if seed n is √(n + 2) from the center and the first in it; measured on the first
/// 3 000.
const NEAREST: f64 = 1.653;

/// How far from the position the feature of this rank stands, to be added to it: in the unit square of the
/// world.
///
/// The first (rank 0) stands in the position itself. No two are nearer than `spacing_px` pixels on a map that
/// shows zoom level `zoom` at its own scale. How many there are does not matter: those already there stay
/// when others come.
#[must_use]
pub fn offset(rank: u32, spacing_px: f64, zoom: u8) -> Xy {
    if rank == 0 {
        return [0.0, 0.0];
    }
    let rank = f64::from(rank);
    let pixel = (TILE_PIXELS * f64::from(zoom).exp2()).recip();
    let radius = pixel * spacing_px / NEAREST * (rank + 2.0).sqrt();
    let (sin, cos) = (rank * GOLDEN_ANGLE).sin_cos();
    [radius * cos, radius * sin]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pixels(rank: u32, zoom: u8) -> Xy {
        offset(rank, 7.0, zoom).map(|share| share * 512.0 * f64::from(zoom).exp2())
    }

    #[test]
    fn a_feature_alone_stays_where_it_is() {
        assert!(offset(0, 7.0, 12).iter().all(|&shift| shift == 0.0));
    }

    #[test]
    fn no_two_are_nearer_than_the_spacing() {
        let seeds: Vec<Xy> = (0..900).map(|rank| pixels(rank, 11)).collect();
        let mut nearest = f64::INFINITY;
        for (i, a) in seeds.iter().enumerate() {
            for b in &seeds[..i] {
                nearest = nearest.min((a[0] - b[0]).hypot(a[1] - b[1]));
            }
        }
        assert!((6.99..7.1).contains(&nearest), "{nearest}");
    }

    #[test]
    fn the_swarm_is_dense_and_as_wide_on_every_level() {
        for zoom in [0, 11, 14, 24] {
            let [x, y] = pixels(799, zoom);
            let radius = x.hypot(y);
            assert!((radius - 7.0 / NEAREST * 801_f64.sqrt()).abs() < 1e-6, "{zoom}: {radius}");
        }
    }
}
