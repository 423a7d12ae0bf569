//! UTM zones 32 and 33 north on WGS 84: the planes in which Italy is measured, in metres.
//!
//! RDN2008 (EPSG:7791, EPSG:6707) is taken for WGS 84, as the EPSG register does with its accuracy of a
//! metre; its ellipsoid, GRS 80, moves a place by a tenth of a millimetre.

use super::ellipsoid::WGS_84;
use super::net::Net;
use super::transverse_mercator::TransverseMercator;
/// EPSG:32632, about 9° east.
pub const ZONE_32: TransverseMercator = TransverseMercator::new(WGS_84, 9.0, 500_000.0);
/// EPSG:32633, about 15° east.
pub const ZONE_33: TransverseMercator = TransverseMercator::new(WGS_84, 15.0, 500_000.0);
/// Zone 32, worked out beforehand.
pub static NET_32: Net = Net::new(ZONE_32, 9.0);
/// Zone 33, worked out beforehand.
pub static NET_33: Net = Net::new(ZONE_33, 15.0);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Xy;

    #[test]
    fn agrees_with_proj() {
        // `cs2cs -f %.11f +proj=longlat +datum=WGS84 +to EPSG:32632`, PROJ 9.1.1 (which uses another series
        // to n⁶).
        let check = |lon_lat: Xy, en: Xy, tolerance: f64| {
            let got = ZONE_32.project(lon_lat);
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
    fn the_eastern_zone_agrees_with_proj() {
        // `gdaltransform -s_srs OGC:CRS84 -t_srs EPSG:32633`, GDAL 3.6.2 with PROJ 9.1.1: Napoli, Bari, Venezia.
        let check = |lon_lat: Xy, en: Xy| {
            let got = ZONE_33.project(lon_lat);
            assert!((got[0] - en[0]).hypot(got[1] - en[1]) < 1e-8, "{lon_lat:?}: {got:?}");
        };
        check([14.25, 40.85], [436_780.805_547_341, 4_522_376.502_827_19]);
        check([16.87, 41.12], [656_988.101_098_892, 4_553_763.439_432_93]);
        check([12.33, 45.44], [291_181.063_836_769, 5_035_298.721_984_89]);
    }

    #[test]
    fn the_check_point_of_the_design_is_where_it_should_be() {
        let [lon, lat] = ZONE_32.unproject([686_000.0, 4_930_000.0]);
        assert!((lon - 11.339_650_715).abs() < 1e-9 && (lat - 44.499_354_632).abs() < 1e-9, "{lon} {lat}");
    }

    #[test]
    fn the_meridian_is_straight() {
        for lat in -8..=8 {
            let [easting, northing] = ZONE_32.project([9.0, 10.0 * f64::from(lat)]);
            assert!((easting - 500_000.0).abs() < 1e-9);
            assert_eq!(northing < 0.0, lat < 0);
        }
    }
}
