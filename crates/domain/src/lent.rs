//! What a record states, lent: its texts and shapes lie in what they were read from, and are copied only by who keeps them.

use crate::code::{MunicipalityCode, ProvinceCode};
use crate::location::Location;
use crate::value::Value;
use std::borrow::Cow;

/// A value of which a text is lent.
#[derive(Clone, Debug, PartialEq)]
pub enum LentValue<'a> {
    /// [`Value::Text`].
    Text(Cow<'a, str>),
    /// Any other.
    Other(Value),
}

impl LentValue<'_> {
    /// The source says nothing.
    pub const MISSING: Self = Self::Other(Value::Missing);
}

impl From<LentValue<'_>> for Value {
    fn from(lent: LentValue<'_>) -> Self {
        match lent {
            LentValue::Text(text) => Self::Text(text.into_owned()),
            LentValue::Other(value) => value,
        }
    }
}

impl From<Value> for LentValue<'_> {
    fn from(value: Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(text.into()),
            value => Self::Other(value),
        }
    }
}

/// One of the places of a record, lent: see [`Location`].
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "its fields are those of a location")]
pub struct LentLocation<'a> {
    pub province: Option<ProvinceCode>,
    pub municipality: Option<MunicipalityCode>,
    pub municipality_name: Option<&'a str>,
    pub address: Option<&'a str>,
    pub postal_code: Option<&'a str>,
    pub share_percent: Option<f64>,
    pub geometry: Option<&'a [u8]>,
}

impl<'a> From<&'a Location> for LentLocation<'a> {
    fn from(location: &'a Location) -> Self {
        Self {
            province: location.province,
            municipality: location.municipality,
            municipality_name: location.municipality_name.as_deref(),
            address: location.address.as_deref(),
            postal_code: location.postal_code.as_deref(),
            share_percent: location.share_percent,
            geometry: location.geometry.as_deref(),
        }
    }
}

impl From<LentLocation<'_>> for Location {
    fn from(lent: LentLocation<'_>) -> Self {
        Self {
            province: lent.province,
            municipality: lent.municipality,
            municipality_name: lent.municipality_name.map(ToOwned::to_owned),
            address: lent.address.map(ToOwned::to_owned),
            postal_code: lent.postal_code.map(ToOwned::to_owned),
            share_percent: lent.share_percent,
            geometry: lent.geometry.map(ToOwned::to_owned),
        }
    }
}
