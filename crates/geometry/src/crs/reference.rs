//! Reference systems by their names: which plane a client's numbers are in, and which of them comes first.

use super::Crs;
use crate::Xy;

/// A system that clients may speak: its name, its plane, and the order of its axes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Reference {
    /// OGC:CRS84: longitude, latitude.
    #[default]
    Crs84,
    /// EPSG:4326: latitude, longitude.
    Epsg4326,
    /// EPSG:3857: easting, northing of web Mercator.
    Epsg3857,
    /// EPSG:32632: easting, northing of UTM 32N on WGS 84.
    Epsg32632,
    /// EPSG:7791: easting, northing of UTM 32N on RDN2008, taken for WGS 84.
    Epsg7791,
    /// EPSG:6707: the same with the northing first.
    Epsg6707,
    /// EPSG:3003: easting, northing of Gauss-Boaga west on Monte Mario.
    Epsg3003,
}

impl Reference {
    /// All of them, the storage's own first.
    pub const ALL: [Self; 7] = [
        Self::Crs84,
        Self::Epsg4326,
        Self::Epsg3857,
        Self::Epsg32632,
        Self::Epsg7791,
        Self::Epsg6707,
        Self::Epsg3003,
    ];

    /// Its name in the OGC's register.
    #[must_use]
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Crs84 => "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            Self::Epsg4326 => "http://www.opengis.net/def/crs/EPSG/0/4326",
            Self::Epsg3857 => "http://www.opengis.net/def/crs/EPSG/0/3857",
            Self::Epsg32632 => "http://www.opengis.net/def/crs/EPSG/0/32632",
            Self::Epsg7791 => "http://www.opengis.net/def/crs/EPSG/0/7791",
            Self::Epsg6707 => "http://www.opengis.net/def/crs/EPSG/0/6707",
            Self::Epsg3003 => "http://www.opengis.net/def/crs/EPSG/0/3003",
        }
    }

    /// The number of its system in the EPSG register; that of OGC:CRS84 is the one with the same plane.
    #[must_use]
    pub const fn epsg(self) -> u32 {
        match self {
            Self::Crs84 | Self::Epsg4326 => 4326,
            Self::Epsg3857 => 3857,
            Self::Epsg32632 => 32632,
            Self::Epsg7791 => 7791,
            Self::Epsg6707 => 6707,
            Self::Epsg3003 => 3003,
        }
    }

    /// The system with a name: the OGC's (`http` or `https`), a safe CURIE (`[EPSG:4326]`) or a CURIE.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
        let secure = name.strip_prefix("https://");
        Self::ALL.into_iter().find(|known| {
            let uri = known.uri();
            uri == name
                || secure.is_some_and(|rest| uri.strip_prefix("http://") == Some(rest))
                || known.curie() == bare
        })
    }

    /// The plane of its numbers.
    #[must_use]
    pub const fn plane(self) -> Crs {
        match self {
            Self::Crs84 | Self::Epsg4326 => Crs::Geographic,
            Self::Epsg3857 => Crs::Mercator,
            Self::Epsg32632 | Self::Epsg7791 | Self::Epsg6707 => Crs::Utm32,
            Self::Epsg3003 => Crs::GaussBoaga,
        }
    }

    /// Whether its first axis is the northwards one.
    #[must_use]
    pub const fn north_first(self) -> bool {
        matches!(self, Self::Epsg4326 | Self::Epsg6707)
    }

    /// As many decimals as mean something: seven of degrees (a centimetre), three of metres.
    #[must_use]
    pub const fn decimals(self) -> u8 {
        match self {
            Self::Crs84 | Self::Epsg4326 => 7,
            _ => 3,
        }
    }

    /// A place given as this system has it, in longitude and latitude; not finite where the plane has no such place.
    #[must_use]
    pub fn to_degrees(self, xy: Xy) -> Xy {
        self.plane().to(Crs::Geographic, self.eastward_first(xy))
    }

    /// A place given in longitude and latitude, as this system has it.
    #[must_use]
    pub fn of_degrees(self, lon_lat: Xy) -> Xy {
        self.eastward_first(Crs::Geographic.to(self.plane(), lon_lat))
    }

    /// The numbers of a place with the eastward one first; applied twice, as they were.
    #[must_use]
    pub const fn eastward_first(self, [first, second]: Xy) -> Xy {
        if self.north_first() { [second, first] } else { [first, second] }
    }

    const fn curie(self) -> &'static str {
        match self {
            Self::Crs84 => "OGC:CRS84",
            Self::Epsg4326 => "EPSG:4326",
            Self::Epsg3857 => "EPSG:3857",
            Self::Epsg32632 => "EPSG:32632",
            Self::Epsg7791 => "EPSG:7791",
            Self::Epsg6707 => "EPSG:6707",
            Self::Epsg3003 => "EPSG:3003",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_in_the_order_of_the_register() {
        // `gdaltransform -s_srs OGC:CRS84 -t_srs …`, GDAL 3.6.2 with PROJ 9.1.1, in the order of the EPSG register.
        let check = |reference: Reference, expect: Xy| {
            let [a, b] = reference.of_degrees([9.19, 45.4642]);
            assert!((a - expect[0]).hypot(b - expect[1]) < 1e-3, "{reference:?}: {a}, {b}");
            let [lon, lat] = reference.to_degrees(expect);
            assert!((lon - 9.19).hypot(lat - 45.4642) < 2e-8, "{reference:?}: {lon}, {lat}");
        };
        check(Reference::Crs84, [9.19, 45.4642]);
        check(Reference::Epsg4326, [45.4642, 9.19]);
        check(Reference::Epsg3857, [1_023_026.120, 5_694_898.728]);
        check(Reference::Epsg32632, [514_853.496, 5_034_536.796]);
        check(Reference::Epsg7791, [514_853.496, 5_034_536.796]);
        check(Reference::Epsg6707, [5_034_536.796, 514_853.496]);
        check(Reference::Epsg3003, [1_514_881.491, 5_034_556.812]);
    }

    #[test]
    fn a_system_is_known_by_each_of_its_names() {
        let check =
            |name: &str, expect: Option<Reference>| assert_eq!(Reference::parse(name), expect, "{name}");
        for reference in Reference::ALL {
            check(reference.uri(), Some(reference));
        }
        check("https://www.opengis.net/def/crs/EPSG/0/4326", Some(Reference::Epsg4326));
        check("[EPSG:6707]", Some(Reference::Epsg6707));
        check("OGC:CRS84", Some(Reference::Crs84));
        for wrong in ["", "4326", "EPSG:4258", "http://www.opengis.net/def/crs/EPSG/0/25832", "[EPSG:4326"] {
            check(wrong, None);
        }
    }
}
