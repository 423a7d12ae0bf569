//! Anchors: the municipalities as places of what is known by its municipality alone.

use crate::feature::Feature;
use crate::municipalities::Municipalities;
use domain::{LocationPrecision, MunicipalityCode};
use geometry::{Crs, Xy};
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
