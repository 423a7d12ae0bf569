//! The municipalities as places: where all that is known by its municipality alone is shown.

use crate::rows::Rows;
use domain::{Collection, GeometryKind, MunicipalityCode, Role};
use geometry::{Xy, interior};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// The municipalities of the territory, by code.
#[derive(Debug, Default)]
pub struct Municipalities(BTreeMap<MunicipalityCode, Municipality>);

/// A municipality as a place.
#[derive(Debug)]
pub struct Municipality {
    /// Its name.
    pub name: String,
    /// The place of its feature in the layer of municipalities.
    pub position: usize,
    /// The records of that layer.
    rows: Arc<Rows>,
    point: OnceLock<Xy>,
}

impl Municipality {
    /// The municipality at a place among the records of their layer; `None` if it is not drawn.
    pub(crate) fn new(name: String, rows: &Arc<Rows>, position: usize) -> Option<Self> {
        rows.places.polygons(position)?;
        Some(Self { name, position, rows: rows.clone(), point: OnceLock::new() })
    }

    /// A point well inside it, in degrees. It is worked out when it is first asked for.
    #[must_use]
    pub fn point(&self) -> Xy {
        // It has polygons, or it would not be known.
        let found = || self.rows.places.polygons(self.position).map(interior::point).unwrap_or_default();
        *self.point.get_or_init(found)
    }
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
