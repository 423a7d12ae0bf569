//! Gauss-Boaga, west zone, on Monte Mario (Roma 40), EPSG:3003, in metres.
//!
//! The datum is moved by the seven parameters of EPSG:1660 (coordinate frame turned into position vector, as
//! PROJ writes them), accurate to some 4 m on the mainland and in Sicily. Sardinia has parameters of its own in
//! the register (EPSG:1662), 7 m off these: this is not for Sardinia.

use super::ellipsoid::{INTERNATIONAL_1924, WGS_84};
use super::transverse_mercator::TransverseMercator;
use crate::Xy;

const WEST: TransverseMercator = TransverseMercator::new(INTERNATIONAL_1924, 9.0, 1_500_000.0);
/// How far the centre of Monte Mario's ellipsoid lies from that of WGS 84, metres.
const SHIFT: [f64; 3] = [-104.1, -49.1, -9.9];
/// How it is turned about the three axes, seconds of arc.
const TURN: [f64; 3] = [0.971, -2.917, 0.714];
/// How much larger it is, in millionths.
const GROWTH: f64 = -11.68;

/// Longitude and latitude in degrees to easting and northing in metres.
#[must_use]
pub fn project(lon_lat: Xy) -> Xy {
    let [x, y, z] = WGS_84.in_space(lon_lat);
    let shifted = [x - SHIFT[0], y - SHIFT[1], z - SHIFT[2]];
    // The matrix is a rotation but for terms of 1e-10: its transpose turns back.
    let turned = turn(shifted, TURN.map(|angle| -angle)).map(|it| it / (1.0 + GROWTH * 1e-6));
    WEST.project(INTERNATIONAL_1924.under(turned))
}

/// Easting and northing in metres to longitude and latitude in degrees.
#[must_use]
pub fn unproject(easting_northing: Xy) -> Xy {
    let space = INTERNATIONAL_1924.in_space(WEST.unproject(easting_northing));
    let [x, y, z] = turn(space, TURN).map(|it| it * (1.0 + GROWTH * 1e-6));
    WGS_84.under([x + SHIFT[0], y + SHIFT[1], z + SHIFT[2]])
}

/// A position turned by small angles, in seconds of arc.
fn turn([x, y, z]: [f64; 3], seconds: [f64; 3]) -> [f64; 3] {
    let [rx, ry, rz] = seconds.map(|angle| (angle / 3600.0).to_radians());
    [x - rz * y + ry * z, rz * x + y - rx * z, -ry * x + rx * y + z]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_proj() {
        // `gdaltransform -s_srs OGC:CRS84 -t_srs EPSG:3003`, GDAL 3.6.2 with PROJ 9.1.1: Milano, Torino, Roma, Genova,
        // Foggia, Palermo.
        let check = |lon_lat: Xy, expect: Xy| {
            let got = project(lon_lat);
            let error = (got[0] - expect[0]).hypot(got[1] - expect[1]);
            assert!(error < 1e-3, "{lon_lat:?}: {got:?} is {error:e} m off");
        };
        check([9.19, 45.4642], [1_514_881.490_594_15, 5_034_556.812_441_66]);
        check([7.68, 45.07], [1_396_116.141_702_44, 4_991_593.742_948_8]);
        check([12.5, 41.9], [1_790_366.471_518_65, 4_644_611.025_881_86]);
        check([8.93, 44.41], [1_494_453.723_862_35, 4_917_432.543_963_84]);
        check([15.5, 41.5], [2_042_686.572_680_5, 4_614_717.030_649_18]);
        check([13.36, 38.1], [1_882_396.450_091_62, 4_225_900.018_972_99]);
    }

    #[test]
    fn the_way_back_agrees_with_proj() {
        // `gdaltransform -s_srs EPSG:3003 -t_srs OGC:CRS84`; 1e-8 degrees are a millimetre.
        let check = |xy: Xy, expect: Xy| {
            let got = unproject(xy);
            assert!((0..2).all(|axis| (got[axis] - expect[axis]).abs() < 1e-8), "{xy:?}: {got:?}");
        };
        check([1_686_000.0, 4_930_000.0], [11.339_257_411_254_4, 44.499_206_656_787_1]);
        check([1_514_880.5, 5_034_556.25], [9.189_987_319_930_68, 45.464_194_959_547_5]);
        check([1_398_000.0, 4_995_000.0], [7.703_231_063_404_12, 45.100_928_108_104_6]);
        check([1_800_000.0, 4_640_000.0], [12.613_572_424_633, 41.854_957_188_443_1]);
    }
}
