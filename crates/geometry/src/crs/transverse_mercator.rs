//! Transverse Mercator on any ellipsoid: the projection of UTM and of Gauss-Boaga, in metres.
//!
//! Krüger's series to n⁶, with the conformal latitude in closed form: C. F. F. Karney, "Transverse Mercator
//! with an accuracy of a few nanometers", J. Geodesy 85 (2011), equations 7–12, 19–21 and 35–36. It agrees
//! with PROJ to the last digits of a double (2 nm), in the zone and ten degrees outside it.

use super::ellipsoid::Ellipsoid;
use crate::Xy;

/// A projection: an ellipsoid, a central meridian, a false easting. The scale on the meridian is 0.9996, as
/// UTM and Gauss-Boaga have it, and northings begin at the equator.
#[derive(Debug)]
pub struct TransverseMercator {
    ellipsoid: Ellipsoid,
    /// Longitude of the central meridian, degrees.
    central_meridian: f64,
    /// Easting of the central meridian, metres.
    false_easting: f64,
    /// Scale on the central meridian times the radius of the circle as long as a meridian ellipse, metres.
    scale: f64,
    /// Karney's α: from the conformal sphere to the plane.
    to_plane: [f64; 6],
    /// Karney's β with its sign turned: from the plane to the conformal sphere.
    to_sphere: [f64; 6],
}

impl TransverseMercator {
    /// The projection about a central meridian, in degrees, which has a false easting in metres.
    #[must_use]
    pub const fn new(ellipsoid: Ellipsoid, central_meridian: f64, false_easting: f64) -> Self {
        let n = ellipsoid.flattening / (2.0 - ellipsoid.flattening);
        let (n2, n4) = (n * n, n * n * n * n);
        let circle = ellipsoid.radius / (1.0 + n) * (1.0 + n2 / 4.0 + n4 / 64.0 + n2 * n4 / 256.0);
        Self {
            ellipsoid,
            central_meridian,
            false_easting,
            scale: 0.9996 * circle,
            to_plane: to_plane(n),
            to_sphere: to_sphere(n),
        }
    }

    /// Longitude and latitude in degrees to easting and northing in metres. Sensible within some 30° of the
    /// central meridian.
    #[must_use]
    pub fn project(&self, [lon, lat]: Xy) -> Xy {
        let (sin_lon, cos_lon) = (lon - self.central_meridian).to_radians().sin_cos();
        let tau = self.conformal(lat.to_radians().tan());
        let xi = tau.atan2(cos_lon);
        let eta = (sin_lon / tau.hypot(cos_lon)).asinh();
        let [xi, eta] = series(&self.to_plane, xi, eta);
        [self.false_easting + self.scale * eta, self.scale * xi]
    }

    /// Easting and northing in metres to longitude and latitude in degrees.
    #[must_use]
    pub fn unproject(&self, [easting, northing]: Xy) -> Xy {
        let (xi, eta) = (northing / self.scale, (easting - self.false_easting) / self.scale);
        let [xi, eta] = series(&self.to_sphere, xi, eta);
        let (sin_xi, cos_xi) = xi.sin_cos();
        let lon = eta.sinh().atan2(cos_xi).to_degrees();
        let tau = sin_xi / eta.sinh().hypot(cos_xi);
        [self.central_meridian + lon, self.geodetic(tau).atan().to_degrees()]
    }

    /// Tangent of the conformal latitude from the tangent of the geodetic one.
    fn conformal(&self, tau: f64) -> f64 {
        let secant = tau.hypot(1.0);
        let eccentricity = self.ellipsoid.eccentricity_squared().sqrt();
        let sigma = (eccentricity * (eccentricity * tau / secant).atanh()).sinh();
        tau * sigma.hypot(1.0) - sigma * secant
    }

