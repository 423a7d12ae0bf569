//! Where a record is, and how well that is known.

use crate::code::{MunicipalityCode, ProvinceCode};

/// How well a place is known, from the best to the least.
///
/// Only [`Geometry`](Self::Geometry) may be compared with other shapes: a record known by its municipality alone is never
/// inside an area, only "somewhere in a municipality that meets it".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LocationPrecision {
    /// A drawn or surveyed shape.
    Geometry,
    /// A street address without coordinates.
    Address,
    /// The municipality alone.
    Municipality,
    /// The province alone.
    Province,
    /// Nothing, or a wider area than the province.
    None,
}

impl LocationPrecision {
    /// All precisions, from the best to the least.
    pub const ALL: [Self; 5] =
        [Self::Geometry, Self::Address, Self::Municipality, Self::Province, Self::None];

    /// The word for it in data and addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Geometry => "geometry",
            Self::Address => "address",
            Self::Municipality => "municipality",
            Self::Province => "province",
            Self::None => "none",
        }
    }

    /// The precision that a word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|precision| precision.as_str() == word)
    }
}

/// One of the places of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// The province, unless the place is wider than one.
    pub province: Option<ProvinceCode>,
    /// The municipality, unless the place is wider than one.
    pub municipality: Option<MunicipalityCode>,
    /// The municipality's name as the source wrote it.
    pub municipality_name: Option<String>,
    /// Street address.
    pub address: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Declared share of the record in this place, in per cent; shares are not made to add up.
    pub share_percent: Option<f64>,
    /// Its own shape as WKB in EPSG:4326 (longitude, latitude).
    pub geometry: Option<Vec<u8>>,
}

impl Location {
    /// How well the place is known.
    #[must_use]
    pub fn precision(&self) -> LocationPrecision {
        if self.geometry.is_some() {
            LocationPrecision::Geometry
        } else if self.municipality.is_some() && self.address.is_some() {
            LocationPrecision::Address
        } else if self.municipality.is_some() {
            LocationPrecision::Municipality
        } else if self.province.is_some() {
            LocationPrecision::Province
        } else {
            LocationPrecision::None
        }
    }
}
