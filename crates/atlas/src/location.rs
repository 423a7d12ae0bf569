//! One of the places of a feature, as the edition holds it.

use domain::{LocationPrecision, MunicipalityCode, ProvinceCode};
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
