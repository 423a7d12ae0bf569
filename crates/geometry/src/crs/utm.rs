//! UTM zone 32 north on WGS 84, EPSG:32632: the plane in which Italy is measured, in metres.
//!
//! RDN2008 (EPSG:7791, EPSG:6707) is taken for WGS 84, as the EPSG register does with its accuracy of a
//! metre; its ellipsoid, GRS 80, moves a place by a tenth of a millimetre.

use super::ellipsoid::WGS_84;
use super::transverse_mercator::TransverseMercator;
use crate::Xy;

const ZONE_32: TransverseMercator = TransverseMercator::new(WGS_84, 9.0, 500_000.0);

/// Longitude and latitude in degrees to easting and northing in metres. Sensible within some 30° of 9° east.
#[must_use]
pub fn project(lon_lat: Xy) -> Xy {
    ZONE_32.project(lon_lat)
}

/// Easting and northing in metres to longitude and latitude in degrees.
#[must_use]
pub fn unproject(easting_northing: Xy) -> Xy {
    ZONE_32.unproject(easting_northing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_proj() {
        // `cs2cs -f %.11f +proj=longlat +datum=WGS84 +to EPSG:32632`, PROJ 9.1.1 (which uses another series
        // to n⁶).
        let check = |lon_lat: Xy, en: Xy, tolerance: f64| {
            let got = project(lon_lat);
            let error = (got[0] - en[0]).hypot(got[1] - en[1]);
            assert!(error < tolerance, "{lon_lat:?}: {got:?} is {error:e} m off");
        };
        check([9.19, 45.4642], [514_853.495_940_466, 5_034_536.796_248_704], 2e-9);
        check([6.62, 44.2], [309_826.153_761_897, 4_896_841.261_513_758], 2e-9);
        check([12.6, 35.5], [826_565.660_911_136, 3_934_455.701_645_37], 2e-9);
        check([18.5, 40.1], [1_310_360.060_425_292, 4_482_347.372_395_433], 2e-9);
        check([15.0, -30.0], [1_079_218.653_553_61, -3_333_984.371_390_021], 2e-9);
        check([6.0, 84.0], [465_005.344_938_864, 9_329_005.182_447_437], 2e-9);
    }

    #[test]
    fn the_check_point_of_the_design_is_where_it_should_be() {
        let [lon, lat] = unproject([686_000.0, 4_930_000.0]);
        assert!((lon - 11.339_650_715).abs() < 1e-9 && (lat - 44.499_354_632).abs() < 1e-9, "{lon} {lat}");
    }

    #[test]
    fn the_meridian_is_straight() {
        for lat in -8..=8 {
            let [easting, northing] = project([9.0, 10.0 * f64::from(lat)]);
            assert!((easting - 500_000.0).abs() < 1e-9);
            assert_eq!(northing < 0.0, lat < 0);
        }
    }
}