    /// Tangent of the geodetic latitude from the tangent of the conformal one, by Newton's method. Each step
    /// doubles the digits that are right, and the start has three: two steps do, a third only near the poles.
    fn geodetic(&self, conformal_tau: f64) -> f64 {
        let polar = 1.0 - self.ellipsoid.eccentricity_squared();
        let mut tau = conformal_tau / polar;
        for _ in 0..4 {
            let guess = self.conformal(tau);
            let step = (conformal_tau - guess) / guess.hypot(1.0) * (1.0 + polar * tau * tau)
                / (polar * tau.hypot(1.0));
            tau += step;
            if step.abs() <= 1e-8 * tau.abs() {
                break;
            }
        }
        tau
    }
}

/// Karney's α for a third flattening.
const fn to_plane(n: f64) -> [f64; 6] {
    let [n2, n3, n4, n5, n6] = powers(n);
    [
        n / 2.0 - 2.0 / 3.0 * n2 + 5.0 / 16.0 * n3 + 41.0 / 180.0 * n4 - 127.0 / 288.0 * n5
            + 7_891.0 / 37_800.0 * n6,
        13.0 / 48.0 * n2 - 3.0 / 5.0 * n3 + 557.0 / 1_440.0 * n4 + 281.0 / 630.0 * n5
            - 1_983_433.0 / 1_935_360.0 * n6,
        61.0 / 240.0 * n3 - 103.0 / 140.0 * n4 + 15_061.0 / 26_880.0 * n5 + 167_603.0 / 181_440.0 * n6,
        49_561.0 / 161_280.0 * n4 - 179.0 / 168.0 * n5 + 6_601_661.0 / 7_257_600.0 * n6,
        34_729.0 / 80_640.0 * n5 - 3_418_889.0 / 1_995_840.0 * n6,
        212_378_941.0 / 319_334_400.0 * n6,
    ]
}

/// Karney's β for a third flattening, with its sign turned.
const fn to_sphere(n: f64) -> [f64; 6] {
    let [n2, n3, n4, n5, n6] = powers(n);
    [
        -(n / 2.0 - 2.0 / 3.0 * n2 + 37.0 / 96.0 * n3 - 1.0 / 360.0 * n4 - 81.0 / 512.0 * n5
            + 96_199.0 / 604_800.0 * n6),
        -(1.0 / 48.0 * n2 + 1.0 / 15.0 * n3 - 437.0 / 1_440.0 * n4 + 46.0 / 105.0 * n5
            - 1_118_711.0 / 3_870_720.0 * n6),
        -(17.0 / 480.0 * n3 - 37.0 / 840.0 * n4 - 209.0 / 4_480.0 * n5 + 5_569.0 / 90_720.0 * n6),
        -(4_397.0 / 161_280.0 * n4 - 11.0 / 504.0 * n5 - 830_251.0 / 7_257_600.0 * n6),
        -(4_583.0 / 161_280.0 * n5 - 108_847.0 / 3_991_680.0 * n6),
        -(20_648_693.0 / 638_668_800.0 * n6),
    ]
}

/// The second to the sixth power.
const fn powers(n: f64) -> [f64; 5] {
    let n2 = n * n;
    [n2, n2 * n, n2 * n2, n2 * n2 * n, n2 * n2 * n2]
}

/// ζ + Σ cₖ·sin 2kζ of the complex ζ = ξ + iη, by Clenshaw's recurrence: one sine instead of six.
fn series(coefficients: &[f64; 6], xi: f64, eta: f64) -> Xy {
    let (sin, cos) = (2.0 * xi).sin_cos();
    let (sinh, cosh) = ((2.0 * eta).sinh(), (2.0 * eta).cosh());
    let double_cos = [2.0 * cos * cosh, -2.0 * sin * sinh];
    let (mut last, mut before) = ([0.0, 0.0], [0.0, 0.0]);
    for &coefficient in coefficients.iter().rev() {
        let [re, im] = multiply(double_cos, last);
        (last, before) = ([coefficient + re - before[0], im - before[1]], last);
    }
    let [re, im] = multiply([sin * cosh, cos * sinh], last);
    [xi + re, eta + im]
}

fn multiply([a, b]: [f64; 2], [c, d]: [f64; 2]) -> [f64; 2] {
    [a * c - b * d, a * d + b * c]
}
