//! Anchors: the municipalities as places of what is known by its municipality alone.

use crate::feature::Feature;
use crate::layer::Layer;
use domain::{LocationPrecision, MunicipalityCode, Role};
use geometry::{Crs, Xy, interior};
use std::collections::BTreeMap;

/// A municipality with the features that lie in it.
#[derive(Debug)]
pub struct Anchor {
    /// Its ISTAT code.
    pub municipality: MunicipalityCode,
    /// Its name.
    pub name: String,
    /// A point well inside it, in world units (web mercator, 0 to 1, y downwards).
    pub world: Xy,
    /// The features with a location in it, in the order of the layer.
    pub members: Vec<Member>,
}

/// A feature in a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its place in the layer.
    pub feature: u32,
    /// Whether one of its places in this municipality has a shape of its own.
    pub is_placed: bool,
}

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
}

impl Municipalities {
    /// The municipalities of a layer whose records are municipalities.
    pub fn of(layer: &Layer) -> Self {
        let municipality = |feature: &Feature| {
            let code = layer.collection.value_of(Role::Municipality, &feature.record)?.as_text()?;
            let name = layer.collection.value_of(Role::Title, &feature.record)?.as_text()?;
            let point = interior::point(feature.shapes.first()?);
            Some((MunicipalityCode::parse(code).ok()?, Municipality { name: name.to_owned(), point }))
        };
        Self(layer.features.iter().filter_map(municipality).collect())
    }

    /// The municipality with `code`.
    pub fn get(&self, code: MunicipalityCode) -> Option<&Municipality> {
        self.0.get(&code)
    }
}

/// The anchors of features, by municipality code.
pub fn anchors(features: &[Feature], municipalities: &Municipalities) -> Vec<Anchor> {
    let mut members: BTreeMap<MunicipalityCode, Vec<Member>> = BTreeMap::new();
    for (feature, place) in features.iter().zip(0..) {
        for code in &feature.municipalities {
            let is_placed = feature.record.locations.iter().any(|location| {
                location.municipality == Some(*code) && location.precision() == LocationPrecision::Geometry
            });
            members.entry(*code).or_default().push(Member { feature: place, is_placed });
        }
    }
    let anchor = |(code, members)| {
        let municipality = municipalities.get(code)?;
        let world = Crs::Geographic.to(Crs::World, municipality.point);
        Some(Anchor { municipality: code, name: municipality.name.clone(), world, members })
    };
    members.into_iter().filter_map(anchor).collect()
}
