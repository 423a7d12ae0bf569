//! The municipalities as places: where all that is known by its municipality alone is shown.

use domain::{Collection, GeometryKind, MunicipalityCode, Role};
use geometry::Xy;
use std::collections::BTreeMap;

/// The municipalities of the territory, by code.
#[derive(Debug, Default)]
pub struct Municipalities(BTreeMap<MunicipalityCode, Municipality>);

/// A municipality as a place.
#[derive(Debug)]
pub struct Municipality {
    /// Its name.
    pub name: String,
    /// A point well inside it, in degrees.
    pub point: Xy,
    /// The place of its feature in the layer of municipalities.
    pub position: usize,
}

impl Municipalities {
    /// The municipality with `code`.
    #[must_use]
    pub fn get(&self, code: MunicipalityCode) -> Option<&Municipality> {
        self.0.get(&code)
    }

    /// All of them, by code.
    pub fn iter(&self) -> impl Iterator<Item = (MunicipalityCode, &Municipality)> {
        self.0.iter().map(|(code, municipality)| (*code, municipality))
    }
}

impl FromIterator<(MunicipalityCode, Municipality)> for Municipalities {
    fn from_iter<I: IntoIterator<Item = (MunicipalityCode, Municipality)>>(all: I) -> Self {
        Self(all.into_iter().collect())
    }
}

/// Whether the records of a collection are the municipalities themselves: their code is their key, and they are polygons.
#[must_use]
pub fn are_held_by(collection: &Collection) -> bool {
    let code = collection.with_role(Role::Municipality);
    collection.geometry == GeometryKind::Polygon && code.is_some_and(|code| collection.key == [code])
}
