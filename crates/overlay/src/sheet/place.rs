//! The municipality or the zone that a sheet is of.

use crate::group;
use atlas::{Edition, Layer};
use domain::MunicipalityCode;
use std::collections::BTreeSet;

/// A municipality, or the municipalities of a zone together.
#[derive(Clone, Debug)]
pub struct Place<'e> {
    /// The layer that it is a record of.
    pub layer: &'e Layer,
    /// Where it stands in the layer.
    pub position: usize,
    /// Its municipalities, by code.
    pub members: BTreeSet<MunicipalityCode>,
}

impl<'e> Place<'e> {
    /// The municipality with a code.
    #[must_use]
    pub fn municipality(edition: &'e Edition, code: MunicipalityCode) -> Option<Self> {
        let position = edition.places.get(code)?.position;
        Some(Self { layer: edition.municipalities()?, position, members: BTreeSet::from([code]) })
    }

    /// The zone with a code: what is made of the municipalities that name it.
    #[must_use]
    pub fn zone(edition: &'e Edition, code: &str) -> Option<Self> {
        let (zones, by) = zones(edition)?;
        let municipalities = edition.municipalities()?;
        let position = (0..zones.len()).find(|at| zones.key(*at).parts() == [code])?;
        let is_of_it = |at: usize| municipalities.value(at, by).as_text() == Some(code);
        let members = edition.places.iter().filter(|(_, place)| is_of_it(place.position));
        Some(Self { layer: zones, position, members: members.map(|(code, _)| code).collect() })
    }

    /// The zone that a municipality is in; `None` for a zone, and where none is known.
    #[must_use]
    pub fn zone_of(&self, edition: &'e Edition) -> Option<Self> {
        let (zones, by) = zones(edition)?;
        if self.layer.collection.id == zones.collection.id {
            return None;
        }
        Self::zone(edition, self.layer.value(self.position, by).as_text()?)
    }

    /// Whether it is a zone.
    #[must_use]
    pub fn is_zone(&self) -> bool {
        self.layer.collection.dissolved_from.is_some()
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> String {
        self.layer.title(self.position).into_owned()
    }

    /// The code by which its sheet is asked for: of a municipality its ISTAT code.
    #[must_use]
    pub fn code(&self) -> String {
        self.layer.key(self.position).to_string()
    }

    /// How many people live there; `None` if that is not stated.
    #[must_use]
    pub fn population(&self) -> Option<i64> {
        inhabitants(self.layer, self.position)
    }
}

/// All municipalities, by name.
#[must_use]
pub fn municipalities(edition: &Edition) -> Vec<Place<'_>> {
    let all = edition.places.iter().filter_map(|(code, _)| Place::municipality(edition, code));
    by_name(all.collect())
}

/// All zones, by name.
#[must_use]
pub fn all_zones(edition: &Edition) -> Vec<Place<'_>> {
    let Some((layer, _)) = zones(edition) else { return Vec::new() };
    let codes = (0..layer.len()).map(|at| layer.key(at).to_string());
    by_name(codes.filter_map(|code| Place::zone(edition, &code)).collect())
}

/// The same places by name.
pub fn by_name(mut places: Vec<Place<'_>>) -> Vec<Place<'_>> {
    places.sort_by_cached_key(Place::name);
    places
}

/// How many people live in all municipalities; `None` if one does not state it.
#[must_use]
pub fn population_of_all(edition: &Edition) -> Option<i64> {
    let municipalities = edition.municipalities()?;
    (0..municipalities.len()).map(|at| inhabitants(municipalities, at)).sum()
}

/// The layer of zones, and the field of municipalities that names the zone of each.
fn zones(edition: &Edition) -> Option<(&Layer, usize)> {
    let municipalities = &edition.municipalities()?.collection;
    let zones = edition.layers.iter().map(AsRef::as_ref).find_map(|layer: &Layer| {
        let dissolve = layer.collection.dissolved_from.as_ref()?;
        (dissolve.collection == municipalities.id).then_some((layer, &dissolve.by))
    });
    let (layer, by) = zones?;
    Some((layer, municipalities.position(by)?))
}

/// Nobody is no answer: where a source has 0 for what it does not know, nothing is divided by it.
fn inhabitants(layer: &Layer, at: usize) -> Option<i64> {
    group::population(layer, at).filter(|people| *people > 0)
}
