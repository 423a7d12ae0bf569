//! One of the places of a feature, as the edition holds it.

use domain::{LentLocation, LocationPrecision, MunicipalityCode, ProvinceCode};
use geometry::Shape;

/// One of the places of a feature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Location<'a> {
    /// How well it is known.
    pub precision: LocationPrecision,
    /// The province, unless the place is wider than one.
    pub province: Option<ProvinceCode>,
    /// The municipality, unless the place is wider than one.
    pub municipality: Option<MunicipalityCode>,
    /// The municipality's name as the source wrote it.
    pub municipality_name: Option<&'a str>,
    /// Street address.
    pub address: Option<&'a str>,
    /// Postal code.
    pub postal_code: Option<&'a str>,
    /// Declared share of the record in this place, in per cent.
    pub share_percent: Option<f64>,
    /// Its own shape, in degrees.
    pub shape: Option<&'a Shape>,
}

/// What is said of a place beside its shape: many places say the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Known {
    pub province: Option<ProvinceCode>,
    pub municipality: Option<MunicipalityCode>,
    municipality_name: Option<Box<str>>,
    address: Option<Box<str>>,
    postal_code: Option<Box<str>>,
    /// The bits of the number, which can be compared.
    share_percent: Option<u64>,
}

impl Known {
    /// A place of which no more is said.
    pub const fn in_province(province: Option<ProvinceCode>) -> Self {
        Self {
            province,
            municipality: None,
            municipality_name: None,
            address: None,
            postal_code: None,
            share_percent: None,
        }
    }

    /// The place, with its shape if it has one.
    pub fn location<'a>(&'a self, shape: Option<&'a Shape>) -> Location<'a> {
        Location {
            precision: self.precision(shape.is_some()),
            province: self.province,
            municipality: self.municipality,
            municipality_name: self.municipality_name.as_deref(),
            address: self.address.as_deref(),
            postal_code: self.postal_code.as_deref(),
            share_percent: self.share_percent.map(f64::from_bits),
            shape,
        }
    }

    /// Whether it is what a location says.
    pub fn says(&self, location: &LentLocation<'_>) -> bool {
        self.province == location.province
            && self.municipality == location.municipality
            && self.municipality_name.as_deref() == location.municipality_name
            && self.address.as_deref() == location.address
            && self.postal_code.as_deref() == location.postal_code
            && self.share_percent == location.share_percent.map(f64::to_bits)
    }

    /// How well the place is known.
    pub const fn precision(&self, is_drawn: bool) -> LocationPrecision {
        match (is_drawn, self.municipality, self.province) {
            (true, ..) => LocationPrecision::Geometry,
            (_, Some(_), _) if self.address.is_some() => LocationPrecision::Address,
            (_, Some(_), _) => LocationPrecision::Municipality,
            (_, None, Some(_)) => LocationPrecision::Province,
            (_, None, None) => LocationPrecision::None,
        }
    }
}

impl From<&LentLocation<'_>> for Known {
    fn from(location: &LentLocation<'_>) -> Self {
        Self {
            province: location.province,
            municipality: location.municipality,
            municipality_name: location.municipality_name.map(Into::into),
            address: location.address.map(Into::into),
            postal_code: location.postal_code.map(Into::into),
            share_percent: location.share_percent.map(f64::to_bits),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn a_place_is_as_precise_here_as_where_it_is_defined() {
        let full =
            domain::Location { address: Some("Via Roma".to_owned()), ..samples::location("015001", None) };
        let named = samples::location("015001", None);
        let province = domain::Location { municipality: None, ..named.clone() };
        let without = domain::Location { province: None, ..province.clone() };
        let lost = domain::Location { municipality: None, ..full.clone() };
        for location in [full, named, province, without, lost] {
            assert_eq!(
                Known::from(&LentLocation::from(&location)).precision(false),
                location.precision(),
                "{location:?}"
            );
            let drawn = domain::Location { geometry: Some(Vec::new()), ..location };
            assert_eq!(
                Known::from(&LentLocation::from(&drawn)).precision(true),
                drawn.precision(),
                "{drawn:?}"
            );
        }
    }
}
