//! A metric plane for one metropolitan area: metres east and north of an origin, true in area.

/// A place in the plane, in metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl Point {
    /// The place this far east and north of here.
    pub fn shifted(self, east: f64, north: f64) -> Self {
        Self { x: self.x + east, y: self.y + north }
    }

    /// The place on the way to `other`: 0 is here, 1 is there.
    pub fn towards(self, other: Self, share: f64) -> Self {
        self.shifted(share * (other.x - self.x), share * (other.y - self.y))
    }

    pub fn distance(self, other: Self) -> f64 {
        let (x, y) = (other.x - self.x, other.y - self.y);
        (x * x + y * y).sqrt()
    }
}

/// Longitude and latitude in degrees (EPSG:4326, in that order).
pub type Degrees = [f64; 2];

/// The sinusoidal projection about an origin: degrees of latitude are evenly spaced, and those of longitude are as
/// long as they are at their latitude, so that areas are true to a few parts in 100,000 within a metropolitan area.
#[derive(Debug, Clone, Copy)]
pub struct Plane {
    origin: Degrees,
    metres_per_latitude: f64,
}

impl Plane {
    pub fn at(origin: Degrees) -> Self {
        let latitude = origin[1];
        let metres_per_latitude =
            111_132.954 - 559.822 * cosine(2.0 * latitude) + 1.175 * cosine(4.0 * latitude);
        Self { origin, metres_per_latitude }
    }

    pub fn point(&self, [longitude, latitude]: Degrees) -> Point {
        Point {
            x: (longitude - self.origin[0]) * metres_per_longitude(latitude),
            y: (latitude - self.origin[1]) * self.metres_per_latitude,
        }
    }

    /// Degrees rounded to seven decimals, about a centimetre.
    pub fn degrees(&self, point: Point) -> Degrees {
        let latitude = self.origin[1] + point.y / self.metres_per_latitude;
        let longitude = self.origin[0] + point.x / metres_per_longitude(latitude);
        [longitude, latitude].map(|degrees| (degrees * 1e7).round() / 1e7)
    }
}

/// The length of one degree of longitude on WGS 84.
fn metres_per_longitude(latitude: f64) -> f64 {
    111_412.84 * cosine(latitude) - 93.5 * cosine(3.0 * latitude) + 0.118 * cosine(5.0 * latitude)
}

/// The cosine as a power series: a platform's own may differ in the last bit, and the demo must not.
fn cosine(degrees: f64) -> f64 {
    let square = degrees.to_radians() * degrees.to_radians();
    let (mut sum, mut term) = (1.0, 1.0);
    for n in 1..20 {
        term *= -square / f64::from((2 * n - 1) * (2 * n));
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cosine_is_the_cosine() {
        for degrees in [0.0, 45.4, 90.8, 136.2, 181.6, 227.0] {
            assert!((cosine(degrees) - degrees.to_radians().cos()).abs() < 1e-12, "{degrees}");
        }
    }

    #[test]
    fn degrees_come_back() {
        let plane = Plane::at([9.11, 45.42]);
        for place in [[9.11, 45.42], [8.706_123_4, 45.161_234_5], [9.55, 45.64]] {
            let back = plane.degrees(plane.point(place));
            assert_eq!(back.map(f64::to_bits), place.map(f64::to_bits));
        }
    }

    #[test]
    fn a_degree_has_its_length_on_the_ellipsoid() {
        // Geodesic lengths at 45° north (WGS 84): 111,131.8 m of latitude, 78,846.8 m of longitude.
        let plane = Plane::at([9.0, 45.0]);
        let point = plane.point([10.0, 45.0]);
        assert!((point.x - 78_846.8).abs() < 0.1 && point.y == 0.0, "{point:?}");
        assert!((plane.metres_per_latitude - 111_131.8).abs() < 0.5);
    }
}
