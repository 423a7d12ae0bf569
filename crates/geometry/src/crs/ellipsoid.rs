//! Ellipsoids, and the positions in space that angles on them mean.

use crate::Xy;

/// An ellipsoid of revolution.
#[derive(Debug, Clone, Copy)]
pub struct Ellipsoid {
    /// Equatorial radius, metres.
    pub radius: f64,
    /// Flattening.
    pub flattening: f64,
}

/// World Geodetic System 1984.
pub const WGS_84: Ellipsoid = Ellipsoid { radius: 6_378_137.0, flattening: 1.0 / 298.257_223_563 };
/// International 1924 (Hayford): the ellipsoid of Monte Mario.
pub const INTERNATIONAL_1924: Ellipsoid = Ellipsoid { radius: 6_378_388.0, flattening: 1.0 / 297.0 };

impl Ellipsoid {
    /// The square of the first eccentricity.
    #[must_use]
    pub const fn eccentricity_squared(&self) -> f64 {
        self.flattening * (2.0 - self.flattening)
    }

    /// Where a place on the surface is in space: metres from the centre, towards (0°, 0°), (90° east, 0°) and
    /// the north pole.
    #[must_use]
    pub fn in_space(&self, [lon, lat]: Xy) -> [f64; 3] {
        let (sin_lat, cos_lat) = lat.to_radians().sin_cos();
        let (sin_lon, cos_lon) = lon.to_radians().sin_cos();
        let eccentricity = self.eccentricity_squared();
        let normal = self.radius / (1.0 - eccentricity * sin_lat * sin_lat).sqrt();
        [normal * cos_lat * cos_lon, normal * cos_lat * sin_lon, normal * (1.0 - eccentricity) * sin_lat]
    }

    /// Longitude and latitude in degrees of a position in space near the surface, whatever its height; by
    /// Bowring's formula, whose error is below a micrometre at such heights.
    #[must_use]
    pub fn under(&self, [x, y, z]: [f64; 3]) -> Xy {
        let (eccentricity, polar) = (self.eccentricity_squared(), 1.0 - self.flattening);
        let from_axis = x.hypot(y);
        let (sin, cos) = z.atan2(from_axis * polar).sin_cos();
        let second = eccentricity / (1.0 - eccentricity);
        let lat = (z + second * self.radius * polar * sin * sin * sin)
            .atan2(from_axis - eccentricity * self.radius * cos * cos * cos);
        [y.atan2(x).to_degrees(), lat.to_degrees()]
    }
}
